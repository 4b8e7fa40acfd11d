//! From events to a course: corrections first, then everything that holds by effective date and place
//! in the record. The clock never orders. The same events always fold to the same course.
//!
//! * An *undone* entry does not hold. Undoing the undoing makes it hold again.
//! * A *corrected* entry holds with what its newest valid correction says.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::Date;

use super::event::{Corrected, Criteria, DoubleChecked, Enrolled, Entry, Event, Given, Pinned, Supply, SupplyAct};
use super::{AdministrationRecord, Answered, Course, CycleKey, Delay, Key, Measurement, Reduction};

/// Why events make no course.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// Nobody was enrolled.
    #[error("the record holds no enrolment")]
    NotEnrolled,
    /// Enrolled twice.
    #[error("the record holds two enrolments: entries {0} and {1}")]
    EnrolledTwice(u64, u64),
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStatus {
    /// It holds as written.
    Holds,
    /// It holds as this entry says.
    CorrectedBy(u64),
    /// It does not hold, because of this entry.
    UndoneBy(u64),
}

/// An entry, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The entry as written.
    pub entry: Entry,
    /// What became of it.
    pub status: EntryStatus,
}

/// A dose that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// The entry that says so.
    pub seq: u64,
    /// The day.
    pub on: Date,
    /// What was given.
    pub given: Given,
}

/// Criteria to treat that were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// The entry that says so.
    pub seq: u64,
    /// The day.
    pub on: Date,
    /// What was found.
    pub criteria: Criteria,
}

/// What a record says of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    /// What a plan is made from.
    pub course: Course,
    /// The regimen version in force.
    pub regimen: Pinned,
    /// Earlier versions, oldest first, each with the first cycle it did not hold for any more.
    pub earlier: Vec<(CycleKey, Pinned)>,
    /// Every entry in the order of the record.
    pub history: Vec<HistoryEntry>,
    /// Every dose given, by date, second doses included.
    pub delivered: Vec<Delivered>,
    /// The entry behind each administration that is recorded.
    pub recorded: BTreeMap<Key, u64>,
    /// The entry behind each second dose.
    pub extra: BTreeMap<Key, u64>,
    /// The entry behind each delay.
    pub delays: BTreeMap<CycleKey, u64>,
    /// Home doses handed out, brought back, taken.
    pub supplies: Vec<(Date, Supply)>,
    /// Criteria looked at.
    pub criteria: Vec<LookedAt>,
    /// Visits that a second person worked out, each with its entry.
    pub double_checks: Vec<(u64, DoubleChecked)>,
    /// The entry behind each dose that was prepared.
    pub prepared: BTreeMap<Key, u64>,
    /// The place of the last entry; 0 of an empty record.
    pub last: u64,
}

/// What holds, in the order in which it is applied.
struct Holding<'a> {
    seq: u64,
    effective: Date,
    event: &'a Event,
}

/// Folds the events of one subject.
pub fn fold(entries: &[Entry]) -> Result<Folded, FoldError> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(|entry| entry.seq);
    let statuses = statuses(&entries);
    let holding = holding(&entries, &statuses);
    let (enrolled, on) = enrolment(&holding)?;
    let mut folded = start(enrolled, on);
    let firsts = firsts(&holding);
    for one in &holding {
        folded.apply(one, &firsts);
    }
    folded.course.measurements.sort_by_key(|measurement| measurement.on);
    let holds = |entry: &&Entry| !matches!(status_of(&statuses, entry.seq), EntryStatus::UndoneBy(_));
    let kept = |entry: &Entry| entry.answers.iter().map(|answer| Answered::kept(answer, entry)).collect::<Vec<_>>();
    folded.course.answered = entries.iter().filter(holds).flat_map(kept).collect();
    folded.last = entries.last().map_or(0, |entry| entry.seq);
    folded.history = entries
        .iter()
        .map(|entry| HistoryEntry { entry: entry.clone(), status: status_of(&statuses, entry.seq) })
        .collect();
    Ok(folded)
}

fn status_of(statuses: &BTreeMap<u64, EntryStatus>, seq: u64) -> EntryStatus {
    statuses.get(&seq).copied().unwrap_or(EntryStatus::Holds)
}

/// From the newest entry to the oldest: an entry is undone by a standing entry that came after it. An
/// entry that points at itself or forward points at nothing.
fn statuses(entries: &[Entry]) -> BTreeMap<u64, EntryStatus> {
    let mut statuses: BTreeMap<u64, EntryStatus> = BTreeMap::new();
    let mut corrected: BTreeMap<u64, u64> = BTreeMap::new();
    for entry in entries.iter().rev() {
        if matches!(status_of(&statuses, entry.seq), EntryStatus::UndoneBy(_)) {
            continue;
        }
        match &entry.event {
            Event::Undone(undone) if undone.entry < entry.seq => {
                statuses.insert(undone.entry, EntryStatus::UndoneBy(entry.seq));
            }
            Event::Corrected(by) if by.entry < entry.seq => {
                corrected.entry(root(entries, by)).or_insert(entry.seq);
            }
            _ => {}
        }
    }
    for (entry, by) in corrected {
        statuses.entry(entry).or_insert(EntryStatus::CorrectedBy(by));
    }
    statuses
}

/// A correction of a correction corrects what that one corrected.
fn root(entries: &[Entry], corrected: &Corrected) -> u64 {
    let mut seq = corrected.entry;
    while let Some(Entry { event: Event::Corrected(earlier), .. }) = entries.iter().find(|entry| entry.seq == seq) {
        if earlier.entry >= seq {
            break;
        }
        seq = earlier.entry;
    }
    seq
}

fn holding<'a>(entries: &'a [Entry], statuses: &BTreeMap<u64, EntryStatus>) -> Vec<Holding<'a>> {
    let by_seq: BTreeMap<u64, &Entry> = entries.iter().map(|entry| (entry.seq, entry)).collect();
    let one = |entry: &'a Entry| {
        let plain = Holding { seq: entry.seq, effective: entry.effective, event: &entry.event };
        match status_of(statuses, entry.seq) {
            EntryStatus::UndoneBy(_) => None,
            EntryStatus::Holds => Some(plain),
            EntryStatus::CorrectedBy(by) => match by_seq.get(&by).map(|by| &by.event) {
                Some(Event::Corrected(by)) => Some(Holding { effective: by.effective, event: &by.event, ..plain }),
                _ => Some(plain),
            },
        }
    };
    let mut holding: Vec<Holding<'a>> = entries
        .iter()
        .filter(|entry| !matches!(entry.event, Event::Corrected(_) | Event::Undone(_)))
        .filter_map(one)
        .collect();
    holding.sort_by_key(|one| (one.effective, one.seq));
    holding
}

/// The administrations of which a first dose stands.
fn firsts<'a>(holding: &[Holding<'a>]) -> BTreeSet<&'a Key> {
    let first = |one: &Holding<'a>| match one.event {
        Event::Given(given) if !given.second => Some(&given.key),
        _ => None,
    };
    holding.iter().filter_map(first).collect()
}

fn enrolment<'a>(holding: &[Holding<'a>]) -> Result<(&'a Enrolled, Date), FoldError> {
    let mut found = holding.iter().filter_map(|one| match one.event {
        Event::Enrolled(enrolled) => Some((one.seq, (enrolled, one.effective))),
        _ => None,
    });
    match (found.next(), found.next()) {
        (Some((_, enrolled)), None) => Ok(enrolled),
        (Some((first, _)), Some((second, _))) => Err(FoldError::EnrolledTwice(first, second)),
        (None, _) => Err(FoldError::NotEnrolled),
    }
}

fn start(enrolled: &Enrolled, on: Date) -> Folded {
    let mut course = Course::new(enrolled.start, enrolled.subject());
    course.enrolled = Some(on);
    course.reductions = enrolled.levels.iter().map(reduction).collect();
    course.exposure.clone_from(&enrolled.exposure);
    Folded {
        course,
        regimen: enrolled.regimen.clone(),
        earlier: Vec::new(),
        history: Vec::new(),
        delivered: Vec::new(),
        recorded: BTreeMap::new(),
        extra: BTreeMap::new(),
        delays: BTreeMap::new(),
        supplies: Vec::new(),
        criteria: Vec::new(),
        double_checks: Vec::new(),
        prepared: BTreeMap::new(),
        last: 0,
    }
}

fn reduction(changed: &super::event::Changed) -> Reduction {
    Reduction {
        drug: changed.drug.clone(),
        from: changed.from.clone(),
        level: changed.level,
        percent: changed.percent,
        reason: changed.reason.clone(),
    }
}

impl Folded {
    fn apply(&mut self, one: &Holding<'_>, firsts: &BTreeSet<&Key>) {
        let on = one.effective;
        match one.event {
            Event::Measured(measured) => self.course.measurements.push(Measurement {
                on,
                height: measured.height,
                weight: measured.weight,
                creatinine: measured.creatinine,
                gfr: measured.gfr,
            }),
            Event::Given(given) => self.given(one.seq, on, given, firsts),
            Event::Held(held) => {
                held.keys
                    .iter()
                    .for_each(|key| self.record(one.seq, key, AdministrationRecord::Held(held.reason.clone())));
            }
            Event::Omitted(omitted) => {
                omitted
                    .keys
                    .iter()
                    .for_each(|key| self.record(one.seq, key, AdministrationRecord::Omitted(omitted.reason.clone())));
            }
            Event::Delayed(delayed) => {
                let delay = Delay { days: delayed.days, reason: delayed.reason.clone(), required: delayed.required };
                self.course.delays.insert(delayed.cycle.clone(), delay);
                self.delays.insert(delayed.cycle.clone(), one.seq);
            }
            Event::Changed(changed) => self.course.reductions.push(reduction(changed)),
            Event::Stopped(stopped) => self.course.stop(on, stopped),
            Event::Moved(moved) => {
                let earlier = std::mem::replace(&mut self.regimen, moved.to.clone());
                self.earlier.push((moved.from.clone(), earlier));
            }
            Event::Exposure(exposure) => {
                self.course.exposure.insert(exposure.drug.clone(), exposure.before.clone());
            }
            Event::Supply(supply) => {
                if supply.act == SupplyAct::Taken {
                    let taken = self.course.taken.entry(supply.key.clone()).or_default();
                    *taken = taken.saturating_add(supply.count);
                }
                self.supplies.push((on, supply.clone()));
            }
            Event::Criteria(criteria) => {
                self.criteria.push(LookedAt { seq: one.seq, on, criteria: criteria.clone() });
            }
            Event::DoubleChecked(check) => self.double_checks.push((one.seq, check.clone())),
            Event::Prepared(prepared) => {
                self.prepared.insert(prepared.key.clone(), one.seq);
            }
            Event::Enrolled(_)
            | Event::Note(_)
            | Event::Verified(_)
            | Event::Corrected(_)
            | Event::Undone(_)
            | Event::Redacted(_) => {}
        }
    }

    /// A second dose whose first one was undone is the only one there is: the administration was given by it.
    fn given(&mut self, seq: u64, on: Date, given: &Given, firsts: &BTreeSet<&Key>) {
        // Older programs kept a dose in the unit in which it was typed; it is added up in that of the plan.
        let of_drug = |one: &&Delivered| one.given.key.drug == given.key.drug;
        let usual = given.planned.or_else(|| self.delivered.iter().find(of_drug).map(|one| one.given.dose));
        let given = &usual.map_or_else(|| given.clone(), |usual| given.in_unit(usual.unit));
        self.delivered.push(Delivered { seq, on, given: given.clone() });
        let known = matches!(self.course.recorded.get(&given.key), Some(AdministrationRecord::Given { .. }));
        if given.second && (known || firsts.contains(&given.key)) {
            let same = |one: &&Delivered| {
                let key = &one.given.key;
                (key.cycle, key.day, &key.phase, &key.drug)
                    == (given.key.cycle, given.key.day, &given.key.phase, &given.key.drug)
            };
            let times = self.delivered.iter().filter(same).count();
            let part = Some(super::Part::Again(u32::try_from(times).unwrap_or(u32::MAX)));
            let key = Key { part, ..given.key.clone() };
            self.extra.insert(key.clone(), seq);
            self.course.extra.push(super::Extra { key, on, dose: given.dose });
        } else {
            if given.times.is_empty() {
                self.course.times.remove(&given.key);
            } else {
                self.course.times.insert(given.key.clone(), given.times);
            }
            self.record(seq, &given.key, AdministrationRecord::Given { on, dose: Some(given.portion()) });
        }
    }

    /// What was given stays given: a later hold or omission of the same dose says nothing about it.
    fn record(&mut self, seq: u64, key: &Key, record: AdministrationRecord) {
        let given = matches!(self.course.recorded.get(key), Some(AdministrationRecord::Given { .. }));
        if given && !matches!(record, AdministrationRecord::Given { .. }) {
            return;
        }
        self.course.recorded.insert(key.clone(), record);
        self.recorded.insert(key.clone(), seq);
    }

    /// The entry at a place.
    pub fn entry(&self, seq: u64) -> Option<&HistoryEntry> {
        self.history.iter().find(|item| item.entry.seq == seq)
    }

    /// What an entry says now, through its corrections; `None` of what is undone or is not there.
    pub fn now(&self, seq: u64) -> Option<(Date, &Event)> {
        let item = self.entry(seq)?;
        match item.status {
            EntryStatus::UndoneBy(_) => None,
            EntryStatus::Holds => Some((item.entry.effective, &item.entry.event)),
            EntryStatus::CorrectedBy(by) => match &self.entry(by)?.entry.event {
                Event::Corrected(by) => Some((by.effective, &by.event)),
                _ => None,
            },
        }
    }

    /// The study and the site of the enrolment, as it stands.
    pub fn enrolled_in(&self) -> Option<(Option<String>, Option<String>)> {
        let mut now = self.history.iter().filter_map(|item| Some(self.now(item.entry.seq)?.1));
        now.find_map(|event| match event {
            Event::Enrolled(one) => Some((one.study.clone(), one.site.clone())),
            _ => None,
        })
    }

    /// Whether anything of a cycle was given, taken, held or omitted.
    pub fn touched(&self, cycle: &CycleKey) -> bool {
        self.recorded.keys().chain(self.course.taken.keys()).any(|key| key.phase == cycle.0 && key.cycle == cycle.1)
    }

    /// Cycles in which something was given.
    pub fn treated(&self) -> BTreeSet<CycleKey> {
        let taken = self.supplies.iter().filter(|(_, one)| one.act == SupplyAct::Taken).map(|(_, one)| &one.key);
        let given = self.delivered.iter().map(|one| &one.given.key);
        given.chain(taken).map(|key| (key.phase.clone(), key.cycle)).collect()
    }
}
