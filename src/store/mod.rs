//! The record of what happened: an append-only log of events in one `SQLite` file.
//!
//! Nothing in it is ever changed or removed; what was wrong is corrected by another event. Every event
//! carries the hash of its own columns and of the event before it, so that whoever changes, removes,
//! adds or reorders one in the file breaks the chain, and [`Store::verify`] says where. Two things the
//! chain cannot show by itself: that its tail was cut off, and that somebody who may write the file made
//! the whole chain anew. Only a state kept outside shows those: a witness file, a seal, a printed head.
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
//!     ..NewEvent::default()
//! };
//! let saved = store.append(0, &[event.clone()])?;
//! assert_eq!(saved[0].seq, 1);
//! assert!(store.append(0, &[event]).is_err(), "the subject has an event now: somebody was first");
//! assert_eq!(Store::open(&folder)?.state(), State::Sound);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the record is a file")]

mod backed_up;
mod backup;
mod chain;
mod error;
mod exported;
mod format1;
mod hash;
mod kept;
mod open;
mod place;
mod read;
mod record;
mod schema;
mod texts;
mod transfer;
mod witness;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use backed_up::LastBackup;
pub use backup::{Replaced, Restored};
pub use chain::{SubjectHead, Verified};
pub use error::StoreError;
pub use kept::Heads;
pub use place::{FILE, file, network};
pub use record::{Head, NewEvent, Place, Record, START, STORE, Stamp, start};
pub use texts::{FREE, FreeText, REDACTED};
pub use transfer::{Admit, Imported, Renumber};
pub use witness::{Compared, Seal};
pub use write::Step;

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
    /// Of an older format: what is open is a copy in today's, in memory.
    older: bool,
    /// Not there before its first entry stands.
    pending: Option<backup::Pending>,
    /// Answers do not wait for the disk.
    hurried: bool,
    /// What whoever opened it should know.
    told: Vec<String>,
    head: Head,
}

impl Store {
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
        let query = "SELECT kind, version FROM kind ORDER BY 1, 2";
        let read = || {
            let mut statement = self.connection.prepare(query)?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.told(&error))
    }

    /// What may be done with it.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// What the user should know about where it lies.
    pub fn warnings(&self) -> Vec<String> {
        place::warning(&self.folder).into_iter().chain(self.told.iter().cloned()).collect()
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What tells this record from every other: 64 hexadecimal digits. A backup of it has the same.
    pub fn identity(&self) -> String {
        chain::origin(&self.connection).map(|(identity, _)| identity).unwrap_or_default()
    }

    /// The number of events and the hash of the last.
    pub fn head(&self) -> Head {
        chain::head(&self.connection).unwrap_or_else(|_| self.head.clone())
    }

    /// Everything, with an error that is no fault of the file as an error.
    fn looked_through(&self) -> Result<Verified, StoreError> {
        if let (State::Damaged(faults), true) = (&self.state, self.is_of_format_1()) {
            let Head { count, hash } = self.head();
            return Ok(Verified { count, head: hash, faults: faults.clone(), notes: Vec::new() });
        }
        match chain::verify(&self.connection, !self.newer) {
            Ok(found) => Ok(found),
            Err(error) => match self.told(&error) {
                lock @ StoreError::Locked(_) => Err(lock),
                other => {
                    let Head { count, hash } = self.head.clone();
                    Ok(Verified { count, head: hash, faults: vec![other.to_string()], notes: Vec::new() })
                }
            },
        }
    }

    /// Whether what is open is a file of format 1: one that is whole is open as a copy in today's.
    fn is_of_format_1(&self) -> bool {
        schema::version(&self.connection).is_ok_and(|version| version == format1::VERSION)
    }

    /// Looks at all of it again.
    pub fn verify(&self) -> Verified {
        let found = self.looked_through();
        let Head { count, hash } = self.head.clone();
        let failed = |fault: String| Verified { count, head: hash, faults: vec![fault], notes: Vec::new() };
        let mut found = found.unwrap_or_else(|error| failed(error.to_string()));
        if let (State::Damaged(faults), true) = (&self.state, found.faults.is_empty()) {
            found.faults.clone_from(faults);
        }
        found
    }

    /// Answers no longer wait until the disk has what was written: for tests that end a process, and
    /// not the machine, thousands of times.
    #[doc(hidden)]
    pub fn do_not_wait_for_the_disk(&mut self) -> Result<(), StoreError> {
        self.hurried = true;
        self.connection.pragma_update(None, "synchronous", "OFF").map_err(|error| self.told(&error))
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
