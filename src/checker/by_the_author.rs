//! R122.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::writing::same_person;

pub const RULE: Rule = Rule::checked(codes::BY_THE_AUTHOR, "examples-by-the-author", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(author) = context.definition.regimen.as_ref().and_then(|head| head.author.as_ref()) else { return };
    let examples = &context.definition.example;
    let own = |who: &str| same_person(who, &author.value);
    let all = !examples.is_empty()
        && examples.iter().all(|example| example.worked_by.as_ref().is_some_and(|who| own(&who.value)));
    if all {
        let text = format!("every example was worked out by {}, who wrote the file", author.value);
        let finding = RULE.finding(text).at(author.span.clone(), "wrote the file and worked out its examples");
        findings.push(finding.help(
            "let somebody else work an example out from the protocol, without looking at the file, and name them under worked_by",
        ));
    }
}
