//! The time of a course: how long it should have taken, and how long it took.
//!
//! Planned time is what the protocol has between day 1 of the first and the end of the last cycle in which something was
//! given: the lengths of the cycles at full dose and the gaps between phases. What only a wholly omitted cycle filled is no
//! part of it, so that the omission lengthens the time. Actual time is what the calendar says, the last cycle at the length
//! in force.

use std::collections::BTreeSet;

use crate::calendar::{Date, days_between, plus_days};
use crate::course::CycleKey;
use crate::plan::{Administration, Plan, PlannedCycle};
use crate::regimen::Clock;
use crate::regimen::Regimen;

/// Days planned and days taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Days {
    pub(super) planned: i32,
    pub(super) actual: i32,
}

/// Days from a day on.
type Stretch = (Date, i32);

/// The cycles of a course in which something was given.
pub(super) struct Time<'a> {
    full: &'a Plan,
    /// As planned at full dose.
    begun: Vec<&'a PlannedCycle>,
    /// The same as they are, at the lengths in force.
    now: Vec<&'a PlannedCycle>,
    planned: i32,
}

impl<'a> Time<'a> {
    pub(super) fn of(regimen: &Regimen, full: &'a Plan, plan: Option<&'a Plan>, treated: &BTreeSet<CycleKey>) -> Self {
        let begun: Vec<&PlannedCycle> = full.cycles.iter().filter(|cycle| treated.contains(&cycle.key())).collect();
        let in_force = |cycle: &&'a PlannedCycle| -> &'a PlannedCycle {
            let same = |one: &&PlannedCycle| one.key() == cycle.key();
            plan.and_then(|plan| plan.cycles.iter().find(same)).unwrap_or(cycle)
        };
        let now = begun.iter().map(in_force).collect();
        let planned = planned(regimen, full, &begun);
        Self { full, begun, now, planned }
    }

    pub(super) fn cycles(&self) -> usize {
        self.begun.len()
    }

    /// Of the course.
    pub(super) fn course(&self) -> Days {
        let now: Vec<Stretch> = self.now.iter().map(|cycle| (cycle.actual, cycle.length())).collect();
        Days { planned: self.planned, actual: span(&now) }
    }

    /// Of one drug: a clock of its own does not wait, and a drug of every day goes on while the others do.
    pub(super) fn of_drug(&self, drug: &str, clock: Clock) -> Days {
        if clock == Clock::Own {
            let own: Vec<Stretch> = self.now.iter().map(|cycle| (cycle.undelayed, cycle.length())).collect();
            return Days { planned: self.planned, actual: span(&own) };
        }
        let course = self.course();
        let beyond = |cycle: &&PlannedCycle| self.beyond(cycle, drug);
        let all = self.begun.iter().map(beyond).fold(0, i32::saturating_add);
        let last = self.begun.iter().max_by_key(|cycle| cycle.actual).map_or(0, beyond);
        Days { planned: course.planned.saturating_add(all), actual: course.actual.saturating_add(last) }
    }

    /// By how many days a run of every day reaches beyond the end of its cycle, because the next was delayed; below zero
    /// where the next came early.
    fn beyond(&self, cycle: &PlannedCycle, drug: &str) -> i32 {
        let Some(end) = plus_days(cycle.actual, cycle.length()) else { return 0 };
        let runs = every_day(self.full, cycle, drug);
        let after = runs.filter_map(|one| plus_days(one.date, days_of(one))).max();
        let Some(after) = after else { return 0 };
        let mut next = self.full.cycles.iter().skip_while(|one| *one != cycle).skip(1);
        let early = next.next().filter(|next| next.actual < end && every_day(self.full, next, drug).next().is_some());
        days_between(end, early.map_or(after.max(end), |next| next.actual))
    }

    /// How many days of a run of every day were lost because it began after day 1 of its cycle.
    pub(super) fn late(&self, run: &Administration, clock: Clock) -> i32 {
        let cycle = self.begun.iter().find(|cycle| (&cycle.phase_id, cycle.number) == (&run.key.phase, run.key.cycle));
        let Some(cycle) = cycle.filter(|_| run.key.day == 1 && goes_on(run)) else { return 0 };
        let day_1 = if clock == Clock::Own { cycle.undelayed } else { cycle.actual };
        days_between(day_1, run.date).max(0)
    }
}

/// Whether a row is a run of a drug that is taken every day.
fn goes_on(one: &Administration) -> bool {
    one.run.as_ref().is_some_and(|run| run.continues)
}

/// The runs of a drug that is taken every day in a cycle.
fn every_day<'p>(plan: &'p Plan, cycle: &PlannedCycle, drug: &str) -> impl Iterator<Item = &'p Administration> {
    let of = move |one: &&Administration| {
        let key = &one.key;
        (&key.phase, key.cycle) == (&cycle.phase_id, cycle.number)
            && key.drug == drug
            && one.planned.is_some()
            && goes_on(one)
    };
    plan.administrations.iter().filter(of)
}

fn days_of(one: &Administration) -> i32 {
    one.run.as_ref().and_then(|run| i32::try_from(run.days).ok()).unwrap_or(1)
}

/// From the first day of all to the last.
fn span(all: &[Stretch]) -> i32 {
    let first = all.iter().map(|(day, _)| *day).min();
    first.map_or(0, |first| {
        let end = |(day, length): &Stretch| days_between(first, *day).saturating_add(*length);
        all.iter().map(end).max().unwrap_or(0)
    })
}

/// Days that lie in at least one stretch.
fn covered(mut all: Vec<Stretch>) -> i32 {
    all.sort_unstable();
    let mut sum = 0_i32;
    let mut free: Option<Date> = None;
    for (day, length) in all {
        let done = free.map_or(0, |free| days_between(day, free).clamp(0, length));
        sum = sum.saturating_add(length - done);
        free = plus_days(day, length).max(free);
    }
    sum
}

/// What the protocol has between the first and the last of these cycles, but for what only omitted cycles fill.
fn planned(regimen: &Regimen, full: &Plan, begun: &[&PlannedCycle]) -> i32 {
    let waited = waited(regimen, full);
    let stretch = |cycle: &PlannedCycle| -> Option<Stretch> {
        let waited = waited.get(cycle.phase).copied().unwrap_or(0);
        Some((plus_days(cycle.undelayed, waited.checked_neg()?)?, cycle.length()))
    };
    let given: Vec<Stretch> = begun.iter().filter_map(|cycle| stretch(cycle)).collect();
    let (Some(first), Some(last)) = (given.iter().min(), given.iter().max()) else { return 0 };
    let has_doses = |cycle: &PlannedCycle| {
        let of = |one: &Administration| (&one.key.phase, one.key.cycle) == (&cycle.phase_id, cycle.number);
        full.administrations.iter().any(|one| one.planned.is_some() && of(one))
    };
    let left_out = full.cycles.iter().filter(|cycle| !begun.contains(cycle) && has_doses(cycle));
    let between = left_out.filter_map(stretch).filter(|(day, _)| (first.0..last.0).contains(day));
    let with_omitted = covered(given.iter().copied().chain(between).collect());
    let omitted = with_omitted.saturating_sub(covered(given.clone()));
    span(&given).saturating_sub(omitted)
}

/// By how many days each phase began late although nothing of its own was delayed: where it waits for a condition, it
/// counts from the phase before as that was.
fn waited(regimen: &Regimen, full: &Plan) -> Vec<i32> {
    let mut waited: Vec<i32> = Vec::new();
    for phase in &regimen.phases {
        let before = phase.begins.as_ref().and_then(|begins| {
            let at = regimen.phases.iter().position(|one| one.id.as_deref() == Some(begins.after.as_str()))?;
            let last = full.cycles.iter().rev().find(|cycle| cycle.phase == at)?;
            let late = if begins.condition.is_some() { days_between(last.undelayed, last.actual) } else { 0 };
            Some(waited.get(at)?.saturating_add(late))
        });
        waited.push(before.unwrap_or(0));
    }
    waited
}
