//! One event as it is stored, and the hash that ties it to the one before.

use sha2::{Digest, Sha256};

/// What the first event names as the hash before it.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The subject of the store's own events, such as a restore. No study's code looks like it.
pub const STORE: &str = "(store)";

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the whole store, from 1.
    pub seq: u64,
    /// Whose event it is.
    pub subject: String,
    /// What happened, in one word.
    pub kind: String,
    /// The version of the kind's body.
    pub version: u32,
    /// The day it happened, ISO.
    pub effective: String,
    /// When it was written down: RFC 3339, UTC.
    pub recorded: String,
    /// What the wall clock differed from UTC where it was written down, such as `+01:00`.
    pub offset: String,
    /// Who wrote it down.
    pub who: String,
    /// JSON, byte for byte as written.
    pub body: Vec<u8>,
    /// The hash of the event, hexadecimal.
    pub hash: String,
}

/// An event to be stored: what [`Record`] has, less what the store gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Whose event it is.
    pub subject: String,
    /// What happened, in one word.
    pub kind: String,
    /// The version of the kind's body.
    pub version: u32,
    /// The day it happened, ISO.
    pub effective: String,
    /// When it is written down: RFC 3339, UTC.
    pub recorded: String,
    /// What the wall clock differs from UTC here, such as `+01:00`.
    pub offset: String,
    /// Who writes it down.
    pub who: String,
    /// JSON.
    pub body: Vec<u8>,
}

/// Who does something to the store itself, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The day, ISO.
    pub effective: String,
    /// Now: RFC 3339, UTC.
    pub recorded: String,
    /// What the wall clock differs from UTC here.
    pub offset: String,
    /// Who.
    pub who: String,
}

/// How long the record is, and the hash of its last event: the two figures by which a removed tail is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of events.
    pub count: u64,
    /// The hash of the last one; zeros while there is none.
    pub hash: String,
}

impl Head {
    /// The head of a store without events.
    pub fn start() -> Self {
        Self { count: 0, hash: START.to_owned() }
    }
}

impl Stamp {
    /// An event of the store itself.
    pub(super) fn event(&self, kind: &str, body: Vec<u8>) -> NewEvent {
        NewEvent {
            subject: STORE.to_owned(),
            kind: kind.to_owned(),
            version: 1,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            body,
        }
    }
}

impl NewEvent {
    /// The record it becomes at a place behind a hash.
    pub(super) fn at(&self, seq: u64, previous: &str) -> Record {
        let mut record = Record {
            seq,
            subject: self.subject.clone(),
            kind: self.kind.clone(),
            version: self.version,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            body: self.body.clone(),
            hash: String::new(),
        };
        record.hash = record.hashed(previous);
        record
    }
}

impl Record {
    /// SHA-256 over the stored columns in their order (seq, previous, subject, kind, version, effective,
    /// recorded, offset, who, body), each behind its length in bytes as eight bytes, most significant
    /// first; the two numbers as decimal digits, the body as written.
    ///
    /// The lengths keep `("ab", "c")` and `("a", "bc")` apart. Anyone can compute it with another tool.
    pub fn hashed(&self, previous: &str) -> String {
        let (seq, version) = (self.seq.to_string(), self.version.to_string());
        let texts = [
            &seq,
            previous,
            &self.subject,
            &self.kind,
            &version,
            &self.effective,
            &self.recorded,
            &self.offset,
            &self.who,
        ];
        let mut hash = Sha256::new();
        for column in texts.iter().map(|text| text.as_bytes()).chain([self.body.as_slice()]) {
            hash.update((column.len() as u64).to_be_bytes());
            hash.update(column);
        }
        hex(&hash.finalize())
    }
}

/// The SHA-256 of bytes, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
