//! Which reductions are in force for a drug in a cycle, and what a dose level changes beside the dose: its days and the
//! length of the cycle.

use crate::course::{Course, CycleKey};
use crate::dosing::Force;
use crate::regimen::model::{Days, Drug, Ladder, Regimen, Step};

/// The level and the percentage in force: each stays until another takes its place, across phases too.
pub(super) fn reduced(regimen: &Regimen, course: &Course, drug: &str, at: (usize, u32)) -> Force {
    let mut force = Force::default();
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

/// The steps taken down to a level, the lowest first.
fn taken(ladder: &Ladder, level: i32) -> impl Iterator<Item = &Step> {
    let count = level.checked_neg().and_then(|steps| usize::try_from(steps).ok()).unwrap_or(0);
    ladder.steps.iter().take(count).rev()
}

fn ladder<'a>(course: &Course, drug: &'a Drug) -> Option<&'a Ladder> {
    drug.ladder_of(&course.subject, course.start)
}

/// The days of a drug at a level: those of the lowest step that changes them, else the regimen's.
pub(super) fn days<'a>(course: &Course, drug: &'a Drug, level: i32) -> &'a Days {
    let stepped = ladder(course, drug).and_then(|ladder| taken(ladder, level).find_map(|step| step.days.as_ref()));
    stepped.unwrap_or(&drug.days)
}

/// The length that a level gives the cycle, where it changes it.
pub(super) fn length(course: &Course, drug: &Drug, level: i32) -> Option<i32> {
    taken(ladder(course, drug)?, level).find_map(|step| step.length)
}
