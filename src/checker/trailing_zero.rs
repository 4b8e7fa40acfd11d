//! R061.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::TRAILING_ZERO, "trailing-zero", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        for at in figures::all(drug).into_iter().filter(|at| trailing(&at.value)) {
            let text = format!("\"{}\" has a zero behind the point that can be read as ten times the dose", at.value);
            findings
                .push(RULE.finding(text).at(at.span.clone(), "trailing zero").help("leave the point and the zero out"));
        }
    }
}

/// Whether the first figure of a text ends in zeros behind its point.
fn trailing(text: &str) -> bool {
    let figure = text.trim_start_matches("AUC ").split(' ').next().unwrap_or_default();
    figure.split_once('.').is_some_and(|(_, decimals)| decimals.ends_with('0'))
}
