//! R087.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Amount, Decimal};
use crate::regimen::{Assigned, Rounding};

pub const RULE: Rule = Rule::checked(codes::TABLETS_FLAT, "tablets-cannot-make-it", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(_, drug)| drug.rounding == Rounding::None) {
        let Some(tablets) = &drug.tablets else { continue };
        let mut told = Vec::new();
        for flat in drug.dosing.options().flat_map(|one| amounts(&one)) {
            if makeable(flat, &tablets.0) || told.contains(&flat) {
                continue;
            }
            told.push(flat);
            let place = def.tablets.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("{flat} cannot be made of these tablets");
            findings.push(
                RULE.finding(text).at(place, "do not add up").help("add the strength that is meant, or round the dose"),
            );
        }
    }
}

/// What is taken at once of a flat dose: each half of a day by itself, where they differ.
fn amounts(one: &Assigned<'_>) -> Vec<Amount> {
    let whole = one.dose.flat().filter(|_| one.percent().is_none());
    match one.halves {
        Some((morning, evening)) if whole.is_some() => vec![morning, evening],
        _ => whole.into_iter().collect(),
    }
}

/// Whether whole tablets add up to the amount; tries at most some thousands of sums.
fn makeable(amount: Amount, tablets: &[Amount]) -> bool {
    let strengths: Vec<Decimal> = tablets
        .iter()
        .filter_map(|tablet| tablet.in_unit(amount.unit))
        .map(|one| one.value)
        .filter(|value| *value > Decimal::ZERO)
        .collect();
    let mut sums = vec![Decimal::ZERO];
    let mut at = 0;
    while let Some(sum) = sums.get(at).copied() {
        if sum == amount.value || sums.len() > 4_000 {
            return true; // found, or too many to tell
        }
        for strength in &strengths {
            let Some(next) = sum.checked_add(*strength).filter(|next| *next <= amount.value) else { continue };
            if !sums.contains(&next) {
                sums.push(next);
            }
        }
        at += 1;
    }
    false
}
