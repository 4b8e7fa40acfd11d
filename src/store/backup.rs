//! Making a record, copying it, and bringing a copy back.
//!
//! A file takes its name only when it is whole and on the disk. What a restore takes the place of is
//! kept beside it, and the restore is itself an event of the record that comes back.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::chain;
use super::error::StoreError;
use super::record::{Head, Stamp};
use super::{State, Store, format1, place, schema};

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The record that came back, before the restore was recorded in it.
    pub backup: Head,
    /// The record now.
    pub head: Head,
    /// What it took the place of.
    pub replaced: Option<Replaced>,
}

/// What a restore took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// Its head, as far as it could be read.
    pub head: Head,
    /// Whether everything in the backup stands in it, too; then what is lost is only its tail.
    pub continues: bool,
    /// Where it is kept.
    pub kept: PathBuf,
}

/// A record that is not there yet: its file bears no name until the first entry stands.
#[derive(Debug)]
pub(super) struct Pending {
    pub fresh: Option<NamedTempFile>,
    /// Folders made for it, the outermost last.
    pub made: Vec<PathBuf>,
}

impl Drop for Pending {
    /// Nothing was recorded: what was made for it goes again.
    fn drop(&mut self) {
        if self.fresh.take().is_some() {
            for folder in &self.made {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

impl Pending {
    /// Gives the record its name; `false` where another program began one meanwhile.
    pub(super) fn named(mut self, file: &Path) -> Result<bool, StoreError> {
        let Some(fresh) = self.fresh.take() else { return Ok(true) };
        match settle(fresh, file, false) {
            Err(StoreError::InTheWay(_)) => Ok(false),
            done => done.map(|()| true),
        }
    }
}

/// An empty record without a name.
pub(super) fn fresh(folder: &Path) -> Result<NamedTempFile, StoreError> {
    let file = place::file(folder);
    let journal = journal_of(&file);
    // Another program may have begun one since it was looked for: that is told when this one gets its name.
    if journal.exists() && !file.exists() {
        let fault = format!("{} is there, but the record it belongs to is gone", journal.display());
        return Err(StoreError::Damaged(vec![fault]));
    }
    let fresh = temporary(folder)?;
    schema::connect(fresh.path(), true)
        .and_then(|connection| schema::settle(&connection).and_then(|()| schema::create(&connection, None, "")))
        .map_err(|error| StoreError::sql(folder, &error))?;
    Ok(fresh)
}

impl Store {
    /// Copies the record to a file, looks at all of the copy, and returns its head.
    pub fn backup(&self, to: &Path, force: bool) -> Result<Head, StoreError> {
        self.readable()?;
        if !force && to.symlink_metadata().is_ok() {
            return Err(exists(to));
        }
        if place::identity(to).is_some_and(|known| Some(known) == self.identity) {
            let text = format!("{} is the record itself; a backup needs a file of its own", to.display());
            return Err(StoreError::Refused(text));
        }
        let copy = temporary(folder_of(to))?;
        let name = copy.path().to_str().ok_or_else(|| {
            StoreError::Refused(format!("{}: a backup needs a path of plain Unicode letters", to.display()))
        })?;
        self.connection.execute("VACUUM INTO ?1", [name]).map_err(|error| self.told(&error))?;
        let head = sound(copy.path())?;
        settle(copy, to, force)?;
        Ok(head)
    }

    /// Brings a backup back as the record of a folder, and records that.
    ///
    /// Where there is a record already, `force` is needed; it is kept beside the new one. Programs that
    /// have it open are told when they next use it.
    pub fn restore(from: &Path, folder: &Path, stamp: &Stamp, force: bool) -> Result<Restored, StoreError> {
        let made = place::make(folder)?;
        place::closed_to_others(folder, 0o700)?;
        let done = Self::restored(from, folder, stamp, force);
        if done.is_err() {
            // A folder made for nothing goes again.
            made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        done
    }

    fn restored(from: &Path, folder: &Path, stamp: &Stamp, force: bool) -> Result<Restored, StoreError> {
        let copy = of_today(copied(from, folder)?, folder)?;
        let backup = sound(copy.path())?;
        let old = Old::find(folder, &backup)?;
        if let Some(old) = old.as_ref().filter(|_| !force) {
            return Err(old.refusal(folder, &backup));
        }
        let kept = old.as_ref().map(|_| free_name(folder, "replaced", &stamp.recorded));
        let replaced = old.as_ref().zip(kept).map(|(old, kept)| old.kept_as(kept));
        let head = record(copy.path(), stamp, &backup, replaced.as_ref())?;
        copy.as_file().sync_all().map_err(|error| StoreError::io(copy.path(), &error))?;
        if let Some(replaced) = &replaced {
            set_aside(&place::file(folder), &replaced.kept)?;
        }
        settle(copy, &place::file(folder), true)?;
        // The old file stayed locked until here: nobody could write to it unseen.
        drop(old);
        Ok(Restored { backup, head, replaced })
    }
}

/// The record that a restore takes the place of, locked if it can still be.
struct Old {
    /// Open, and in an exclusive transaction where that was possible.
    _held: Option<Connection>,
    head: Head,
    continues: bool,
}

impl Old {
    fn find(folder: &Path, backup: &Head) -> Result<Option<Self>, StoreError> {
        let file = place::file(folder);
        if !file.exists() {
            return Ok(None);
        }
        match hold(&file, backup) {
            Ok(old) => Ok(Some(old)),
            Err(error) => match StoreError::sql(folder, &error) {
                lock @ StoreError::Locked(_) => Err(lock),
                // Damaged beyond opening: nobody else can write to it either.
                _ => Ok(Some(Self { _held: None, head: Head::start(), continues: false })),
            },
        }
    }

    fn refusal(&self, folder: &Path, backup: &Head) -> StoreError {
        let tail = match (self.continues, self.head.count.saturating_sub(backup.count)) {
            (true, 0) => "the same ones as the backup".to_owned(),
            (true, lost) => format!("the last {lost} of them not in the backup"),
            (false, _) => "and the backup is of another record or an older state that does not lead to it".to_owned(),
        };
        StoreError::InTheWay(format!(
            "there is a record with {} events in {}, {tail}; the backup (with {} events) takes its place only when that is \
             asked for, and the present one is kept beside it",
            self.head.count,
            folder.display(),
            backup.count
        ))
    }

    fn kept_as(&self, kept: PathBuf) -> Replaced {
        Replaced { head: self.head.clone(), continues: self.continues, kept }
    }
}

fn hold(file: &Path, backup: &Head) -> rusqlite::Result<Old> {
    let connection = schema::connect(file, true)?;
    schema::settle(&connection)?;
    connection.execute_batch("BEGIN EXCLUSIVE")?;
    let older = if schema::version(&connection)? == format1::VERSION { Some(in_memory(&connection)?) } else { None };
    let present = match &older {
        // What is damaged leads to no backup that could be told.
        Some(Err(_)) => {
            return Ok(Old { head: format1::head(&connection), continues: false, _held: Some(connection) });
        }
        Some(Ok(made)) => made,
        None => &connection,
    };
    let head = chain::head(present)?;
    let query = "SELECT count(*) FROM event WHERE seq = ?1 AND hash = ?2";
    let same: u64 = present.query_row(query, (backup.count, &backup.hash), |row| row.get(0))?;
    Ok(Old { continues: backup.count == 0 || same == 1, head, _held: Some(connection) })
}

/// A record of format 1 as one of today's, in memory; or what is wrong with it.
pub(super) fn in_memory(old: &Connection) -> rusqlite::Result<Result<Connection, Vec<String>>> {
    let made = Connection::open_in_memory()?;
    let faults = format1::convert(old, &made)?;
    Ok(if faults.is_empty() { Ok(made) } else { Err(faults) })
}

/// Puts a record of today's format in the place of one of format 1, which is kept beside it.
pub(super) fn bring_up(folder: &Path) -> Result<(), StoreError> {
    let file = place::file(folder);
    let told = |error: rusqlite::Error| StoreError::sql(folder, &error);
    let old = schema::connect(&file, true).map_err(told)?;
    schema::settle(&old).map_err(told)?;
    old.execute_batch("BEGIN EXCLUSIVE").map_err(told)?;
    if schema::version(&old).map_err(told)? != format1::VERSION {
        return Ok(()); // Another program was first.
    }
    let fresh = converted(&old, folder)?;
    let kept = free_name(folder, "format-1", "");
    set_aside(&file, &kept)?;
    settle(fresh, &file, true)
}

/// A copy of a record in today's format, whatever format it had.
fn of_today(copy: NamedTempFile, folder: &Path) -> Result<NamedTempFile, StoreError> {
    let told = |error: rusqlite::Error| StoreError::sql(copy.path(), &error);
    let old = schema::connect(copy.path(), true).map_err(told)?;
    match schema::version(&old) {
        Ok(format1::VERSION) => converted(&old, folder),
        // What is no record at all is told by whoever looks at it.
        _ => Ok(copy),
    }
}

fn converted(old: &Connection, folder: &Path) -> Result<NamedTempFile, StoreError> {
    let told = |error: rusqlite::Error| StoreError::sql(folder, &error);
    let fresh = temporary(folder)?;
    let made = schema::connect(fresh.path(), true).map_err(told)?;
    schema::settle(&made).map_err(told)?;
    // The file is read back and synced before it gets its name; until then nobody waits for it.
    made.pragma_update(None, "synchronous", "OFF").map_err(told)?;
    let faults = format1::convert(old, &made).map_err(told)?;
    drop(made);
    if !faults.is_empty() {
        return Err(StoreError::Damaged(faults));
    }
    sound(fresh.path())?;
    Ok(fresh)
}

/// The head of a file that must be a sound record of this program's version.
fn sound(file: &Path) -> Result<Head, StoreError> {
    match examine(file)? {
        (_, State::Damaged(faults)) => Err(StoreError::Damaged(faults)),
        (_, State::ReadOnly(reason)) => Err(StoreError::ReadOnly(reason)),
        (head, State::Sound) => Ok(head),
    }
}

fn examine(file: &Path) -> Result<(Head, State), StoreError> {
    let connection = schema::connect(file, true).map_err(|error| StoreError::sql(file, &error))?;
    let mut store = Store::over(connection, folder_of(file), file.to_owned());
    store.look()?;
    store.check()?;
    Ok((store.head(), store.state()))
}

/// Records the restore in the copy.
fn record(file: &Path, stamp: &Stamp, backup: &Head, replaced: Option<&Replaced>) -> Result<Head, StoreError> {
    let connection = schema::connect(file, true).map_err(|error| StoreError::sql(file, &error))?;
    let store = Store::over(connection, folder_of(file), file.to_owned());
    let told = |error: rusqlite::Error| StoreError::sql(file, &error);
    schema::settle(&store.connection).map_err(told)?;
    let body = json!({
        "count": backup.count,
        "head": backup.hash,
        "replaced": replaced.map(|old| json!({
            "count": old.head.count,
            "head": old.head.hash,
            "continues": old.continues,
            "kept": old.kept.file_name().map(|name| name.to_string_lossy()),
        })),
    });
    let transaction = Transaction::new_unchecked(&store.connection, TransactionBehavior::Immediate).map_err(told)?;
    store.insert(&transaction, &[stamp.event("restored", bytes(&body))])?;
    transaction.commit().map_err(told)?;
    Ok(store.head())
}

/// A JSON body as bytes.
pub(super) fn bytes(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

fn copied(from: &Path, folder: &Path) -> Result<NamedTempFile, StoreError> {
    let known = from.metadata().map_err(|error| StoreError::io(from, &error))?;
    let itself = place::identity(from).is_some_and(|known| Some(known) == place::identity(&place::file(folder)));
    if itself || !known.is_file() {
        let text = format!("{} is not a backup; name a file that a backup wrote", from.display());
        return Err(StoreError::Refused(text));
    }
    if journal_of(from).exists() {
        let text =
            format!("{} is a record in use or interrupted, not a backup; make a backup of it first", from.display());
        return Err(StoreError::Refused(text));
    }
    let copy = temporary(folder)?;
    let mut source = fs::File::open(from).map_err(|error| StoreError::io(from, &error))?;
    std::io::copy(&mut source, &mut copy.as_file()).map_err(|error| unwritten(copy.path(), &error))?;
    Ok(copy)
}

/// A name beside the record that is not taken.
fn free_name(folder: &Path, why: &str, recorded: &str) -> PathBuf {
    let time: String = recorded.chars().filter(char::is_ascii_alphanumeric).collect();
    let stem = if time.is_empty() { format!("records.{why}") } else { format!("records.{why}-{time}") };
    let name = |number: u32| match number {
        1 => folder.join(format!("{stem}.sqlite")),
        _ => folder.join(format!("{stem}-{number}.sqlite")),
    };
    let taken = |path: &PathBuf| path.symlink_metadata().is_ok();
    (1..u32::MAX).map(name).find(|path| !taken(path)).unwrap_or_else(|| name(u32::MAX))
}

/// Gives the present file a second name; its own is then free to be taken in one step.
fn set_aside(file: &Path, kept: &Path) -> Result<(), StoreError> {
    let linked = fs::hard_link(file, kept);
    // Where there are no second names: then for a moment there is none at all.
    linked.or_else(|_| fs::rename(file, kept)).map_err(|error| StoreError::io(kept, &error))?;
    let journal = journal_of(file);
    // A journal left under the name would be played into the file that comes.
    if journal.exists() {
        fs::rename(&journal, journal_of(kept)).map_err(|error| StoreError::io(&journal, &error))?;
    }
    Ok(())
}

pub(super) fn journal_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

pub(super) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is gone unless it gets a name; for its owner only.
fn temporary(folder: &Path) -> Result<NamedTempFile, StoreError> {
    let made = tempfile::Builder::new().prefix(".posology-").tempfile_in(folder);
    made.map_err(|error| StoreError::io(folder, &error))
}

/// To the disk, and then the name.
fn settle(file: NamedTempFile, name: &Path, force: bool) -> Result<(), StoreError> {
    file.as_file().sync_all().map_err(|error| unwritten(name, &error))?;
    let named = if force { file.persist(name) } else { file.persist_noclobber(name) };
    named.map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(name),
        _ => StoreError::io(name, &error.error),
    })?;
    // The name itself has to reach the disk, too; not every system can be asked.
    let _ = fs::File::open(folder_of(name)).and_then(|folder| folder.sync_all());
    Ok(())
}

fn exists(name: &Path) -> StoreError {
    StoreError::InTheWay(format!("{} exists already", name.display()))
}

fn unwritten(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::NotWritten(format!("{}: {error}", path.display()))
}
