//! `posology deviations`: what a monitor asks for.

use crate::calendar;
use crate::cli::Output;
use crate::failure::Failure;
use crate::ledger::deviation::{Deviation, deviations};
use crate::subjects;

use super::open::Reading;
use super::table::{Table, Target};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A subject's code; every subject where left out
    code: Option<String>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: Reading,
}

const COLUMNS: [&str; 7] = ["subject", "date", "kind", "text", "reason", "who", "entry"];

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let codes = match &args.code {
        Some(code) => vec![code.clone()],
        None => store.subjects()?,
    };
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for code in &codes {
        let opened = subjects::open(&store, code, &library)?;
        for one in deviations(&opened.folded, opened.plan.as_ref().ok()) {
            rows.push(cells(code, &one));
            lines.push(line(code, &one));
        }
    }
    if lines.is_empty() {
        lines.push("no deviations".to_owned());
    }
    Table { name: "deviations", columns: &COLUMNS, rows, lines }.write(&args.target, output)
}

fn cells(code: &str, one: &Deviation) -> Vec<String> {
    let entry = one.entry.map_or_else(String::new, |entry| entry.to_string());
    let text = |text: &String| text.clone();
    vec![code.to_owned(), text(&one.date), text(&one.kind), text(&one.text), text(&one.reason), text(&one.who), entry]
}

fn line(code: &str, one: &Deviation) -> String {
    let date = calendar::read(&one.date).map_or_else(|_| one.date.clone(), calendar::print);
    let reason = if one.reason.is_empty() { String::new() } else { format!(" Reason: {}.", one.reason) };
    let entry = one.entry.map_or_else(String::new, |entry| format!(" ({}, entry {entry})", one.who));
    format!("{code}  {date}  {}: {}{reason}{entry}", one.kind, one.text)
}
