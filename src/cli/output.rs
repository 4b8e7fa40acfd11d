//! Where a command writes: data to standard output, messages to standard error, each checked.

use std::io::{BufRead, BufWriter, IsTerminal, Read, Write};

use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::settings::Settings;
use crate::writing::{hidden, visible, visible_lines};

use super::json;

/// The two streams of a run.
pub struct Output {
    out: Box<dyn Write>,
    err: Box<dyn Write>,
    colour_out: bool,
    colour_err: bool,
    document: Document,
    /// The subject that the command is about.
    subject: Option<String>,
    /// What was recorded in this run, in words: it stands, whether or not anything can be written any more.
    stands: Option<String>,
    /// Whether a person at the terminal may be asked.
    asks: bool,
}

/// The members of a list in a JSON document, one after the other.
pub struct JsonList<'a> {
    output: &'a mut Output,
    first: bool,
}

impl JsonList<'_> {
    /// Writes the next member.
    pub fn value(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        let before = if std::mem::take(&mut self.first) { "\n" } else { ",\n" };
        let text = format!("{value:#}").lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
        self.output.piece(before)?;
        self.output.piece(&text)
    }
}

/// A run prints one JSON document or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Document {
    NotAsked,
    Asked,
    Written,
}

const RESET: &str = "\u{1b}[0m";

/// The byte-order mark that spreadsheet programs want.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Lines with the colours (SGR sequences, ECMA-48 section 8.3.117) that the program put in, and nothing else of the kind.
fn coloured_lines(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut out = visible_lines(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let digits =
            part.strip_prefix('[').map_or("", |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        let colour = part.len() - digits.len() + 1;
        match (digits.starts_with('m'), part.split_at_checked(colour)) {
            (true, Some((colour, rest))) => out.extend(["\u{1b}", colour, &visible_lines(rest)]),
            _ => out.extend(["\\u001b", &visible_lines(part)]),
        }
    }
    out
}

fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Block => "\u{1b}[1;31m",
        Severity::Confirm => "\u{1b}[1;35m",
        Severity::Warn => "\u{1b}[1;33m",
        Severity::Note => "\u{1b}[1;36m",
    }
}

/// Asks for one line on the terminal, so that it stands in no list of commands; read from standard input where that is
/// no terminal.
pub(super) fn ask(what: &str) -> Result<String, Failure> {
    let unread = |error: std::io::Error| Failure::unreadable(format!("{what} cannot be read: {error}"));
    if std::io::stdin().is_terminal() {
        let mut err = std::io::stderr();
        write!(err, "{what}: ").and_then(|()| err.flush()).map_err(|error| Failure::output(&error))?;
    }
    let mut line = String::new();
    std::io::stdin().lock().take(LONGEST_LINE).read_line(&mut line).map_err(unread)?;
    let line = line.trim();
    match hidden(line) {
        Some(found) => Err(Failure::unreadable(format!("{what} holds {found}, which nobody can see"))),
        None => Ok(line.to_owned()),
    }
}

/// More than anybody types in answer to a question.
const LONGEST_LINE: u64 = 1000;

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
        Self {
            out,
            err,
            colour_out: false,
            colour_err: false,
            document: Document::NotAsked,
            subject: None,
            stands: None,
            asks: std::io::stdin().is_terminal(),
        }
    }

    /// The same for a run that asks nobody: the terminal is somebody else's.
    #[must_use]
    pub fn with_nobody_to_ask(self) -> Self {
        Self { asks: false, ..self }
    }

    /// Whether one JSON document was asked for.
    pub fn is_json(&self) -> bool {
        self.document != Document::NotAsked
    }

    /// Asks for one JSON document.
    pub fn set_json(&mut self, json: bool) {
        self.document = if json { Document::Asked } else { Document::NotAsked };
    }

    /// The subject that the command is about: what is told to do next names it.
    pub fn of_subject(&mut self, code: Option<String>) {
        self.subject = code;
    }

    /// Whether standard output shows colours.
    pub fn colours(&self) -> bool {
        self.colour_out
    }

    /// Writes data: one line, whatever is in it.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        writeln!(self.out, "{}", visible(text)).map_err(|error| Failure::output(&error))
    }

    /// Writes data: lines that the program laid out itself, coloured where colours are shown.
    pub fn block(&mut self, text: &str) -> Result<(), Failure> {
        let text = if self.colour_out { coloured_lines(text) } else { visible_lines(text).into_owned() };
        writeln!(self.out, "{text}").map_err(|error| Failure::output(&error))
    }

    /// Writes a file to standard output: of a text its line ends, its tabs and its byte-order mark stand as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let (mark, rest) = bytes.strip_prefix(MARK).map_or((&[][..], bytes), |rest| (MARK, rest));
        let mut written = self.out.write_all(mark);
        written = written.and_then(|()| match std::str::from_utf8(rest) {
            Ok(text) => self.out.write_all(visible_lines(text).as_bytes()),
            Err(_) => self.out.write_all(rest),
        });
        written.map_err(|error| Failure::output(&error))
    }

    /// Writes the one JSON document of a run.
    pub fn json(&mut self, value: &serde_json::Value) -> Result<(), Failure> {
        self.document = Document::Written;
        self.block(&format!("{value:#}"))
    }

    /// The one JSON document of a run with a list that need not fit into memory: the members of `head`, then the list.
    pub fn json_list(
        &mut self,
        head: &serde_json::Value,
        name: &str,
        fill: impl FnOnce(&mut JsonList<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.document = Document::Written;
        let head = format!("{head:#}");
        let open = head.trim_end().trim_end_matches('}').trim_end();
        self.piece(&format!("{open},\n  \"{name}\": ["))?;
        let mut list = JsonList { output: self, first: true };
        fill(&mut list)?;
        let end = if list.first { "]\n}\n" } else { "\n  ]\n}\n" };
        self.piece(end)
    }

    fn piece(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(visible_lines(text).as_bytes()).map_err(|error| Failure::output(&error))
    }

    /// Something was recorded: `recorded as entry 12`. A failure to write anything afterwards says so.
    pub fn recorded(&mut self, stands: String) {
        self.stands = Some(stands);
    }

    /// What was recorded has been told: a failure that follows from it does not say so again.
    pub fn told_recorded(&mut self) {
        self.stands = None;
    }

    /// A message, on one line; a closed standard error is no reason to fail.
    pub fn message(&mut self, text: &str) {
        let _ = writeln!(self.err, "{}", visible(text));
    }

    /// A message behind a word that is painted by how grave it is.
    fn told(&mut self, head: &str, severity: Severity, text: &str) {
        let head = self.painted(&visible(head), severity);
        let _ = writeln!(self.err, "{head} {}", visible(text));
    }

    /// A finding, as a message.
    pub fn finding(&mut self, finding: &Finding) {
        let word = finding.severity.word();
        let field = finding.field.as_ref().map_or_else(String::new, |field| format!(" {field}"));
        let head = format!("{word}{field}:");
        self.told(&head, finding.severity, &finding.text);
        let help = super::remedy::help(finding, self.subject.as_deref());
        self.hints(help.as_slice());
    }

    /// Asks a person at a terminal; `None` where nobody sits at one.
    pub fn ask(&mut self, question: &str) -> Option<String> {
        if self.asks { ask(question).ok() } else { None }
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
        if let Some(stands) = self.stands.take() {
            self.message(&format!("{stands}; what failed came after it"));
        }
        if failure.kind == Kind::ClosedPipe {
            return;
        }
        if self.document == Document::Asked {
            let document = json::failure(failure, self.subject.as_deref());
            let _ = self.json(&document);
        }
        for finding in &failure.findings {
            self.finding(finding);
        }
        match failure.laid_out {
            _ if !failure.findings.is_empty() => {}
            true => {
                let head = self.painted("error:", Severity::Block);
                let _ = writeln!(self.err, "{head} {}", visible_lines(&failure.message));
            }
            false => self.told("error:", Severity::Block, &failure.message),
        }
        let help = super::remedy::of_failure(failure, self.subject.as_deref());
        self.hints(&help);
    }

    /// Sends what is still held back on its way.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(|error| Failure::output(&error))
    }
}
