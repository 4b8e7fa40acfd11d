//! Whether a record is whole: the file's structure, its guards, the chain of hashes, the subjects' heads, the
//! texts that people typed, the pinned regimen texts.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Result, Row};

use super::hash::sha256;
use super::record::{Head, Place, Record, STORE, start};
use super::schema;
use super::texts::{self, FreeText};

/// More faults than this help nobody.
const ENOUGH: usize = 100;

/// The columns of an event, in the order [`row`] reads them.
pub const COLUMNS: &str = "seq, previous, prior, prior_hash, origin, act, subject, kind, version, effective, recorded, \
                           offset, who, account, machine, body, hash";

/// What was found when everything was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many events could be read.
    pub count: u64,
    /// The hash of the last one.
    pub head: String,
    /// What is wrong; nothing while the record is sound.
    pub faults: Vec<String>,
    /// What is worth knowing and nothing wrong: a clock that was set back.
    pub notes: Vec<String>,
}

/// An event as it lies in the file, texts named and not in their places, and where it stands.
pub struct Linked {
    pub record: Record,
    pub place: Place,
}

impl Linked {
    /// Whether the event is as it was written.
    pub fn holds(&self) -> bool {
        self.record.hashed(&self.place) == self.record.hash
    }

    pub fn changed(&self) -> String {
        let Record { seq, kind, subject, .. } = &self.record;
        format!("event {seq} ({kind} of {subject}) was changed after it was recorded")
    }
}

/// Reads [`COLUMNS`].
pub fn row(row: &Row<'_>) -> Result<Linked> {
    let record = Record {
        seq: row.get(0)?,
        origin: row.get(4)?,
        act: row.get(5)?,
        subject: row.get(6)?,
        kind: row.get(7)?,
        version: row.get(8)?,
        effective: row.get(9)?,
        recorded: row.get(10)?,
        offset: row.get(11)?,
        who: row.get(12)?,
        account: row.get(13)?,
        machine: row.get(14)?,
        body: row.get(15)?,
        hash: row.get(16)?,
    };
    Ok(Linked { record, place: Place { previous: row.get(1)?, prior: row.get(2)?, prior_hash: row.get(3)? } })
}

/// Looks at everything. An error that is no fault of the file (such as a lock) is an error.
pub fn verify(connection: &Connection, guards: bool) -> Result<Verified> {
    let transaction = connection.unchecked_transaction()?;
    let mut faults = told(structure(&transaction))?;
    if guards {
        faults.extend(told(schema::differences(&transaction))?);
    }
    let origin = beginning(&transaction);
    faults.extend(told(origin.as_ref().map(|_| Vec::new()).map_err(copy))?);
    let mut walk = Walk { faults, head: origin.unwrap_or_else(|_| Head::start()), ..Walk::default() };
    let read = walk.events(&transaction);
    walk.stopped(read)?;
    walk.faults.extend(told(texts_left(&transaction, walk.texts))?);
    let tables = walk.tables(&transaction);
    walk.faults.extend(told(tables)?);
    walk.faults.extend(told(pinned(&transaction))?);
    walk.faults.truncate(ENOUGH);
    Ok(Verified { count: walk.count, head: walk.head.hash, faults: walk.faults, notes: walk.notes })
}

fn copy(error: &rusqlite::Error) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(error.to_string()))
}

/// What is wrong at both ends, whatever lies between: the beginning, the last event, and its subject's place in the table.
pub fn ends(connection: &Connection) -> Result<Vec<String>> {
    let transaction = connection.unchecked_transaction()?;
    let begin = beginning(&transaction)?;
    let mut faults = Vec::new();
    if let Some(first) = event_at(&transaction, 1)?.filter(|first| first.place.previous != begin.hash || !first.holds())
    {
        faults.push(first.changed());
    }
    if let Some(last) = last(&transaction)? {
        let Record { seq, subject, hash, .. } = &last.record;
        let named = head_of_subject(&transaction, subject)?;
        if !last.holds() {
            faults.push(last.changed());
        } else if named.map(|head| (head.seq, head.hash)) != Some((*seq, hash.clone())) {
            faults.push(format!("the last event of {subject} is not the one the file names"));
        }
    }
    Ok(faults)
}

/// Damage is told as a fault; anything else is passed on.
fn told(found: Result<Vec<String>>) -> Result<Vec<String>> {
    match found {
        Ok(faults) => Ok(faults),
        Err(error) if busy(&error) => Err(error),
        Err(error) => Ok(vec![format!("the file cannot be read: {error}")]),
    }
}

fn busy(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}

fn structure(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>>>()?;
    Ok(rows.into_iter().filter(|row| row != "ok").map(|row| format!("the file's structure: {row}")).collect())
}

/// Pinned texts that are not what their hash says.
fn pinned(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT id, sha256, text FROM regimen ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut faults = Vec::new();
    let mut next = 1_i64;
    while let Some(row) = rows.next()? {
        let (id, key, text): (i64, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if id != next {
            faults.push(format!("a pinned regimen text before number {id} is missing"));
        }
        if sha256(&text) != key {
            faults.push(format!("the pinned regimen text {key} was changed"));
        }
        next = id.saturating_add(1);
    }
    Ok(faults)
}

/// There are as many texts as events name.
fn texts_left(connection: &Connection, named: u64) -> Result<Vec<String>> {
    let there: u64 = connection.query_row("SELECT count(*) FROM text", [], |row| row.get(0))?;
    let more = there.saturating_sub(named);
    Ok(if more > 0 { vec![format!("{more} typed texts that no event names")] } else { Vec::new() })
}

/// A subject's last event, and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectHead {
    /// Its place.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// How many events the subject has.
    pub events: u64,
}

/// The walk along the chain.
struct Walk {
    head: Head,
    count: u64,
    /// The event before could not be read: what follows cannot be held against it.
    blind: bool,
    /// When the newest event written here was recorded.
    recorded: String,
    subjects: BTreeMap<String, SubjectHead>,
    kinds: BTreeSet<(String, u32)>,
    /// How many of the texts that events name are there.
    texts: u64,
    /// Those that are not, with the event; a redaction may follow.
    gone: BTreeMap<String, u64>,
    faults: Vec<String>,
    notes: Vec<String>,
}

impl Default for Walk {
    fn default() -> Self {
        let (faults, notes, recorded) = (Vec::new(), Vec::new(), String::new());
        let (subjects, kinds, gone) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { head: Head::start(), count: 0, blind: false, recorded, subjects, kinds, texts: 0, gone, faults, notes }
    }
}

impl Walk {
    fn events(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY seq"))?;
        let mut rows = statement.query([])?;
        let mut texts = Texts::of(connection)?;
        while let Some(found) = rows.next()? {
            match row(found) {
                Ok(linked) => self.event(&linked, &mut texts)?,
                Err(error) => self.unreadable(found, &error),
            }
            if self.faults.len() >= ENOUGH {
                break;
            }
        }
        let gone = std::mem::take(&mut self.gone);
        self.faults.extend(gone.into_values().map(|seq| format!("a typed text of event {seq} is missing")));
        Ok(())
    }

    fn stopped(&mut self, read: Result<()>) -> Result<()> {
        match read {
            Err(error) if busy(&error) => return Err(error),
            Err(error) => self.faults.push(format!("nothing behind event {} can be read: {error}", self.head.count)),
            Ok(()) => {}
        }
        Ok(())
    }

    fn unreadable(&mut self, found: &Row<'_>, error: &rusqlite::Error) {
        let seq = found.get(0).unwrap_or_else(|_| self.head.count.saturating_add(1));
        self.faults.push(format!("event {seq} cannot be read: {error}"));
        self.blind = true;
        self.head.count = seq;
    }

    fn event(&mut self, linked: &Linked, texts: &mut Texts<'_>) -> Result<()> {
        let record = &linked.record;
        self.place(record.seq, &linked.place.previous);
        if linked.holds() {
            self.texts_of(record, texts)?;
        } else {
            self.faults.push(linked.changed());
        }
        self.behind_its_own(linked);
        self.clock(record);
        if record.subject != STORE {
            self.kinds.insert((record.kind.clone(), record.version));
        }
        self.count += 1;
        self.blind = false;
        self.head = Head { count: record.seq, hash: record.hash.clone() };
        Ok(())
    }

    /// Whether the event stands behind the one before.
    fn place(&mut self, seq: u64, previous: &str) {
        let next = self.head.count.saturating_add(1);
        let last = seq.saturating_sub(1);
        if seq > next {
            let lost = if last == next { format!("event {next} is") } else { format!("events {next} to {last} are") };
            self.faults.push(format!("{lost} missing"));
        } else if !self.blind && previous != self.head.hash {
            let before = if seq == 1 { "the beginning".to_owned() } else { format!("event {last}") };
            self.faults.push(format!("event {seq} does not follow {before}: one of the two was exchanged"));
        }
    }

    /// Whether the event stands behind its subject's own last one.
    fn behind_its_own(&mut self, linked: &Linked) {
        let Record { seq, subject, hash, .. } = &linked.record;
        let known = self.subjects.get(subject);
        let (prior, prior_hash) = known.map_or((0, ""), |known| (known.seq, known.hash.as_str()));
        if (linked.place.prior, linked.place.prior_hash.as_str()) != (prior, prior_hash) {
            self.faults.push(format!("event {seq} does not follow the event of {subject} before it"));
        }
        let events = known.map_or(1, |known| known.events + 1);
        self.subjects.insert(subject.clone(), SubjectHead { seq: *seq, hash: hash.clone(), events });
    }

    fn texts_of(&mut self, record: &Record, all: &mut Texts<'_>) -> Result<()> {
        if record.kind == texts::KIND_OF_REDACTION {
            let named = |id: &String| texts::mentions_id(&record.body, id);
            self.gone.retain(|id, _| !named(id));
        }
        for id in texts::named(&record.body) {
            match all.get(&id)? {
                Some(text) if text.holds() => self.texts += 1,
                Some(_) => self.faults.push(format!("a typed text of event {} was changed", record.seq)),
                None => drop(self.gone.insert(id, record.seq)),
            }
        }
        Ok(())
    }

    /// The clock orders nothing; that it went back is worth knowing. What was imported was written elsewhere.
    fn clock(&mut self, record: &Record) {
        if !record.origin.is_empty() {
            return;
        }
        if record.recorded < self.recorded && self.notes.len() < ENOUGH {
            let (seq, now, before) = (record.seq, &record.recorded, &self.recorded);
            self.notes.push(format!(
                "event {seq} was recorded at {now}, earlier than the one before it ({before}): a clock was set back"
            ));
        }
        self.recorded.clone_from(&record.recorded);
    }

    /// Heads and kinds that are not those of the events.
    fn tables(&self, connection: &Connection) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        let heads = heads(connection)?;
        let known = heads.keys().chain(self.subjects.keys()).collect::<BTreeSet<_>>();
        for subject in known {
            if heads.get(subject) != self.subjects.get(subject) {
                faults.push(format!("the last event of {subject} is not the one the file names"));
            }
        }
        let mut statement = connection.prepare("SELECT kind, version FROM kind")?;
        let kinds = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<BTreeSet<_>>>()?;
        if kinds != self.kinds {
            faults.push("the list of kinds of events is not that of the events".to_owned());
        }
        Ok(faults)
    }
}

/// Each subject's last event as the file names it.
pub fn heads(connection: &Connection) -> Result<BTreeMap<String, SubjectHead>> {
    let mut statement = connection.prepare("SELECT subject, seq, hash, events FROM head")?;
    let read =
        |row: &Row<'_>| Ok((row.get(0)?, SubjectHead { seq: row.get(1)?, hash: row.get(2)?, events: row.get(3)? }));
    statement.query_map([], read)?.collect()
}

/// A subject's last event as the file names it.
pub fn head_of_subject(connection: &Connection, subject: &str) -> Result<Option<SubjectHead>> {
    let mut statement = connection.prepare("SELECT seq, hash, events FROM head WHERE subject = ?1")?;
    let read = |row: &Row<'_>| Ok(SubjectHead { seq: row.get(0)?, hash: row.get(1)?, events: row.get(2)? });
    statement.query_row([subject], read).optional()
}

/// The texts that people typed, by their ids.
pub struct Texts<'a>(rusqlite::Statement<'a>);

impl<'a> Texts<'a> {
    pub fn of(connection: &'a Connection) -> Result<Self> {
        connection.prepare("SELECT salt, value FROM text WHERE id = ?1").map(Self)
    }

    pub fn get(&mut self, id: &str) -> Result<Option<FreeText>> {
        let read = |row: &Row<'_>| Ok(FreeText { id: id.to_owned(), salt: row.get(0)?, value: row.get(1)? });
        self.0.query_row([id], read).optional()
    }
}

/// Where the chain begins: the record's identity and what it seals.
pub fn origin(connection: &Connection) -> Result<(String, String)> {
    connection.query_row("SELECT identity, seals FROM record WHERE id = 1", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The head before the first event.
pub fn beginning(connection: &Connection) -> Result<Head> {
    let (identity, seals) = origin(connection)?;
    Ok(Head { count: 0, hash: start(&identity, &seals) })
}

/// The event at a place.
pub fn event_at(connection: &Connection, seq: u64) -> Result<Option<Linked>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM event WHERE seq = ?1"))?;
    statement.query_row([seq], row).optional()
}

/// The last event; `None` in an empty record.
pub fn last(connection: &Connection) -> Result<Option<Linked>> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY seq DESC LIMIT 1"))?;
    statement.query_row([], row).optional()
}

/// The number of events and the hash of the last.
pub fn head(connection: &Connection) -> Result<Head> {
    Ok(match last(connection)? {
        Some(last) => Head { count: last.record.seq, hash: last.record.hash },
        None => beginning(connection)?,
    })
}
