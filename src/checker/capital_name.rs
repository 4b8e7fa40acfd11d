//! R063.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::CAPITAL_NAME, "drug-name-capital", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let mut letters = name.value.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        if capital {
            let text = format!("\"{}\" is written like a brand; a drug is named by its full generic name", name.value);
            let finding = RULE.finding(text).at(name.span.clone(), "a capital letter");
            findings.push(finding.help("write the generic name in lower case, and the brand under `product`"));
        }
    }
}
