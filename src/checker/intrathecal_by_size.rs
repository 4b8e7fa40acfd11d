//! R069.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::{Basis, ProtocolDose};

rule! {
    /// An intrathecal dose by body surface or weight.
    ///
    /// The volume of cerebrospinal fluid follows age, not body surface: intrathecal doses are fixed, or fixed by age. A dose in mg/m2 there is as a rule an intravenous one.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "methotrexate"
    /// id = "study-drug"
    /// route = "intrathecal"
    /// dose = "12 mg/m2"
    /// # no over
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "methotrexate"
    /// id = "study-drug"
    /// route = "intrathecal"
    /// dose = "12 mg"
    /// # no over
    /// # no round
    /// source = "trial"
    /// ```
    INTRATHECAL_SIZE, "intrathecal-by-size", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| figures::spinal(drug)) {
        let sized = |dose: &ProtocolDose| matches!(dose.basis, Basis::PerM2 | Basis::PerKg);
        if let Some((at, dose)) = figures::doses(drug).into_iter().find(|(_, dose)| sized(dose)) {
            let text = format!("an intrathecal dose of {dose} depends on body size; intrathecal doses are fixed");
            findings.push(
                RULE.finding(text)
                    .at(at.span.clone(), "by body size")
                    .help("write the fixed dose, or correct the route"),
            );
        }
    }
}
