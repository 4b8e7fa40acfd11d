//! R065.

use crate::finding::Finding;
use crate::quantity::{Basis, Decimal, DoseUnit};
use crate::regimen::rules::{Context, figures};

rule! {
    /// Trastuzumab emtansine above 3.6 mg/kg: the dose of trastuzumab, not of its conjugate.
    ///
    /// Four subjects of one trial received trastuzumab emtansine at trastuzumab's 6 mg/kg instead of 3.6 mg/kg, one of them died (FDA label of ado-trastuzumab emtansine, boxed warning: do not substitute; ISMP). A dose above the label's is refused.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "trastuzumab emtansine"
    /// id = "study-drug"
    /// dose = "6 mg/kg"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "trastuzumab emtansine"
    /// id = "study-drug"
    /// dose = "3.6 mg/kg"
    /// source = "trial"
    /// ```
    CONJUGATE, "conjugate-at-antibody-dose", Block, check
}

/// 3.6 mg/kg.
const MOST: Decimal = Decimal::from_parts(36, 0, 0, false, 1);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| figures::name(drug).ends_with("trastuzumab emtansine")) {
        let Some(dose) = figures::dose(drug).filter(|dose| dose.basis == Basis::PerKg) else { continue };
        let milligrams = dose.unit.factor_to(DoseUnit::Mg).and_then(|factor| dose.value.checked_mul(factor));
        if let (Some(at), true) = (&drug.dose, milligrams.is_some_and(|value| value > MOST)) {
            let text = format!("{dose} of trastuzumab emtansine is a dose of trastuzumab: the conjugate is given at 3.6 mg/kg");
            let finding = RULE.finding(text).at(at.span.clone(), "above 3.6 mg/kg");
            findings.push(finding.help("correct the dose, or the name of the drug"));
        }
    }
}
