//! When a copy of the record was last made. It stands beside the record, and nothing depends on it.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use super::place;

const NAME: &str = "last-backup.json";

/// A copy that was made, read back and found whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// When, in UTC.
    pub at: String,
    /// Offset of the wall clock from UTC.
    pub offset: String,
    /// The file, as it was named.
    pub file: String,
    /// How many events it holds.
    pub count: u64,
    /// The hash of the last.
    pub head: String,
}

impl LastBackup {
    /// Notes it beside the record.
    pub fn note(&self, folder: &Path) -> Result<(), StoreError> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| StoreError::Other(error.to_string()))?;
        place::note(folder, NAME, &text)
    }

    /// What is noted; `None` where nothing is, or what is there is no such note.
    pub fn of(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(NAME)).ok()?).ok()
    }
}
