//! R073.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::Basis;

rule! {
    /// Carboplatin by body surface.
    ///
    /// Carboplatin leaves through the kidney: adults are dosed by a target AUC (Calvert 1989). A figure in mg/m2 is an old or a paediatric rule, or another platinum's dose.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "carboplatin"
    /// id = "study-drug"
    /// dose = "400 mg/m2"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "cisplatin"
    /// id = "study-drug"
    /// dose = "75 mg/m2"
    /// source = "trial"
    /// ```
    CARBOPLATIN, "carboplatin-by-size", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| figures::is(drug, "carboplatin")) {
        if let Some((at, dose)) = figures::doses(drug).into_iter().find(|(_, dose)| dose.basis == Basis::PerM2) {
            let text = format!("carboplatin {dose}: adults are dosed by a target AUC and the kidney function");
            let finding = RULE.finding(text).at(at.span.clone(), "by body surface");
            findings.push(finding.help("write dose = \"AUC 5\" with a `gfr` table, if that is what the protocol says"));
        }
    }
}
