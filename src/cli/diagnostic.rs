//! Findings about a file as people read them: the line, the text underlined, the reason, and what to
//! write instead; and the same for programs.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use crate::finding::{Finding, Severity};
use crate::regimen::position;

/// Every finding, in the order of the text. `text` is the file as it was read.
pub fn render(name: &str, text: &[u8], findings: &[Finding], colour: bool) -> String {
    let text = String::from_utf8_lossy(text);
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
        Severity::Block => Level::ERROR,
        Severity::Warn => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.with_name(finding.severity.word()).primary_title(finding.text.as_str()).id(finding.code);
    let mut group = Group::with_title(title);
    if !finding.places.is_empty() {
        let places = finding.places.iter().map(|place| {
            let start = place.range.start.min(text.len());
            AnnotationKind::Primary.span(start..place.range.end.clamp(start, text.len())).label(place.label.as_str())
        });
        group = group.element(Snippet::source(text).path(name).fold(true).annotations(places));
    }
    match &finding.help {
        Some(help) => group.element(Level::HELP.message(help.as_str())),
        None => group,
    }
}

/// The same for programs, with line and column (in characters) of every place.
pub fn json(text: &[u8], findings: &[Finding]) -> Value {
    let text = String::from_utf8_lossy(text);
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
