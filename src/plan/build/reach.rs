//! From which day a drug is counted in a cycle, and how far its days reach.

use crate::calendar::{self, Date, Site, days_between, plus, plus_days};
use crate::course::Course;
use crate::finding::Finding;
use crate::regimen::{Clock, Days, Drug, Regimen, Role};

use super::super::owner::is_left_out;
use super::super::turn::{Turn, begins_in_the_evening};
use super::super::{PlannedCycle, timeline};
use super::Builder;

impl Builder<'_> {
    /// How many days a drug of every day runs: to the day before its next first day, so that a delay leaves no gap and an
    /// earlier cycle no overlap.
    pub(super) fn days_until_next(&self, at: usize, turn: &Turn<'_>) -> Option<i32> {
        let length = turn.cycle.length();
        let Some(next) = self.cycles.get(at.checked_add(1)?) else {
            // No cycle follows, because treatment ends before it: until then the drug is taken.
            let (actual, undelayed) = turn.cycle.over.unwrap_or((turn.anchor, turn.anchor));
            let day = if turn.drug.clock == Clock::Own { undelayed } else { actual };
            return Some(days_between(turn.anchor, day).max(length));
        };
        let mut drugs = self.regimen.phases.get(next.phase)?.drugs.iter();
        let drug = drugs.find(|drug| drug.id == turn.drug.id && drug.in_cycle(next.number));
        let goes_on = |drug: &&Drug| drug.days == Days::EveryDay;
        let Some(drug) = drug.filter(goes_on) else { return Some(length) };
        let follows = if drug.clock == Clock::Own { next.undelayed } else { next.planned };
        if days_between(turn.anchor, follows) > length {
            return Some(length);
        }
        Some(days_between(turn.anchor, anchor(drug, next)).max(1))
    }

    /// The day, or the first one on which the run before has ended: a run that began late is not doubled by the next.
    pub(super) fn after_the_run_before(&mut self, turn: &Turn<'_>, date: Date) -> Option<Date> {
        let drug = turn.drug;
        let Some(through) = self.received.through(&drug.id) else { return Some(date) };
        let free = if begins_in_the_evening(drug) { through } else { plus_days(through, 1)? };
        if free <= date {
            return Some(date);
        }
        let text = format!(
            "{} of cycle {} begins on {}, {} days after its planned day, straight after the run before, which ends on {}: no day lies between them.",
            drug.full_name(),
            turn.cycle.number,
            calendar::print(free),
            days_between(date, free),
            calendar::print(through),
        );
        self.problems.push(Finding::note("run-after-run", text));
        Some(free)
    }

    /// The last day on which a dose may stand: treatment was stopped, or may last no longer.
    pub(super) fn last_possible(&self, turn: &Turn<'_>, date: Date) -> Option<Option<Date>> {
        let stopped = self.course.stopped.as_ref().map(|(stopped, _)| *stopped);
        let first = self.cycles.iter().find(|one| one.phase == turn.cycle.phase);
        let first = first.map_or(turn.cycle.actual, |first| first.actual);
        let over = timeline::end_of_treatment(turn.phase, first)?;
        let drug_over = match turn.drug.stop_after {
            Some(after) => Some(plus(self.received.first(&turn.drug.id, date).unwrap_or(date), after)?),
            None => None,
        };
        let day_before = |end: Option<Date>| match end {
            Some(end) => plus_days(end, -1).map(Some),
            None => Some(None),
        };
        Some([stopped, day_before(over)?, day_before(drug_over)?].into_iter().flatten().min())
    }
}

/// Day 1 for a drug: of the cycle as it stands, or where it would stand without any delay.
pub(super) fn anchor(drug: &Drug, cycle: &PlannedCycle) -> Date {
    if drug.clock == Clock::Own { cycle.undelayed } else { cycle.actual }
}

/// The last day of a run, where it begins on the day it is planned for.
pub(super) fn last_of(date: Date, block: &[i32]) -> Option<Date> {
    plus_days(date, i32::try_from(block.len()).ok()?.checked_sub(1)?)
}

/// The day of the last treatment dose of a cycle, or of its last day where none is given: of the last of `cycles` that is
/// in the phase. With the record as it was really given, else as it was planned. `None` beyond the calendar.
pub(in crate::plan) fn last_dose(
    regimen: &Regimen,
    course: &Course,
    cycles: &[PlannedCycle],
    (phase, record): (usize, bool),
) -> Option<Date> {
    let last = cycles.iter().rev().find(|cycle| cycle.phase == phase)?;
    // The end of treatment ends what is planned, not what a later phase would have been counted from.
    let course = Course { stopped: None, ..if record { course.clone() } else { undisturbed(course) } };
    let cycles: Vec<PlannedCycle> = cycles
        .iter()
        .map(|cycle| if record { Some(cycle.clone()) } else { undelayed(cycle) })
        .collect::<Option<_>>()?;
    let site = Site::default();
    let builder = Builder::of(regimen, &course, &site, &cycles);
    let in_cycle = builder.administrations.iter().filter(|one| (one.phase, one.key.cycle) == (phase, last.number));
    let treats = |drug: &Drug| drug.role == Role::Treatment;
    let drug = |at: usize| regimen.phases.get(phase).and_then(|phase| phase.drugs.get(at));
    let given = in_cycle.filter(|one| !is_left_out(one) && drug(one.drug).is_some_and(treats));
    let days = given.map(|one| one.run.as_ref().map_or(one.date, |run| run.through));
    let end = if record { last.last_day } else { plus_days(last.undelayed, last.length().checked_sub(1)?)? };
    Some(days.max().unwrap_or(end))
}

/// A course of which nothing is on record that moves a day.
fn undisturbed(course: &Course) -> Course {
    let mut course = course.clone();
    course.deeds.clear();
    course.delays.clear();
    course.extra.clear();
    course
}

fn undelayed(cycle: &PlannedCycle) -> Option<PlannedCycle> {
    let last_day = plus_days(cycle.undelayed, cycle.length().checked_sub(1)?)?;
    Some(PlannedCycle { planned: cycle.undelayed, actual: cycle.undelayed, last_day, ..cycle.clone() })
}
