//! JSON: one document with everything in it. Doses and measurements are strings, so that no digit is lost.

use serde_json::{Value, json};

use crate::present::{NOT_AN_ORDER, Schedule};

use super::{ExportError, Format, Options, Write};

pub(super) const FORMAT: Format = Format {
    id: "json",
    extension: "json",
    title: "JSON: everything, for programs",
    text: true,
    write: Write::Whole(write),
};

/// Writes the document, two spaces deep, with a newline behind.
fn write(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut document = json!({
        "format": 1,
        "program": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "notice": NOT_AN_ORDER,
    });
    if !options.generated.is_empty() {
        document["generated"] = json!(options.generated);
    }
    if let Some(code) = &options.study {
        document["study_code"] = json!(code);
    }
    if let Some(code) = &options.subject {
        document["subject_code"] = json!(code);
    }
    let failed = |error: serde_json::Error| ExportError::Writer(error.to_string());
    let rows = serde_json::to_value(schedule).map_err(failed)?;
    if let (Value::Object(document), Value::Object(rows)) = (&mut document, rows) {
        document.extend(rows);
    }
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}
