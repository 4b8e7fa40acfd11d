//! R073.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Basis;

pub const RULE: Rule = Rule::checked(codes::CARBOPLATIN, "carboplatin-by-size", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| figures::is(drug, "carboplatin")) {
        if let Some((at, dose)) = figures::doses(drug).into_iter().find(|(_, dose)| dose.basis == Basis::PerM2) {
            let text = format!("carboplatin {dose}: adults are dosed by a target AUC and the kidney function");
            let finding = RULE.finding(text).at(at.span.clone(), "by body surface");
            findings.push(finding.help("write dose = \"AUC 5\" with a `gfr` table, if that is what the protocol says"));
        }
    }
}
