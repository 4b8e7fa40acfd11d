//! The dispensing and return log of drugs taken at home.

use crate::calendar::print;
use crate::course::event::SupplyAct;
use crate::present::{DoseRow, PlannedRow, Schedule, SupplyRow};
use crate::quantity::number;

use super::super::{Options, shared};
use super::document::{Block, Cell, Sheet, Table, blank, text};
use super::visit::wanted;

/// A sheet a drug.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let mut drugs: Vec<Vec<&DoseRow>> = Vec::new();
    let runs = schedule.doses.iter().filter(|dose| dose.run().is_some() && !dose.never_given());
    for dose in runs.filter(|dose| wanted(options, dose.cycle)) {
        match drugs.iter_mut().find(|drug| drug.first().is_some_and(|first| first.shown_apart() == dose.shown_apart()))
        {
            Some(drug) => drug.push(dose),
            None => drugs.push(vec![dose]),
        }
    }
    drugs.iter().filter_map(|drug| sheet(schedule, options, drug)).collect()
}

fn sheet(schedule: &Schedule, options: &Options, runs: &[&DoseRow]) -> Option<Sheet> {
    let first = runs.first()?;
    let days = format!("{}, days", first.cycle_word.title());
    let head = [
        (days.as_str(), 34),
        ("To be taken", 34),
        ("Planned", 24),
        ("Lot", 18),
        ("Expires", 18),
        ("Dispensed: count, date", 22),
        ("Returned: count, date", 22),
        ("Taken", 14),
        ("Initials", 14),
    ];
    let mut table = Table::new(&format!("Dispensing and return of {}", first.shown_apart()), &head);
    for dose in runs {
        let at = dose.to_prepare();
        let Some(run) = &at.run else { continue };
        let span = format!("{}, {} to {}", dose.cycle_word.titled(dose.cycle), print(run.from), print(run.through));
        let take = format!(
            "{}: {}",
            dose.planned().map_or_else(|| at.portion.to_string(), PlannedRow::dose_words),
            at.taken_words(dose.planned().and_then(|planned| planned.every)).unwrap_or_default(),
        );
        let planned = dose.planned().and_then(PlannedRow::dispensed_words);
        let planned = planned.unwrap_or_else(|| "strengths not stated".to_owned());
        let mut row = vec![text(span), text(take), text(planned)];
        // What nobody has recorded is written by hand: it is unknown, and not 0.
        row.extend([lots(schedule, dose), Cell::Blank]);
        let dates = [SupplyAct::Dispensed, SupplyAct::Returned].map(|act| counted(schedule, dose, act, true));
        row.extend(dates);
        row.push(counted(schedule, dose, SupplyAct::Taken, false));
        row.push(Cell::Blank);
        table.rows.push(row);
    }
    let mut blocks = vec![Block::Fields(super::who(options))];
    blocks.extend(shared::ended(schedule).map(Block::Notice));
    blocks.extend([
        Block::Table(table),
        Block::Text("Taken = dispensed − returned. A difference from the planned number is explained here:".to_owned()),
        Block::Fields(vec![blank("Remarks"), blank("Pharmacist, date")]),
    ]);
    Some(Sheet::new(&format!("Dispensing and return log: {}", first.shown_apart()), blocks))
}

/// The lots that were dispensed, where the record tells them.
fn lots(schedule: &Schedule, dose: &DoseRow) -> Cell {
    let mut lots: Vec<&str> = Vec::new();
    for lot in of(schedule, dose, SupplyAct::Dispensed).filter_map(|row| row.product.lot.as_deref()) {
        if !lots.contains(&lot) {
            lots.push(lot);
        }
    }
    if lots.is_empty() { Cell::Blank } else { text(lots.join("; ")) }
}

/// What the record says of a run.
fn of<'s>(schedule: &'s Schedule, dose: &'s DoseRow, act: SupplyAct) -> impl Iterator<Item = &'s SupplyRow> {
    schedule.supplies.iter().filter(move |row| {
        let key = &row.key;
        row.act == act && (&key.phase, key.cycle, key.day, &key.drug) == (&dose.phase, dose.cycle, dose.day, &dose.id)
    })
}

/// What the record says was dispensed, returned or taken of a run, with the days; room to write where it says nothing.
fn counted(schedule: &Schedule, dose: &DoseRow, act: SupplyAct, dated: bool) -> Cell {
    let words = |row: &SupplyRow| {
        let count = number::print(row.count.into());
        let kit = row.product.kit.as_ref().map_or_else(String::new, |kit| format!(", kit {kit}"));
        if dated { format!("{count}, {}{kit}", print(row.date)) } else { count }
    };
    let told: Vec<String> = of(schedule, dose, act).map(words).collect();
    if told.is_empty() { Cell::Blank } else { text(told.join("; ")) }
}
