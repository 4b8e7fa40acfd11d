//! Why the store did not do what was asked.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the store did not do what was asked. Nothing of it is left half done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store in the folder.
    #[error("there is no record in {}", .0.display())]
    Absent(PathBuf),
    /// A folder or file cannot be made, read or written.
    #[error("{}: {why}", .path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Others may read what only its owner may.
    #[error("{} may be read by other people on this computer (mode {mode:03o}); subjects' records must not be", .path.display())]
    Exposed {
        /// Which.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// The command that mends it.
        command: String,
    },
    /// Another program holds the store.
    #[error("another program holds the record in {}; nothing was saved", .0.display())]
    Locked(PathBuf),
    /// A write was interrupted, and who opens the record may not undo it.
    #[error("a write to {} was interrupted, and you may only read it; it is not damaged, and waits for somebody who may write", .0.display())]
    Interrupted(PathBuf),
    /// Another writer was first.
    #[error("somebody else recorded something for this subject meanwhile; nothing was saved")]
    Raced {
        /// The last event of the subject now.
        last: u64,
    },
    /// The store is damaged: nothing is computed from it and nothing is added.
    #[error("the record is damaged: {}", .0.join("; "))]
    Damaged(Vec<String>),
    /// The store may be read and not written.
    #[error("the record is open for reading only: {0}")]
    ReadOnly(String),
    /// The file was exchanged while it was open, as a restore does.
    #[error("the record in {} was exchanged for another one while it was open; nothing was saved", .0.display())]
    Replaced(PathBuf),
    /// The disk is full or refuses.
    #[error("the record cannot be written: {0}; nothing was saved")]
    NotWritten(String),
    /// The disk did not say whether it has what was written, and cannot be asked.
    #[error("the disk did not answer ({why}), and whether this was recorded as entry {entry} cannot be told")]
    Unanswered {
        /// The place it would have.
        entry: u64,
        /// What the system says.
        why: String,
    },
    /// What was to be stored makes no event.
    #[error("{0}")]
    Refused(String),
    /// Something stands where this was to go; nothing is replaced unasked.
    #[error("{0}")]
    InTheWay(String),
    /// Anything else that `SQLite` says.
    #[error("the record cannot be used: {0}")]
    Other(String),
}

impl StoreError {
    /// The system's word about a path.
    pub(super) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), why: error.to_string() }
    }

    /// What `SQLite` says about a file, in our words.
    pub(super) fn sql(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
        let told = error.to_string();
        if matches!(
            error,
            FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..)
        ) {
            return Self::Damaged(vec![told]);
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path.to_owned()),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(vec![told]),
            Some(ErrorCode::DiskFull) => Self::NotWritten("the disk is full".to_owned()),
            Some(ErrorCode::SystemIoFailure) => Self::NotWritten(format!("the disk is full or failing ({told})")),
            Some(ErrorCode::ReadOnly) => Self::ReadOnly("the file may not be written".to_owned()),
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unreadable { path: path.to_owned(), why: told }
            }
            _ => Self::Other(told),
        }
    }
}
