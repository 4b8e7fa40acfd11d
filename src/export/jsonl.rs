//! JSON Lines: one document a line, each saying in `record` what it is; rows can be read one by one.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::present::Schedule;

use super::{ExportError, Format, Options, shared};

pub(super) const FORMAT: Format =
    Format { id: "jsonl", extension: "jsonl", title: "JSON Lines: one row a line, for programs", text: true, write };

/// The provenance first, then doses, ends, assessments and findings.
fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    line(&mut bytes, "plan", &plan(schedule, options)?)?;
    lines(&mut bytes, "dose", &schedule.doses)?;
    lines(&mut bytes, "end", &schedule.ends)?;
    lines(&mut bytes, "assessment", &schedule.assessments)?;
    lines(&mut bytes, "finding", &schedule.findings)?;
    Ok(bytes)
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

fn lines<Row: Serialize>(bytes: &mut Vec<u8>, record: &str, rows: &[Row]) -> Result<(), ExportError> {
    rows.iter().try_for_each(|row| line(bytes, record, row))
}

fn line<Row: Serialize>(bytes: &mut Vec<u8>, record: &str, row: &Row) -> Result<(), ExportError> {
    let mut object = Map::new();
    object.insert("record".to_owned(), record.into());
    if let Value::Object(fields) = value(row)? {
        object.extend(fields);
    }
    serde_json::to_writer(&mut *bytes, &object).map_err(|error| ExportError::Writer(error.to_string()))?;
    bytes.push(b'\n');
    Ok(())
}

fn value<T: Serialize>(of: &T) -> Result<Value, ExportError> {
    serde_json::to_value(of).map_err(|error| ExportError::Writer(error.to_string()))
}
