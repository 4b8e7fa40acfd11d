//! The columns of the delimited files, each described once.

mod doses;
mod record;
mod visits;

use std::borrow::Cow;

use crate::calendar::{self, Date};
use crate::present::{AssessmentRow, DoseRow, EndRow, GivenRow, PlannedRow, RunRow, Schedule};
use crate::quantity::number::plain;
use crate::quantity::{Amount, Decimal};
use crate::regimen::HalfDay;

use super::Options;
use super::table::{Column, Kind};

pub(super) use doses::dose_columns;
pub(super) use record::{history_columns, intensity_columns, supply_columns};
pub(super) use visits::visit_columns;

/// A row and what every row repeats.
pub(super) struct Of<'a, Row> {
    pub(super) schedule: &'a Schedule,
    pub(super) options: &'a Options,
    pub(super) row: Row,
}

/// A visit without a dose.
pub(super) enum Visit<'a> {
    Assessment(&'a AssessmentRow),
    End(&'a EndRow),
}

impl Visit<'_> {
    pub(super) fn date(&self) -> Date {
        match self {
            Visit::Assessment(row) => row.date,
            Visit::End(row) => row.date,
        }
    }

    fn assessment(&self) -> Option<&AssessmentRow> {
        match self {
            Visit::Assessment(row) => Some(row),
            Visit::End(_) => None,
        }
    }

    fn end(&self) -> Option<&EndRow> {
        match self {
            Visit::End(row) => Some(row),
            Visit::Assessment(_) => None,
        }
    }
}

impl<'a> Of<'_, &'a DoseRow> {
    fn run(&self) -> Option<&'a RunRow> {
        self.row.run()
    }

    fn planned(&self) -> Option<&'a PlannedRow> {
        self.row.planned()
    }

    fn given(&self) -> Option<&'a GivenRow> {
        self.row.given()
    }
}

/// A column; its values are a closed list, or open where the list is empty.
fn column<Row>(
    name: &'static str,
    kind: Kind,
    values: &'static [&'static str],
    meaning: &'static str,
    cell: for<'r> fn(&'r Row) -> Cow<'r, str>,
) -> Column<Row> {
    Column { name, kind, values, meaning, cell }
}

/// What a cell can hold: words as they are, figures and dates as machines read them.
trait Cell {
    fn cell(&self) -> Cow<'static, str>;
}

impl Cell for u32 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for i32 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for u64 {
    fn cell(&self) -> Cow<'static, str> {
        self.to_string().into()
    }
}

impl Cell for bool {
    fn cell(&self) -> Cow<'static, str> {
        if *self { "true" } else { "false" }.into()
    }
}

impl Cell for Date {
    fn cell(&self) -> Cow<'static, str> {
        calendar::iso(*self).into()
    }
}

impl Cell for Decimal {
    fn cell(&self) -> Cow<'static, str> {
        plain(*self).into()
    }
}

/// The figure; the unit has a column of its own.
impl Cell for Amount {
    fn cell(&self) -> Cow<'static, str> {
        plain(self.value).into()
    }
}

impl Cell for HalfDay {
    fn cell(&self) -> Cow<'static, str> {
        self.word().into()
    }
}

impl Cell for String {
    fn cell(&self) -> Cow<'static, str> {
        self.clone().into()
    }
}

fn maybe<T: Cell>(value: Option<T>) -> Cow<'static, str> {
    value.map_or("".into(), |value| value.cell())
}

fn text(value: Option<&String>) -> Cow<'_, str> {
    value.map_or("".into(), |value| value.as_str().into())
}

fn tablets(row: &DoseRow) -> String {
    row.tablets().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

const BOOLEAN: &[&str] = &["true", "false"];
const ROLES: &[&str] = &["treatment", "premedication", "support"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HALVES: &[&str] = &["morning", "evening"];
const VISITS: &[&str] = &["assessment", "end"];
const OPEN: &[&str] = &[];

/// What every row begins with, so that a row torn out of its file still says what it belongs to.
#[rustfmt::skip] // one line a column reads as the table it is
fn common<'a, Row>() -> Vec<Column<Of<'a, Row>>> {
    use Kind::Text;
    vec![
        column("study", Text, OPEN, "study code", |of| text(of.options.study.as_ref())),
        column("subject", Text, OPEN, "subject code; text, so that 0042 keeps its zeros", |of| text(of.options.subject.as_ref())),
        column("regimen", Text, OPEN, "regimen id", |of| of.schedule.regimen.id.as_str().into()),
        column("regimen_version", Text, OPEN, "regimen version", |of| of.schedule.regimen.version.as_str().into()),
        column("regimen_status", Text, OPEN, "draft until the regimen is approved", |of| of.schedule.regimen.status.word().into()),
    ]
}

/// What every row ends with, for the same reason.
fn whence<'a, Row>() -> Column<Of<'a, Row>> {
    let meaning = "whether a second person typed the figures again, and from which record and state of it the row is; empty outside a record";
    column("record_state", Kind::Text, OPEN, meaning, |of| text(of.options.print.verification.as_ref()))
}
