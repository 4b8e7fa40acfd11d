//! R115.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::number::shown;

pub const RULE: Rule = Rule::checked(codes::RETOLD, "tier-c-not-unverified", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for source in context.definition.source.iter().filter(|source| source.retells()) {
        let Some(id) = &source.id else { continue };
        let from = regimen.coming_from(&id.value);
        if from.is_empty() {
            continue;
        }
        let text = format!("{} comes from \"{}\", a page that only retells the document", from.join(", "), shown(id));
        let finding = RULE.finding(text).at(source.span.clone(), "tier C");
        findings.push(finding.help("read the document itself, or list these keys under `unverified`"));
    }
}
