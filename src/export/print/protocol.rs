//! The page of a regimen: what is given when, within which limits, from which sources.

use crate::present::{PhaseRow, Schedule};

use super::super::Options;
use super::document::{Block, Cell, Sheet, Table, field, strong, text};

/// One sheet.
pub(super) fn sheets(schedule: &Schedule, _: &Options) -> Vec<Sheet> {
    let regimen = &schedule.regimen;
    let protocol = &schedule.sheets.protocol;
    let mut fields =
        vec![field("Indication", regimen.indication.clone()), field("Number of cycles", schedule.count.words.clone())];
    fields.extend(regimen.trial.as_ref().map(|trial| field("Registry number", trial.clone())));
    fields.extend(protocol.facts.iter().cloned());
    let mut blocks = vec![Block::Fields(fields)];
    if !regimen.unverified.is_empty() {
        let words = format!("{} not verified: {}.", regimen.unverified.len(), regimen.unverified.join("; "));
        blocks.push(Block::Notice(words));
    }
    for phase in &protocol.phases {
        blocks.extend(drugs(phase));
        blocks.push(Block::Table(activities(phase)));
    }
    #[allow(clippy::type_complexity)] // three tables: title, columns, rows
    let lists: [(&str, &[(&str, u16)], &[[String; 4]]); 3] = [
        ("Criteria to treat", &[("Test", 30), ("Limit", 30), ("When", 30), ("Otherwise", 40)], &protocol.criteria),
        ("Assessments", &[("What", 30), ("When", 50), ("Window", 30), ("Not verified", 20)], &protocol.assessments),
        ("Sources", &[("Id", 16), ("Title", 44), ("Address", 36), ("What it says", 34)], &protocol.sources),
    ];
    for (title, head, rows) in lists.into_iter().filter(|(_, _, rows)| !rows.is_empty()) {
        let mut table = Table::new(title, head);
        table.rows = rows.iter().map(|row| row.iter().map(text).collect()).collect();
        blocks.push(Block::Table(table));
    }
    if !protocol.eligibility.is_empty() {
        blocks.push(Block::Heading("Who may be treated".to_owned()));
        blocks.push(Block::List(protocol.eligibility.clone()));
    }
    vec![Sheet { title: regimen.name.clone(), large: false, blocks }]
}

fn drugs(phase: &PhaseRow) -> Vec<Block> {
    let head = [("Drug", 30), ("Dose", 26), ("Route", 24), ("Days of the cycle", 30), ("Rules", 60)];
    let mut table = Table::new(&format!("{}: drugs", phase.title), &head);
    table.rows = phase
        .drugs
        .iter()
        .map(|drug| {
            let role = if drug.role == "treatment" { String::new() } else { format!(" ({})", drug.role) };
            let marks = if drug.marks.is_empty() {
                String::new()
            } else {
                format!("; NOT VERIFIED: {}", drug.marks.join("; "))
            };
            vec![
                strong(format!("{}{role}", drug.shown)),
                text(&drug.dose),
                text(&drug.route),
                text(&drug.days),
                text(format!("{}{marks}", drug.details.join("; "))),
            ]
        })
        .collect();
    vec![Block::Heading(phase.title.clone()), Block::Fields(phase.facts.clone()), Block::Table(table)]
}

fn activities(phase: &PhaseRow) -> Table {
    let days = phase
        .columns
        .iter()
        .map(|(first, last)| if first == last { format!("Day {first}") } else { format!("Days {first} to {last}") });
    let head: Vec<(String, u16)> =
        std::iter::once(("Activity".to_owned(), 50)).chain(days.map(|day| (day, 14))).collect();
    let rows = phase.activities.iter().map(|row| {
        let name = if row.note.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.note) };
        let marks = row.on.iter().map(|on| if *on { strong("X") } else { Cell::Text(String::new()) });
        std::iter::once(text(name)).chain(marks).collect()
    });
    Table { caption: format!("{}: schedule of activities", phase.title), head, rows: rows.collect() }
}
