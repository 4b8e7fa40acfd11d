//! The record of what happened: an append-only log of events in one `SQLite` file.
//!
//! Nothing in it is ever changed or removed; what was wrong is corrected by another event. Every event
//! carries the hash of its own columns and of the event before it, so that whoever changes, removes,
//! adds or reorders one in the file breaks the chain, and [`Store::verify`] says where. Two things the
//! chain cannot show by itself: that its tail was cut off (so every export prints the number of events
//! and the last hash, and `audit verify --head HASH` compares), and that somebody who may write the file
//! made the whole chain anew (so keep the head somewhere else).
//!
//! A body is bytes to this module; what they mean is the business of `course`. The clock orders nothing:
//! events stand in the order in which they were written.
//!
//! ```
//! use posology::store::{NewEvent, State, Store};
//! # let folder = tempfile::tempdir()?;
//! # let folder = folder.path().join("records");
//! let mut store = Store::open(&folder)?;
//! let event = NewEvent {
//!     subject: "S-014".into(),
//!     kind: "note".into(),
//!     version: 1,
//!     effective: "2026-12-07".into(),
//!     recorded: "2026-12-07T09:30:00Z".into(),
//!     offset: "+01:00".into(),
//!     who: "A. Nurse".into(),
//!     body: br#"{"text":"came on foot"}"#.to_vec(),
//! };
//! let saved = store.append(0, &[event.clone()])?;
//! assert_eq!(saved[0].seq, 1);
//! assert!(store.append(0, &[event]).is_err(), "the subject has an event now: somebody was first");
//! assert_eq!(Store::open(&folder)?.state(), State::Sound);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the record is a file")]

mod backup;
mod chain;
mod error;
mod place;
mod record;
mod schema;
mod transfer;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Params};

pub use backup::{Replaced, Restored};
pub use chain::Verified;
pub use error::StoreError;
pub use place::{FILE, file, network};
pub use record::{Head, NewEvent, Record, START, STORE, Stamp};
pub use transfer::{Imported, Renumber};

use chain::{COLUMNS, Linked, head_of};

/// What may be done with a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Everything.
    Sound,
    /// Nothing is added to it and nothing computed from it; the faults.
    Damaged(Vec<String>),
    /// It may be read; why it may not be written.
    ReadOnly(String),
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    file: PathBuf,
    identity: Option<(u64, u64)>,
    state: State,
    /// Written by a newer program.
    newer: bool,
    /// Written in a way this program cannot read.
    foreign: bool,
    head: Head,
}

impl Store {
    /// Opens the record in a folder, making both where they are not there, and looks at all of it.
    ///
    /// A damaged one opens too, to be looked at: see [`Store::state`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        place::make(folder)?;
        place::closed_to_others(folder, 0o700)?;
        if !place::file(folder).exists() {
            backup::create(folder)?;
        }
        Self::attach(folder, true)
    }

    /// Opens the record in a folder, to read it. Makes nothing.
    pub fn open_read_only(folder: &Path) -> Result<Self, StoreError> {
        if !place::file(folder).exists() {
            return Err(StoreError::Absent(folder.to_owned()));
        }
        place::closed_to_others(folder, 0o700)?;
        let mut store = Self::attach(folder, false)?;
        if store.state == State::Sound {
            store.state = State::ReadOnly("it was opened to be read".to_owned());
        }
        Ok(store)
    }

    fn attach(folder: &Path, write: bool) -> Result<Self, StoreError> {
        let file = place::file(folder);
        place::closed_to_others(&file, 0o600)?;
        let identity = place::identity(&file);
        let known = file.metadata().map_err(|error| StoreError::io(&file, &error))?;
        // Even to read it: a write that was interrupted has to be undone first.
        let connection = schema::connect(&file, true).map_err(|error| StoreError::sql(folder, &error))?;
        let mut store = Self { identity, ..Self::over(connection, folder, file) };
        if known.len() == 0 {
            store.state = State::Damaged(vec!["the file is empty".to_owned()]);
        } else {
            store.look(write)?;
        }
        store.close_the_damaged()?;
        Ok(store)
    }

    fn over(connection: Connection, folder: &Path, file: PathBuf) -> Self {
        let (folder, state) = (folder.to_owned(), State::Sound);
        Self { connection, folder, file, identity: None, state, newer: false, foreign: false, head: Head::start() }
    }

    /// Finds out the state.
    fn look(&mut self, write: bool) -> Result<(), StoreError> {
        let Err(error) = self.examine(write) else { return Ok(()) };
        if let lock @ StoreError::Locked(_) = self.told(&error) {
            return Err(lock);
        }
        self.state = State::Damaged(vec![format!("the file cannot be read as a record: {error}")]);
        Ok(())
    }

    fn examine(&mut self, write: bool) -> rusqlite::Result<()> {
        schema::settle(&self.connection)?;
        let version = schema::version(&self.connection)?;
        let ours = i64::try_from(schema::VERSION).unwrap_or(i64::MAX);
        if !schema::is_ours(&self.connection)? || version < 1 {
            self.state = State::Damaged(vec!["the file does not say that it is a record of this program".to_owned()]);
            return Ok(());
        }
        if version > ours {
            return self.newer(version, ours);
        }
        if version < ours && write {
            schema::migrate(&self.connection)?;
        }
        let found = chain::verify(&self.connection, version == ours || write)?;
        self.head = Head { count: found.count, hash: found.head };
        if !found.faults.is_empty() {
            self.state = State::Damaged(found.faults);
        } else if self.connection.is_readonly("main")? {
            self.state = State::ReadOnly("the file may not be written".to_owned());
        }
        Ok(())
    }

    /// A file of a newer program: read as far as it can be understood, never written.
    fn newer(&mut self, version: i64, ours: i64) -> rusqlite::Result<()> {
        let found = chain::verify(&self.connection, false)?;
        self.newer = true;
        self.foreign = !found.faults.is_empty();
        self.head = Head { count: found.count, hash: found.head };
        self.state = State::ReadOnly(format!(
            "it was written by a newer version of this program (records version {version}; this one writes {ours})"
        ));
        Ok(())
    }

    fn close_the_damaged(&mut self) -> Result<(), StoreError> {
        if self.state != State::Sound {
            self.connection = schema::connect(&self.file, false).map_err(|error| self.told(&error))?;
        }
        Ok(())
    }

    /// Opens for reading only where an event is of a kind or version that the caller does not know.
    pub fn require(&mut self, known: impl Fn(&str, u32) -> bool) -> Result<(), StoreError> {
        if self.state != State::Sound {
            return Ok(());
        }
        let strange = self.kinds()?.into_iter().find(|(kind, version)| !known(kind, *version));
        if let Some((kind, version)) = strange {
            self.state = State::ReadOnly(format!(
                "it has events that this version of the program does not know ({kind}, version {version})"
            ));
        }
        Ok(())
    }

    fn kinds(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let query = "SELECT DISTINCT kind, version FROM event WHERE subject <> ?1 ORDER BY 1, 2";
        let read = || {
            let mut statement = self.connection.prepare(query)?;
            statement.query_map([STORE], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.told(&error))
    }

    /// What may be done with it.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// What the user should know about where it lies.
    pub fn warnings(&self) -> Vec<String> {
        place::warning(&self.folder).into_iter().collect()
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The number of events and the hash of the last.
    pub fn head(&self) -> Head {
        match chain::last(&self.connection) {
            Ok(last) => head_of(last.as_ref()),
            Err(_) => self.head.clone(),
        }
    }

    /// Looks at all of it again.
    pub fn verify(&self) -> Verified {
        let found = chain::verify(&self.connection, !self.newer);
        let Head { count, hash } = self.head.clone();
        let failed = |fault: String| Verified { count, head: hash, faults: vec![fault], notes: Vec::new() };
        let mut found = found.unwrap_or_else(|error| failed(self.told(&error).to_string()));
        if let (State::Damaged(faults), true) = (&self.state, found.faults.is_empty()) {
            found.faults.clone_from(faults);
        }
        found
    }

    /// The events of a subject, in the order they were written.
    pub fn events(&self, subject: &str) -> Result<Vec<Record>, StoreError> {
        self.read("WHERE subject = ?1", [subject])
    }

    /// Every event, those of the store itself among them.
    pub fn all(&self) -> Result<Vec<Record>, StoreError> {
        self.read("", [])
    }

    /// The codes of all subjects, sorted.
    pub fn subjects(&self) -> Result<Vec<String>, StoreError> {
        self.readable()?;
        let read = || {
            let mut statement =
                self.connection.prepare("SELECT DISTINCT subject FROM event WHERE subject <> ?1 ORDER BY 1")?;
            statement.query_map([STORE], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|error| self.told(&error))
    }

    /// The text of a regimen by its hash; `None` where it was never pinned.
    pub fn regimen(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.readable()?;
        let query = "SELECT text FROM regimen WHERE sha256 = ?1";
        let text: Option<Vec<u8>> =
            self.connection.query_row(query, [hash], |row| row.get(0)).optional().map_err(|error| self.told(&error))?;
        match text {
            Some(text) if record::sha256(&text) != hash => {
                Err(StoreError::Damaged(vec![format!("the pinned regimen text {hash} was changed")]))
            }
            text => Ok(text),
        }
    }

    /// How many events were added since the one whose hash begins so; `None` where no single one does.
    pub fn since(&self, hash: &str) -> Option<u64> {
        let query = "SELECT min(seq), count(*) FROM event WHERE substr(hash, 1, length(?1)) = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Option<u64>>(0)?, row.get::<_, u64>(1)?));
        match self.connection.query_row(query, [hash], read).ok()? {
            (Some(seq), 1) => self.head().count.checked_sub(seq),
            _ if START.starts_with(hash) => Some(self.head().count),
            _ => None,
        }
    }

    /// What can still be read of a damaged record, to be looked at and never computed with.
    pub fn salvage(&self) -> Vec<Record> {
        let mut records = Vec::new();
        let query = format!("SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY seq");
        let Ok(mut statement) = self.connection.prepare(&query) else { return records };
        let Ok(mut rows) = statement.query([]) else { return records };
        while let Ok(Some(found)) = rows.next() {
            records.extend(chain::row(found).ok().map(|linked| linked.record));
        }
        records
    }

    /// Answers no longer wait until the disk has what was written: for tests that end a process, and
    /// not the machine, thousands of times.
    #[doc(hidden)]
    pub fn do_not_wait_for_the_disk(&mut self) -> Result<(), StoreError> {
        self.connection.pragma_update(None, "synchronous", "OFF").map_err(|error| self.told(&error))
    }

    fn read(&self, condition: &str, parameters: impl Params) -> Result<Vec<Record>, StoreError> {
        let linked = self.linked(condition, parameters)?;
        Ok(linked.into_iter().map(|linked| linked.record).collect())
    }

    /// Events with the hash before each; one that is not as it was written is an error, not an event.
    fn linked(&self, condition: &str, parameters: impl Params) -> Result<Vec<Linked>, StoreError> {
        self.readable()?;
        let read = || {
            let query = format!("SELECT {COLUMNS} FROM event {condition} ORDER BY seq");
            let mut statement = self.connection.prepare(&query)?;
            statement.query_map(parameters, chain::row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let linked = read().map_err(|error| self.told(&error))?;
        match linked.iter().find(|linked| !linked.holds()) {
            Some(wrong) => {
                let fault = format!("event {} was changed after it was recorded", wrong.record.seq);
                Err(StoreError::Damaged(vec![fault]))
            }
            None => Ok(linked),
        }
    }

    fn readable(&self) -> Result<(), StoreError> {
        match &self.state {
            State::Damaged(faults) => Err(StoreError::Damaged(faults.clone())),
            State::ReadOnly(reason) if self.foreign => {
                Err(StoreError::ReadOnly(format!("{reason}, and cannot be read")))
            }
            _ => self.still_there(),
        }
    }

    fn told(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::sql(&self.folder, error)
    }
}
