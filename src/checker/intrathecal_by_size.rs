//! R069.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, ProtocolDose};

pub const RULE: Rule = Rule::checked(codes::INTRATHECAL_SIZE, "intrathecal-by-size", Severity::Warn, check);

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
