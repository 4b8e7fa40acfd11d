//! `posology subject add … --history FILE`: doses given before the record began, in one reviewed step.

use std::path::Path;

use serde::Deserialize;

use crate::calendar::{self, Site};
use crate::course::Part;
use crate::course::event::Entry;
use crate::decide::{Command, Decision, Preview, Proposed, Scope};
use crate::failure::Failure;
use crate::quantity::Amount;
use crate::regimen::Regimen;
use crate::subjects::{self, Actor};

use super::open::asked;

/// What the past is decided against.
pub(super) struct Past<'a> {
    pub(super) code: &'a str,
    pub(super) regimen: &'a Regimen,
    pub(super) site: &'a Site,
    pub(super) actor: &'a Actor,
}

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
    reason: Option<String>,
}

/// Adds a dose a row behind what is proposed already; each is decided on as if it were typed alone.
pub(super) fn load(
    file: &Path,
    past: &Past<'_>,
    proposed: &mut Vec<Proposed>,
    preview: &mut Preview,
) -> Result<(), Failure> {
    let wrong = |why: String| Failure::unreadable(format!("--history: {}: {why}", file.display()));
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).map_err(|error| wrong(error.to_string()))?;
    for (line, row) in (2..).zip(reader.deserialize::<Row>()) {
        let at = |why: String| wrong(format!("line {line}: {why}"));
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let command = command(&row).map_err(at)?;
        let entries = entries(proposed, past.actor);
        let opened = subjects::from_entries(past.code, &entries, past.regimen, past.site)?;
        match subjects::decide(&opened, past.site, past.actor, &command) {
            Decision::Refused(finding) => {
                return Err(Failure::blocked(vec![finding]).hint(format!("line {line} of {}", file.display())));
            }
            Decision::Asks(findings, _) => {
                return Err(asked(findings).hint(format!("line {line} of {}", file.display())));
            }
            Decision::Events(events, shown) => {
                preview.changes.extend(shown.changes);
                proposed.extend(events);
            }
        }
    }
    Ok(())
}

fn command(row: &Row) -> Result<Command, String> {
    let present = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
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
        reason: present(&row.reason),
    })
}

/// What is proposed, as if it had been recorded.
fn entries(proposed: &[Proposed], actor: &Actor) -> Vec<Entry> {
    let entry = |(seq, one): (u64, &Proposed)| Entry {
        seq,
        effective: one.effective,
        recorded: String::new(),
        who: actor.who.clone(),
        event: one.event.clone(),
        answers: one.answers.clone(),
    };
    (1..).zip(proposed).map(entry).collect()
}
