//! JSON Lines: one document a line, each saying in `record` what it is; rows can be read one by one.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::present::Schedule;

use super::{ExportError, Format, Options, Out, Write, shared};

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    extension: "jsonl",
    title: "JSON Lines: one row a line, for programs",
    text: true,
    write: Write::Rows(write),
};

/// The provenance first, then doses, ends, assessments and findings.
fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    line(out, "plan", &plan(schedule, options)?)?;
    lines(out, "dose", &schedule.doses)?;
    lines(out, "end", &schedule.ends)?;
    lines(out, "assessment", &schedule.assessments)?;
    lines(out, "finding", &schedule.findings)
}

/// A row, and what it is.
#[derive(Serialize)]
struct Line<'a, Row> {
    record: &'a str,
    #[serde(flatten)]
    row: &'a Row,
}

fn plan(schedule: &Schedule, options: &Options) -> Result<Map<String, Value>, ExportError> {
    let mut plan = Map::new();
    plan.insert("format".to_owned(), 1.into());
    plan.insert("notice".to_owned(), crate::present::NOT_AN_ORDER.into());
    plan.insert("program".to_owned(), shared::PROGRAM.into());
    plan.insert("generated".to_owned(), options.generated.clone().into());
    plan.insert("study".to_owned(), options.study.clone().into());
    plan.insert("subject_code".to_owned(), options.subject.clone().into());
    plan.insert("regimen".to_owned(), value(&schedule.regimen)?);
    plan.insert("count".to_owned(), value(&schedule.count)?);
    plan.insert("subject".to_owned(), value(&schedule.subject)?);
    plan.insert("continues".to_owned(), schedule.continues.into());
    Ok(plan)
}

fn lines<Row: Serialize>(out: Out<'_>, record: &str, rows: &[Row]) -> Result<(), ExportError> {
    rows.iter().try_for_each(|row| line(out, record, row))
}

fn line<Row: Serialize>(out: Out<'_>, record: &str, row: &Row) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *out, &Line { record, row }).map_err(|error| match error.io_error_kind() {
        Some(_) => ExportError::Io(error.into()),
        None => ExportError::Writer(error.to_string()),
    })?;
    Ok(out.write_all(b"\n")?)
}

fn value<T: Serialize>(of: &T) -> Result<Value, ExportError> {
    serde_json::to_value(of).map_err(|error| ExportError::Writer(error.to_string()))
}
