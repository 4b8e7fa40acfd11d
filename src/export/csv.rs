//! CSV (RFC 4180): one row a dose in the clinic or a run at home, ISO dates, the dose and its unit apart.
//!
//! Column names are stable: programs and spreadsheets at the data office rely on them. What they mean is
//! the code book, `csv-codebook`; where the figures come from is `csv-provenance`. Neither is written into
//! comment lines, which no reader of CSV agrees on.

use crate::present::Schedule;

use super::columns::{Of, Visit, dose_columns, history_columns, intensity_columns, supply_columns, visit_columns};
use super::{ExportError, Format, Options, Out, Write, intensity, shared, table};

pub(super) const DOSES: Format = Format {
    id: "csv",
    extension: "csv",
    title: "CSV: a row a dose in the clinic, a row a run at home",
    text: true,
    write: Write::Rows(doses),
};
pub(super) const VISITS: Format = Format {
    id: "csv-visits",
    extension: "csv",
    title: "CSV: assessments and ends of long infusions",
    text: true,
    write: Write::Rows(visits),
};
pub(super) const HISTORY: Format = Format {
    id: "csv-history",
    extension: "csv",
    title: "CSV: every entry of a subject's record, with who and why",
    text: true,
    write: Write::Rows(history),
};
pub(super) const INTENSITY: Format = Format {
    id: "csv-intensity",
    extension: "csv",
    title: "CSV: dose intensity of a record: planned, delivered, relative",
    text: true,
    write: Write::Rows(intensities),
};
pub(super) const HOME: Format = Format {
    id: "csv-home",
    extension: "csv",
    title: "CSV: home doses of a record: dispensed, returned, taken",
    text: true,
    write: Write::Rows(home),
};
pub(super) const PROVENANCE: Format = Format {
    id: "csv-provenance",
    extension: "csv",
    title: "CSV: what the figures were calculated from",
    text: true,
    write: Write::Whole(provenance),
};

fn doses(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let rows = schedule.doses.iter().map(|row| Of { schedule, options, row });
    table::write(&dose_columns(), rows, options, out)
}

fn visits(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let ends = schedule.ends.iter().map(Visit::End);
    let visits = schedule.assessments.iter().map(Visit::Assessment).chain(ends);
    let mut rows: Vec<_> = visits.map(|row| Of { schedule, options, row }).collect();
    rows.sort_by_key(|of| of.row.date());
    table::write(&visit_columns(), rows.into_iter(), options, out)
}

fn history(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let rows = schedule.history.iter().map(|row| Of { schedule, options, row });
    table::write(&history_columns(), rows, options, out)
}

fn intensities(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let rows = intensity::lines(schedule).into_iter().map(|row| Of { schedule, options, row });
    table::write(&intensity_columns(), rows, options, out)
}

fn home(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let rows = schedule.supplies.iter().map(|row| Of { schedule, options, row });
    table::write(&supply_columns(), rows, options, out)
}

fn provenance(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let header = vec!["name".to_owned(), "value".to_owned()];
    let rows = shared::provenance(schedule, options).into_iter().map(|(name, value)| vec![name.to_owned(), value]);
    table::records(std::iter::once(header).chain(rows), options)
}
