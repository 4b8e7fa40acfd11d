//! R064.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::FORMULATION, "formulation-in-name", Severity::Warn, check);

const FORMS: &[&str] = &["liposomal", "liposome", "liposomes", "pegylated", "nab", "albumin-bound", "conventional"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let lower = name.value.to_lowercase();
        let word = lower.split(' ').map(|word| word.strip_prefix("nab-").map_or(word, |_| "nab"));
        let Some(form) = word.into_iter().find(|word| FORMS.contains(word)) else { continue };
        let text = format!("\"{}\" holds a formulation", name.value);
        let help = format!("write the drug alone as `name`, and formulation = \"{form}\"");
        findings.push(RULE.finding(text).at(name.span.clone(), "not part of the name").help(help));
    }
}
