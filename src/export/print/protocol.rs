//! The page of a regimen: everything the file says with the source of each value, and what is done on which day.

use crate::present::{Entry, GridRow, Schedule, Section};

use super::super::Options;
use super::document::{Block, Cell, Sheet, Table, field, strong, text};

/// One sheet.
pub(super) fn sheets(schedule: &Schedule, _: &Options) -> Vec<Sheet> {
    let regimen = &schedule.regimen;
    let protocol = &schedule.sheets.protocol;
    let fields = vec![
        field("Indication", regimen.indication.clone()),
        field(regimen.cycle_word.titles(), schedule.count.words.clone()),
    ];
    let mut blocks = vec![Block::Fields(fields)];
    if !regimen.unverified.is_empty() {
        let words = format!("{} not verified: {}.", regimen.unverified.len(), regimen.unverified_words.join("; "));
        blocks.push(Block::Notice(words));
    }
    blocks.extend(protocol.grids.iter().map(|grid| Block::Table(activities(grid))));
    blocks.extend(protocol.sections.iter().map(|section| Block::Table(table(section))));
    vec![Sheet::new(&regimen.name, blocks)]
}

/// What the file says, and where each value comes from.
fn table(section: &Section) -> Table {
    let mut table = Table::new(&section.title, &[("What", 40), ("What the file says", 100), ("Source", 40)]);
    table.rows = section.lines.iter().map(row).collect();
    table
}

fn row(line: &Entry) -> Vec<Cell> {
    let source = match line.source.as_deref() {
        Some("unverified") => "NOT VERIFIED".to_owned(),
        source => source.unwrap_or_default().to_owned(),
    };
    let conflict = line.conflict.as_ref().map(|conflict| format!("SOURCES DISAGREE: {conflict}"));
    let source = [source].into_iter().filter(|source| !source.is_empty()).chain(conflict);
    vec![strong(&line.label), text(&line.value), text(source.collect::<Vec<_>>().join("; "))]
}

fn activities(grid: &GridRow) -> Table {
    let days = grid
        .columns
        .iter()
        .map(|(first, last)| if first == last { format!("Day {first}") } else { format!("Days {first} to {last}") });
    let head: Vec<(String, u16)> =
        std::iter::once(("Activity".to_owned(), 50)).chain(days.map(|day| (day, 14))).collect();
    let rows = grid.activities.iter().map(|row| {
        let name = if row.note.is_empty() { row.name.clone() } else { format!("{}: {}", row.name, row.note) };
        let marks = row.on.iter().map(|on| if *on { strong("X") } else { Cell::Text(String::new()) });
        std::iter::once(text(name)).chain(marks).collect()
    });
    Table { caption: format!("{}: schedule of activities", grid.title), head, rows: rows.collect() }
}
