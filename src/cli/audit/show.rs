//! `posology audit show`

use serde_json::{Value, json};

use crate::cli::{Output, data, json};
use crate::clock;
use crate::failure::Failure;
use crate::store::{Record, State, Store, StoreError};
use crate::subjects::words::short;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only the events of one subject
    #[arg(long, value_name = "CODE")]
    subject: Option<String>,
    #[command(flatten)]
    data: data::Data,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut store = args.data.look(output)?;
    // A record that is damaged in the middle is shown as far as it can be.
    store.check()?;
    let faults = match store.state() {
        State::Damaged(faults) => faults,
        _ => Vec::new(),
    };
    let mut events = 0_u64;
    if output.is_json() {
        output.json_list(&document(&store, &faults), "events", |list| {
            wanted(args, &store, !faults.is_empty(), &mut |record| {
                events += 1;
                list.value(&row(&record))
            })
        })?;
    } else {
        wanted(args, &store, !faults.is_empty(), &mut |record| {
            events += 1;
            event(&record, output)
        })?;
        output.line(&format!("The whole record: {}", data::head(&store.head())))?;
    }
    match &args.subject {
        _ if !faults.is_empty() => Err(StoreError::Damaged(faults).into()),
        Some(subject) if events == 0 => {
            Err(Failure::unreadable(format!("there is no event of {subject} in the record")))
        }
        _ => Ok(()),
    }
}

/// The events that are asked for, one after the other: a record of years does not fit into memory twice.
fn wanted(
    args: &Args,
    store: &Store,
    damaged: bool,
    take: &mut dyn FnMut(Record) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let asked = |record: &Record| args.subject.as_ref().is_none_or(|subject| record.subject == *subject);
    if damaged {
        return store.salvage(|record| if asked(&record) { take(record) } else { Ok(()) });
    }
    match &args.subject {
        Some(subject) => store.events(subject)?.into_iter().try_for_each(take),
        None => store.each(take),
    }
}

/// `12  S-014  given  07-Dec-2026` and, below, who wrote it when, and what.
fn event(record: &Record, output: &mut Output) -> Result<(), Failure> {
    let Record { seq, subject, kind, .. } = record;
    output.line(&format!("{seq}  {subject}  {kind}  {}", day(&record.effective)))?;
    let account = match (record.account.as_str(), record.machine.as_str()) {
        ("", "") => String::new(),
        (account, machine) => format!(" ({account} at {machine})"),
    };
    let origin = if record.origin.is_empty() {
        String::new()
    } else {
        format!(", imported from record {}", short(&record.origin))
    };
    let when = clock::local(&record.recorded, &record.offset);
    output.line(&format!("    {when} by {}{account}{origin}", record.who))?;
    output.line(&format!("    {}", String::from_utf8_lossy(&record.body)))?;
    output.line(&format!("    {}", record.hash))
}

fn day(iso: &str) -> String {
    crate::calendar::read(iso).map_or_else(|_| iso.to_owned(), crate::calendar::print)
}

/// What stands before the events.
fn document(store: &Store, faults: &[String]) -> Value {
    let head = store.head();
    json!({
        "format": json::FORMAT,
        "identity": store.identity(),
        "count": head.count,
        "head": head.hash,
        "sound": faults.is_empty(),
        "faults": faults,
    })
}

/// The body as JSON where it is some; it is hashed as written, which `subject export` carries.
fn row(record: &Record) -> Value {
    let body = serde_json::from_slice(&record.body);
    json!({
        "seq": record.seq,
        "subject": record.subject,
        "kind": record.kind,
        "version": record.version,
        "effective": record.effective,
        "recorded": record.recorded,
        "offset": record.offset,
        "who": record.who,
        "account": record.account,
        "machine": record.machine,
        "act": record.act,
        "origin": record.origin,
        "body": body.unwrap_or_else(|_| json!(String::from_utf8_lossy(&record.body))),
        "hash": record.hash,
    })
}
