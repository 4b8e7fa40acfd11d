//! `posology due`: the week of all subjects.

use crate::calendar;
use crate::cli::Output;
use crate::failure::Failure;
use crate::quantity::{Period, number::shown};
use crate::subjects::{self, WAITING_COLUMNS, Waiting};

use super::open::{Reading, today};
use super::table::{Table, Target};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How far to look ahead: 7d, or "7 days"
    #[arg(long, value_name = "DAYS", default_value = "7d")]
    within: String,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: Reading,
}

pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let within = within(&args.within)?;
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let waiting = subjects::waiting(&store, &library, today()?, within)?;
    let mut lines: Vec<String> = waiting.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("nothing is due".to_owned());
    }
    let rows = waiting.iter().map(|one| one.cells().to_vec()).collect();
    Table { name: "due", columns: &WAITING_COLUMNS, rows, lines }.write(&args.target, output)
}

fn line(one: &Waiting) -> String {
    let date = calendar::with_weekday(one.date);
    let weight = if one.stale.is_some() { format!("; weight {}", one.weight_words()) } else { String::new() };
    let dose = if one.dose.is_empty() {
        String::new()
    } else {
        format!(", {} (window {}{weight})", one.dose, one.window_words())
    };
    format!("{date}  {:<10} {:<14} {}{dose}", one.subject, one.standing, one.what)
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
