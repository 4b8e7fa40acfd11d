//! Findings about a file as people read them: the line, the text underlined, the reason, and what to
//! write instead; and the same for programs.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use crate::finding::{Finding, Severity};
use crate::format::{normalised, position};
use crate::writing::visible;

/// Every finding, in the order of the text. `text` is the file as it was read.
pub fn render(name: &str, text: &[u8], findings: &[Finding], colour: bool) -> String {
    let text = normalised(text);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in findings {
        out.push_str(&renderer.render(&[group(name, &text, finding)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(name: &'a str, text: &'a str, finding: &'a Finding) -> Group<'a> {
    let level = match finding.severity {
        Severity::Block | Severity::Confirm => Level::ERROR,
        Severity::Warn => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let text_of_title = visible(&finding.text).into_owned();
    let title = level.with_name(finding.severity.word()).primary_title(text_of_title).id(finding.code.name());
    let mut group = Group::with_title(title);
    if !finding.places.is_empty() {
        let places = finding.places.iter().map(|place| {
            let span = AnnotationKind::Primary.span(within(text, &place.range));
            if place.label.is_empty() { span } else { span.label(visible(&place.label).into_owned()) }
        });
        group = group.element(Snippet::source(text).path(visible(name).into_owned()).fold(true).annotations(places));
    }
    match super::remedy::help(finding, None) {
        Some(help) => group.element(Level::HELP.message(visible(&help).into_owned())),
        None => group,
    }
}

/// The range, inside the text and between characters: a finding may come from elsewhere.
fn within(text: &str, range: &Range<usize>) -> Range<usize> {
    let between = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = between(range.start);
    start..between(range.end).max(start)
}

/// The same for programs, with line and column (in characters) of every place.
pub fn json(text: &[u8], findings: &[Finding]) -> Value {
    let text = normalised(text);
    let one = |finding: &Finding| {
        let mut value = super::json::finding(finding);
        let places = finding.places.iter().map(|place| {
            let (line, column) = position(&text, place.range.start);
            json!({ "line": line, "column": column, "from": place.range.start, "to": place.range.end, "label": place.label })
        });
        value["places"] = places.collect();
        value
    };
    findings.iter().map(one).collect()
}
