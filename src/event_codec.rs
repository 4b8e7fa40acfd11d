//! Between events and the bytes a store keeps: JSON, versioned, upcast when read.
//!
//! A body is `{"event": {"given": {…}}, "answers": […], "program": "0.1.0"}`. What was written stays as
//! it was written; an older version is brought up to date here each time it is read.

mod cleared;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::calendar;
use crate::course::event::{Answer, Entry, Event, VERSION};
use crate::decide::Proposed;
use crate::store::{NewEvent, Record};
use crate::writing::{Hidden, hidden, visible};

/// Every kind, as the store files it.
pub const KINDS: &[&str] = &[
    "enrolled",
    "measured",
    "given",
    "held",
    "omitted",
    "delayed",
    "changed",
    "criteria",
    "double-checked",
    "prepared",
    "exposure",
    "supply",
    "stopped",
    "moved",
    "note",
    "verified",
    "corrected",
    "undone",
    "redacted",
];

/// Why a record cannot be read as an event.
#[derive(Debug, thiserror::Error)]
#[error("entry {seq} ({kind}, version {version}) cannot be read: {why}")]
pub struct DecodeError {
    /// Its place.
    pub seq: u64,
    /// Its kind.
    pub kind: String,
    /// Its version.
    pub version: u32,
    /// Why.
    pub why: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    event: Event,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<Answer>,
    /// The version of the program that wrote it.
    program: String,
    /// The day that was taken for today, where it was set by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    today: Option<String>,
}

/// Who, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedBy {
    /// UTC.
    pub recorded: String,
    /// Offset from UTC.
    pub offset: String,
    /// Who.
    pub who: String,
    /// The day taken for today, where it was set by hand.
    pub today: Option<String>,
    /// The account of the operating system.
    pub account: String,
    /// The name of the computer.
    pub machine: String,
}

/// Whether this program knows a kind in a version.
pub fn is_known(kind: &str, version: u32) -> bool {
    KINDS.contains(&kind) && (1..=VERSION).contains(&version)
}

/// An event as a store takes it.
pub fn encode(subject: &str, proposed: &Proposed, stamp: &RecordedBy) -> Result<NewEvent, serde_json::Error> {
    let body = Body {
        event: proposed.event.clone(),
        answers: proposed.answers.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        today: stamp.today.clone(),
    };
    Ok(NewEvent {
        subject: subject.to_owned(),
        kind: proposed.event.kind().to_owned(),
        version: proposed.event.version(),
        effective: calendar::iso(proposed.effective),
        recorded: stamp.recorded.clone(),
        offset: stamp.offset.clone(),
        who: stamp.who.clone(),
        account: stamp.account.clone(),
        machine: stamp.machine.clone(),
        body: serde_json::to_vec(&body)?,
        ..NewEvent::default()
    })
}

/// The first character of an event that nobody sees, in its texts or in who wrote it: such an event is not recorded.
pub fn first_hidden(event: &NewEvent) -> Option<Hidden> {
    hides(&[&event.subject, &event.who], &event.body)
}

/// The same of an event that lies in a record: one that is imported is held to it.
pub fn first_hidden_of(record: &Record) -> Option<Hidden> {
    hides(&[&record.subject, &record.who], &record.body)
}

fn hides(texts: &[&str], body: &[u8]) -> Option<Hidden> {
    let body = || serde_json::from_slice(body).ok().as_ref().and_then(cleared::first_hidden);
    texts.iter().find_map(|text| hidden(text)).or_else(body)
}

/// The version of the program that wrote an event; `None` where its body does not say.
pub fn program(record: &Record) -> Option<String> {
    let body: Value = serde_json::from_slice(&record.body).ok()?;
    body.get("program")?.as_str().map(|version| visible(version).into_owned())
}

/// A stored event, brought up to date. What nobody sees in its texts is made visible, so that an event is one line.
pub fn decode(record: &Record) -> Result<Entry, DecodeError> {
    let fail = |why: String| DecodeError { seq: record.seq, kind: record.kind.clone(), version: record.version, why };
    if !is_known(&record.kind, record.version) {
        return Err(fail("this version of the program does not know it".to_owned()));
    }
    let mut value: Value = serde_json::from_slice(&record.body).map_err(|error| fail(error.to_string()))?;
    if cleared::worth_a_look(&record.body) {
        cleared::texts(&mut value);
    }
    let body: Body = serde_json::from_value(upcast(record.version, value)).map_err(|error| fail(error.to_string()))?;
    if body.event.kind() != record.kind {
        return Err(fail(format!("it is filed as {} and says {}", record.kind, body.event.kind())));
    }
    Ok(Entry {
        seq: record.seq,
        effective: calendar::read(&record.effective).map_err(|error| fail(error.to_string()))?,
        recorded: record.recorded.clone(),
        who: visible(&record.who).into_owned(),
        event: body.event,
        answers: body.answers,
        today: body.today,
        origin: record.origin.clone(),
    })
}

/// A stored body whose event points at another, with the new place of that one; any other body as it is. What
/// [`crate::store::Store::import`] asks of whoever knows what a body means.
pub fn renumber(kind: &str, version: u32, body: &[u8], places: &BTreeMap<u64, u64>) -> Result<Vec<u8>, String> {
    if !is_known(kind, version) {
        return Err(format!("this version of the program does not know the kind {kind}, version {version}"));
    }
    let text = |error: serde_json::Error| error.to_string();
    let mut value: Value = serde_json::from_slice(body).map_err(text)?;
    let Some(place) = value.pointer_mut(&format!("/event/{kind}/entry")) else { return Ok(body.to_vec()) };
    let entry = place.as_u64().ok_or_else(|| "it points at no entry".to_owned())?;
    let new = places.get(&entry).ok_or_else(|| format!("it points at entry {entry}, which is not in the file"))?;
    *place = Value::from(*new);
    serde_json::to_vec(&value).map_err(text)
}

/// From one version to the next until it is today's. There is one version so far.
fn upcast(version: u32, value: Value) -> Value {
    debug_assert!(version <= VERSION);
    value
}
