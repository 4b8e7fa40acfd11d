//! JSON Lines: one document a line, each saying in `record` what it is; rows can be read one by one.

use serde::Serialize;

use crate::present::{NOT_AN_ORDER, Schedule};

use super::{ExportError, Format, Options, Out, Write, json, shared};

pub(super) const FORMAT: Format = Format {
    id: "jsonl",
    extension: "jsonl",
    title: "JSON Lines: one row a line, for programs",
    text: true,
    write: Write::Rows(write),
};

/// The provenance first, then doses, ends, assessments and findings, and what the record says beside them.
fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    line(out, "plan", &Head::of(schedule, options))?;
    lines(out, "dose", schedule.doses.iter().map(json::Dose::of))?;
    lines(out, "end", schedule.ends.iter().map(json::End::of))?;
    lines(out, "assessment", schedule.assessments.iter().map(json::Assessment::of))?;
    lines(out, "finding", schedule.findings.iter().map(json::FoundJson::of))?;
    lines(out, "discontinued", schedule.discontinued.iter().map(json::Discontinued::of))?;
    lines(out, "history", schedule.history.iter().map(json::History::of))?;
    lines(out, "home", schedule.supplies.iter().map(json::Home::of))?;
    lines(out, "intensity", json::IntensityJson::all(schedule).into_iter())
}

/// A row, and what it is.
#[derive(Serialize)]
struct Line<'a, Row> {
    record: &'a str,
    #[serde(flatten)]
    row: &'a Row,
}

/// What the rows belong to.
#[derive(Serialize)]
struct Head<'a> {
    format: u32,
    notice: &'a str,
    program: &'a str,
    generated: &'a str,
    study: Option<&'a str>,
    subject_code: Option<&'a str>,
    /// From which state of the record it is; absent outside one.
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<&'a str>,
    regimen: json::RegimenJson<'a>,
    count: json::Count<'a>,
    subject: json::SubjectJson<'a>,
    continues: bool,
}

impl<'a> Head<'a> {
    fn of(schedule: &'a Schedule, options: &'a Options) -> Self {
        Self {
            format: json::NUMBER,
            notice: NOT_AN_ORDER,
            program: shared::PROGRAM,
            generated: &options.generated,
            study: options.study.as_deref(),
            subject_code: options.subject.as_deref(),
            verification: options.print.verification.as_deref(),
            regimen: json::RegimenJson::of(&schedule.regimen),
            count: json::Count::of(&schedule.count),
            subject: json::SubjectJson::of(&schedule.subject),
            continues: schedule.continues,
        }
    }
}

fn lines<Row: Serialize>(out: Out<'_>, record: &str, rows: impl Iterator<Item = Row>) -> Result<(), ExportError> {
    for row in rows {
        line(out, record, &row)?;
    }
    Ok(())
}

fn line<Row: Serialize>(out: Out<'_>, record: &str, row: &Row) -> Result<(), ExportError> {
    serde_json::to_writer(&mut *out, &Line { record, row }).map_err(|error| match error.io_error_kind() {
        Some(_) => ExportError::Io(error.into()),
        None => ExportError::Writer(error.to_string()),
    })?;
    Ok(out.write_all(b"\n")?)
}
