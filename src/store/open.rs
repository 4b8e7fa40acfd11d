//! Opening a record, and finding out what may be done with it.
//!
//! Opening looks at the guards and at both ends of the file, which takes as long whatever its size; what is read
//! afterwards is held against the chain when it is read. [`Store::check`] looks at everything.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use super::chain::{self, Verified};
use super::error::StoreError;
use super::record::Head;
use super::witness::{self, Compared, Seal};
use super::{State, Store, backup, format1, place, schema};

/// The day on which everything was last looked at, and the state that was seen, in the folder of the record; it may be
/// deleted.
const CHECKED: &str = "records.checked";

impl Store {
    /// Opens the record in a folder to write it. Where there is none, one begins with the first entry: until that
    /// stands, nothing bears its name, and a folder made for it goes again.
    ///
    /// A damaged one opens too, to be looked at: see [`Store::state`].
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        if place::there(folder)? {
            return Self::open_existing(folder);
        }
        let made = place::make(folder)?;
        place::closed_to_others(folder, 0o700)?;
        let fresh = backup::fresh(folder)?;
        let file = fresh.path().to_owned();
        let connection = Self::connected(&file)?;
        let store = Self { identity: place::identity(&file), ..Self::over(connection, folder, file) };
        Ok(Self { pending: Some(backup::Pending { fresh: Some(fresh), made }), ..store })
    }

    /// Opens the record in a folder to write it. Makes nothing.
    pub fn open_existing(folder: &Path) -> Result<Self, StoreError> {
        let mut store = Self::at(folder)?;
        if store.older && store.state == State::Sound {
            match backup::bring_up(folder) {
                Ok(()) => store = Self::attach(folder)?,
                Err(StoreError::Unreadable { why, .. }) => {
                    let format = format1::VERSION;
                    let reason = format!("it is of format {format}, and cannot be brought up to today's: {why}");
                    store.state = State::ReadOnly(reason);
                }
                Err(error) => return Err(error),
            }
        }
        place::sweep(folder);
        Ok(store)
    }

    /// Opens the record in a folder, to read it. Makes nothing.
    pub fn open_read_only(folder: &Path) -> Result<Self, StoreError> {
        let mut store = Self::at(folder)?;
        if store.state == State::Sound {
            store.state = State::ReadOnly("it was opened to be read".to_owned());
        }
        Ok(store)
    }

    fn at(folder: &Path) -> Result<Self, StoreError> {
        if !place::there(folder)? {
            return Err(StoreError::Absent(folder.to_owned()));
        }
        place::closed_to_others(folder, 0o700)?;
        Self::attach(folder)
    }

    fn connected(file: &Path) -> Result<Connection, StoreError> {
        let open = || {
            let connection = schema::connect(file, true)?;
            schema::settle(&connection)?;
            Ok(connection)
        };
        open().map_err(|error| StoreError::sql(file, &error))
    }

    pub(super) fn attach(folder: &Path) -> Result<Self, StoreError> {
        let file = place::file(folder);
        let known = file.metadata().map_err(|error| StoreError::io(&file, &error))?;
        if !known.is_file() {
            return Err(StoreError::Unreadable { path: file, why: "it is not a file, and no record".to_owned() });
        }
        place::closed_to_others(&file, 0o600)?;
        let identity = place::identity(&file);
        // Even to read it: a write that was interrupted has to be undone first.
        let connection = schema::connect(&file, true).map_err(|error| StoreError::sql(folder, &error))?;
        let mut store = Self { identity, ..Self::over(connection, folder, file) };
        if known.len() == 0 {
            store.state = State::Damaged(vec!["the file is empty".to_owned()]);
        } else {
            store.look()?;
        }
        store.close_the_damaged()?;
        if store.state == State::Sound {
            store.heed();
        }
        Ok(store)
    }

    pub(super) fn over(connection: Connection, folder: &Path, file: PathBuf) -> Self {
        Self {
            connection,
            folder: folder.to_owned(),
            file,
            identity: None,
            state: State::Sound,
            newer: false,
            foreign: false,
            older: false,
            pending: None,
            hurried: false,
            told: Vec::new(),
            head: Head::start(),
        }
    }

    /// Finds out the state.
    pub(super) fn look(&mut self) -> Result<(), StoreError> {
        let Err(error) = self.examine() else { return Ok(()) };
        if let lock @ StoreError::Locked(_) = self.told(&error) {
            return Err(lock);
        }
        let stopped = matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen));
        if stopped && backup::journal_of(&self.file).exists() {
            return Err(StoreError::Interrupted(self.file.clone()));
        }
        self.state = State::Damaged(vec![format!("the file cannot be read as a record: {error}")]);
        Ok(())
    }

    fn examine(&mut self) -> rusqlite::Result<()> {
        schema::settle(&self.connection)?;
        let version = schema::version(&self.connection)?;
        if !schema::is_ours(&self.connection)? || version < 1 {
            self.state = State::Damaged(vec!["the file does not say that it is a record of this program".to_owned()]);
            return Ok(());
        }
        if version > schema::VERSION {
            return self.newer(version);
        }
        let faults = if version == format1::VERSION {
            match backup::in_memory(&self.connection)? {
                Ok(converted) => {
                    self.connection = converted;
                    self.older = true;
                    Vec::new()
                }
                // What can be read of it is shown as it lies there.
                Err(faults) => {
                    self.head = format1::head(&self.connection);
                    self.state = State::Damaged(faults);
                    return Ok(());
                }
            }
        } else {
            let guards = schema::differences(&self.connection)?;
            if guards.is_empty() { chain::ends(&self.connection)? } else { guards }
        };
        self.head = chain::head(&self.connection).unwrap_or_else(|_| Head::start());
        if !faults.is_empty() {
            self.state = State::Damaged(faults);
        } else if !self.older && self.connection.is_readonly("main")? {
            self.state = State::ReadOnly("the file may not be written".to_owned());
        }
        Ok(())
    }

    /// A file of a newer program: read as far as it can be understood, never written.
    fn newer(&mut self, version: i64) -> rusqlite::Result<()> {
        let found = chain::verify(&self.connection, false)?;
        self.newer = true;
        self.foreign = !found.faults.is_empty();
        self.head = Head { count: found.count, hash: found.head };
        self.state = State::ReadOnly(format!(
            "it was written by a newer version of this program (records version {version}; this one writes {})",
            schema::VERSION
        ));
        Ok(())
    }

    fn close_the_damaged(&mut self) -> Result<(), StoreError> {
        if self.state != State::Sound && !self.older {
            self.connection = schema::connect(&self.file, false).map_err(|error| self.told(&error))?;
        }
        Ok(())
    }

    /// Looks at everything; where something is wrong, the record is damaged from here on.
    pub fn check(&mut self) -> Result<Verified, StoreError> {
        let found = self.looked_through()?;
        let readable = !self.newer && !matches!(self.state, State::Damaged(_));
        if readable && !found.faults.is_empty() {
            self.state = State::Damaged(found.faults.clone());
            self.close_the_damaged()?;
        }
        Ok(found)
    }

    /// The same, once a day: a note in the folder says on which day it was done last, and which state was seen then.
    /// Where that state does not stand in the record any more, that is told.
    pub fn check_daily(&mut self, today: &str) -> Result<(), StoreError> {
        let due = !self.newer && !self.older && self.pending.is_none() && !matches!(self.state, State::Damaged(_));
        if !due {
            return Ok(());
        }
        let noted = witness::last_in(&self.folder.join(CHECKED)).filter(|seal| seal.identity == self.identity());
        let compared = noted.as_ref().map(|seal| self.compare(seal)).transpose()?;
        match noted.zip(compared) {
            Some((seal, Compared::Holds)) if seal.time == today => return Ok(()),
            Some((seal, Compared::Broken)) => {
                let Seal { head: Head { count, .. }, time, .. } = seal;
                self.told.push(format!(
                    "the record is not the one that was looked through on {time}: event {count} of then is not there or \
                     another one; where a copy was put in its place on purpose, remove the file {CHECKED} beside it"
                ));
                // The note stays, so that this is told again.
                return self.check().map(drop);
            }
            _ => {}
        }
        if self.check()?.faults.is_empty() {
            // Where it cannot be written, the next command looks again.
            let _ = place::note(&self.folder, CHECKED, format!("{}\n", self.seal(today)).as_bytes());
        }
        Ok(())
    }
}
