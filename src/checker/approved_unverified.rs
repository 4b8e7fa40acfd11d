//! R045.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Said;

pub const RULE: Rule = Rule::checked(codes::APPROVED, "approved-unverified", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen.filter(|regimen| regimen.said == Said::Approved) else { return };
    let marked = regimen.unverified();
    let status = context.definition.regimen.as_ref().and_then(|head| head.status.as_ref());
    if let (Some(status), false) = (status, marked.is_empty()) {
        let text = format!("the file is approved, and nobody has verified {}", marked.join(", "));
        let finding = RULE.finding(text).at(status.span.clone(), "approved");
        findings.push(finding.help("verify these keys against a source, or write status = \"draft\""));
    }
}
