//! R025.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, RuleDef};

pub const RULE: Rule = Rule::checked(codes::SAME_NAME, "same-name", Severity::Block, check);

/// Tables of rules that share a name and are not about the same thing; the others are told where they are read.
fn check(context: &Context, findings: &mut Vec<Finding>) {
    let rules = &context.definition.rule;
    for (at, rule) in rules.iter().enumerate() {
        for other in rules.iter().take(at) {
            let Some((own, of)) = usual(rule).zip(usual(other)) else { continue };
            if kind(rule) != kind(other) || alike(own, of) {
                continue;
            }
            if let Some(name) = names(rule).find(|name| names(other).any(|one| alike(name, one))) {
                let text = format!(
                    "\"{}\" names what this rule looks at, {}, and what another does, {}",
                    name.value, own.value, of.value
                );
                let help = "leave the name to one of the two; two tables about one thing give it the same name under `test`, `grade` or `event`";
                findings.push(RULE.finding(text).at(name.span.clone(), "a name of two things").help(help));
            }
        }
    }
}

fn alike(one: &At<String>, other: &At<String>) -> bool {
    one.value.trim().eq_ignore_ascii_case(other.value.trim())
}

fn kind(rule: &RuleDef) -> (bool, bool) {
    (rule.test.is_some(), rule.grade.is_some())
}

/// The name under `test`, `grade` or `event`.
fn usual(rule: &RuleDef) -> Option<&At<String>> {
    rule.test.as_ref().or(rule.grade.as_ref()).or(rule.event.as_ref())
}

fn names(rule: &RuleDef) -> impl Iterator<Item = &At<String>> {
    usual(rule).into_iter().chain(rule.also.iter().flat_map(|list| &list.value))
}
