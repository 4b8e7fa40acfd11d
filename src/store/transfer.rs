//! A subject as JSON Lines: out of one record, into another.
//!
//! The first line is the head (whose, how many events, from which state of which record), then the
//! regimen texts that the events name, then an event a line with everything its hash covers. A body is
//! a string in it, so that it stays byte for byte what was hashed.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::backup::bytes;
use super::chain::Linked;
use super::error::StoreError;
use super::record::{Head, NewEvent, Record, STORE, Stamp, sha256};
use super::{Store, write};

const FORMAT: u32 = 1;

/// What an import brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Whose events.
    pub subject: String,
    /// How many.
    pub events: usize,
    /// The record now.
    pub head: Head,
}

/// Kind, version and body of an event, and the new place of each old one, to the body with the new places.
pub type Renumber<'a> = dyn Fn(&str, u32, &[u8], &BTreeMap<u64, u64>) -> Result<Vec<u8>, String> + 'a;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Posology(Opening),
    Regimen { sha256: String, text: String },
    Event(Event),
}

#[derive(Debug, Serialize, Deserialize)]
struct Opening {
    format: u32,
    subject: String,
    events: usize,
    /// The state of the record it was taken from.
    count: u64,
    head: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Event {
    seq: u64,
    previous: String,
    subject: String,
    kind: String,
    version: u32,
    effective: String,
    recorded: String,
    offset: String,
    who: String,
    body: String,
    hash: String,
}

impl Store {
    /// Writes a subject's events as JSON Lines, with the regimen texts they name.
    pub fn export_subject(&self, subject: &str, out: &mut dyn Write) -> Result<(), StoreError> {
        let linked = self.linked("WHERE subject = ?1", [subject])?;
        if linked.is_empty() {
            return Err(StoreError::Refused(format!("there is no subject {subject} in the record")));
        }
        let Head { count, hash } = self.head();
        let subject = subject.to_owned();
        line(out, &Line::Posology(Opening { format: FORMAT, subject, events: linked.len(), count, head: hash }))?;
        for (sha256, text) in self.texts_named_by(&linked)? {
            line(out, &Line::Regimen { sha256, text })?;
        }
        linked.into_iter().try_for_each(|linked| line(out, &Line::Event(Event::of(linked)?)))
    }

    /// The pinned texts whose hash stands in a body.
    fn texts_named_by(&self, linked: &[Linked]) -> Result<Vec<(String, String)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT sha256, text FROM regimen ORDER BY id")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(String, Vec<u8>)>>>()
        };
        let all = read().map_err(|error| self.told(&error))?;
        let named = |hash: &str| linked.iter().any(|one| holds(&one.record.body, hash.as_bytes()));
        all.into_iter().filter(|(hash, _)| named(hash)).map(|(hash, bytes)| Ok((hash, text(bytes)?))).collect()
    }

    /// Adds the events of an export, all or none, and records that. Who wrote what when stays as it was;
    /// places in the record and hashes are new.
    ///
    /// Bodies that point at another event name its place. `renumber` (given kind, version, body, and the
    /// new place of each old one) writes such a body anew; only the caller knows what a body means.
    pub fn import(
        &mut self,
        input: &mut dyn BufRead,
        stamp: &Stamp,
        renumber: &Renumber<'_>,
    ) -> Result<Imported, StoreError> {
        let file = File::read(input)?;
        let Opening { subject, count, head, .. } = file.opening;
        let body = json!({ "subject": subject, "events": file.events.len(), "from": { "count": count, "head": head } });
        self.write(|store, transaction| {
            let told = |error: rusqlite::Error| store.told(&error);
            if write::last_of(transaction, &subject).map_err(told)? != 0 {
                return Err(StoreError::Refused(format!("the subject {subject} is in this record already")));
            }
            for (hash, text) in &file.texts {
                write::pin(transaction, hash, text.as_bytes()).map_err(told)?;
            }
            store.insert(transaction, &renumbered(&file.events, store.head().count, renumber)?)?;
            store.insert(transaction, &[stamp.event("imported", bytes(&body))])
        })?;
        Ok(Imported { subject, events: file.events.len(), head: self.head() })
    }
}

/// The events as they stand behind `last`, bodies pointing at each other's new places.
fn renumbered(events: &[Event], last: u64, renumber: &Renumber<'_>) -> Result<Vec<NewEvent>, StoreError> {
    let places: BTreeMap<u64, u64> = events.iter().map(|event| event.seq).zip(last + 1..).collect();
    let anew = |event: &Event| {
        let body = renumber(&event.kind, event.version, event.body.as_bytes(), &places);
        let body = body.map_err(|why| refused(&format!("event {}: {why}", event.seq)))?;
        Ok(NewEvent { body, ..event.anew() })
    };
    events.iter().map(anew).collect()
}

fn line(out: &mut dyn Write, line: &Line) -> Result<(), StoreError> {
    let text = serde_json::to_string(line).map_err(|error| StoreError::Other(error.to_string()))?;
    writeln!(out, "{text}").map_err(|error| StoreError::NotWritten(error.to_string()))
}

fn holds(body: &[u8], hash: &[u8]) -> bool {
    body.windows(hash.len().max(1)).any(|window| window == hash)
}

fn text(bytes: Vec<u8>) -> Result<String, StoreError> {
    String::from_utf8(bytes).map_err(|_| StoreError::Refused("what is no UTF-8 text cannot be exported".to_owned()))
}

impl Event {
    fn of(linked: Linked) -> Result<Self, StoreError> {
        let Linked { record, previous } = linked;
        Ok(Self {
            seq: record.seq,
            previous,
            subject: record.subject,
            kind: record.kind,
            version: record.version,
            effective: record.effective,
            recorded: record.recorded,
            offset: record.offset,
            who: record.who,
            body: text(record.body)?,
            hash: record.hash,
        })
    }

    fn anew(&self) -> NewEvent {
        NewEvent {
            subject: self.subject.clone(),
            kind: self.kind.clone(),
            version: self.version,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            body: self.body.clone().into_bytes(),
        }
    }

    /// Whether it is as it was exported.
    fn holds(&self) -> bool {
        let record = Record {
            seq: self.seq,
            subject: self.subject.clone(),
            kind: self.kind.clone(),
            version: self.version,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            body: self.body.clone().into_bytes(),
            hash: String::new(),
        };
        record.hashed(&self.previous) == self.hash
    }
}

/// An export, read and held against its own figures.
struct File {
    opening: Opening,
    texts: Vec<(String, String)>,
    events: Vec<Event>,
}

impl File {
    fn read(input: &mut dyn BufRead) -> Result<Self, StoreError> {
        let mut lines = input.lines().enumerate().map(|(at, line)| parsed(at + 1, line));
        let Some(Line::Posology(opening)) = lines.next().transpose()? else {
            return Err(refused("the file is no subject exported by this program: its first line must say so"));
        };
        let mut file = Self { opening, texts: Vec::new(), events: Vec::new() };
        for line in lines {
            file.take(line?)?;
        }
        file.complete()
    }

    fn take(&mut self, line: Line) -> Result<(), StoreError> {
        match line {
            Line::Posology(_) => return Err(refused("the file holds two exports; import one at a time")),
            Line::Regimen { sha256: hash, text } if sha256(text.as_bytes()) == hash => self.texts.push((hash, text)),
            Line::Regimen { sha256, .. } => return Err(refused(&format!("the regimen text {sha256} was changed"))),
            Line::Event(event) => self.event(event)?,
        }
        Ok(())
    }

    fn event(&mut self, event: Event) -> Result<(), StoreError> {
        let seq = event.seq;
        if !event.holds() {
            return Err(refused(&format!("event {seq} was changed after it was exported")));
        }
        let ordered = self.events.last().is_none_or(|last| last.seq < seq);
        if !ordered || event.subject != self.opening.subject || event.subject == STORE {
            return Err(refused(&format!("event {seq} is out of order or not of {}", self.opening.subject)));
        }
        self.events.push(event);
        Ok(())
    }

    fn complete(self) -> Result<Self, StoreError> {
        let (said, found) = (self.opening.events, self.events.len());
        if self.opening.format != FORMAT {
            return Err(refused(&format!(
                "the export has format {}; this program reads {FORMAT}",
                self.opening.format
            )));
        }
        if said != found || found == 0 {
            return Err(refused(&format!("the file says it holds {said} events and holds {found}")));
        }
        Ok(self)
    }
}

fn parsed(number: usize, line: std::io::Result<String>) -> Result<Line, StoreError> {
    let line = line.map_err(|error| refused(&format!("line {number} cannot be read: {error}")))?;
    serde_json::from_str(&line).map_err(|error| refused(&format!("line {number} is no line of an export: {error}")))
}

fn refused(text: &str) -> StoreError {
    StoreError::Refused(format!("nothing was imported: {text}"))
}
