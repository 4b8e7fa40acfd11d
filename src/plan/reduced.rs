//! Which reductions are in force for a drug in a cycle, and the days that a dose level gives it.

use crate::course::{CycleKey, Reduction};
use crate::dosing::Modification;
use crate::quantity::Decimal;
use crate::regimen::{Days, Drug, Ladder, Regimen};

/// The level and the percentage in force: each stays until another takes its place, across phases too. `at` is the place
/// of the phase, and the cycle.
pub fn reduced<'r>(
    regimen: &Regimen,
    reductions: impl IntoIterator<Item = &'r Reduction>,
    drug: &str,
    at: (usize, u32),
) -> Modification {
    let mut force = Modification::default();
    for reduction in reductions.into_iter().filter(|reduction| reduction.drug == drug) {
        if place(regimen, &reduction.from).is_some_and(|from| from <= at) {
            force.level = reduction.level.unwrap_or(force.level);
            force.percent = reduction.percent.or(force.percent);
        }
    }
    force
}

/// The reductions that made a difference in the cycle they begin with: not those that said what was in force already, nor
/// those in whose place another was recorded for the same cycles.
pub fn effective<'r>(regimen: &Regimen, reductions: &'r [Reduction]) -> Vec<&'r Reduction> {
    let force = |held: &[&Reduction], one: &Reduction| {
        let at = place(regimen, &one.from).unwrap_or_default();
        let force = reduced(regimen, held.iter().copied(), &one.drug, at);
        (force.level, force.percent.unwrap_or(Decimal::ONE_HUNDRED))
    };
    let mut held: Vec<&Reduction> = Vec::new();
    for one in reductions {
        let before = force(&held, one);
        held.push(one);
        if force(&held, one) == before {
            held.pop();
        }
    }
    let stands = |(at, one): &(usize, &&Reduction)| {
        let without: Vec<&Reduction> =
            held.iter().enumerate().filter(|(other, _)| other != at).map(|(_, one)| *one).collect();
        force(&without, one) != force(&held, one)
    };
    held.iter().enumerate().filter(stands).map(|(_, one)| *one).collect()
}

/// What stands behind the dose of a drug in a cycle: of the reductions that made a difference, the last that set its level and
/// the last that set its percentage.
pub fn behind<'r>(regimen: &Regimen, reductions: &'r [Reduction], drug: &str, at: (usize, u32)) -> Vec<&'r Reduction> {
    let holds = |one: &&Reduction| one.drug == drug && place(regimen, &one.from).is_some_and(|from| from <= at);
    let held: Vec<&Reduction> = effective(regimen, reductions).into_iter().filter(holds).collect();
    let last = |sets: fn(&Reduction) -> bool| held.iter().rposition(|one| sets(one));
    let behind = [last(|one| one.level.is_some()), last(|one| one.percent.is_some())];
    held.iter().enumerate().filter(|(at, _)| behind.contains(&Some(*at))).map(|(_, one)| *one).collect()
}

/// The place of a cycle in the regimen.
fn place(regimen: &Regimen, cycle: &CycleKey) -> Option<(usize, u32)> {
    let phase = regimen.phases.iter().position(|phase| phase.id == cycle.0)?;
    Some((phase, cycle.1))
}

/// The days of a drug at a level: those of the lowest step that changes them, else the regimen's.
pub(super) fn days<'a>(ladder: Option<&'a Ladder>, drug: &'a Drug, level: i32) -> &'a Days {
    ladder.and_then(|ladder| ladder.days_at(level)).unwrap_or(&drug.days)
}
