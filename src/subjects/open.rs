//! One subject, with everything that follows from the record.

use std::collections::BTreeSet;

use crate::calendar::Site;
use crate::course::event::{Entry, Event};
use crate::course::{Course, Folded, fold};
use crate::event_codec::{self, DecodeError};
use crate::failure::{Failure, Kind};
use crate::finding::Finding;
use crate::ledger::{self, Ledger};
use crate::library::Library;
use crate::plan::lifetime::{self, LifetimeTotal};
use crate::plan::{self, Options, Plan};
use crate::present::{self, DoseRow, Schedule};
use crate::regimen::CountKind;
use crate::regimen::Regimen;
use crate::store::{Record, Store, StoreError};

/// One subject, with everything that follows from the record.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The subject's code.
    pub code: String,
    /// What the events say.
    pub folded: Folded,
    /// The regimen text the subject is pinned to, resolved; where the subject was moved to it, with the earlier
    /// text for the cycles before.
    pub regimen: Regimen,
    /// The plan, or why there is none.
    pub plan: Result<Plan, Vec<Finding>>,
    /// The regimens in force before the subject was moved, the oldest first.
    pub before: Vec<Regimen>,
    /// How many cycles are planned.
    pub options: Options,
}

impl Opened {
    /// Lifetime limits and what counts towards them; none while nothing can be planned.
    pub fn limits(&self) -> Vec<LifetimeTotal> {
        let plan = self.plan.as_ref().ok();
        plan.map_or_else(Vec::new, |plan| lifetime::sums(&self.regimen, &self.folded.course, plan))
    }

    /// The rows that every face shows; `None` while nothing can be planned.
    pub fn schedule(&self, site: &Site) -> Option<Schedule> {
        let plan = self.plan.as_ref().ok()?;
        let schedule = present::schedule(&self.regimen, &self.folded, plan);
        Some(Schedule { ledger: self.ledger(site), earlier: self.earlier(site), ..schedule })
    }

    /// What was planned before a move, and before treatment ended.
    fn earlier(&self, site: &Site) -> Vec<Vec<DoseRow>> {
        let on = Course { stopped: None, ..self.folded.course.clone() };
        let now = on.stopped != self.folded.course.stopped;
        let texts = self.before.iter().chain(Some(&self.regimen).filter(|_| now));
        let rows = |text| Some(present::doses(text, &on, &plan::plan(text, &on, site, self.options).ok()?));
        texts.filter_map(rows).collect()
    }

    /// Planned and delivered doses; `None` while nothing can be planned.
    pub fn ledger(&self, site: &Site) -> Option<Ledger> {
        let full = ledger::at_full_dose(&self.folded.course);
        let full = plan::plan(&self.regimen, &full, site, self.options).ok()?;
        Some(ledger::ledger(&self.regimen, &self.folded, &full, self.plan.as_ref().ok()))
    }
}

/// Opens one subject of a store.
pub fn open(store: &Store, code: &str, library: &Library) -> Result<Opened, Failure> {
    open_before(store, code, u64::MAX, library)
}

/// The same as it was before an entry.
pub fn open_before(store: &Store, code: &str, entry: u64, library: &Library) -> Result<Opened, Failure> {
    let folded = folded(store, code, entry)?;
    let (regimen, before) = followed(store, &folded, library)?;
    Ok(Opened { before, ..planned(code, folded, regimen, library.site()) })
}

/// One subject among several: why it cannot be read, where it cannot, so that the others are shown. What holds of the
/// whole record is an error.
pub fn among(store: &Store, code: &str, library: &Library) -> Result<Result<Opened, String>, Failure> {
    match open(store, code, library) {
        Ok(opened) => Ok(Ok(opened)),
        Err(failure) if failure.kind == Kind::Busy => Err(failure),
        Err(failure) => Ok(Err(failure.message)),
    }
}

/// The failure behind a list in which some subjects could not be read.
pub fn all_read(unread: &[String], all: usize) -> Result<(), Failure> {
    if unread.is_empty() {
        return Ok(());
    }
    let (count, names) = (unread.len(), unread.join(", "));
    Err(Failure::store(format!("{count} of {all} subjects cannot be read: {names}; the others are shown")))
}

/// What a subject's events before an entry say.
fn folded(store: &Store, code: &str, before: u64) -> Result<Folded, Failure> {
    let mut records = store.events(code)?;
    records.retain(|record| record.seq < before);
    if records.is_empty() {
        let shown = crate::quantity::number::shown(code);
        let failure = Failure::unreadable(format!("there is no subject \"{shown}\" in the record"));
        return Err(failure.hint("the list of subjects shows who there is"));
    }
    let entries = entries(&records)?;
    fold(&entries).map_err(|error| Failure::store(format!("{code}: {error}")))
}

/// The entries as they are read. One that cannot be read and was undone says nothing any more.
pub(super) fn entries(records: &[Record]) -> Result<Vec<Entry>, DecodeError> {
    let read: Vec<Result<Entry, DecodeError>> = records.iter().map(event_codec::decode).collect();
    let undone = undone(read.iter().flatten());
    read.into_iter().filter(|one| !matches!(one, Err(error) if undone.contains(&error.seq))).collect()
}

fn undone<'a>(entries: impl Iterator<Item = &'a Entry>) -> BTreeSet<u64> {
    let undone = |entry: &Entry| if let Event::Undone(one) = &entry.event { Some(one.entry) } else { None };
    entries.filter_map(undone).collect()
}

/// Why an entry of a subject cannot be read, and the subject's last entry; `None` of one that can, and of one undone.
pub fn unread(store: &Store, code: &str, entry: u64) -> Result<Option<(String, u64)>, Failure> {
    let records = store.events(code)?;
    let known: Vec<Entry> = records.iter().filter_map(|record| event_codec::decode(record).ok()).collect();
    if undone(known.iter()).contains(&entry) {
        return Ok(None);
    }
    let why = records.iter().find(|record| record.seq == entry).and_then(|record| event_codec::decode(record).err());
    Ok(why.map(|why| (why.to_string(), records.last().map_or(0, |last| last.seq))))
}

/// Whether what is about to stand can be read: the events fold, and every text they are pinned to is kept.
pub(super) fn readable(store: &Store, code: &str) -> Result<(), StoreError> {
    let unreadable = |why: String| {
        StoreError::Refused(format!("{code} could not be read with this entry, so it is not recorded: {why}"))
    };
    let folded = folded(store, code, u64::MAX).map_err(|failure| unreadable(failure.message))?;
    let pinned = folded.earlier.iter().map(|(_, pinned)| pinned).chain([&folded.regimen]);
    for pinned in pinned {
        if store.regimen(&pinned.sha256)?.is_none() {
            return Err(unreadable(format!("the record has no regimen text with the hash {}", pinned.sha256)));
        }
    }
    Ok(())
}

/// One subject from entries at hand, stored or not.
pub fn from_entries(code: &str, entries: &[Entry], regimen: &Regimen, site: &Site) -> Result<Opened, Failure> {
    let folded = fold(entries).map_err(|error| Failure::store(format!("{code}: {error}")))?;
    Ok(planned(code, folded, regimen.clone(), site))
}

fn planned(code: &str, folded: Folded, regimen: Regimen, site: &Site) -> Opened {
    let options = options(&regimen, &folded);
    let plan = plan::plan(&regimen, &folded.course, site, options);
    Opened { code: code.to_owned(), folded, regimen, plan, before: Vec::new(), options }
}

/// The text a subject is pinned to is read whatever its examples say today; its approvals are looked up.
pub fn pinned(store: &Store, sha256: &str, library: &Library) -> Result<Regimen, Failure> {
    let text = store.regimen(sha256)?.ok_or_else(|| {
        Failure::store(format!("the record has no regimen text with the hash {sha256}, so nothing can be recomputed"))
    })?;
    library.resolved(sha256, &text).map_err(Failure::blocked)
}

/// The text in force, behind the earlier ones for the cycles that were begun on them; and what was in force before each
/// move.
fn followed(store: &Store, folded: &Folded, library: &Library) -> Result<(Regimen, Vec<Regimen>), Failure> {
    let first = folded.earlier.first().map_or(&folded.regimen, |(_, text)| text);
    let (mut now, mut before) = (pinned(store, &first.sha256, library)?, Vec::new());
    let next = folded.earlier.iter().skip(1).map(|(_, text)| text).chain([&folded.regimen]);
    for ((from, _), next) in folded.earlier.iter().zip(next) {
        let moved = pinned(store, &next.sha256, library)?.following(&now, from.0.as_deref(), from.1);
        before.push(std::mem::replace(&mut now, moved));
    }
    Ok((now, before))
}

/// Of a phase that goes on until stopped, six cycles beyond what was given are planned.
fn options(regimen: &Regimen, folded: &Folded) -> Options {
    let open = |id: &Option<String>| {
        let phase = regimen.phases.iter().find(|phase| phase.id == *id);
        phase.is_some_and(|phase| phase.cycle.count.kind == CountKind::UntilStopped)
    };
    let most = folded.treated().iter().filter(|cycle| open(&cycle.0)).map(|cycle| cycle.1).max();
    let open = most.map(|most| most.saturating_add(plan::OPEN_CYCLES).min(200));
    Options { open, recorded: true, ..Options::default() }
}
