//! `posology audit witness FILE`

use std::path::PathBuf;

use serde_json::json;

use crate::cli::{Output, data, json};
use crate::failure::Failure;
use crate::store::Store;
use crate::subjects;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file, in another folder or share; what is named now is shown where left out
    file: Option<PathBuf>,
    /// No file is told any more
    #[arg(long, conflicts_with = "file")]
    none: bool,
    #[command(flatten)]
    data: data::Data,
    #[command(flatten)]
    who: data::Who,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let witness = if args.file.is_none() && !args.none {
        args.data.look(output)?.witness()
    } else {
        let stamp = args.who.stamp()?;
        let mut store = subjects::require_intact(Store::open_existing(&args.data.folder()?)?)?;
        store.set_witness(args.file.as_deref(), &stamp)?;
        data::warn(&store, output);
        store.witness()
    };
    if output.is_json() {
        let file = witness.as_ref().map(|file| file.display().to_string());
        return output.json(&json!({ "format": json::FORMAT, "witness": file }));
    }
    match witness {
        Some(file) => output.line(&format!("{} is told the state of the record at every write.", file.display())),
        None => output.line("No file is told: name one with posology audit witness FILE."),
    }
}
