//! R093.

use std::ops::Range;

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::At;

pub const RULE: Rule = Rule::checked(codes::PLACEHOLDER, "placeholder", Severity::Block, check);

const MARKS: &[&str] = &["todo", "tbd", "tbc", "fixme", "xxx", "???", "lorem", "to be confirmed", "to be decided"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (text, place) in texts(context) {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || c == '?')).collect();
        let Some(mark) =
            MARKS.iter().find(|mark| words.contains(*mark) || (mark.contains(' ') && lower.contains(*mark)))
        else {
            continue;
        };
        let text = format!("\"{mark}\" stands where something was to be filled in");
        let finding = RULE.finding(text).at(place, "not filled in");
        findings.push(finding.help("write what the protocol says, \"unknown\" or \"site\""));
    }
}

/// The texts in which one writes a note to oneself.
fn texts<'a>(context: &Context<'a>) -> Vec<(&'a str, Range<usize>)> {
    let head = context
        .definition
        .regimen
        .iter()
        .flat_map(|head| [&head.name, &head.indication, &head.trial, &head.protocol, &head.note]);
    let drugs = context.drugs().flat_map(|drug| [&drug.name, &drug.note, &drug.formulation, &drug.product]);
    let sources = context.definition.source.iter().flat_map(|source| [&source.title, &source.url, &source.says]);
    let all: Vec<&At<String>> = head.chain(sources).flatten().chain(drugs.flatten()).collect();
    all.into_iter().map(|at| (at.value.as_str(), at.span.clone())).collect()
}
