//! The dispensing and return log of drugs taken at home.

use crate::calendar::print;
use crate::present::{DoseRow, DoseState, PlannedRow, Schedule};

use super::super::Options;
use super::document::{Block, Cell, Sheet, Table, blank, text};
use super::wanted;

/// A sheet a drug.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let mut drugs: Vec<Vec<&DoseRow>> = Vec::new();
    let runs = schedule.doses.iter().filter(|dose| dose.run().is_some() && dose.state() != DoseState::Omitted);
    for dose in runs.filter(|dose| wanted(options, dose.cycle)) {
        match drugs.iter_mut().find(|drug| drug.first().is_some_and(|first| first.shown == dose.shown)) {
            Some(drug) => drug.push(dose),
            None => drugs.push(vec![dose]),
        }
    }
    drugs.iter().filter_map(|drug| sheet(options, drug)).collect()
}

fn sheet(options: &Options, runs: &[&DoseRow]) -> Option<Sheet> {
    let first = runs.first()?;
    let head = [
        ("Cycle, days", 34),
        ("To be taken", 34),
        ("Planned", 24),
        ("Lot, expires", 22),
        ("Dispensed: count, date", 22),
        ("Returned: count, date", 22),
        ("Taken", 14),
        ("Initials", 14),
    ];
    let mut table = Table::new(&format!("Dispensing and return of {}", first.shown), &head);
    for dose in runs {
        let at = dose.to_prepare();
        let Some(run) = &at.run else { continue };
        let span = format!("Cycle {}, {} to {}", dose.cycle, print(run.from), print(run.through));
        let take = format!(
            "{}: {}",
            dose.planned().map_or_else(|| at.portion.to_string(), PlannedRow::dose_words),
            at.taken_words(dose.planned().and_then(|planned| planned.every)).unwrap_or_default(),
        );
        let planned = dose.planned().and_then(PlannedRow::dispensed_words);
        let planned = planned.unwrap_or_else(|| "strengths not stated".to_owned());
        let mut row = vec![text(span), text(take), text(planned)];
        row.resize(head.len(), Cell::Blank);
        table.rows.push(row);
    }
    let blocks = vec![
        Block::Fields(super::who(options)),
        Block::Table(table),
        Block::Text("Taken = dispensed − returned. A difference from the planned number is explained here:".to_owned()),
        Block::Fields(vec![blank("Remarks"), blank("Pharmacist, date")]),
    ];
    Some(Sheet { title: format!("Dispensing and return log: {}", first.shown), large: false, blocks })
}
