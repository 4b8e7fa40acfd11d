//! A table over all subjects: as lines, as CSV, as one JSON document; on the screen or in a file.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::Output;
use crate::cli::write::unsaved;
use crate::export::{self, save};
use crate::failure::Failure;

/// Where a table goes.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// text or csv; of what is due also ics
    #[arg(long = "as", value_name = "FORMAT", default_value = "text", value_parser = ["text", "csv", "ics"])]
    format: String,
    /// Write to a file instead of the screen
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
}

/// Rows under stable column names, and the lines a person reads.
pub(crate) struct Table<'a> {
    /// The name of the list in JSON.
    pub(crate) name: &'a str,
    /// Column names.
    pub(crate) columns: &'a [&'a str],
    /// A cell a column.
    pub(crate) rows: Vec<Vec<String>>,
    /// What a person reads.
    pub(crate) lines: Vec<String>,
}

impl Target {
    /// Whether a calendar is wanted.
    pub(crate) fn is_calendar(&self) -> bool {
        self.format == "ics"
    }

    /// Writes bytes to the screen or the file.
    pub(crate) fn deliver(&self, bytes: &[u8], output: &mut Output) -> Result<(), Failure> {
        deliver(self.output.as_deref(), self.force, bytes, output)
    }
}

/// Writes bytes to the screen, or to a file for its owner alone.
pub(super) fn deliver(path: Option<&Path>, force: bool, bytes: &[u8], output: &mut Output) -> Result<(), Failure> {
    let Some(path) = path else { return output.bytes(bytes) };
    save::save(path, bytes, force).map_err(|error| unsaved(&error))?;
    output.message(&format!("Wrote {}", path.canonicalize().unwrap_or_else(|_| path.to_owned()).display()));
    Ok(())
}

impl Table<'_> {
    /// Writes it as asked.
    pub(crate) fn write(&self, target: &Target, output: &mut Output) -> Result<(), Failure> {
        if target.is_calendar() {
            let failure = Failure::usage(format!("{} are no events of a calendar", self.name));
            return Err(failure.hint("write --as text or --as csv"));
        }
        if output.is_json() {
            let rows: Vec<serde_json::Value> = self.rows.iter().map(|row| self.object(row)).collect();
            return output.json(&json!({ "format": 1, self.name: rows }));
        }
        let bytes = if target.format == "csv" {
            export::cells(self.columns, &self.rows).map_err(|error| Failure::unreadable(error.to_string()))?
        } else {
            self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes()
        };
        target.deliver(&bytes, output)
    }

    fn object(&self, row: &[String]) -> serde_json::Value {
        self.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
    }
}
