//! `posology backup FILE`: a copy of the whole record, looked at before it gets its name.

use std::path::PathBuf;

use serde_json::json;

use super::{Output, data, json};
use crate::failure::Failure;

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
