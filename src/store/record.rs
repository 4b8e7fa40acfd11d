//! One event as it is stored, and the hashes that tie it to the ones before.

use super::hash::framed;
use super::texts::FreeText;

/// What stands for a hash where there is no event at all.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The subject of the store's own events, such as a restore. No study's code looks like it.
pub const STORE: &str = "(store)";

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the whole store, from 1.
    pub seq: u64,
    /// Of an imported event, the identity of the record it was written in; empty where it was written here.
    pub origin: String,
    /// What tells this act of recording from every other, whatever it says.
    pub act: String,
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
    /// Who wrote it down, as typed.
    pub who: String,
    /// The account of the operating system it was written under; empty where it is not known.
    pub account: String,
    /// The name of the computer; empty where it is not known.
    pub machine: String,
    /// JSON, with what people typed in its place.
    pub body: Vec<u8>,
    /// The hash of the event, hexadecimal.
    pub hash: String,
}

/// An event to be stored: what [`Record`] has, less what the store gives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewEvent {
    /// Of an imported event, the identity of the record it was written in.
    pub origin: String,
    /// What tells this act from every other; the store makes one where it is empty.
    pub act: String,
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
    /// The account of the operating system.
    pub account: String,
    /// The name of the computer.
    pub machine: String,
    /// JSON, with what people typed in its place.
    pub body: Vec<u8>,
    /// Texts that the body names already, as of an imported event.
    pub texts: Vec<FreeText>,
}

/// Who does something to the store itself, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// The day, ISO.
    pub effective: String,
    /// Now: RFC 3339, UTC.
    pub recorded: String,
    /// What the wall clock differs from UTC here.
    pub offset: String,
    /// Who.
    pub who: String,
    /// The account of the operating system.
    pub account: String,
    /// The name of the computer.
    pub machine: String,
}

/// How long the record is, and the hash of its last event: the two figures by which a removed tail is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The number of events.
    pub count: u64,
    /// The hash of the last one; of a record without events the one that its identity begins with.
    pub hash: String,
}

/// What an event stands behind: the event before it, and the subject's own event before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The hash of the event before it; of the first one, what [`start`] says.
    pub previous: String,
    /// The place of the subject's event before it; 0 of the subject's first.
    pub prior: u64,
    /// The hash of that one; empty of the subject's first.
    pub prior_hash: String,
}

impl Head {
    /// The head where there is no record.
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
            account: self.account.clone(),
            machine: self.machine.clone(),
            body,
            ..NewEvent::default()
        }
    }
}

impl NewEvent {
    /// The record it becomes at a place; `body` is the one without texts, which is hashed.
    pub(super) fn at(&self, seq: u64, act: String, body: Vec<u8>, place: &Place) -> Record {
        let mut record = Record { body, ..self.unplaced(seq, act) };
        record.hash = record.hashed(place);
        record
    }

    /// The same with its body as it is, and without a hash.
    pub(super) fn unplaced(&self, seq: u64, act: String) -> Record {
        Record {
            seq,
            origin: self.origin.clone(),
            act,
            subject: self.subject.clone(),
            kind: self.kind.clone(),
            version: self.version,
            effective: self.effective.clone(),
            recorded: self.recorded.clone(),
            offset: self.offset.clone(),
            who: self.who.clone(),
            account: self.account.clone(),
            machine: self.machine.clone(),
            body: self.body.clone(),
            hash: String::new(),
        }
    }
}

impl Record {
    /// The head of a record of which it is the last event.
    pub fn head(&self) -> Head {
        Head { count: self.seq, hash: self.hash.clone() }
    }

    /// SHA-256 over what the event says, wherever it stands: act, subject, kind, version, effective, recorded,
    /// offset, who, account, machine, body as stored (a text as `{"text": "<id>"}`).
    ///
    /// Each behind its length in bytes as eight bytes, most significant first; numbers as decimal digits. The
    /// lengths keep `("ab", "c")` and `("a", "bc")` apart. Anyone can compute it with another tool.
    pub fn content(&self) -> String {
        let version = self.version.to_string();
        framed(&[
            self.act.as_bytes(),
            self.subject.as_bytes(),
            self.kind.as_bytes(),
            version.as_bytes(),
            self.effective.as_bytes(),
            self.recorded.as_bytes(),
            self.offset.as_bytes(),
            self.who.as_bytes(),
            self.account.as_bytes(),
            self.machine.as_bytes(),
            &self.body,
        ])
    }

    /// The link of the chain: SHA-256 over the hash before, the place, the place and the hash of the subject's event
    /// before, the origin and [`Record::content`] as hexadecimal digits, each behind its length as there.
    pub fn hashed(&self, place: &Place) -> String {
        let (seq, prior) = (self.seq.to_string(), place.prior.to_string());
        let content = self.content();
        let parts = [&place.previous, &seq, &prior, &place.prior_hash, &self.origin, &content];
        framed(&parts.map(String::as_bytes))
    }
}

/// What the first event of a record names as the hash before it: SHA-256 over the record's identity and what it
/// seals, each behind its length.
pub fn start(identity: &str, seals: &str) -> String {
    framed(&[identity.as_bytes(), seals.as_bytes()])
}
