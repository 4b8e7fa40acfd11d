//! The tables, their guards, and how one version of them becomes the next.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Result, Transaction, TransactionBehavior};

/// The step from each version to the next.
const STEPS: &[&str] = &[include_str!("1.sql")];

/// The version this program writes: the number of steps.
pub const VERSION: usize = STEPS.len();

/// `poso`: tells a record from any other `SQLite` file.
pub const APPLICATION: i32 = 0x706F_736F;

/// How long to wait for another program.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a file that exists. Nothing of it is read yet.
pub fn connect(file: &Path, write: bool) -> Result<Connection> {
    let access = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let connection = Connection::open_with_flags(file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    // No journal_mode=OFF and no writing of the schema table, by whatever statement.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(connection)
}

/// How it is written: waiting for the disk, and with the rollback journal, which a network drive or a
/// copying program disturbs least. The first thing that reads the file.
pub fn settle(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "cell_size_check", true)?;
    // So that REPLACE fires the triggers against removal, too.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
}

/// The number the file carries.
pub fn version(connection: &Connection) -> Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Whether the file says it is a record of this program.
pub fn is_ours(connection: &Connection) -> Result<bool> {
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(application == i64::from(APPLICATION))
}

/// Brings an older (or empty) file to this program's version, all steps or none.
pub fn migrate(connection: &Connection) -> Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Read again: another program may have done it meanwhile.
    let done = usize::try_from(version(&transaction)?).unwrap_or(usize::MAX);
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", i64::try_from(VERSION).unwrap_or(i64::MAX))?;
    transaction.commit()
}

/// Tables, indexes and triggers that are not as this program made them.
pub fn differences(connection: &Connection) -> Result<Vec<String>> {
    let made = Connection::open_in_memory()?;
    migrate(&made)?;
    let (expected, found) = (objects(&made)?, objects(connection)?);
    let missing = expected.iter().filter(|object| !found.contains(object));
    let strange = found.iter().filter(|object| !expected.contains(object));
    let mut told: Vec<String> =
        missing.map(|(kind, name, _)| format!("the {kind} {name} is missing or was changed")).collect();
    told.extend(strange.map(|(kind, name, _)| format!("the {kind} {name} is not this program's")));
    Ok(told)
}

fn objects(connection: &Connection) -> Result<Vec<(String, String, Option<String>)>> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}
