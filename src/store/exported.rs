//! The lines of an export, of both formats there were, read and held against their own figures.

use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::chain::Linked;
use super::error::StoreError;
use super::format1;
use super::hash::{hex, sha256};
use super::record::{NewEvent, Place, Record, STORE};
use super::texts::{self, FreeText};

/// The format that is written. Format 1 is read, too.
pub const FORMAT: u32 = 2;

/// No subject has as much: what is larger is something else.
const MOST: u64 = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    Posology(Opening),
    Regimen { sha256: String, text: String },
    Event(Box<Event>),
    End(End),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub format: u32,
    /// The record it was taken from; of format 1 not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    pub subject: String,
    pub events: usize,
    /// The state of the record it was taken from.
    pub count: u64,
    pub head: String,
}

/// The last line: how many lines come before it, and the SHA-256 of all of them with their line feeds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub lines: u64,
    pub sha256: String,
}

/// An event with everything its hash covers, and the texts that its body names.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub seq: u64,
    pub previous: String,
    #[serde(default)]
    pub prior: u64,
    #[serde(default)]
    pub prior_hash: String,
    #[serde(default)]
    pub origin: String,
    #[serde(default)]
    pub act: String,
    pub subject: String,
    pub kind: String,
    pub version: u32,
    pub effective: String,
    pub recorded: String,
    pub offset: String,
    pub who: String,
    #[serde(default)]
    pub account: String,
    #[serde(default)]
    pub machine: String,
    pub body: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<Text>,
    pub hash: String,
}

/// A typed text with its salt, hexadecimal; its id follows from both.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub salt: String,
    pub value: String,
}

impl Text {
    pub fn of(text: &FreeText) -> Self {
        Self { salt: hex(&text.salt), value: text.value.clone() }
    }

    fn free(&self) -> Option<FreeText> {
        let digits = |at: usize| self.salt.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let salt: Vec<u8> = (0..self.salt.len()).step_by(2).map(digits).collect::<Option<_>>()?;
        Some(FreeText::new(salt.try_into().ok()?, self.value.clone()))
    }
}

impl Event {
    pub fn of(linked: Linked, texts: &[FreeText]) -> Result<Self, StoreError> {
        let Linked { record, place } = linked;
        Ok(Self {
            seq: record.seq,
            previous: place.previous,
            prior: place.prior,
            prior_hash: place.prior_hash,
            origin: record.origin,
            act: record.act,
            subject: record.subject,
            kind: record.kind,
            version: record.version,
            effective: record.effective,
            recorded: record.recorded,
            offset: record.offset,
            who: record.who,
            account: record.account,
            machine: record.machine,
            body: text(record.body)?,
            texts: texts.iter().map(Text::of).collect(),
            hash: record.hash,
        })
    }

    /// The event as it is recorded anew.
    pub fn anew(&self) -> NewEvent {
        NewEvent {
            origin: self.origin.clone(),
            act: self.act.clone(),
            subject: self.subject.clone(),
            kind: self.kind.clone(),
            version: self.version,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            account: self.account.clone(),
            machine: self.machine.clone(),
            body: self.body.clone().into_bytes(),
            texts: self.texts.iter().filter_map(Text::free).collect(),
        }
    }

    /// Whether it is as it was exported.
    fn holds(&self, format: u32) -> bool {
        let new = self.anew();
        if format == 1 {
            return format1::hashed(self.seq, &self.previous, &new) == self.hash;
        }
        let place = Place { previous: self.previous.clone(), prior: self.prior, prior_hash: self.prior_hash.clone() };
        let record: Record = new.at(self.seq, self.act.clone(), new.body.clone(), &place);
        let ids: BTreeSet<String> = new.texts.iter().map(|text| text.id.clone()).collect();
        record.hash == self.hash && ids.is_subset(&texts::named(&new.body))
    }
}

fn text(bytes: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(bytes).map_err(|_| StoreError::Refused("what is not UTF-8 text cannot be exported".to_owned()))
}

/// Writes lines, and at the end what covers all of them.
pub struct Writer<'a> {
    out: &'a mut dyn Write,
    lines: u64,
    hash: Sha256,
}

impl<'a> Writer<'a> {
    pub fn new(out: &'a mut dyn Write) -> Self {
        Self { out, lines: 0, hash: Sha256::new() }
    }

    pub fn line(&mut self, line: &Line) -> Result<(), StoreError> {
        let mut text = serde_json::to_string(line).map_err(|error| StoreError::Other(error.to_string()))?;
        text.push('\n');
        self.hash.update(text.as_bytes());
        self.lines += 1;
        self.out.write_all(text.as_bytes()).map_err(|error| StoreError::NotWritten(error.to_string()))
    }

    pub fn end(mut self) -> Result<(), StoreError> {
        let sha256 = hex(&std::mem::take(&mut self.hash).finalize());
        let lines = self.lines;
        self.line(&Line::End(End { lines, sha256 }))
    }
}

/// An export, read and held against its own figures.
pub struct File {
    pub opening: Opening,
    pub texts: Vec<(String, String)>,
    pub events: Vec<Event>,
}

impl File {
    /// Where the events were written first: the identity of that record, of format 1 the head it had.
    pub fn origin(&self) -> String {
        self.opening.identity.clone().unwrap_or_else(|| self.opening.head.clone())
    }

    pub fn read(input: &mut dyn BufRead) -> Result<Self, StoreError> {
        let mut lines = Lines::of(input);
        let Some(Line::Posology(opening)) = lines.next()? else {
            return Err(refused("the file is not a subject exported by this program: its first line must say so"));
        };
        if !(1..=FORMAT).contains(&opening.format) {
            let format = opening.format;
            return Err(refused(&format!("the export has format {format}; this program reads up to {FORMAT}")));
        }
        let mut file = Self { opening, texts: Vec::new(), events: Vec::new() };
        let mut ended = file.opening.format == 1;
        while let Some(line) = lines.next()? {
            if let Line::End(end) = line {
                lines.agree(&end)?;
                ended = true;
                break;
            }
            file.take(line)?;
        }
        if !ended {
            return Err(refused("the file was cut: its last line, which covers all others, is not there"));
        }
        if lines.next()?.is_some() {
            return Err(refused("the file goes on behind its last line"));
        }
        file.complete()
    }

    fn take(&mut self, line: Line) -> Result<(), StoreError> {
        match line {
            Line::Posology(_) | Line::End(_) => {
                return Err(refused("the file holds two exports; import one at a time"));
            }
            Line::Regimen { sha256: hash, text } if sha256(text.as_bytes()) == hash => self.texts.push((hash, text)),
            Line::Regimen { sha256, .. } => return Err(refused(&format!("the regimen text {sha256} was changed"))),
            Line::Event(event) => self.event(*event)?,
        }
        Ok(())
    }

    fn event(&mut self, mut event: Event) -> Result<(), StoreError> {
        let seq = event.seq;
        if !event.holds(self.opening.format) {
            return Err(refused(&format!("event {seq} was changed after it was exported")));
        }
        let last = self.events.last();
        let ordered = last.is_none_or(|last| last.seq < seq);
        if !ordered || event.subject != self.opening.subject || event.subject == STORE {
            return Err(refused(&format!("event {seq} is out of order or not of {}", self.opening.subject)));
        }
        if self.opening.format == 1 {
            event.act = format1::act(&event.hash);
        } else if (event.prior, event.prior_hash.as_str()) != last.map_or((0, ""), |last| (last.seq, &last.hash)) {
            return Err(refused(&format!("event {seq} does not follow the one before it: one is missing")));
        }
        self.events.push(event);
        Ok(())
    }

    fn complete(self) -> Result<Self, StoreError> {
        let (said, found) = (self.opening.events, self.events.len());
        if said != found || found == 0 {
            return Err(refused(&format!("the file says it holds {said} events and holds {found}")));
        }
        let redactions: Vec<&Event> =
            self.events.iter().filter(|event| event.kind == texts::KIND_OF_REDACTION).collect();
        for event in &self.events {
            let there: BTreeSet<String> = event.texts.iter().filter_map(Text::free).map(|text| text.id).collect();
            for id in texts::named(event.body.as_bytes()).difference(&there) {
                if !redactions.iter().any(|one| texts::mentions_id(one.body.as_bytes(), id)) {
                    return Err(refused(&format!("a typed text of event {} is missing", event.seq)));
                }
            }
        }
        Ok(self)
    }
}

/// The lines of a file, numbered and hashed.
struct Lines<'a> {
    input: std::io::Take<&'a mut dyn BufRead>,
    number: u64,
    hash: Sha256,
    /// The hash of what came before the line that was read last.
    before: String,
}

impl<'a> Lines<'a> {
    fn of(input: &'a mut dyn BufRead) -> Self {
        Self { input: input.take(MOST), number: 0, hash: Sha256::new(), before: String::new() }
    }

    fn next(&mut self) -> Result<Option<Line>, StoreError> {
        let mut bytes = Vec::new();
        let read = self.input.read_until(b'\n', &mut bytes);
        let number = self.number + 1;
        read.map_err(|error| refused(&format!("line {number} cannot be read: {error}")))?;
        if self.input.limit() == 0 {
            return Err(refused(&format!("it is larger than {} MB, which no export of a subject is", MOST >> 20)));
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        self.before = hex(&self.hash.clone().finalize());
        self.hash.update(&bytes);
        self.number = number;
        let line = serde_json::from_slice(&bytes);
        line.map(Some).map_err(|error| refused(&format!("line {number} is not a line of an export: {error}")))
    }

    fn agree(&self, end: &End) -> Result<(), StoreError> {
        if end.lines + 1 != self.number || end.sha256 != self.before {
            return Err(refused(
                "a line was changed, added or lost: the last line covers others than those in the file",
            ));
        }
        Ok(())
    }
}

/// Why nothing was imported.
pub fn refused(text: &str) -> StoreError {
    StoreError::Refused(format!("nothing was imported: {text}"))
}
