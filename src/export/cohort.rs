//! The doses of many subjects in one table: lines of CSV with the columns of `csv`, one subject's after the other's.
//!
//! In the lean table all that depends on the start stands last, so that the lines of one subject are those of every other
//! with the same doses and another start: made once, dated as often as needed.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::calendar::{self, Date};
use crate::present::{DoseRow, Schedule};
use crate::quantity::{Amount, Decimal, DoseUnit};

use super::columns::{Of, dose_columns};
use super::table::{self, Column};
use super::{ExportError, Options};

/// How much of each dose is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Columns {
    /// Which dose of whom, how much, on which day.
    Lean,
    /// Every column of `csv`.
    Full,
}

/// Of the lean table, what stands between the subject and the days.
const LEAN: [&str; 13] = [
    "phase",
    "cycle",
    "day",
    "part",
    "drug_id",
    "drug",
    "formulation",
    "dose",
    "dose_unit",
    "morning",
    "evening",
    "total",
    "vials",
];
/// The days.
const DAYS: [&str; 2] = ["date", "run_through"];

/// The names of the columns.
pub fn header(columns: Columns) -> Result<Vec<u8>, ExportError> {
    match columns {
        Columns::Lean => table::line(["subject"].iter().chain(&LEAN).chain(&DAYS)),
        Columns::Full => table::line(dose_columns().iter().map(|column| column.name)),
    }
}

/// A line of text cells, safe for spreadsheets.
pub fn line<'c>(cells: impl Iterator<Item = &'c str>) -> Result<Vec<u8>, ExportError> {
    table::line(cells)
}

/// Every column of every dose.
pub fn full(schedule: &Schedule, subject: &str, out: &mut Vec<u8>) -> Result<(), ExportError> {
    let options = Options { subject: Some(subject.to_owned()), ..Options::default() };
    let columns = dose_columns();
    for row in &schedule.doses {
        let of = Of { schedule, options: &options, row };
        out.extend(table::line(columns.iter().map(|column| (column.cell)(&of)))?);
    }
    Ok(())
}

/// The lean lines of a plan, without subject and days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lines(Vec<Line>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    /// From the comma behind the subject to that before the days.
    middle: Vec<u8>,
    /// Days from the start.
    on: i32,
    through: Option<i32>,
}

impl Lines {
    /// Those of a plan.
    pub fn of(schedule: &Schedule) -> Result<Self, ExportError> {
        let options = Options::default();
        let all = dose_columns();
        let columns: Vec<&Column<Of<'_, &DoseRow>>> =
            LEAN.iter().filter_map(|name| all.iter().find(|column| column.name == *name)).collect();
        let start = schedule.subject.start;
        let lines = schedule.doses.iter().map(|row| {
            let of = Of { schedule, options: &options, row };
            // Empty cells at both ends make the commas.
            let cells = columns.iter().map(|column| (column.cell)(&of));
            let mut middle = table::line(std::iter::once("".into()).chain(cells).chain(["".into()]))?;
            middle.truncate(middle.trim_ascii_end().len());
            let since = |day| calendar::days_between(start, day);
            Ok(Line { middle, on: since(row.date()), through: row.run().map(|run| since(run.through)) })
        });
        Ok(Self(lines.collect::<Result<_, ExportError>>()?))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the plan has no dose.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// About how many bytes they take.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|line| line.middle.len() + std::mem::size_of::<Line>()).sum()
    }

    /// Of a subject with this start.
    pub fn write(&self, subject: &str, start: Date, days: &mut Days, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let mut code = table::line([subject].iter())?;
        code.truncate(code.trim_ascii_end().len());
        for line in &self.0 {
            out.extend_from_slice(&code);
            out.extend_from_slice(&line.middle);
            days.write(start, line.on, out)?;
            out.push(b',');
            line.through.map_or(Ok(()), |through| days.write(start, through, out))?;
            out.extend_from_slice(b"\r\n");
        }
        Ok(())
    }
}

/// Days as they are written, each made once.
#[derive(Debug, Default)]
pub struct Days(BTreeMap<Date, String>);

impl Days {
    fn write(&mut self, start: Date, on: i32, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let beyond = || ExportError::Refused("a day lies beyond the calendar".to_owned());
        let day = calendar::plus_days(start, on).ok_or_else(beyond)?;
        out.extend_from_slice(self.0.entry(day).or_insert_with(|| calendar::iso(day)).as_bytes());
        Ok(())
    }
}

/// What a dose comes to, for a summary of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The drug, as every table names it.
    pub drug: String,
    /// One dose.
    pub amount: Amount,
    /// Whether a cap cut it.
    pub capped: bool,
    /// How many vials of which size.
    pub vials: Option<(u32, String)>,
}

impl Counted {
    fn parts(&self) -> (&str, Decimal, DoseUnit, bool, Option<(u32, &str)>) {
        let vials = self.vials.as_ref().map(|(count, vial)| (*count, vial.as_str()));
        (&self.drug, self.amount.value, self.amount.unit, self.capped, vials)
    }
}

/// So that equal ones are found; amounts of different units are not compared by it.
impl Ord for Counted {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl PartialOrd for Counted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What every dose of a plan comes to.
pub fn counted(schedule: &Schedule) -> Vec<Counted> {
    let of = |row: &DoseRow| {
        let planned = row.planned();
        Counted {
            drug: row.shown_apart(),
            amount: row.portion().amount,
            capped: planned.is_some_and(|planned| planned.uncapped.is_some()),
            vials: planned.and_then(|planned| planned.preparation.vials).map(|(count, vial)| (count, vial.to_string())),
        }
    };
    schedule.doses.iter().map(of).collect()
}
