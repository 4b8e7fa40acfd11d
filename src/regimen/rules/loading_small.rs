//! R081.

use crate::finding::Finding;
use crate::regimen::rules::Context;

rule! {
    /// A loading dose that is not larger than the dose.
    ///
    /// `loading` is the larger first dose. Where it is the smaller one, the two were exchanged, and every later dose would be too high.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// loading = { dose = "60 mg/m2", again_after = "never" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// loading = { dose = "90 mg/m2", again_after = "never" }
    /// source = "trial"
    /// ```
    LOADING_SMALL, "loading-not-larger", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(loading) = &drug.loading else { continue };
        let factor = loading.dose.unit.factor_to(drug.dose.unit).filter(|_| loading.dose.basis == drug.dose.basis);
        let larger = factor.and_then(|factor| loading.dose.value.checked_mul(factor)).is_none_or(|value| value > drug.dose.value);
        if !larger {
            let place = def.loading.as_ref().map_or_else(|| def.span.clone(), |table| table.span.clone());
            let text = format!("the loading dose of {} is not above the dose of {}", loading.dose, drug.dose);
            findings.push(RULE.finding(text).at(place, "not larger").help("exchange the two, or leave `loading` out"));
        }
    }
}
