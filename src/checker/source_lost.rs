//! R094.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::SOURCE_LOST, "source-not-findable", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for source in &context.definition.source {
        let blank = |at: &crate::format::definition::At<String>| at.value.trim().is_empty();
        let told = [&source.url, &source.says].into_iter().flatten().any(|at| !blank(at));
        let numbered =
            context.definition.regimen.as_ref().is_some_and(|head| head.protocol.is_some() || head.trial.is_some());
        let titled = source.title.as_ref().is_none_or(|title| title.value.split(' ').count() > 1);
        if !told && !numbered && !titled {
            let finding = RULE
                .finding("this source has no address and no words, and its title names nothing")
                .at(source.span.clone(), "cannot be looked up");
            findings.push(finding.help("add `url`, or `says` with its words, or the protocol's number in [regimen]"));
        }
    }
}
