//! `posology audit seal -o FILE`

use std::path::PathBuf;

use serde_json::json;

use crate::cli::write::unsaved;
use crate::cli::{Output, data, json};
use crate::clock;
use crate::export::save;
use crate::failure::Failure;
use crate::store::{State, StoreError};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write; to the screen where left out
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    data: data::Data,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut store = args.data.look(output)?;
    // What is sealed was looked at.
    store.check()?;
    if let State::Damaged(faults) = store.state() {
        return Err(StoreError::Damaged(faults).into());
    }
    let seal = store.seal(&clock::now());
    let text = format!(
        "# The state of a record of posology. Keep it where nobody who keeps the record can change it;\n\
         # posology audit verify --seal FILE tells later whether all that stood then still stands.\n\
         {seal}\n"
    );
    if let Some(path) = &args.output {
        save::save(path, text.as_bytes(), args.force).map_err(|error| unsaved(&error))?;
    }
    if output.is_json() {
        return output.json(&json!({
            "format": json::FORMAT,
            "identity": seal.identity,
            "count": seal.head.count,
            "head": seal.head.hash,
            "time": seal.time,
            "file": args.output.as_ref().map(|path| path.display().to_string()),
        }));
    }
    match &args.output {
        Some(path) => output.line(&format!("Sealed in {}: {}", path.display(), data::head(&seal.head))),
        None => output.bytes(text.as_bytes()),
    }
}
