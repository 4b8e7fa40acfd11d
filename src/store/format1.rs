//! Records of format 1, as version 0.1.0 wrote them: read for ever, and brought up to today's format.
//!
//! The events keep their places, and the new chain begins with a seal of the old one: its format, its length
//! and its head. Whatever is new (identity, acts, salts) follows from the old hashes, so that a record and a
//! backup of it become the same record, however often it is done.

use rusqlite::{Connection, Result, Row};
use serde_json::{Value, json};

use super::hash::{digest, framed, sha256};
use super::record::{Head, NewEvent, Record, START, STORE};
use super::texts::Salt;
use super::{chain, schema, write};

/// The number that files of this format carry.
pub const VERSION: i64 = 1;

/// An event of format 1.
struct Event {
    seq: u64,
    previous: String,
    hash: String,
    new: NewEvent,
}

impl Event {
    fn read(row: &Row<'_>) -> Result<Self> {
        let new = NewEvent {
            subject: row.get(2)?,
            kind: row.get(3)?,
            version: row.get(4)?,
            effective: row.get(5)?,
            recorded: row.get(6)?,
            offset: row.get(7)?,
            who: row.get(8)?,
            body: row.get(9)?,
            ..NewEvent::default()
        };
        Ok(Self { seq: row.get(0)?, previous: row.get(1)?, new, hash: row.get(10)? })
    }

    fn holds(&self) -> bool {
        hashed(self.seq, &self.previous, &self.new) == self.hash
    }

    /// What it is today.
    fn today(&self) -> NewEvent {
        NewEvent { act: act(&self.hash), ..self.new.clone() }
    }

    /// The same as it lies in the old file, to be looked at.
    fn record(self) -> Record {
        let act = act(&self.hash);
        Record { hash: self.hash, ..self.new.unplaced(self.seq, act) }
    }
}

/// The act of an event that has no id of its own.
pub fn act(hash: &str) -> String {
    framed(&[b"act", hash.as_bytes()]).chars().take(32).collect()
}

/// The hash of an event as format 1 took it: the columns in their order, each behind its length.
pub fn hashed(seq: u64, previous: &str, event: &NewEvent) -> String {
    let (seq, version) = (seq.to_string(), event.version.to_string());
    framed(&[
        seq.as_bytes(),
        previous.as_bytes(),
        event.subject.as_bytes(),
        event.kind.as_bytes(),
        version.as_bytes(),
        event.effective.as_bytes(),
        event.recorded.as_bytes(),
        event.offset.as_bytes(),
        event.who.as_bytes(),
        &event.body,
    ])
}

/// Every event of a damaged record that can still be read.
pub fn salvaged(connection: &Connection) -> Vec<Record> {
    events(connection, &mut Vec::new()).into_iter().map(Event::record).collect()
}

/// How many events of a damaged record can still be read, and the hash of the last.
pub fn head(connection: &Connection) -> Head {
    let events = events(connection, &mut Vec::new());
    let hash = events.last().map_or_else(|| START.to_owned(), |last| last.hash.clone());
    Head { count: events.len() as u64, hash }
}

/// Brings a record of format 1 into an empty file; what is wrong with it, and then nothing is brought. An error
/// that is no fault of the old file is an error.
pub fn convert(from: &Connection, to: &Connection) -> Result<Vec<String>> {
    let mut faults = structure(from)?;
    let events = events(from, &mut faults);
    let regimens = regimens(from, &mut faults);
    // What is out of order cannot be chained anew.
    if !faults.is_empty() {
        return Ok(faults);
    }
    let head = events.last().map_or(START, |last| last.hash.as_str());
    let identity = events.first().map(|first| framed(&[b"posology record", first.hash.as_bytes()]));
    let seals = json!({ "format": VERSION, "count": events.len(), "head": head }).to_string();
    schema::create(to, identity.as_deref(), &seals)?;
    let transaction = to.unchecked_transaction()?;
    for (hash, text) in regimens {
        write::pin(&transaction, &hash, &text)?;
    }
    let origins = origins(&events);
    let mut head = chain::beginning(&transaction)?;
    for event in &events {
        let mut count = 0_u64;
        let mut salt = || -> Result<Salt> {
            count += 1;
            let bytes = digest(&[b"salt", event.hash.as_bytes(), &count.to_be_bytes()]);
            Ok(std::array::from_fn(|at| bytes[at]))
        };
        let origin = origins.iter().find(|(places, _)| places.contains(&event.seq)).map(|(_, origin)| origin.clone());
        let new = NewEvent { origin: origin.unwrap_or_default(), ..event.today() };
        let added = write::insert(&transaction, head.clone(), &[new], &mut salt)?;
        head = added.last().map_or(head, Record::head);
    }
    transaction.commit()?;
    Ok(faults)
}

/// Imported events stood before the store's own event about them; their record is named by the head it had then.
fn origins(events: &[Event]) -> Vec<(std::ops::Range<u64>, String)> {
    let imports = events.iter().filter(|event| event.new.subject == STORE && event.new.kind == "imported");
    let one = |event: &Event| {
        let body: Value = serde_json::from_slice(&event.new.body).ok()?;
        let first = event.seq.checked_sub(body["events"].as_u64()?)?;
        Some((first..event.seq, body["from"]["head"].as_str()?.to_owned()))
    };
    imports.filter_map(one).collect()
}

fn structure(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>>>();
    Ok(match rows {
        Ok(rows) => {
            rows.into_iter().filter(|row| row != "ok").map(|row| format!("the file's structure: {row}")).collect()
        }
        Err(error) => vec![format!("the file cannot be read: {error}")],
    })
}

/// Every event that can be read, and what is wrong with the chain.
fn events(connection: &Connection, faults: &mut Vec<String>) -> Vec<Event> {
    let query = "SELECT seq, previous, subject, kind, version, effective, recorded, offset, who, body, hash \
                 FROM event NOT INDEXED ORDER BY seq";
    let mut all = Vec::new();
    let mut read = || -> Result<()> {
        let mut statement = connection.prepare(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            match Event::read(row) {
                Ok(event) => all.push(event),
                Err(error) => faults.push(format!("an event behind event {} cannot be read: {error}", all.len())),
            }
        }
        Ok(())
    };
    let stopped = read().err();
    faults.extend(stopped.map(|error| format!("nothing behind event {} can be read: {error}", all.len())));
    let mut head = START.to_owned();
    for (event, place) in all.iter().zip(1..) {
        if event.seq != place || event.previous != head {
            faults.push(format!("event {} does not follow the one before it", event.seq));
        }
        if !event.holds() {
            faults.push(format!("event {} was changed after it was recorded", event.seq));
        }
        head.clone_from(&event.hash);
    }
    all
}

fn regimens(connection: &Connection, faults: &mut Vec<String>) -> Vec<(String, Vec<u8>)> {
    let read = || {
        let mut statement = connection.prepare("SELECT sha256, text FROM regimen ORDER BY id")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<(String, Vec<u8>)>>>()
    };
    let all = read().unwrap_or_else(|error| {
        faults.push(format!("the pinned regimen texts cannot be read: {error}"));
        Vec::new()
    });
    for (hash, text) in &all {
        if sha256(text) != *hash {
            faults.push(format!("the pinned regimen text {hash} was changed"));
        }
    }
    all
}
