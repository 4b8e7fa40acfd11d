//! R092.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::regimen::Drug;

rule! {
    /// A cap that no worked example reaches.
    ///
    /// A wrong cap shows only in a subject who reaches it. One example with a large enough subject tries it.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// cap = "140 mg"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// cap = "140 mg"
    /// source = "trial"
    ///
    /// [[example]]
    /// expect = [{ cycle = 6, day = 1, drug = "study-drug", dose = "140 mg" }]
    /// ```
    CAP_UNTRIED, "cap-in-no-example", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, drug) in context.pairs().filter(|(_, drug)| !drug.caps.is_empty() && drug.dose.flat().is_none()) {
        let mut expected = regimen.examples.iter().flat_map(|example| &example.expect);
        let tried = expected.any(|expect| {
            (expect.drug == drug.id || expect.drug == drug.name) && expect.dose.is_some_and(|dose| at_cap(drug, dose))
        });
        if !tried {
            let text = format!("no worked example reaches the cap of {}", drug.id);
            let finding = RULE.finding(text).at(figures::cap_place(def), "tried by nothing");
            findings.push(finding.help("add an [[example]] with a subject large enough to be capped"));
        }
    }
}

/// The capped dose, or what rounding makes of it.
fn at_cap(drug: &Drug, dose: crate::quantity::Amount) -> bool {
    let near = |cap: crate::quantity::Amount| {
        let apart = dose.value.checked_sub(cap.value).map(|apart| apart.abs());
        apart.zip(cap.value.checked_div(crate::quantity::Decimal::from(20))).is_some_and(|(apart, most)| apart <= most)
    };
    drug.caps.iter().filter_map(|cap| cap.dose.in_unit(dose.unit)).any(near)
}
