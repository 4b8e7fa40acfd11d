//! R040.

use crate::checker::{Context, figures};
use crate::finding::Finding;

const SPINAL: &[&str] = &["intrathecal", "intraventricular"];

rule! {
    /// A vinca alkaloid by an intrathecal or intraventricular route.
    ///
    /// It is fatal, nearly always. Vinca alkaloids are for intravenous use only (WHO, Information Exchange System alert 115, 2007; ISMP Targeted Medication Safety Best Practices).
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vincristine"
    /// route = "intrathecal"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vinorelbine"
    /// route = "intravenous"
    /// ```
    VINCA, "vinca-intrathecal", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let Some(route) = drug.route.as_ref().filter(|at| SPINAL.contains(&at.value.as_str())) else { continue };
        if let Some(name) = figures::vinca(drug) {
            let text = format!("{name} by the {} route is fatal", route.value);
            let finding = RULE.finding(text).at(route.span.clone(), "never for a vinca alkaloid");
            findings.push(finding.help("vinca alkaloids are for intravenous use only: route = \"intravenous\""));
        }
    }
}
