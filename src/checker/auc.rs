//! R020.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, ProtocolDose};

pub const RULE: Rule = Rule::checked(codes::AUC, "auc-mixed", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let all = figures::doses(drug);
        let Some(auc) = all.first().map(|(_, dose)| dose.basis == Basis::Auc) else { continue };
        let total = drug.cycle_total.as_ref().and_then(|at| Some((at, ProtocolDose::read(&at.value).ok()?)));
        for (at, _) in all.iter().copied().chain(total).filter(|(_, dose)| (dose.basis == Basis::Auc) != auc) {
            let text = format!("\"{}\" stands beside a dose of another kind in one drug", at.value);
            let help = "write the figure as the dose is written; another basis is another drug entry";
            findings.push(RULE.finding(text).at(at.span.clone(), "another kind of dose").help(help));
        }
    }
}
