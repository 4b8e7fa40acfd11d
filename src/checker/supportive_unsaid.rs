//! R114.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::SUPPORTIVE_UNSAID, "supportive-care-unsaid", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(head) = context.definition.regimen.as_ref() else { return };
    let goes_without = context.regimen.is_some_and(|regimen| !regimen.goes_with_supportive_care());
    if head.supportive_care.is_none() && !goes_without {
        let text = "the file does not say whether premedication, hydration and antiemetics are all in it";
        let finding = RULE.finding(text).at(head.span.clone(), "says nothing of supportive care");
        findings.push(finding.help(
            "write supportive_care = \"not included\", { listed_in = \"protocol\" } where all that this source lists stands here, \
             or { lacks = \"…\" } with what is missing",
        ));
    }
}
