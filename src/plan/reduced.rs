//! Which reductions are in force for a drug in a cycle, and the days that a dose level gives it.

use crate::course::{Course, CycleKey};
use crate::dosing::Modification;
use crate::regimen::{Days, Drug, Ladder, Regimen};

/// The level and the percentage in force: each stays until another takes its place, across phases too.
pub(super) fn reduced(regimen: &Regimen, course: &Course, drug: &str, at: (usize, u32)) -> Modification {
    let mut force = Modification::default();
    for reduction in course.reductions.iter().filter(|reduction| reduction.drug == drug) {
        if reached(regimen, &reduction.from, at) {
            force.level = reduction.level.unwrap_or(force.level);
            force.percent = reduction.percent.or(force.percent);
        }
    }
    force
}

/// Whether a cycle comes at or after another.
fn reached(regimen: &Regimen, from: &CycleKey, at: (usize, u32)) -> bool {
    let phase = regimen.phases.iter().position(|phase| phase.id == from.0);
    phase.is_some_and(|phase| (phase, from.1) <= at)
}

/// The days of a drug at a level: those of the lowest step that changes them, else the regimen's.
pub(super) fn days<'a>(ladder: Option<&'a Ladder>, drug: &'a Drug, level: i32) -> &'a Days {
    ladder.and_then(|ladder| ladder.days_at(level)).unwrap_or(&drug.days)
}
