//! `posology audit verify`

use serde_json::json;

use super::copies;
use crate::cli::{Output, data, json};
use crate::failure::Failure;
use crate::store::{Head, StoreError, Verified};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A head written down before (an export, a backup): is the record of then still all there?
    #[arg(long, value_name = "HASH", value_parser = hash)]
    head: Option<String>,
    #[command(flatten)]
    data: data::Data,
}

/// Fewer digits could be anybody's.
const SHORTEST: usize = 12;

pub(super) fn hash(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.chars().all(|c| c.is_ascii_hexdigit());
    if digits && (SHORTEST..=64).contains(&text.len()) {
        Ok(text)
    } else {
        Err(format!("a head is 64 hexadecimal digits, of which at least the first {SHORTEST} are needed"))
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let store = args.data.look(output)?;
    let mut found = store.verify();
    let since = args.head.as_deref().and_then(|head| store.since(head));
    if let (Some(head), None) = (&args.head, since) {
        found.faults.push(format!("no event has the hash {head}: what was recorded up to it was removed or changed"));
    }
    if output.is_json() {
        output.json(&json!({
            "format": json::FORMAT,
            "copies": copies::document(&store),
            "sound": found.faults.is_empty(),
            "count": found.count,
            "head": found.head,
            "since": since,
            "faults": found.faults,
            "notes": found.notes,
        }))?;
    } else {
        print(&found, since, output)?;
        copies::lines(&store).iter().try_for_each(|line| output.line(line))?;
    }
    if found.faults.is_empty() { Ok(()) } else { Err(StoreError::Damaged(found.faults).into()) }
}

fn print(found: &Verified, since: Option<u64>, output: &mut Output) -> Result<(), Failure> {
    for note in &found.notes {
        output.message(&format!("NOTE: {note}"));
    }
    let word = if found.faults.is_empty() { "Sound" } else { "Damaged" };
    let head = Head { count: found.count, hash: found.head.clone() };
    output.line(&format!("{word}: {}", data::head(&head)))?;
    match since {
        Some(0) => output.line("The head given is the present one: nothing was added since."),
        Some(more) => output.line(&format!("The head given is in the record; events added since: {more}.")),
        None => Ok(()),
    }
}
