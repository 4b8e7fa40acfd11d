//! The pieces of every JSON document the command line prints. Doses and measurements are strings, so
//! that no digit is lost.

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::finding::Finding;
use crate::formula::Computed;
use crate::quantity::number;

/// The number of the format; another number is another shape.
pub const FORMAT: u32 = 1;

/// `{"format": 1, "error": {…}}`; with every finding beside it where there are several.
pub fn failure(failure: &Failure, subject: Option<&str>) -> Value {
    let error = match failure.findings.first() {
        Some(first) => finding(first),
        None => json!({
            "severity": "block",
            "code": failure.code,
            "text": failure.message,
        }),
    };
    let mut document = json!({ "format": FORMAT, "error": error });
    let help = super::remedy::of_failure(failure, subject);
    if failure.findings.is_empty() && !help.is_empty() {
        document["error"]["help"] = json!(help.join("; "));
    }
    if failure.findings.len() > 1 {
        document["findings"] = findings(&failure.findings);
    }
    document
}

/// One finding.
pub fn finding(finding: &Finding) -> Value {
    serde_json::to_value(finding).unwrap_or(Value::Null)
}

/// A list of findings.
pub fn findings(all: &[Finding]) -> Value {
    all.iter().map(finding).collect()
}

/// `m2` for m²: units in documents are plain letters and digits.
pub fn unit(unit: &str) -> String {
    unit.replace('²', "2")
}

/// A formula's figure with its working.
pub fn computed(name: &str, computed: &Computed) -> Value {
    json!({
        "formula": name,
        "value": number::plain(computed.value),
        "unit": unit(computed.unit),
        "working": computed.steps.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "cautions": computed.cautions,
    })
}
