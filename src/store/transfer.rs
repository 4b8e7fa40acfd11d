//! A subject as JSON Lines: out of one record, into another.
//!
//! The first line is the head (whose, how many events, from which state of which record), then the
//! regimen texts that the events name, then an event a line with everything its hash covers, and at the end
//! the SHA-256 of all lines. A body is a string in it, so that it stays byte for byte what was hashed.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use serde_json::json;

use super::backup::bytes;
use super::chain::{Linked, Texts};
use super::error::StoreError;
use super::exported::{Event, FORMAT, File, Line, Opening, Writer, refused};
use super::record::{Head, NewEvent, Record, Stamp};
use super::texts::{self, FreeText};
use super::{Store, write};

/// What an import brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Whose events.
    pub subject: String,
    /// How many.
    pub events: usize,
    /// The place of the first of them.
    pub first: u64,
    /// The record now.
    pub head: Head,
}

/// Kind, version and body of an event, and the new place of each old one, to the body with the new places.
pub type Renumber<'a> = dyn Fn(&str, u32, &[u8], &BTreeMap<u64, u64>) -> Result<Vec<u8>, String> + 'a;

/// Whether what was imported may stand: the store with the subject's events in it, and the subject's code.
pub type Admit<'a> = dyn Fn(&Store, &str) -> Result<(), StoreError> + 'a;

impl Store {
    /// Writes a subject's events as JSON Lines, with the regimen texts they name.
    pub fn export_subject(&self, subject: &str, out: &mut dyn Write) -> Result<(), StoreError> {
        let linked = self.chained(subject)?;
        if linked.is_empty() {
            return Err(StoreError::Refused(format!("there is no subject {subject} in the record")));
        }
        let Head { count, hash } = self.head();
        let (subject, identity) = (subject.to_owned(), Some(self.identity()));
        let mut out = Writer::new(out);
        let events = linked.len();
        out.line(&Line::Posology(Opening { format: FORMAT, identity, subject, events, count, head: hash }))?;
        for (sha256, text) in self.texts_named_by(&linked)? {
            out.line(&Line::Regimen { sha256, text })?;
        }
        let mut all = Texts::of(&self.connection).map_err(|error| self.told(&error))?;
        for linked in linked {
            let texts = self.free_texts(&linked, &mut all)?;
            out.line(&Line::Event(Box::new(Event::of(linked, &texts)?)))?;
        }
        out.end()
    }

    /// The texts that people typed in an event, without those that were redacted.
    fn free_texts(&self, linked: &Linked, all: &mut Texts<'_>) -> Result<Vec<FreeText>, StoreError> {
        let found = texts::named(&linked.record.body).into_iter().map(|id| all.get(&id));
        let found = found.collect::<rusqlite::Result<Vec<_>>>().map_err(|error| self.told(&error))?;
        let texts: Vec<FreeText> = found.into_iter().flatten().collect();
        if texts.iter().all(FreeText::holds) {
            return Ok(texts);
        }
        Err(StoreError::Damaged(vec![format!("a typed text of event {} was changed", linked.record.seq)]))
    }

    /// The pinned texts whose hash stands in a body.
    fn texts_named_by(&self, linked: &[Linked]) -> Result<Vec<(String, String)>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT sha256, text FROM regimen ORDER BY id")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(String, Vec<u8>)>>>()
        };
        let all = read().map_err(|error| self.told(&error))?;
        let named = |hash: &str| linked.iter().any(|one| texts::mentions_id(&one.record.body, hash));
        let text = |bytes: Vec<u8>| {
            let wrong = |_| StoreError::Refused("what is not UTF-8 text cannot be exported".to_owned());
            String::from_utf8(bytes).map_err(wrong)
        };
        all.into_iter().filter(|(hash, _)| named(hash)).map(|(hash, bytes)| Ok((hash, text(bytes)?))).collect()
    }

    /// Adds the events of an export, all or none, and records that. Who wrote what when stays as it was;
    /// places in the record and hashes are new, and each event names the record it came from.
    ///
    /// Bodies that point at another event name its place. `renumber` (given kind, version, stored body, and the
    /// new place of each old one) writes such a body anew; only the caller knows what a body means. What `admit`
    /// refuses is not imported.
    pub fn import(
        &mut self,
        input: &mut dyn BufRead,
        stamp: &Stamp,
        renumber: &Renumber<'_>,
        admit: &Admit<'_>,
    ) -> Result<Imported, StoreError> {
        let file = File::read(input)?;
        let Opening { subject, count, head, .. } = &file.opening;
        let from = json!({ "identity": file.origin(), "count": count, "head": head });
        let body = json!({ "subject": subject, "events": file.events.len(), "from": from });
        let records = self.write(|store, transaction| {
            if store.last_of(transaction, subject)? != 0 {
                return Err(StoreError::Refused(format!("the subject {subject} is in this record already")));
            }
            for (hash, text) in &file.texts {
                write::pin(transaction, hash, text.as_bytes()).map_err(|error| store.told(&error))?;
            }
            let events = renumbered(&file, store.head().count, renumber)?;
            for event in &events {
                if let Some(entry) = store.entry_of(&event.act)? {
                    return Err(refused(&format!("an event of it is on record already, as entry {entry}")));
                }
            }
            let mut records: Vec<Record> = store.insert(transaction, &events)?;
            admit(store, subject)?;
            records.extend(store.insert(transaction, &[stamp.event("imported", bytes(&body))])?);
            Ok(records)
        })?;
        let first = records.first().map_or(0, |record| record.seq);
        Ok(Imported { subject: subject.clone(), events: file.events.len(), first, head: self.head() })
    }
}

/// The events as they stand behind `last`, bodies pointing at each other's new places.
fn renumbered(file: &File, last: u64, renumber: &Renumber<'_>) -> Result<Vec<NewEvent>, StoreError> {
    let places: BTreeMap<u64, u64> = file.events.iter().map(|event| event.seq).zip(last + 1..).collect();
    let anew = |event: &Event| {
        let body = renumber(&event.kind, event.version, event.body.as_bytes(), &places);
        let body = body.map_err(|why| refused(&format!("event {}: {why}", event.seq)))?;
        let origin = if event.origin.is_empty() { file.origin() } else { event.origin.clone() };
        Ok(NewEvent { origin, body, ..event.anew() })
    };
    file.events.iter().map(anew).collect()
}
