//! Drugs, cohorts and rows that no worked example gives.

use crate::finding::Finding;
use crate::regimen::{Assigned, Drug, Regimen, Whom};

use super::findings;
use super::seen::{Seen, Tried, drugs, of};

/// A finding for every drug of a phase, and every cohort and row of it, that no row of an example gives.
pub(super) fn findings(regimen: &Regimen, tried: &Tried) -> Vec<Finding> {
    let Some(example) = regimen.examples.last() else { return Vec::new() };
    let several = regimen.phases.len() > 1;
    let each = drugs(regimen).flat_map(|(place, phase, drug)| {
        let untried = untried(tried, place, drug);
        untried.into_iter().map(move |whom| of(several.then_some(phase), drug, whom))
    });
    each.map(|what| findings::untried(example, &what)).collect()
}

/// Whom of a drug nobody has worked out: everybody, where no row is about the drug at all.
fn untried<'r>(tried: &Tried, place: (usize, usize), drug: &'r Drug) -> Vec<Whom<'r>> {
    let rows: Vec<&Seen> = tried.rows.iter().filter(|row| row.place == place).collect();
    if rows.is_empty() {
        return vec![Whom::Everybody];
    }
    let tried = |one: &Assigned<'_>, row: &&Seen| row.start.is_none_or(|(_, _, protocol)| protocol == one.protocol);
    let missing = |one: &Assigned<'_>| !rows.iter().any(|row| tried(one, row));
    drug.dosing.bases().iter().filter(|one| missing(one)).map(|one| one.whom).collect()
}
