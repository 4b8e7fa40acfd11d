//! R041.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::Basis;

/// Drugs that most protocols cap.
const CAPPED: &[&str] = &["vincristine"];

pub const RULE: Rule = Rule::checked(codes::KNOWN_CAP, "cap-missing", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| drug.cap.is_none()) {
        let Some(name) = drug.name.as_ref().filter(|_| CAPPED.iter().any(|capped| figures::is(drug, capped))) else {
            continue;
        };
        let sized = figures::doses(drug).iter().any(|(_, dose)| matches!(dose.basis, Basis::PerM2 | Basis::PerKg));
        if sized && !context.definition.pruned.iter().any(|pruned| pruned.table == drug.span && pruned.key == "cap") {
            let text = format!("{} is dosed by body size and has no `cap`", name.value);
            let finding = RULE.finding(text).at(name.span.clone(), "as a rule capped");
            findings.push(
                finding.help("write the protocol's cap, such as cap = \"2 mg\", or cap = \"none\" where it has none"),
            );
        }
    }
}
