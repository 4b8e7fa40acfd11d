//! R040.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;

const SPINAL: &[&str] = &["intrathecal", "intraventricular"];

pub const RULE: Rule = Rule::checked(codes::VINCA, "vinca-intrathecal", Severity::Block, check);

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
