//! `posology subject add … --history FILE`: doses given before the record began, in one reviewed step.

#![allow(clippy::disallowed_methods, reason = "the command reads the file it is given")]

use std::path::Path;

use serde::Deserialize;

use crate::calendar::{self, Site};
use crate::cli::delimiter;
use crate::course::{Part, Product, Times};
use crate::decide::{Command, Decision, Scope};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::library::read_at_most;
use crate::quantity::Amount;
use crate::subjects::{self, Actor, Opened};

/// No subject had more doses than fit into a file of this size.
const LARGEST: u64 = 4_000_000;

/// One row of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    cycle: u32,
    day: i32,
    drug: String,
    date: String,
    dose: String,
    #[serde(default)]
    phase: Option<String>,
    #[serde(default)]
    part: Option<String>,
    #[serde(default)]
    kit: Option<String>,
    #[serde(default)]
    lot: Option<String>,
    #[serde(default)]
    start_time: Option<String>,
    #[serde(default)]
    stop_time: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// The doses of a file, decided on as if each were typed after the ones before; `opened` is the subject as enrolled.
pub(super) fn load(file: &Path, opened: &Opened, site: &Site, actor: &Actor) -> Result<Decision, Failure> {
    let rows = rows(file)?;
    let (lines, commands): (Vec<usize>, Vec<Command>) = rows.into_iter().unzip();
    let mark = |place: usize, finding: Finding| {
        let text = format!("line {} of {}: {}", lines[place], file.display(), finding.text);
        Finding { text, ..finding }
    };
    subjects::several(opened, site, actor, &commands, mark)
}

/// A command a row, with the line it stands on.
fn rows(file: &Path) -> Result<Vec<(usize, Command)>, Failure> {
    let wrong = |why: String| Failure::unreadable(format!("--history: {}: {why}", file.display()));
    let bytes = read_at_most(file, LARGEST).map_err(|error| wrong(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("it is not text in UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).delimiter(delimiter::of(text)).from_reader(text.as_bytes());
    let read = |(line, row): (usize, Result<Row, csv::Error>)| {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let command = command(&row).map_err(|why| wrong(format!("line {line}: {why}")))?;
        Ok((line, command))
    };
    (2..).zip(reader.deserialize::<Row>()).map(read).collect()
}

fn command(row: &Row) -> Result<Command, String> {
    let present = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let number = |text: &Option<String>| present(text).map(|text| Product::number(&text)).transpose();
    let start = present(&row.start_time).map(|text| calendar::read_hour(&text)).transpose();
    let stop = present(&row.stop_time).map(|text| Times::read_stop(&text)).transpose()?;
    let part = present(&row.part).map(|part| <Part as crate::course::Text>::read(&part)).transpose()?;
    Ok(Command::Give {
        scope: Scope {
            phase: present(&row.phase),
            cycle: row.cycle,
            day: Some(row.day),
            drug: Some(row.drug.clone()),
            part,
        },
        on: Some(calendar::read(&row.date).map_err(|error| error.to_string())?),
        dose: Some(Amount::read(&row.dose).map_err(|error| error.to_string())?),
        partly: false,
        second: false,
        product: Product { kit: number(&row.kit)?, lot: number(&row.lot)? },
        times: Times::new(start.map_err(|error| error.to_string())?, stop),
        reason: present(&row.reason),
    })
}
