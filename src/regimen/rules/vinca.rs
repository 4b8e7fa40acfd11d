//! R040.

use crate::finding::Finding;
use crate::regimen::definition::DrugDef;
use crate::regimen::rules::Context;

const VINCA: &[&str] = &["vincristine", "vinblastine", "vinorelbine", "vindesine", "vinflunine"];
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
        if let Some(name) = vinca(drug) {
            let text = format!("{name} by the {} route is fatal", route.value);
            let finding = RULE.finding(text).at(route.span.clone(), "never for a vinca alkaloid");
            findings.push(finding.help("vinca alkaloids are for intravenous use only: route = \"intravenous\""));
        }
    }
}

fn vinca(drug: &DrugDef) -> Option<&'static str> {
    let also = drug.also.iter().flat_map(|list| &list.value);
    let names = drug.name.iter().chain(&drug.id).chain(&drug.product).chain(also);
    let lower: Vec<String> = names.map(|at| at.value.to_lowercase()).collect();
    VINCA.iter().copied().find(|vinca| lower.iter().any(|name| name.contains(vinca)))
}
