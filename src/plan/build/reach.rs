//! From which day a drug is counted in a cycle, and how far its days reach.

use crate::calendar::{Date, days_between, plus, plus_days};
use crate::regimen::model::{Clock, Days, Drug};

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
    pub(super) fn after_the_run_before(&self, drug: &Drug, date: Date) -> Option<Date> {
        let Some(through) = self.received.through(&drug.id) else { return Some(date) };
        let free = if begins_in_the_evening(drug) { through } else { plus_days(through, 1)? };
        Some(date.max(free))
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
