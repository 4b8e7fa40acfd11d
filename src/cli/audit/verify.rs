//! `posology audit verify`

use std::collections::BTreeMap;

use serde_json::json;

use super::copies;
use crate::cli::{Output, data, json};
use crate::failure::Failure;
use crate::quantity::number;
use crate::store::{Compared, Head, Seal, Store, StoreError, Verified};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A head written down before (an export, a backup): is the record of then still all there?
    #[arg(long, value_name = "HASH", value_parser = hash)]
    head: Option<String>,
    /// A file that `audit seal` wrote: does all that stood then still stand? (may be repeated)
    #[arg(long, value_name = "FILE")]
    seal: Vec<std::path::PathBuf>,
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
    let mut outside = Outside { any: args.head.is_some(), ..Outside::default() };
    let since = args.head.as_deref().and_then(|head| store.since(head));
    if let (Some(head), None) = (&args.head, since) {
        found.faults.push(format!("no event has the hash {head}: what was recorded up to it was removed or changed"));
    }
    for file in &args.seal {
        let seals = Seal::all_in(file)?;
        if seals.is_empty() {
            return Err(Failure::unreadable(format!("{} holds no seal", file.display())));
        }
        outside.hold(&store, &format!("the seal {}", file.display()), &seals, &mut found)?;
    }
    if let Some(file) = store.witness() {
        let name = format!("the witness {}", file.display());
        match Seal::all_in(&file) {
            Ok(seals) => outside.hold(&store, &name, &seals, &mut found)?,
            Err(error) => found.notes.push(format!("{name} was not compared: {error}")),
        }
    }
    if output.is_json() {
        output.json(&json!({
            "format": json::FORMAT,
            "copies": copies::document(&store),
            "sound": found.faults.is_empty(),
            "identity": store.identity(),
            "count": found.count,
            "head": found.head,
            "since": since,
            "compared": outside.told,
            "faults": found.faults,
            "notes": found.notes,
        }))?;
    } else {
        print(&found, since, &outside, output)?;
        copies::lines(&store).iter().try_for_each(|line| output.line(line))?;
    }
    if found.faults.is_empty() { Ok(()) } else { Err(StoreError::Damaged(found.faults).into()) }
}

/// What the record was compared with that lies outside of it.
#[derive(Default)]
struct Outside {
    /// What stands.
    told: Vec<String>,
    /// Whether anything was held against it, whatever came of it.
    any: bool,
}

impl Outside {
    /// Holds the seals of a file against the record: every one of this record has to stand in it.
    fn hold(&mut self, store: &Store, name: &str, seals: &[Seal], found: &mut Verified) -> Result<(), Failure> {
        self.any = true;
        let mut standing = 0_u64;
        let mut newest = None;
        let mut broken: Vec<&Seal> = Vec::new();
        let mut restored: BTreeMap<u64, Vec<&Seal>> = BTreeMap::new();
        for seal in seals {
            match store.compare(seal)? {
                Compared::Holds => {
                    standing += 1;
                    newest = Some(seal);
                }
                Compared::Another => {}
                Compared::Broken => broken.push(seal),
                Compared::Restored(entry) => restored.entry(entry).or_default().push(seal),
            }
        }
        // However many lines a file has of what is lost, it is one thing to look into.
        if let [first, rest @ ..] = broken.as_slice() {
            let Seal { head: Head { count, hash }, time, .. } = first;
            let more = rest.last().map_or_else(String::new, |last| {
                format!("; the same holds of {} more of its states, up to event {}", rest.len(), last.head.count)
            });
            found.faults.push(format!(
                "{name} says that event {count} had the hash {hash} at {time}: it is not there, or another one{more}"
            ));
        }
        for (entry, gone) in restored {
            let counts: Vec<u64> = gone.iter().map(|seal| seal.head.count).collect();
            let (first, last) = (counts.iter().min().copied(), counts.iter().max().copied());
            let events = if first == last {
                format!("an event {} that is gone", first.unwrap_or_default())
            } else {
                format!("events {} to {} that are gone", first.unwrap_or_default(), last.unwrap_or_default())
            };
            found.notes.push(format!("{name} knows {events}; entry {entry} records the restore that took their place"));
        }
        if let Some(Seal { head, time, .. }) = newest {
            let states = if standing == 1 { "state" } else { "states" };
            let (count, of) = (number::print(standing.into()), number::print(head.count.into()));
            self.told.push(format!("{name}: {count} {states}, the newest of {of} events at {time}"));
        } else if seals.iter().all(|seal| seal.identity != store.identity()) {
            found.faults.push(format!("{name} is of another record"));
        }
        Ok(())
    }
}

fn print(found: &Verified, since: Option<u64>, outside: &Outside, output: &mut Output) -> Result<(), Failure> {
    for note in &found.notes {
        output.message(&format!("NOTE: {note}"));
    }
    let compared = since.is_some() || !outside.told.is_empty();
    let word = match (found.faults.is_empty(), compared) {
        (true, true) => "Sound",
        (true, false) => "Unbroken",
        (false, _) => "Damaged",
    };
    let head = Head { count: found.count, hash: found.head.clone() };
    output.line(&format!("{word}: {}", data::head(&head)))?;
    for told in &outside.told {
        output.line(&format!("Compared with {told}."))?;
    }
    match since {
        Some(0) => output.line("The head given is the present one: nothing was added since.")?,
        Some(more) => output.line(&format!("The head given is in the record; events added since: {more}."))?,
        None => {}
    }
    if outside.any {
        return Ok(());
    }
    output.line(
        "Not compared with anything outside: whoever may write the file could have cut its end off or made all of it \
         anew. A witness, a seal or a printed head shows that (posology audit witness, audit seal).",
    )
}
