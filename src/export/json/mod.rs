//! JSON: one document with everything in it. Doses and measurements are strings, so that no digit is lost.
//!
//! What the keys mean is `docs/plan.schema.json`, made from the structs here. Within a format number keys are only ever
//! added, and those that are added may be absent.

mod dose;
mod plan;
mod record;
mod text;

use serde::Serialize;
use serde_json::Value;

use crate::present::{DoseRow, NOT_AN_ORDER, Schedule};

use super::{ExportError, Format, Options, Write};

pub(super) use dose::Dose;
pub(super) use plan::{Assessment, Count, End, FoundJson, Plan, RegimenJson, SubjectJson};
pub(super) use record::{Discontinued, History, Home, IntensityJson};

pub(super) const FORMAT: Format = Format {
    id: "json",
    extension: "json",
    title: "JSON: everything, for programs",
    text: true,
    write: Write::Whole(write),
};

/// The number of the format: of this document, and of every line of JSON Lines.
pub(super) const NUMBER: u32 = 2;

/// A plan for programs: what is planned and, beside it, what was given.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "A plan of Posology, format 2"))]
struct Document<'a> {
    /// 2. Within a format number keys are only ever added.
    #[cfg_attr(test, schemars(extend("const" = NUMBER)))]
    format: u32,
    /// What made it.
    program: Program,
    /// That it is not an order.
    notice: &'a str,
    /// When it was made, in UTC.
    #[serde(skip_serializing_if = "str::is_empty")]
    generated: &'a str,
    /// The study.
    #[serde(skip_serializing_if = "Option::is_none")]
    study_code: Option<&'a str>,
    /// The subject's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_code: Option<&'a str>,
    /// Whether a second person typed the figures again, and from which state of the record this is; absent outside one.
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<&'a str>,
    #[serde(flatten)]
    plan: Plan<'a>,
}

/// The program and its version.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Program {
    name: &'static str,
    version: &'static str,
}

/// Writes the document, two spaces deep, with a newline behind.
fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let document = Document {
        format: NUMBER,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        notice: NOT_AN_ORDER,
        generated: &options.generated,
        study_code: options.study.as_deref(),
        subject_code: options.subject.as_deref(),
        verification: options.print.verification.as_deref(),
        plan: Plan::of(schedule),
    };
    let failed = |error: serde_json::Error| ExportError::Writer(error.to_string());
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A schedule as the value under `plan` of other documents: regimen, subject, doses, visits, findings.
pub fn plan(schedule: &Schedule) -> Value {
    serde_json::to_value(Plan::of(schedule)).unwrap_or(Value::Null)
}

/// One row of doses as the documents have it.
pub fn row(dose: &DoseRow) -> Value {
    serde_json::to_value(Dose::of(dose)).unwrap_or(Value::Null)
}

/// The JSON Schema of the document: `docs/plan.schema.json`.
#[cfg(test)]
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Document>().to_value()
}
