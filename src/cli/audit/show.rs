//! `posology audit show`

use serde_json::{Value, json};

use crate::cli::{Output, data, json};
use crate::clock;
use crate::failure::Failure;
use crate::store::{Record, State, Store};

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
    let store = args.data.look(output)?;
    let damaged = matches!(store.state(), State::Damaged(_));
    let mut records = if damaged { store.salvage() } else { store.all()? };
    let wanted = |record: &Record| args.subject.as_ref().is_none_or(|subject| record.subject == *subject);
    records.retain(wanted);
    if output.is_json() {
        output.json(&document(&store, &records))?;
    } else {
        records.iter().try_for_each(|record| event(record, output))?;
        output.line(&format!("The whole record: {}", data::head(&store.head())))?;
    }
    match store.state() {
        State::Damaged(faults) => Err(crate::store::StoreError::Damaged(faults).into()),
        _ if records.is_empty() && args.subject.is_some() => Err(Failure::unreadable(format!(
            "there is no event of {} in the record",
            args.subject.as_deref().unwrap_or_default()
        ))),
        _ => Ok(()),
    }
}

/// `12  S-014  given  07-Dec-2026` and, below, who wrote it when, and what.
fn event(record: &Record, output: &mut Output) -> Result<(), Failure> {
    let Record { seq, subject, kind, .. } = record;
    output.line(&format!("{seq}  {subject}  {kind}  {}", day(&record.effective)))?;
    output.line(&format!("    {} by {}", clock::local(&record.recorded, &record.offset), record.who))?;
    output.line(&format!("    {}", String::from_utf8_lossy(&record.body)))?;
    output.line(&format!("    {}", record.hash))
}

fn day(iso: &str) -> String {
    crate::calendar::read(iso).map_or_else(|_| iso.to_owned(), crate::calendar::print)
}

fn document(store: &Store, records: &[Record]) -> Value {
    let head = store.head();
    let faults = match store.state() {
        State::Damaged(faults) => faults,
        _ => Vec::new(),
    };
    json!({
        "format": json::FORMAT,
        "count": head.count,
        "head": head.hash,
        "sound": faults.is_empty(),
        "faults": faults,
        "events": records.iter().map(row).collect::<Vec<_>>(),
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
        "body": body.unwrap_or_else(|_| json!(String::from_utf8_lossy(&record.body))),
        "hash": record.hash,
    })
}
