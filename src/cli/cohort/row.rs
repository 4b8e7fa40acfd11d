//! A row of the list as the course it describes.

use crate::calendar::Date;
use crate::cli::subject_options::{Cells, Entered, SubjectArgs};
use crate::failure::Failure;
use crate::regimen::Regimen;
use crate::subject::Fact;

use super::column::Column;
use super::unit;

/// The cells of a row with what they are about; empty ones are left out.
pub(super) fn filled<'c>(
    columns: &'c [Column],
    cells: &'c csv::StringRecord,
) -> impl Iterator<Item = (Column, &'c str)> {
    columns.iter().copied().zip(cells).filter(|(_, text)| !text.is_empty())
}

/// The subject's code; empty where the row has none.
pub(super) fn code<'c>(columns: &'c [Column], cells: &'c csv::StringRecord) -> &'c str {
    filled(columns, cells).find(|(column, _)| *column == Column::Code).map_or("", |(_, code)| code)
}

/// Whether anything but the start is a day: what else is dated does not move with the start.
pub(super) fn is_dated(columns: &[Column], cells: &csv::StringRecord) -> bool {
    filled(columns, cells).any(|(column, _)| {
        let Column::Fact(fact) = column else { return false };
        matches!(fact, Fact::Born | Fact::Measured | Fact::Consented | Fact::Enrolled | Fact::Randomised)
    })
}

/// The course, every cell read as the option of its name.
pub(super) fn course(
    columns: &[Column],
    cells: &csv::StringRecord,
    regimen: &Regimen,
    today: Date,
) -> Result<Entered, Failure> {
    let mut said = Cells::default();
    for (column, text) in filled(columns, cells) {
        let several = || text.split(';').map(str::trim).filter(|part| !part.is_empty());
        match column {
            Column::Code | Column::Ours | Column::Unit(_) | Column::Answer(_) => {}
            Column::Fact(fact) => {
                let unit = filled(columns, cells).find(|(column, _)| *column == Column::Unit(fact));
                said.facts.push((fact, unit::beside(fact, text, unit.map(|(_, unit)| unit))?));
            }
            Column::Level => said.level.extend(several()),
            Column::Exposure => said.exposure.extend(several()),
            Column::Instead => said.instead.extend(several()),
        }
    }
    if !said.facts.iter().any(|(fact, _)| *fact == Fact::Start) {
        return Err(Failure::missing("the row has no start").hint("write day 1 of cycle 1, such as 2026-12-07"));
    }
    SubjectArgs::of_cells(said, today)?.course(regimen)
}
