//! Where a command writes: data to standard output, messages to standard error, each checked.

use std::io::{BufWriter, Write};

use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::settings::Settings;

use super::json;

/// The two streams of a run.
pub struct Output {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    colour_out: bool,
    colour_err: bool,
    document: Document,
}

/// A run prints one JSON document or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Document {
    NotAsked,
    Asked,
    Written,
}

const RESET: &str = "\u{1b}[0m";

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "\u{1b}[1;31m",
        Severity::Warn => "\u{1b}[1;33m",
        Severity::Note => "\u{1b}[1;36m",
    }
}

impl Output {
    /// The streams of the process.
    pub fn standard(settings: &Settings) -> Self {
        Self {
            colour_out: settings.colour_out,
            colour_err: settings.colour_err,
            ..Self::to(Box::new(BufWriter::new(std::io::stdout())), Box::new(std::io::stderr()))
        }
    }

    /// Any two streams, without colour.
    pub fn to(out: Box<dyn Write>, err: Box<dyn Write>) -> Self {
        Self { out, err, colour_out: false, colour_err: false, document: Document::NotAsked }
    }

    /// Whether one JSON document was asked for.
    pub fn is_json(&self) -> bool {
        self.document != Document::NotAsked
    }

    /// Asks for one JSON document.
    pub fn set_json(&mut self, json: bool) {
        self.document = if json { Document::Asked } else { Document::NotAsked };
    }

    /// Whether standard output shows colours.
    pub fn colours(&self) -> bool {
        self.colour_out
    }

    /// Writes data: one line.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(|error| Failure::output(&error))
    }

    /// Writes data as it stands.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.out.write_all(bytes).map_err(|error| Failure::output(&error))
    }

    /// Writes the one JSON document of a run.
    pub fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        self.document = Document::Written;
        self.line(&format!("{value:#}"))
    }

    /// A message; a closed standard error is no reason to fail.
    pub fn message(&mut self, text: &str) {
        let _ = writeln!(self.err, "{text}");
    }

    /// A finding, as a message.
    pub fn finding(&mut self, finding: &Finding) {
        let word = finding.severity.word();
        let field = finding.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
        let head = format!("{word}{field}:");
        self.message(&format!("{} {}", self.painted(&head, finding.severity), finding.text));
        self.hints(super::remedy::help(finding).as_slice());
    }

    fn painted(&self, text: &str, severity: Severity) -> String {
        if self.colour_err { format!("{}{text}{RESET}", colour(severity)) } else { text.to_owned() }
    }

    fn hints(&mut self, hints: &[String]) {
        for hint in hints {
            self.message(&format!("  help: {hint}"));
        }
    }

    /// Tells of a failure: the message, and the JSON document where one was asked for and none was written.
    /// Nobody is told of a closed pipe.
    pub fn failure(&mut self, failure: &Failure) {
        if failure.kind == Kind::ClosedPipe {
            return;
        }
        if self.document == Document::Asked {
            let _ = self.json(&json::failure(failure));
        }
        for finding in &failure.findings {
            self.finding(finding);
        }
        if failure.findings.is_empty() {
            let head = self.painted("error:", Severity::Block);
            self.message(&format!("{head} {}", failure.message));
        }
        self.hints(&failure.hints);
    }

    /// Sends what is still held back on its way.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| Failure::output(&error))
    }
}
