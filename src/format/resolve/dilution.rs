//! How much a file asks for: more administrations than anybody means are a slip, and no plan is worked out for hours.

use crate::format::codes;
use crate::regimen::{CountKind, Days, Drug, Phase};

use super::resolver::Resolver;

/// The most administrations of a whole course: two drugs every day for 68 years. An engineering bound, wide on purpose.
const MOST: u64 = 50_000;

/// Whether the phases ask for no more than can be meant.
pub(super) fn meant(resolver: &mut Resolver, phases: &[Phase]) -> bool {
    let all: u64 = phases.iter().map(of_phase).fold(0, u64::saturating_add);
    if all <= MOST {
        return true;
    }
    let text = format!("this file asks for {all} administrations, and a course has at most {MOST}");
    resolver.block(codes::BOUNDS, &(0..0), text, "correct the number of cycles under `count`, the days, or the drugs");
    false
}

fn of_phase(phase: &Phase) -> u64 {
    let cycles = match phase.cycle.count.kind {
        CountKind::UpTo(most) | CountKind::Planned(most) | CountKind::Between(_, most) => most,
        // Planned a few cycles ahead, and no more.
        CountKind::UntilStopped => 1,
    };
    let of_drug = |drug: &Drug| {
        let cycles =
            drug.last_cycle.map_or(cycles, |last| last.saturating_sub(drug.first_cycle).saturating_add(1).min(cycles));
        in_cycle(drug, phase.cycle.length).saturating_mul(u64::from(cycles))
    };
    phase.drugs.iter().map(of_drug).fold(0, u64::saturating_add)
}

/// Administrations in the fullest cycle.
fn in_cycle(drug: &Drug, length: i32) -> u64 {
    let days = match &drug.days {
        Days::List(list) => list.len(),
        Days::ByCycle(rows) => rows.iter().map(|(_, _, list)| list.len()).max().unwrap_or_default(),
        Days::EveryDay => usize::try_from(length).unwrap_or_default(),
    };
    let times = drug.hours.as_ref().map_or(u64::from(drug.times), |hours| hours.at.len() as u64);
    (days as u64).saturating_mul(times)
}
