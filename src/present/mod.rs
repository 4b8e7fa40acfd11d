//! Rows and sentences shared by every output: the terminal, the files, the print-outs.
//!
//! Nothing here computes a dose or a date. A [`Schedule`] holds everything a face shows of a plan, in
//! the words in which it is shown; fields that machines read are plain decimals and ISO dates.

mod activities;
pub mod advice;
mod cumulative;
mod diff;
mod name;
mod previous;
mod protocol;
mod row;
mod sheet;
pub mod words;

pub use crate::regimen::Status;
pub use activities::{ActivityRow, GridRow, ProtocolRow};
pub use cumulative::{CumulativeRow, cumulative, running_totals};
pub use diff::{Change, Concern, diff};
pub use name::{full_name, tall_man};
pub use previous::{Previous, previous};
pub use protocol::{Entry, Protocol, Section, protocol};
pub use row::{
    AssessmentRow, CountRow, DoseRow, EndRow, RegimenRow, RunRow, Schedule, SubjectRow, TabletRow, schedule,
};
pub use sheet::{CycleRow, MeasurementRow, ReasonRow, SheetRows};

/// What stands on every page and file.
pub const NOT_AN_ORDER: &str = "Calculated from entered data; not an order. A qualified person checks every dose.";
