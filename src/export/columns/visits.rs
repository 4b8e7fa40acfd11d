//! The columns of visits without a dose.

use crate::calendar;
use crate::regimen::marks_data;

use super::super::table::{Column, Kind};
use super::{BOOLEAN, Cell, OPEN, Of, VISITS, Visit, WEEKDAYS, column, common, maybe, text, whence};

/// The columns of visits without a dose.
#[rustfmt::skip] // one line a column reads as the table it is
pub(in crate::export) fn visit_columns<'a>() -> Vec<Column<Of<'a, Visit<'a>>>> {
    use Kind::{Boolean, Date, Integer, Text};
    let mut columns = common();
    columns.extend([
        column("visit", Text, VISITS, "an assessment, or the end of a long infusion", |of: &Of<'a, Visit<'a>>| if of.row.end().is_some() { "end" } else { "assessment" }.into()),
        column("name", Text, OPEN, "what is done", |of| text(of.row.assessment().map(|row| &row.name).or(of.row.end().map(|row| &row.visit)))),
        column("drug_id", Text, OPEN, "id of the drug whose infusion ends", |of| text(of.row.end().map(|row| &row.id))),
        column("phase", Text, OPEN, "phase of the regimen, where it has several", |of| text(of.row.end().and_then(|row| row.phase.as_ref()))),
        column("cycle", Integer, OPEN, "cycle, by the number the regimen gives it", |of| maybe(of.row.assessment().and_then(|row| row.cycle).or(of.row.end().map(|row| row.cycle)))),
        column("day", Integer, OPEN, "day of the cycle", |of| maybe(of.row.assessment().and_then(|row| row.day).or(of.row.end().map(|row| row.day)))),
        column("date", Date, OPEN, "planned day", |of| of.row.date().cell()),
        column("weekday", Text, WEEKDAYS, "day of the week of date", |of| calendar::weekday(of.row.date()).into()),
        column("earliest", Date, OPEN, "first day of the window; empty where the regimen states none", |of| maybe(of.row.assessment().and_then(|row| row.window).map(|window| window.earliest))),
        column("latest", Date, OPEN, "last day of the window", |of| maybe(of.row.assessment().and_then(|row| row.window).map(|window| window.latest))),
        column("moves", Boolean, BOOLEAN, "whether a delay of treatment moves it; empty for an end", |of| maybe(of.row.assessment().map(|row| row.moves))),
        column("certain", Boolean, BOOLEAN, "false: takes place only if treatment continues; empty for an assessment", |of| maybe(of.row.end().map(|row| row.certain))),
        column("closed", Text, OPEN, "why the clinic is closed that day", |of| text(of.row.assessment().and_then(|row| row.closed.as_ref()).or(of.row.end().and_then(|row| row.closed.as_ref())))),
        column("marks", Text, OPEN, "figures nobody has verified", |of| of.row.assessment().map(|row| marks_data(&row.marks)).unwrap_or_default().into()),
        whence(),
    ]);
    columns
}
