//! `posology deviations`: what a monitor asks for.

use serde_json::json;

use crate::cli::Output;
use crate::failure::Failure;
use crate::ledger::deviation::{Deviation, deviations};

use super::open::{Reading, subject};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A subject's code; every subject where left out
    code: Option<String>,
    /// text or csv
    #[arg(long = "as", value_name = "FORMAT", default_value = "text", value_parser = ["text", "csv"])]
    format: String,
    #[command(flatten)]
    reading: Reading,
}

const COLUMNS: [&str; 7] = ["subject", "date", "kind", "text", "reason", "who", "entry"];

fn cells(code: &str, one: &Deviation) -> Vec<String> {
    let entry = one.entry.map_or_else(String::new, |entry| entry.to_string());
    let text = |text: &String| text.clone();
    vec![code.to_owned(), text(&one.date), text(&one.kind), text(&one.text), text(&one.reason), text(&one.who), entry]
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, site) = (args.reading.store()?, args.reading.site()?);
    let codes = match &args.code {
        Some(code) => vec![code.clone()],
        None => store.subjects()?,
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for code in &codes {
        let opened = subject(&store, code, &site)?;
        let all = deviations(&opened.folded, opened.plan.as_ref().ok());
        rows.extend(all.iter().map(|one| cells(code, one)));
    }
    if output.is_json() {
        let one = |row: &Vec<String>| -> serde_json::Value {
            COLUMNS.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
        };
        return output.json(&json!({ "format": 1, "deviations": rows.iter().map(one).collect::<Vec<_>>() }));
    }
    if args.format == "csv" {
        return csv(&COLUMNS, &rows, output);
    }
    for row in &rows {
        if let [code, date, kind, text, reason, who, entry] = row.as_slice() {
            let reason = if reason.is_empty() { String::new() } else { format!(" Reason: {reason}.") };
            let by = if who.is_empty() { String::new() } else { format!(" ({who}, entry {entry})") };
            output.line(&format!("{code}  {date}  {kind}: {text}{reason}{by}"))?;
        }
    }
    if rows.is_empty() { output.line("no deviations") } else { Ok(()) }
}

/// Rows as CSV, with a header.
pub(super) fn csv(columns: &[&str], rows: &[Vec<String>], output: &mut Output) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = || -> csv::Result<()> {
        writer.write_record(columns)?;
        rows.iter().try_for_each(|row| writer.write_record(row))
    };
    write().map_err(|error| Failure::unreadable(error.to_string()))?;
    output.bytes(&writer.into_inner().map_err(|error| Failure::unreadable(error.to_string()))?)
}
