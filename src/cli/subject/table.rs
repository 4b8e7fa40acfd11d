//! A table over all subjects: as lines, as CSV, as one JSON document; on the screen or in a file.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::Output;
use crate::cli::write::{fits, unsaved};
use crate::export::{self, save};
use crate::failure::Failure;

/// Where a table goes.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// text or csv; left out, text, or what the file's name ends in
    #[arg(long = "as", value_name = "FORMAT", value_parser = ["text", "csv"])]
    format: Option<String>,
    #[command(flatten)]
    file: File,
}

/// A file instead of the screen.
#[derive(Debug, clap::Args)]
pub(crate) struct File {
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

impl File {
    /// Writes bytes to the screen or the file.
    pub(crate) fn deliver(&self, bytes: &[u8], output: &mut Output) -> Result<(), Failure> {
        deliver(self.output.as_deref(), self.force, bytes, output)
    }

    /// The format of the file: what was asked for, else what its name ends in, else text. A name that ends as files of
    /// another format do is refused.
    pub(crate) fn format<'t>(&self, asked: Option<&'t str>, json: bool) -> Result<&'t str, Failure> {
        let ending = |path: &Path| export::ending::meant_by(path).map(|format| format.id);
        let meant = self.output.as_deref().and_then(ending).filter(|id| ["csv", "ics"].contains(id));
        let id = if json { "json" } else { asked.or(meant).unwrap_or("text") };
        match (export::format(id), &self.output) {
            (Some(format), Some(path)) => fits(format, path).map(|()| id),
            _ => Ok(id),
        }
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
        self.write_as(target.format.as_deref(), &target.file, output)
    }

    /// The same in the format that was asked for.
    pub(crate) fn write_as(&self, asked: Option<&str>, file: &File, output: &mut Output) -> Result<(), Failure> {
        match file.format(asked, output.is_json())? {
            "json" => {
                let rows: Vec<serde_json::Value> = self.rows.iter().map(|row| self.object(row)).collect();
                let document = json!({ "format": 1, self.name: rows });
                if file.output.is_none() {
                    return output.json(&document);
                }
                file.deliver(format!("{document:#}\n").as_bytes(), output)
            }
            "csv" => {
                let bytes = export::cells(self.columns, &self.rows);
                file.deliver(&bytes.map_err(|error| Failure::unreadable(error.to_string()))?, output)
            }
            "text" => {
                let text: String = self.lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
                file.deliver(text.as_bytes(), output)
            }
            _ => {
                let failure = Failure::usage(format!("{} are no events of a calendar", self.name));
                Err(failure.hint("write --as text or --as csv"))
            }
        }
    }

    fn object(&self, row: &[String]) -> serde_json::Value {
        self.columns.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
    }
}
