//! `posology due`: the week of all subjects.

use crate::cli::Output;
use crate::cli::read::today;
use crate::cli::write::with_namespace;
use crate::course::Key;
use crate::failure::Failure;
use crate::library::Library;
use crate::present::DoseRow;
use crate::quantity::{Period, number::shown};
use crate::store::Store;
use crate::subjects::{self, WORKLIST_COLUMNS, WorklistItem};
use crate::{calendar, clock, export, plan, present};

use super::open::Reading;
use super::table::{File, Table};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How far to look ahead: 7d, or "7 days"
    #[arg(long, value_name = "DAYS", default_value = "7d", value_parser = within)]
    within: i32,
    /// Calendars: the namespace an earlier one of the study was made with; the program makes and keeps one by itself
    #[arg(long, value_name = "UUID")]
    namespace: Option<String>,
    /// text, csv or ics; left out, text, or what the file's name ends in
    #[arg(long = "as", value_name = "FORMAT", value_parser = ["text", "csv", "ics"])]
    format: Option<String>,
    #[command(flatten)]
    file: File,
    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    if args.file.format(args.format.as_deref(), output.is_json())? == "ics" {
        return calendar_of(args, &store, &library, output);
    }
    let worklist = subjects::worklist(&store, &library, today()?, args.within)?;
    let mut lines: Vec<String> = worklist.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("nothing is due".to_owned());
    }
    let rows = worklist.iter().map(|one| one.cells().to_vec()).collect();
    Table { name: "due", columns: &WORKLIST_COLUMNS, rows, lines }.write_as(
        args.format.as_deref(),
        &args.file,
        output,
    )?;
    let unread: Vec<String> = worklist.iter().filter(|one| one.unread).map(|one| one.subject.clone()).collect();
    super::all_read(&unread, store.subjects()?.len())
}

/// What waits as events, each with the identity it has in its subject's own calendar.
fn calendar_of(args: &Args, store: &Store, library: &Library, output: &mut Output) -> Result<(), Failure> {
    let chosen = args.reading.chosen()?;
    let folder = args.reading.folder()?;
    let (mut all, mut unread) = (Vec::new(), Vec::new());
    let codes = store.subjects()?;
    let count = codes.len();
    for code in codes {
        let opened = match subjects::among(store, &code, library)? {
            Ok(opened) => opened,
            Err(why) => {
                output.message(&format!("{code} cannot be read: {why}"));
                unread.push(code);
                continue;
            }
        };
        let Ok(plan) = &opened.plan else { continue };
        let waits = plan::due(plan, &opened.folded.course, today()?, args.within);
        if waits.is_empty() {
            continue;
        }
        let keys: Vec<Key> = waits.iter().map(|due| due.one.key.clone()).collect();
        let meant = move |row: &DoseRow| {
            let same =
                |key: &Key| (&key.phase, key.cycle, key.day, &key.drug) == (&row.phase, row.cycle, row.day, &row.id);
            keys.iter().any(same)
        };
        let schedule = present::schedule(&opened.regimen, &opened.folded, plan);
        let options = export::Options {
            generated: clock::now(),
            subject: Some(code),
            namespace: args.namespace.clone(),
            ..export::Options::default()
        };
        let options = with_namespace(options.with_study(&chosen, &schedule.regimen.id), Some(&folder), output)?;
        all.push(export::ics::Meant { schedule, options, meant: Box::new(meant) });
    }
    if all.is_empty() {
        output.message("nothing is due, so there is no calendar to write");
        return super::all_read(&unread, count);
    }
    let bytes = export::ics::together("Due", &all).map_err(|error| super::super::write::unwritten(&error))?;
    args.file.deliver(&bytes, output)?;
    super::all_read(&unread, count)
}

fn line(one: &WorklistItem) -> String {
    let date = calendar::with_weekday(one.date);
    let weight = if one.stale.is_some() { format!("; weight {}", one.weight_words()) } else { String::new() };
    let dose = if one.dose.is_empty() {
        String::new()
    } else {
        format!(", {} (window {}{weight})", one.dose, one.window_words())
    };
    let delay = one.delay.as_ref().map_or_else(String::new, |delay| format!("; {delay}"));
    let way = one.way.map_or_else(String::new, |way| format!("; {way}"));
    format!("{date}  {:<10} {:<16} {}{dose}{delay}{way}", one.subject, one.status_words(), one.what)
}

fn within(text: &str) -> Result<i32, Failure> {
    let days = match text.strip_suffix('d') {
        Some(days) => days.parse().ok(),
        None => Period::read(text).ok().and_then(Period::whole_days),
    };
    days.filter(|days| (0..=366).contains(days)).ok_or_else(|| {
        let failure = Failure::unreadable(format!("--within: \"{}\" is not a number of days", shown(text)));
        failure.hint("write 7d, from 0d to 366d")
    })
}
