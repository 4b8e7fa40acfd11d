//! The tables, their guards, and the number the file carries.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Result, Transaction, TransactionBehavior};

/// The tables as this program makes them.
const TABLES: &str = include_str!("2.sql");

/// The version this program writes. Format 1 is read by `format1` and brought up to this one.
pub const VERSION: i64 = 2;

/// `poso`: tells a record from any other `SQLite` file.
pub const APPLICATION: i32 = 0x706F_736F;

/// How long to wait for another program.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a file that exists. Nothing of it is read yet.
pub fn connect(file: &Path, write: bool) -> Result<Connection> {
    let access = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    // An absolute path: one that begins with `file:` would be read as a URI.
    let full = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let connection = Connection::open_with_flags(full, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
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
    // What is taken away is written over.
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
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

/// Makes a record in an empty file: with an identity of its own where none is given, and with what it seals.
pub fn create(connection: &Connection, identity: Option<&str>, seals: &str) -> Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    transaction.execute_batch(TABLES)?;
    let insert = "INSERT INTO record (id, identity, seals) VALUES (1, coalesce(?1, lower(hex(randomblob(32)))), ?2)";
    transaction.execute(insert, (identity, seals))?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// Tables, indexes and triggers that are not as this program made them.
pub fn differences(connection: &Connection) -> Result<Vec<String>> {
    let made = Connection::open_in_memory()?;
    made.execute_batch(TABLES)?;
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
