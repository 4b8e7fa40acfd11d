//! Whether a record is whole: the file's structure, its guards, the chain of hashes, the pinned texts.

use rusqlite::{Connection, Result, Row};

use super::record::{Head, Record, START, sha256};
use super::schema;

/// More faults than this help nobody.
const ENOUGH: usize = 100;

/// The columns of an event, in the order [`row`] reads them.
pub const COLUMNS: &str = "seq, previous, subject, kind, version, effective, recorded, offset, who, body, hash";

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

/// An event and the hash it names as the one before.
pub struct Linked {
    pub record: Record,
    pub previous: String,
}

impl Linked {
    /// Whether the event is as it was written.
    pub fn holds(&self) -> bool {
        self.record.hashed(&self.previous) == self.record.hash
    }
}

/// Reads [`COLUMNS`].
pub fn row(row: &Row<'_>) -> Result<Linked> {
    let record = Record {
        seq: row.get(0)?,
        subject: row.get(2)?,
        kind: row.get(3)?,
        version: row.get(4)?,
        effective: row.get(5)?,
        recorded: row.get(6)?,
        offset: row.get(7)?,
        who: row.get(8)?,
        body: row.get(9)?,
        hash: row.get(10)?,
    };
    Ok(Linked { record, previous: row.get(1)? })
}

/// Looks at everything. An error that is no fault of the file (such as a lock) is an error.
pub fn verify(connection: &Connection, guards: bool) -> Result<Verified> {
    let transaction = connection.unchecked_transaction()?;
    let mut faults = told(structure(&transaction))?;
    if guards {
        faults.extend(told(schema::differences(&transaction))?);
    }
    let mut walk = Walk { faults, ..Walk::default() };
    let read = walk.events(&transaction);
    walk.stopped(read)?;
    walk.faults.extend(told(texts(&transaction))?);
    walk.faults.truncate(ENOUGH);
    Ok(Verified { count: walk.count, head: walk.head.hash, faults: walk.faults, notes: walk.notes })
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
fn texts(connection: &Connection) -> Result<Vec<String>> {
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

/// The walk along the chain.
struct Walk {
    head: Head,
    count: u64,
    /// The event before could not be read: what follows cannot be held against it.
    blind: bool,
    recorded: String,
    faults: Vec<String>,
    notes: Vec<String>,
}

impl Default for Walk {
    fn default() -> Self {
        let (faults, notes) = (Vec::new(), Vec::new());
        Self { head: Head::start(), count: 0, blind: false, recorded: String::new(), faults, notes }
    }
}

impl Walk {
    fn events(&mut self, connection: &Connection) -> Result<()> {
        let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY seq"))?;
        let mut rows = statement.query([])?;
        while let Some(found) = rows.next()? {
            match row(found) {
                Ok(linked) => self.event(&linked),
                Err(error) => self.unreadable(found, &error),
            }
            if self.faults.len() >= ENOUGH {
                break;
            }
        }
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

    fn event(&mut self, linked: &Linked) {
        let record = &linked.record;
        self.place(record.seq, &linked.previous);
        if !linked.holds() {
            self.faults.push(format!(
                "event {} ({} of {}) was changed after it was recorded",
                record.seq, record.kind, record.subject
            ));
        }
        self.clock(record);
        self.count += 1;
        self.blind = false;
        self.head = Head { count: record.seq, hash: record.hash.clone() };
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

    /// The clock orders nothing; that it went back is worth knowing.
    fn clock(&mut self, record: &Record) {
        if record.recorded < self.recorded && self.notes.len() < ENOUGH {
            let (seq, now, before) = (record.seq, &record.recorded, &self.recorded);
            self.notes.push(format!(
                "event {seq} was recorded at {now}, earlier than the one before it ({before}): a clock was set back"
            ));
        }
        self.recorded.clone_from(&record.recorded);
    }
}

/// The last event; `None` in an empty record.
pub fn last(connection: &Connection) -> Result<Option<Linked>> {
    use rusqlite::OptionalExtension;
    let query = format!("SELECT {COLUMNS} FROM event ORDER BY seq DESC LIMIT 1");
    connection.query_row(&query, [], row).optional()
}

/// The hash before the first event, or that of the last.
pub fn head_of(last: Option<&Linked>) -> Head {
    last.map_or_else(Head::start, |last| Head { count: last.record.seq, hash: last.record.hash.clone() })
}

const _: () = assert!(START.len() == 64);
