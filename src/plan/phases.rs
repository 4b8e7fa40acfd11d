//! When a phase begins.

use crate::calendar::{Date, days_between, plus_days};
use crate::course::Course;
use crate::regimen::{Begins, BeginsFrom, Regimen};

use super::{PlannedCycle, build};

/// The first day of a phase: as things stand, and as it would stand had nothing ever been delayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) actual: Date,
    pub(super) undelayed: Date,
}

/// `None` beyond the calendar; `Some(None)` while the phase before has no cycle.
pub(super) fn start(
    regimen: &Regimen,
    course: &Course,
    cycles: &[PlannedCycle],
    begins: &Begins,
) -> Option<Option<Start>> {
    let after = regimen.phases.iter().position(|phase| phase.id.as_deref() == Some(begins.after.as_str()))?;
    let Some(last) = cycles.iter().rev().find(|cycle| cycle.phase == after) else { return Some(None) };
    let length = days_between(last.actual, last.last_day).checked_add(1)?;
    let (actual, undelayed) = match begins.from {
        BeginsFrom::Day1 => (last.actual, last.undelayed),
        BeginsFrom::End => (plus_days(last.last_day, 1)?, plus_days(last.undelayed, length)?),
        BeginsFrom::LastDose => {
            let last = |record| build::last_dose(regimen, course, cycles, (after, record));
            (last(true)?, last(false)?)
        }
    };
    let actual = plus_days(actual, begins.gap_days)?;
    // What a condition waits for moves everything, a drug with a clock of its own too.
    let undelayed = if begins.condition.is_some() { actual } else { plus_days(undelayed, begins.gap_days)? };
    Some(Some(Start { actual, undelayed }))
}
