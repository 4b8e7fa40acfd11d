//! Text that is no TOML: the first fault of every block, and what is left without it.

use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::Pruned;
use crate::quantity::number::shown;

/// A text that parses, but for tables that stand twice.
pub(super) struct Mended {
    /// The text, faulty lines or blocks blanked: what is left stands where it stood.
    pub(super) text: String,
    /// What was wrong.
    pub(super) findings: Vec<Finding>,
    /// What is missing because of it.
    pub(super) pruned: Vec<Pruned>,
}

/// Parses every block alone and blanks what is no TOML.
pub(super) fn mend(text: &str) -> Mended {
    let mut mended = Mended { text: text.to_owned(), findings: Vec::new(), pruned: Vec::new() };
    for block in blocks(text) {
        let part = text.get(block.clone()).unwrap_or_default();
        if mended.findings.len() >= super::MOST {
            break;
        }
        if let Err(error) = DeTable::parse(part) {
            mended.findings.push(finding(&error, text, block.start));
            mended.without(text, &block, &error);
        }
    }
    mended
}

impl Mended {
    /// Blanks the line at fault; when the block still does not parse, all of it.
    fn without(&mut self, text: &str, block: &Range<usize>, error: &Error) {
        let at = block.start + error.span().map_or(0, |span| span.start);
        let line = line_at(text, at.min(block.end.saturating_sub(1)).max(block.start));
        let header = header(text, block);
        let key = text.get(line.clone()).and_then(|line| line.split_once('=')).map(|(key, _)| key.trim().to_owned());
        if let (Some(key), true) = (key, line.start >= block.start) {
            self.blank(&line);
            let rest = self.text.get(block.clone()).unwrap_or_default();
            if DeTable::parse(rest).is_ok() {
                self.pruned.push(Pruned { table: header, key });
                return;
            }
        }
        let name: String = text.get(header).unwrap_or_default().trim_matches(['[', ']', ' ']).to_owned();
        let key = name.rsplit('.').next().unwrap_or_default();
        self.pruned.push(Pruned { table: 0..0, key: key.to_owned() });
        self.blank(block);
    }

    fn blank(&mut self, range: &Range<usize>) {
        let blank = |part: &str| part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect::<String>();
        if let Some(part) = self.text.get(range.clone()).map(blank) {
            self.text.replace_range(range.clone(), &part);
        }
    }
}

/// Blocks: the top, then one from each header to the next.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && is_header(line) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// `[name]` or `[[name]]`, perhaps with a comment; not a row of a list.
fn is_header(line: &str) -> bool {
    let line = line.trim();
    let name = line.trim_start_matches('[').split(']').next().unwrap_or_default();
    line.starts_with('[')
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        && name.starts_with(|c: char| c.is_alphabetic())
}

/// Where the block's header stands, or nothing for the top of the file.
fn header(text: &str, block: &Range<usize>) -> Range<usize> {
    let line = text.get(block.clone()).and_then(|block| block.lines().next()).unwrap_or_default();
    if !is_header(line) {
        return 0..0;
    }
    let start = block.start + line.len() - line.trim_start().len();
    let length = line.rfind(']').map_or(line.len(), |end| end + 1) - (line.len() - line.trim_start().len());
    start..start + length
}

/// The line around a byte, without its line end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let before = bytes.get(..at).unwrap_or_default();
    let after = bytes.get(at..).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let end = after.iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| at + end);
    start..end
}

/// The finding of a parse error whose text began at `offset`.
pub(super) fn finding(error: &Error, text: &str, offset: usize) -> Finding {
    let span = error.span().unwrap_or(0..0);
    let span = span.start + offset..span.end + offset;
    let message = error.message();
    if message.contains("duplicate key") || message.contains("redefine") {
        let here = text.get(span.clone()).unwrap_or_default();
        let told = format!("`{}` stands twice", shown(here.trim()));
        return Finding::block(codes::DUPLICATE_KEY, told).at(span, "again").help("keep one of them");
    }
    let finding = Finding::block(codes::SYNTAX, format!("this is not TOML: {}", shown(message))).at(span, "");
    finding.help(help(message))
}

/// What to write, by what the parser said.
fn help(message: &str) -> &'static str {
    const HELPS: &[(&str, &str)] = &[
        ("string", "a text stands between two double quotes: \"70 mg/m2\""),
        ("quote", "a text stands between two double quotes: \"70 mg/m2\""),
        ("number", "a figure with a unit is a text in quotes: \"70 mg/m2\""),
        ("array", "a list stands in square brackets, its parts divided by commas: [1, 8, 15]"),
        ("inline table", "a table in a line stands in braces: { early = \"0 days\", late = \"3 days\" }"),
        ("date", "a date is written 2026-12-07, without quotes"),
        ("`=`", "a line is a key, an equals sign and a value: dose = \"70 mg/m2\""),
        ("`]`", "a header is [cycle], or [[drug]] where there may be several"),
    ];
    let found = HELPS.iter().find(|(word, _)| message.contains(word));
    found.map_or("a line is a key, an equals sign and a value: dose = \"70 mg/m2\"", |(_, help)| help)
}
