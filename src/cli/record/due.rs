//! `posology due`: the week of all subjects.

use serde_json::json;

use crate::calendar;
use crate::cli::Output;
use crate::failure::Failure;
use crate::plan;
use crate::quantity::{Period, number::shown};

use super::open::{Reading, subject};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How far to look ahead: 7d, or "7 days"
    #[arg(long, value_name = "DAYS", default_value = "7d")]
    within: String,
    /// text or csv
    #[arg(long = "as", value_name = "FORMAT", default_value = "text", value_parser = ["text", "csv"])]
    format: String,
    #[command(flatten)]
    reading: Reading,
}

fn within(text: &str) -> Result<i32, Failure> {
    let days = match text.strip_suffix('d') {
        Some(days) => days.parse().ok(),
        None => Period::read(text).ok().and_then(Period::whole_days),
    };
    days.filter(|days| (0..=366).contains(days)).ok_or_else(|| {
        let failure = Failure::unreadable(format!("--within: \"{}\" is no number of days", shown(text)));
        failure.hint("write 7d, from 0d to 366d")
    })
}

const COLUMNS: [&str; 7] = ["date", "subject", "standing", "what", "dose", "window", "weight"];

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let within = within(&args.within)?;
    let (store, site, today) = (args.reading.store()?, args.reading.site()?, Reading::today()?);
    let mut rows: Vec<(i32, [String; 7])> = Vec::new();
    for code in store.subjects()? {
        let opened = subject(&store, &code, &site)?;
        let Ok(plan) = &opened.plan else {
            let what = "the plan is blocked; `posology subject show` says why".to_owned();
            let date = calendar::iso(today);
            let none = String::new;
            rows.push((0, [date, code, "blocked".to_owned(), what, none(), none(), none()]));
            continue;
        };
        for due in plan::standing(plan, &opened.folded.course, today, within) {
            let one = due.one;
            let window = one.window.map_or_else(
                || "unknown".to_owned(),
                |window| format!("{} through {}", calendar::iso(window.earliest), calendar::iso(window.latest)),
            );
            let stale = due.stale.map_or_else(String::new, |days| format!("stale: {days} days old"));
            let row = [
                calendar::iso(one.date),
                code.clone(),
                due.standing.words().to_owned(),
                one.key.to_string(),
                one.dose.amount.to_string(),
                window,
                stale,
            ];
            rows.push((calendar::days_between(today, one.date), row));
        }
    }
    rows.sort();
    write(args, &rows, output)
}

fn write(args: &Args, rows: &[(i32, [String; 7])], output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        let one = |(_, row): &(i32, [String; 7])| -> serde_json::Value {
            COLUMNS.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect()
        };
        return output.json(&json!({ "format": 1, "due": rows.iter().map(one).collect::<Vec<_>>() }));
    }
    if args.format == "csv" {
        let cells = rows.iter().map(|(_, row)| row.to_vec()).collect::<Vec<_>>();
        return super::deviations::csv(&COLUMNS, &cells, output);
    }
    for (_, [date, code, standing, what, dose, window, weight]) in rows {
        let date = calendar::read(date).map_or_else(|_| date.clone(), calendar::with_weekday);
        let weight = if weight.is_empty() { String::new() } else { format!("; weight {weight}") };
        output.line(&format!("{date}  {code:<10} {standing:<14} {what}, {dose} (window {window}{weight})"))?;
    }
    if rows.is_empty() { output.line("nothing is due") } else { Ok(()) }
}
