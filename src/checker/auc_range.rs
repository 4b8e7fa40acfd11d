//! R074.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::plausibility;
use crate::quantity::{Basis, Decimal};

pub const RULE: Rule = Rule::checked(codes::AUC_RANGE, "auc-range", Severity::Warn, check);

const LEAST: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
const MOST: Decimal = Decimal::from_parts(7, 0, 0, false, 0);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let targets = figures::full_doses(drug).into_iter().filter(|(_, dose)| dose.basis == Basis::Auc);
        for (at, dose) in targets.filter(|(_, dose)| dose.value < LEAST || dose.value > MOST) {
            let text = format!("{dose} is not a target that protocols use: they lie from AUC 1.5 to AUC 7");
            // No subject is planned on a target that blocks, so that no file may hold one.
            let blocks = plausibility::target_auc(dose.value).is_some_and(|one| one.severity == Severity::Block);
            let finding = if blocks { Finding::block(RULE.code, text) } else { RULE.finding(text) };
            findings.push(finding.at(at.span.clone(), "unusual target").help("look at the point"));
        }
    }
}
