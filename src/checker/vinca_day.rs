//! R070.

use crate::checker::{Context, Rule, figures, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::VINCA_DAY, "vinca-and-intrathecal", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let all: Vec<_> = context.pairs().collect();
    for (def, drug) in all.iter().filter(|(def, _)| figures::vinca(def).is_some()) {
        let phase = context.phase_of(drug);
        let here = |other: &Drug| phase.is_some_and(|phase| phase.drugs.iter().any(|one| std::ptr::eq(one, other)));
        let beside = all.iter().find(|(other, one)| {
            figures::spinal(other) && !std::ptr::eq(*one, *drug) && here(one) && timing::share_a_day(drug, one)
        });
        if let (Some((_, other)), Some(name)) = (beside, &def.name) {
            let text = format!("{} falls on the same day as intrathecal {}", name.value, other.full_name());
            let finding = RULE.finding(text).at(name.span.clone(), "beside an intrathecal drug");
            findings.push(finding.help("plan them on different days, or say in the protocol how they are kept apart"));
        }
    }
}
