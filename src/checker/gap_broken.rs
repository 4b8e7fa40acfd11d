//! R080.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Days, Drug};

pub const RULE: Rule = Rule::checked(codes::GAP_BROKEN, "gap-broken", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(gap) = drug.least_gap else { continue };
        let length = context.phase_of(drug).map_or(i32::MAX, |phase| phase.cycle.length);
        if let Some(short) = shortest(drug, length).filter(|short| *short < gap) {
            let place = def.least_gap.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("{} is planned {short} days apart, and its shortest interval is {gap} days", drug.id);
            findings.push(
                RULE.finding(text)
                    .at(place, "broken by its own days")
                    .help("correct the days, the cycle or `least_gap`"),
            );
        }
    }
}

/// The shortest interval between two of its days, over the end of the cycle too.
fn shortest(drug: &Drug, length: i32) -> Option<i32> {
    let within = |list: &[i32]| {
        let around = match list {
            [first, .., last] => first.checked_add(length)?.checked_sub(*last),
            _ => Some(length),
        };
        let pairs = list
            .windows(2)
            .filter_map(|pair| matches!(pair, [_, _]).then(|| pair.last()?.checked_sub(*pair.first()?))?);
        pairs.chain(around).min()
    };
    match &drug.days {
        Days::EveryDay => Some(1),
        Days::List(list) => within(list),
        Days::ByCycle(rows) => rows.iter().filter_map(|(_, _, list)| within(list)).min(),
    }
}
