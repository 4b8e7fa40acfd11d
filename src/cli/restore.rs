//! `posology restore FILE`: a backup becomes the record again; what it takes the place of is kept.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Output, data, json};
use crate::failure::Failure;
use crate::store::{Replaced, Restored, Store};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    data: data::Data,
    #[command(flatten)]
    who: data::Who,
    /// Take the place of the present record, which is kept beside it
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let done = Store::restore(&args.file, &args.data.folder()?, &args.who.stamp()?, args.force)?;
    output.recorded(format!("the restore stands, as entry {}", done.head.count));
    if output.is_json() {
        return output.json(&document(&done));
    }
    output.line(&format!("Restored: {}", data::head(&done.backup)))?;
    if let Some(old) = &done.replaced {
        output.line(&format!("The record before ({}) is kept as {}.", data::head(&old.head), old.kept.display()))?;
        output.line(&lost(&done, old))?;
    }
    output.line(&format!("The restore is recorded itself; now {}", data::head(&done.head)))
}

fn lost(done: &Restored, old: &Replaced) -> String {
    match (old.continues, old.head.count.saturating_sub(done.backup.count)) {
        (true, 0) => "It held the same events.".to_owned(),
        (true, more) => format!("Its last {more} events are not in the record any more: record them again."),
        (false, _) => "It does not continue the backup: compare the two before going on.".to_owned(),
    }
}

fn document(done: &Restored) -> Value {
    json!({
        "format": json::FORMAT,
        "backup": { "count": done.backup.count, "head": done.backup.hash },
        "count": done.head.count,
        "head": done.head.hash,
        "replaced": done.replaced.as_ref().map(|old| json!({
            "count": old.head.count,
            "head": old.head.hash,
            "continues": old.continues,
            "kept": old.kept.display().to_string(),
        })),
    })
}
