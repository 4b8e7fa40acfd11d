//! Rows and sentences shared by every output: the terminal, the files, the print-outs.
//!
//! Nothing here computes a dose or a date. A [`Schedule`] holds everything a face shows of a plan: dates, figures and
//! states as what they are, and sentences where several faces say the same. Text is made of them where they leave the
//! program, once.

mod activities;
pub mod advice;
pub mod compare;
mod cumulative;
mod diff;
mod name;
mod previous;
mod protocol;
mod read_back;
mod row;
mod sheet;
pub mod words;

pub use crate::regimen::Status;
pub use activities::{ActivityRow, CriterionRow, GridRow, ProtocolRow};
pub use cumulative::{CumulativeRow, cumulative, running_totals};
pub use diff::{Change, Concern, diff};
pub use name::{full_name, tall_man};
pub use previous::{Previous, all_day, earlier, previous};
pub use protocol::{Entry, Protocol, Section, protocol, to_check, worked_by};
pub use read_back::{Passage, Sentence, read_back};
pub use row::{
    AssessmentRow, Container, CountRow, DiscontinuedRow, Dispensed, DoseRow, DoseState, EndRow, Facts, GivenRow,
    HistoryRow, LeftOut, Measure, Occasion, Place, PlannedRow, PreparationRow, Recorded, RegimenRow, RunRow, Schedule,
    Source, SubjectRow, SupplyRow, TabletRow, VisitRow, doses, most, schedule,
};
pub use sheet::{CycleRow, MeasurementRow, ReasonRow, SheetRows};

/// What stands on every page and file.
pub const NOT_AN_ORDER: &str = "Calculated from entered data; not an order. A qualified person checks every dose.";
