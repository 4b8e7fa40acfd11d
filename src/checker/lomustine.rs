//! R067.

use crate::checker::{Context, Rule, figures, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::LOMUSTINE, "lomustine-interval", Severity::Block, check);

/// Six weeks.
const LEAST: i32 = 42;

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all: Vec<_> = context.pairs().filter(|(def, _)| figures::is(def, "lomustine")).collect();
    for (def, drug) in &all {
        let Some(phase) = context.phase_of(drug) else { continue };
        let beside = phase
            .drugs
            .iter()
            .filter(|other| !std::ptr::eq(*other, *drug) && all.iter().any(|(_, one)| std::ptr::eq(*one, *other)));
        let between = beside.into_iter().any(|other| both(drug, other) && timing::differ_in_a_cycle(drug, other));
        let hours = drug.hours.as_ref().is_some_and(|hours| hours.at.len() > 1);
        if drug.times > 1 || hours || between || timing::closest(drug, phase) < LEAST {
            let place = def.name.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let finding = RULE.finding("lomustine is given once in six weeks, and this plan gives it more often");
            let help = "write one day in a cycle of 42 days or more, also for every row and reduced dose with a length of its own";
            findings.push(finding.at(place, "more often than every 42 days").help(help));
        }
    }
}

/// Whether one subject may get both.
fn both(one: &Drug, other: &Drug) -> bool {
    let instead = one.instead_of.as_ref() == Some(&other.id) || other.instead_of.as_ref() == Some(&one.id);
    let apart = !one.cohorts.is_empty()
        && !other.cohorts.is_empty()
        && !one.cohorts.iter().any(|id| other.cohorts.contains(id));
    !instead && !apart
}
