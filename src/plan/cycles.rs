//! The first days of the cycles, one cycle after the other.

use std::cell::LazyCell;

use crate::calendar::{self, Date, Window, days_between};
use crate::course::{AdministrationRecord, Key, Part};
use crate::dosing;
use crate::regimen::{Clock, CountKind, Drug, Gap, Next, Numbering, Omitted, Phase, Role};

use super::dated_cycle::{DatedCycle, DayOne};
use super::drug_in_cycle::parts;
use super::measured::{Notice, in_force};
use super::planner::Planner;
use super::range::{BeyondCalendar, around, later, later_by};
use super::{OPEN_CYCLES, Options, PlannedCycle};

/// A phase while its cycles are dated.
pub(super) struct PhaseSoFar<'a> {
    index: usize,
    pub(super) phase: &'a Phase,
    /// Place and number of the next cycle.
    place: u32,
    number: u32,
    /// Where it begins.
    next: DayOne,
    /// The place of the last cycle.
    pub(super) last: u32,
    /// Whether it goes on after that.
    pub(super) open: bool,
    /// Whether nothing must happen before it, or a phase before it, begins.
    unconditional: bool,
}

impl<'a> Planner<'a> {
    /// A phase that begins on this day, before its first cycle.
    pub(super) fn phase(
        &self,
        (index, phase): (usize, &'a Phase),
        next: DayOne,
        cycles: &[DatedCycle],
        options: Options,
    ) -> PhaseSoFar<'a> {
        let number = match phase.numbering {
            Numbering::Continues => cycles.last().map_or(self.regimen.cycles_from, |last| self.number_after(last)),
            Numbering::Restarts => self.regimen.cycles_from,
        };
        let mut begins = self.regimen.phases.iter().take(index + 1).filter_map(|phase| phase.begins.as_ref());
        let unconditional = begins.all(|begins| begins.condition.is_none() && begins.gap != Gap::Unknown);
        let (last, open) = match (phase.cycle.count.kind, options.cycles) {
            (CountKind::UpTo(n) | CountKind::Planned(n) | CountKind::Between(_, n), _) => (n, false),
            (CountKind::UntilStopped, Some(asked)) => {
                (asked.saturating_sub(u32::try_from(cycles.len()).unwrap_or(u32::MAX)), true)
            }
            (CountKind::UntilStopped, None) => (options.open.unwrap_or(OPEN_CYCLES), true),
        };
        // In an arm whose last drug has ended there is no treatment left to plan.
        let ended = self.last_place(index, phase, number).filter(|ended| *ended <= last);
        let (last, open) = ended.map_or((last, open), |ended| (ended, false));
        PhaseSoFar { index, phase, place: 1, number, next, last, open, unconditional }
    }

    /// The last cycle in which the subject may be given anything, by its place in the last phase; `None` where no drug ends.
    fn last_place(&self, index: usize, phase: &'a Phase, first: u32) -> Option<u32> {
        if index + 1 < self.regimen.phases.len() {
            return None;
        }
        let mut own = phase.drugs.iter().filter(|drug| drug.is_given_to(&self.course.subject, &phase.drugs));
        let last = own.try_fold(0, |last, drug| drug.last_cycle.map(|own| own.max(last)))?;
        let after = last.checked_sub(first)?.checked_div(phase.cycle.step)?;
        after.checked_add(1)
    }

    /// The number of the cycle that follows one in the numbering of the file.
    fn number_after(&self, last: &DatedCycle) -> u32 {
        let step = self.regimen.phases.get(last.cycle.phase).map_or(1, |phase| phase.cycle.step);
        last.cycle.number.saturating_add(step)
    }

    /// Whether treatment ends before a cycle of the phase.
    pub(super) fn is_over(
        &self,
        phase: &PhaseSoFar<'a>,
        cycle: &PlannedCycle,
        cycles: &[DatedCycle],
    ) -> Result<bool, BeyondCalendar> {
        let first = cycles.iter().find(|one| one.cycle.phase == phase.index).map_or(cycle, |first| &first.cycle);
        // A drug with a clock of its own does not wait for the others.
        let own = self.drugs_of(phase.phase, cycle.number).any(|(_, drug)| drug.clock == Clock::Own);
        let day = if own { cycle.actual.min(cycle.undelayed) } else { cycle.actual };
        let over = end_of_treatment(phase.phase, first.actual)?.is_some_and(|end| day >= end);
        let stopped = self.course.stopped.as_ref().is_some_and(|(stopped, _)| day > *stopped);
        Ok(!cycle.begun && (over || stopped))
    }

    /// What is recorded of the next cycle.
    pub(super) fn recorded_of(&self, phase: &PhaseSoFar<'a>) -> Vec<(&'a Key, &'a AdministrationRecord)> {
        let of_cycle =
            |(key, _): &(&Key, &AdministrationRecord)| key.phase == phase.phase.id && key.cycle == phase.number;
        self.course.recorded.iter().filter(of_cycle).collect()
    }

    /// The dates of the next cycle, and what is in force in it.
    pub(super) fn dated(
        &self,
        phase: &PhaseSoFar<'a>,
        recorded: &[(&Key, &AdministrationRecord)],
        omitted: bool,
        cycles: &[DatedCycle],
    ) -> Result<DatedCycle, BeyondCalendar> {
        let (number, phase_id) = (phase.number, phase.phase.id.clone());
        let DayOne { actual: planned, undelayed } = phase.next;
        let delay = self.course.delays.get(&(phase_id.clone(), number)).filter(|_| !omitted);
        let delayed = later(planned, delay.map_or(0, |delay| delay.days))?;
        let given = if omitted { None } else { self.given_day_1(phase, (recorded, delayed), cycles)? };
        let actual = given.map_or(delayed, |(_, given)| given);
        let window = if phase.index == 0 && phase.place == 1 {
            // A dose on another day does not move the only day on which the first may be given; a delay does.
            Some(Window::exact(delayed))
        } else {
            // A delay that the protocol requires takes the window along; any other leaves it where it was.
            let day = if delay.is_some_and(|delay| delay.required) { delayed } else { planned };
            match phase.begins_within() {
                Some(Gap::Between(from, through)) => Some(around(day, 0, through.saturating_sub(from))?),
                Some(Gap::Unknown) => None,
                Some(Gap::After(_)) | None => {
                    let room = phase.phase.cycle_of(number).window.known();
                    room.map(|room| around(day, room.early, room.late)).transpose()?
                }
            }
        };
        let longest = phase.phase.cycle_of(number).longest_delay;
        let cycle = PlannedCycle {
            phase: phase.index,
            phase_id,
            number,
            word: self.regimen.cycle_word,
            place: phase.place,
            planned,
            actual,
            undelayed,
            window,
            restart_by: longest.filter(|_| given.is_none()).map(|days| later(planned, days)).transpose()?,
            last_day: actual,
            certain: phase.is_certain(),
            begun: given.is_some(),
            set_by: given.map(|(day, _)| day),
            omitted,
            delay: days_between(planned, actual),
        };
        let mut dated = self.with_measurements(cycle, cycles.last());
        let length = self.length(phase, &dated, cycles);
        dated.cycle.last_day = later(actual, length.saturating_sub(1))?;
        Ok(dated)
    }

    /// A cycle with what is in force in it, after what was in force in the one before.
    pub(super) fn with_measurements(&self, cycle: PlannedCycle, before: Option<&DatedCycle>) -> DatedCycle {
        let of = (self.regimen, self.course);
        let (measurements, told) = in_force(of, before.map(|one| &one.measurements), cycle.number, cycle.actual);
        let mut notices: Vec<Notice> = told.into_iter().map(|one| one.since(cycle.key())).collect();
        // Each clock rests on its own cycle before: what is measured later is not compared with either.
        let day = cycle.actual.min(cycle.undelayed);
        if day == cycle.actual && before.is_none_or(|one| one.own_clock == one.measurements) {
            return DatedCycle { cycle, measurements, own_clock: measurements, notices };
        }
        let (own_clock, own) = in_force(of, before.map(|one| &one.own_clock), cycle.number, day);
        let made_from = |phase: &'a Phase| {
            let mut drugs = self.drugs_of(phase, cycle.number).map(|(_, drug)| drug);
            drugs.any(|drug| phase.own_clock(drug) && dosing::is_measured(self.regimen, drug))
        };
        // What no dose is made from is not told.
        if self.regimen.phases.get(cycle.phase).is_some_and(made_from) {
            notices.extend(own.into_iter().map(|one| one.since(cycle.key())));
        }
        DatedCycle { cycle, measurements, own_clock, notices }
    }

    /// Whether a drug has been given for as long as it may be, counted from the first cycle that has it.
    fn has_ended(&self, drug: &Drug, day: Date, cycles: &[DatedCycle]) -> bool {
        if self.course.last_day_of(&drug.id).is_some_and(|last| day > last) {
            return true;
        }
        let Some(after) = drug.stop_after else { return false };
        let has = |DatedCycle { cycle, .. }: &&DatedCycle| {
            let phase = self.regimen.phases.get(cycle.phase);
            phase.is_some_and(|phase| phase.given(&drug.id, cycle.number, &self.course.subject).is_some())
        };
        // An end beyond the calendar is never reached.
        let end = cycles.iter().find(has).and_then(|first| calendar::plus(first.cycle.actual, after));
        end.is_some_and(|end| day >= end)
    }

    /// The length of a cycle: the regimen's, or that of the dose level in force. Of several, the longest. What the subject
    /// is not given in it has no say.
    fn length(&self, phase: &PhaseSoFar<'a>, dated: &DatedCycle, cycles: &[DatedCycle]) -> i32 {
        let (cycle, mut by_level, mut by_row) = (&dated.cycle, None, None);
        let drugs = self.drugs_of(phase.phase, cycle.number);
        for (_, drug) in drugs.filter(|(_, drug)| !self.has_ended(drug, cycle.actual, cycles)) {
            let (ladder, length) = self.doses.assigned(drug, &dated.measurements, cycle.actual);
            let level = self.reduced(&drug.id, cycle).level;
            by_level = by_level.max(ladder.and_then(|ladder| ladder.length_at(level)));
            by_row = by_row.max(length);
        }
        by_level.or(by_row).unwrap_or(phase.phase.cycle_of(cycle.number).length)
    }

    /// Whether every treatment dose that the days of the next cycle have was omitted, and nothing was given instead.
    pub(super) fn is_omitted(
        &self,
        phase: &PhaseSoFar<'a>,
        recorded: &[(&Key, &AdministrationRecord)],
        cycles: &[DatedCycle],
    ) -> bool {
        let omitted = |record: &AdministrationRecord| matches!(record, AdministrationRecord::Omitted(_));
        let treats = |id: &str| phase.phase.drugs.iter().any(|drug| drug.id == id && drug.role == Role::Treatment);
        let mut treated = recorded.iter().filter(|(key, _)| treats(&key.drug)).peekable();
        if treated.peek().is_none() || !treated.all(|(_, record)| omitted(record)) {
            return false;
        }
        let planned = phase.next.actual;
        // What belongs to a drug is left out with it.
        let own = |drug: &Drug| drug.role == Role::Treatment && drug.owner().is_none();
        let drugs = self.drugs_of(phase.phase, phase.number).map(|(_, drug)| drug);
        drugs.filter(|drug| own(drug) && !self.has_ended(drug, planned, cycles)).all(|drug| {
            let left_out = |day: i32, part: Option<Part>| {
                let same = |key: &Key| (key.day, &key.drug, key.part) == (day, &drug.id, part);
                recorded.iter().any(|(key, record)| same(key) && omitted(record))
            };
            let runs = self.days(phase, drug, cycles).unwrap_or_else(|| vec![vec![1]]);
            let mut days = runs.iter().filter_map(|days| days.first());
            days.all(|day| parts(drug).iter().all(|(part, _)| left_out(*day, *part)))
        })
    }

    /// The days of a drug in the next cycle; `None` for every day.
    fn days(&self, phase: &PhaseSoFar<'a>, drug: &'a Drug, cycles: &[DatedCycle]) -> Option<Vec<Vec<i32>>> {
        let (number, planned) = (phase.number, phase.next.actual);
        let before = cycles.last().map(|last| &last.measurements);
        let (measurements, _) = in_force((self.regimen, self.course), before, number, planned);
        self.listed_days((phase.phase, drug), (phase.index, number), &measurements, planned)
    }

    /// Day 1 counted back from the first treatment drug given, or from the drug the regimen anchors on, and the day of that
    /// dose. A drug with a clock of its own says nothing about the others. A dose that its hours carry past midnight stands on
    /// the day after its visit: given on either, it moves nothing.
    fn given_day_1(
        &self,
        phase: &PhaseSoFar<'a>,
        (recorded, planned): (&[(&Key, &AdministrationRecord)], Date),
        cycles: &[DatedCycle],
    ) -> Result<Option<(i32, Date)>, BeyondCalendar> {
        let with_cycle = |drug: &Drug| drug.role == Role::Treatment && drug.clock == Clock::WithCycle;
        let drugs = || self.drugs_of(phase.phase, phase.number).map(|(_, drug)| drug);
        let all_own = !drugs().any(with_cycle);
        // Another drug may be given in its place, and then the rule of the others holds.
        let anchor = phase.phase.cycle_of(phase.number).anchor.as_ref();
        let anchor = anchor.filter(|anchor| drugs().any(|drug| drug.id == **anchor));
        let anchors = |drug: &&Drug| match anchor {
            Some(anchor) => *anchor == drug.id,
            None => with_cycle(drug) || (all_own && drug.role == Role::Treatment),
        };
        let given = drugs().filter(anchors).flat_map(|drug| {
            let days = LazyCell::new(|| self.days(phase, drug, cycles));
            let of_drug = recorded.iter().filter_map(|(key, record)| match record {
                // A dose on a day that the regimen does not have moves nothing.
                AdministrationRecord::Given { on, .. } if key.drug == drug.id => {
                    let listed = days.as_ref().is_none_or(|runs| runs.iter().flatten().any(|day| *day == key.day));
                    listed.then_some((key.day, (*on, self.carried(drug, key.part))))
                }
                _ => None,
            });
            let mut of_drug: Vec<_> = of_drug.collect();
            // Of several doses of a day the first says on which day it was.
            of_drug.dedup_by_key(|(day, _)| *day);
            of_drug
        });
        let offset = |day| phase.phase.cycle.days.offset(day);
        let of_visit = |(day, (on, (least, most))): (i32, (Date, (i32, i32)))| {
            let stands = later(planned, offset(day))?;
            let early = later(on, most.saturating_neg())?;
            Ok((day, if (early..=on).contains(&stands) { stands } else { later(on, least.saturating_neg())? }))
        };
        let given: Vec<(i32, Date)> = given.map(of_visit).collect::<Result<_, _>>()?;
        let first = given.into_iter().min();
        first.map(|(day, on)| Ok((day, later(on, offset(day).saturating_neg())?))).transpose()
    }
}

impl PhaseSoFar<'_> {
    /// Whether it has cycles left.
    pub(super) fn has_more(&self) -> bool {
        self.place <= self.last
    }

    /// After one cycle more.
    pub(super) fn after(self, cycle: &PlannedCycle) -> Result<Self, BeyondCalendar> {
        let more = cycle.omitted && self.phase.cycle.count.omitted == Omitted::DoesNotCount && self.last < 10_000;
        let from = match self.phase.cycle_of(cycle.number).next {
            Next::FromActual | Next::Unknown => cycle.actual,
            Next::FromPlannedUpTo(days) if days_between(cycle.planned, cycle.actual) > days => cycle.actual,
            Next::FromPlanned | Next::FromPlannedUpTo(_) => cycle.planned,
        };
        let length = cycle.length();
        let next = DayOne { actual: later(from, length)?, undelayed: later(cycle.undelayed, length)? };
        Ok(Self {
            place: self.place + 1,
            number: self.number.saturating_add(self.phase.cycle.step),
            last: self.last + u32::from(more),
            next,
            ..self
        })
    }

    /// How long after the phase before it may begin, of its first cycle.
    fn begins_within(&self) -> Option<Gap> {
        self.phase.begins.as_ref().filter(|_| self.place == 1).map(|begins| begins.gap)
    }

    fn is_certain(&self) -> bool {
        let promised = match self.phase.cycle.count.kind {
            CountKind::Planned(_) => true,
            CountKind::Between(least, _) => self.place <= least,
            CountKind::UpTo(_) | CountKind::UntilStopped => false,
        };
        (self.index == 0 && self.place == 1) || (promised && self.unconditional)
    }
}

/// The day from which no dose of a phase stands any more, where the phase says how long it lasts at most from its first
/// dose.
pub(super) fn end_of_treatment(phase: &Phase, first: Date) -> Result<Option<Date>, BeyondCalendar> {
    phase.cycle.count.at_most.map(|period| later_by(first, period)).transpose()
}
