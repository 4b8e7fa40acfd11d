//! How far each visit is by the record: cleared, verified, prepared, given, each with who says so and the day.

use std::collections::BTreeSet;

use crate::calendar;
use crate::course::Folded;
use crate::plan::Plan;
use crate::plan::way::{self, Clearance, Verification, Way};
use crate::regimen::Regimen;

use super::happened::Source;

/// What is on record of a visit before its doses; what is not is written by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// The phase, where there are several.
    pub phase: Option<String>,
    /// The cycle.
    pub cycle: u32,
    /// The day of it.
    pub day: i32,
    /// `criteria met, D. Doctor, 07-Dec-2026`
    pub cleared: Option<String>,
    /// `the same, M. Weber, 07-Dec-2026`
    pub verified: Option<String>,
    /// `2 of 2, P. Pharmacist, 07-Dec-2026`
    pub prepared: Option<String>,
}

pub(super) fn visits(source: Source<'_>, regimen: &Regimen, plan: &Plan) -> Vec<VisitRow> {
    let Some(folded) = source.folded() else { return Vec::new() };
    let touched = folded.criteria.iter().map(|one| (one.criteria.cycle.clone(), one.criteria.day));
    let checked = folded.double_checks.iter().map(|(_, one)| (one.cycle.clone(), one.day));
    let prepared = folded.prepared.keys().map(|key| ((key.phase.clone(), key.cycle), key.day));
    let visits: BTreeSet<_> = touched.chain(checked).chain(prepared).collect();
    let row = |(cycle, day): ((Option<String>, u32), i32)| {
        let way = Way::of(regimen, folded, plan, &cycle, day);
        let by = |found: &str, seq: u64| said(folded, found, seq);
        let newest = way::of_visit(plan, &cycle, day).filter_map(|one| folded.prepared.get(&one.key)).max();
        VisitRow {
            cleared: match way.clearance {
                Clearance::NotEntered => None,
                Clearance::Met(seq) => by("criteria met", seq),
                Clearance::NotMet(seq) => by("criteria NOT MET", seq),
            },
            verified: match way.verification {
                Verification::NotDone => None,
                Verification::Same(seq) => by(&format!("the same{}", ticked(folded, regimen, seq)), seq),
                Verification::Outdated(seq) => by("a dose CHANGED since", seq),
                Verification::Differs(seq) => by("DIFFERS", seq),
            },
            prepared: newest.and_then(|seq| by(&format!("{} of {}", way.prepared, way.doses), *seq)),
            phase: cycle.0,
            cycle: cycle.1,
            day,
        }
    };
    visits.into_iter().map(row).collect()
}

/// `; ticked: irinotecan liposomal volume, route`: what a check looked at beside the figures.
fn ticked(folded: &Folded, regimen: &Regimen, seq: u64) -> String {
    let check = folded.double_checks.iter().find(|(known, _)| *known == seq);
    let told = check.map(|(_, check)| check.ticked(regimen)).unwrap_or_default();
    if told.is_empty() { told } else { format!("; ticked: {told}") }
}

/// What an entry found, who recorded it, and its day.
fn said(folded: &Folded, found: &str, seq: u64) -> Option<String> {
    let (on, _) = folded.now(seq)?;
    let who = &folded.entry(seq)?.entry.who;
    Some(format!("{found}, {who}, {}", calendar::print(on)))
}
