//! `posology backup FILE`: a copy of the whole record, looked at before it gets its name.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::PathBuf;

use serde_json::json;

use super::{Output, data, json};
use crate::clock;
use crate::failure::Failure;
use crate::store::LastBackup;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write
    file: PathBuf,
    #[command(flatten)]
    data: data::Data,
    /// Overwrite the file
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let head = args.data.look(output)?.backup(&args.file, args.force)?;
    output.recorded(format!("the backup {} is written and verifies", args.file.display()));
    let file = args.file.canonicalize().unwrap_or_else(|_| args.file.clone()).display().to_string();
    let (at, offset) = clock::now_and_offset();
    let made = LastBackup { at, offset, file, count: head.count, head: head.hash.clone() };
    if let Err(error) = made.note(&args.data.folder()?) {
        output.message(&format!("NOTE: the copy is made; that it was made today could not be noted: {error}"));
    }
    if output.is_json() {
        return output.json(&json!({
            "format": json::FORMAT,
            "backup": args.file.display().to_string(),
            "count": head.count,
            "head": head.hash,
        }));
    }
    output.line(&format!("{}: {}", args.file.display(), data::head(&head)))?;
    output.line("The copy was read back and verifies. Keep the head apart from it: audit verify --head compares.")
}
