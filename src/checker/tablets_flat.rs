//! R087.

use crate::checker::Context;
use crate::finding::Finding;
use crate::quantity::{Amount, Decimal};
use crate::regimen::Rounding;

rule! {
    /// A flat dose that the listed tablets cannot make.
    ///
    /// Whoever dispenses it must break tablets or change the dose. Where halves are meant, list the half as a strength.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "250 mg"
    /// route = "oral"
    /// given = "home"
    /// tablets = ["100 mg"]
    /// # no over
    /// # no round
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "250 mg"
    /// route = "oral"
    /// given = "home"
    /// tablets = ["100 mg", "50 mg"]
    /// # no over
    /// # no round
    /// source = "trial"
    /// ```
    TABLETS_FLAT, "tablets-cannot-make-it", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let (Some(flat), Some(tablets)) = (drug.dose.flat(), &drug.tablets) else { continue };
        if drug.rounding == Rounding::None && !makeable(flat, &tablets.0) {
            let place = def.tablets.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("{flat} cannot be made of these tablets");
            findings.push(
                RULE.finding(text).at(place, "do not add up").help("add the strength that is meant, or round the dose"),
            );
        }
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
