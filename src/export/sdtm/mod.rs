//! SDTM: what was planned as EC (ECMOOD is SCHEDULED) and, beside it, what was recorded (PERFORMED); what was given as EX.
//! What was dispensed and brought back as DA. As CSV and as Dataset-JSON 1.1. Controlled terms are those of SDTM CT 2025-03-28.

mod accountability;
mod record;

use serde_json::{Value, json};

use crate::calendar;
use crate::present::Schedule;

use super::note::Note;
use super::{ExportError, Options, table};
use record::{Record, reference_day};

/// A variable: name behind the domain's two letters, label, type, length.
type Variable = (&'static str, &'static str, Kind, u16);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Figure,
}

/// Names beginning with `--` carry the domain's letters.
const VARIABLES: &[Variable] = &[
    ("STUDYID", "Study Identifier", Kind::Text, 40),
    ("DOMAIN", "Domain Abbreviation", Kind::Text, 2),
    ("USUBJID", "Unique Subject Identifier", Kind::Text, 80),
    ("--SEQ", "Sequence Number", Kind::Whole, 8),
    ("--REFID", "Reference ID", Kind::Text, 80),
    ("--LNKID", "Link ID", Kind::Text, 80),
    ("--TRT", "Name of Treatment", Kind::Text, 200),
    ("--MOOD", "Mood", Kind::Text, 9),
    ("--CAT", "Category of Treatment", Kind::Text, 40),
    ("--PRESP", "Pre-Specified", Kind::Text, 1),
    ("--OCCUR", "Occurrence", Kind::Text, 1),
    ("--REASOC", "Reason for Occur Value", Kind::Text, 200),
    ("--DOSE", "Dose", Kind::Figure, 8),
    ("--DOSU", "Dose Units", Kind::Text, 20),
    ("--DOSFRM", "Dose Form", Kind::Text, 40),
    ("--DOSFRQ", "Dosing Frequency per Interval", Kind::Text, 20),
    ("--DOSRGM", "Intended Dose Regimen", Kind::Text, 200),
    ("--ROUTE", "Route of Administration", Kind::Text, 60),
    ("--LOT", "Lot Number", Kind::Text, 40),
    ("--ADJ", "Reason for Dose Adjustment", Kind::Text, 200),
    ("EPOCH", "Epoch", Kind::Text, 40),
    ("--STDTC", "Start Date/Time of Treatment", Kind::Text, 16),
    ("--ENDTC", "End Date/Time of Treatment", Kind::Text, 16),
    ("--STDY", "Study Day of Start of Treatment", Kind::Whole, 8),
    ("--ENDY", "Study Day of End of Treatment", Kind::Whole, 8),
];

/// What EX does not have.
const NOT_IN_EX: [&str; 4] = ["--MOOD", "--PRESP", "--OCCUR", "--REASOC"];

/// A domain's table.
struct Dataset {
    domain: &'static str,
    variables: Vec<&'static Variable>,
    rows: Vec<Vec<String>>,
}

/// EC as CSV.
pub(super) fn ec_csv(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EC", schedule, options).and_then(|set| csv(&set, options))
}

/// EX as CSV.
pub(super) fn ex_csv(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EX", schedule, options).and_then(|set| csv(&set, options))
}

/// DA as CSV.
pub(super) fn da_csv(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    accounted(schedule, options).and_then(|set| csv(&set, options))
}

/// DA as Dataset-JSON.
pub(super) fn da_json(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    accounted(schedule, options).and_then(|set| dataset_json(&set, options))
}

fn accounted(schedule: &Schedule, options: &Options) -> Result<Dataset, ExportError> {
    let ids = ids(options)?;
    let variables: Vec<_> = accountability::VARIABLES.iter().collect();
    let day_1 = reference_day(schedule).map(|(day, _)| day);
    let rows = accountability::rows(schedule).zip(1u32..).map(|(one, number)| {
        let value = |name: &str| ids.value("DA", name, number, || accountability::value(name, schedule, one, day_1));
        variables.iter().map(|variable| one_line(&value(variable.0))).collect()
    });
    Ok(Dataset { domain: "DA", rows: rows.collect(), variables })
}

/// What identifies a record.
struct Ids<'a> {
    study: &'a str,
    subject: &'a str,
}

fn ids(options: &Options) -> Result<Ids<'_>, ExportError> {
    let (study, subject) = super::codes(options, "SDTM identifies every row by study and subject")?;
    Ok(Ids { study, subject })
}

impl Ids<'_> {
    /// A variable of the record of a number: what identifies it, else what it says.
    fn value(&self, domain: &str, name: &str, number: u32, said: impl Fn() -> String) -> String {
        match name {
            "STUDYID" => self.study.to_owned(),
            "DOMAIN" => domain.to_owned(),
            "USUBJID" => format!("{}-{}", self.study, self.subject),
            "--SEQ" => number.to_string(),
            _ => said(),
        }
    }
}

/// EC as Dataset-JSON.
pub(super) fn ec_json(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EC", schedule, options).and_then(|set| dataset_json(&set, options))
}

/// EX as Dataset-JSON.
pub(super) fn ex_json(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EX", schedule, options).and_then(|set| dataset_json(&set, options))
}

fn dataset(domain: &'static str, schedule: &Schedule, options: &Options) -> Result<Dataset, ExportError> {
    let ids = ids(options)?;
    let ex = domain == "EX";
    let variables: Vec<_> = VARIABLES.iter().filter(|variable| !ex || !NOT_IN_EX.contains(&variable.0)).collect();
    let day_1 = reference_day(schedule).map(|(day, _)| day);
    let records: Vec<Record> =
        schedule.doses.iter().flat_map(Record::of).filter(|one| !ex || one.is_exposure()).collect();
    let rows = records.iter().zip(1u32..).map(|(record, number)| {
        let of = |name: &str| ids.value(domain, name, number, || record.value(name, schedule, day_1));
        variables.iter().map(|variable| one_line(&of(variable.0))).collect()
    });
    Ok(Dataset { domain, rows: rows.collect(), variables })
}

/// What the reader of the table must be told beside it: from which day study days are counted.
pub(super) fn notes(schedule: &Schedule, domain: &str) -> Vec<Note> {
    let mut notes = Vec::new();
    if domain == "DA" && accountability::rows(schedule).next().is_none() {
        notes.push(Note::told(
            "no home dose is recorded as dispensed or brought back, and SDTM DA holds nothing else: the table has no row.",
        ));
    }
    if domain == "EX" && !schedule.doses.iter().any(|dose| dose.given().is_some()) {
        notes.push(Note::told(
            "no dose is recorded as given, and SDTM EX holds nothing else: the table has no row. sdtm-ec holds the planned \
             doses.",
        ));
    }
    notes.push(Note::told(match reference_day(schedule) {
        None => "no study treatment is planned or given, so there are no study days.".to_owned(),
        Some((day, true)) => {
            format!("study day 1 is {}, the first day on which study treatment was given.", calendar::with_weekday(day))
        }
        Some((day, false)) => format!(
            "no study treatment is recorded as given; study day 1 is {}, the first day on which it is planned.",
            calendar::with_weekday(day)
        ),
    }));
    notes
}

/// Character variables hold no line breaks.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn full(domain: &str, name: &str) -> String {
    name.strip_prefix("--").map_or_else(|| name.to_owned(), |rest| format!("{domain}{rest}"))
}

fn csv(set: &Dataset, options: &Options) -> Result<Vec<u8>, ExportError> {
    let names: Vec<String> = set.variables.iter().map(|variable| full(set.domain, variable.0)).collect();
    table::records(std::iter::once(names).chain(set.rows.iter().cloned()), options)
}

fn dataset_json(set: &Dataset, options: &Options) -> Result<Vec<u8>, ExportError> {
    // A text of the file, such as a route, may be longer than the variable usually is: the length tells the truth.
    let longest = |at: usize| set.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let columns: Vec<Value> = (set.variables.iter().enumerate())
        .map(|(at, variable)| column(set.domain, variable, longest(at).unwrap_or_default()))
        .collect();
    let rows: Vec<Vec<Value>> = set
        .rows
        .iter()
        .map(|row| row.iter().zip(&set.variables).map(|(cell, variable)| typed(cell, variable.2)).collect())
        .collect();
    let label = match set.domain {
        "EC" => "Exposure as Collected",
        "DA" => "Product Accountability",
        _ => "Exposure",
    };
    let made = options.generated.trim_end_matches('Z');
    let mut document = json!({
        "datasetJSONCreationDateTime": if made.is_empty() { "1970-01-01T00:00:00" } else { made },
        "datasetJSONVersion": "1.1.0",
        "originator": concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
        "itemGroupOID": format!("IG.{}", set.domain),
        "records": set.rows.len(),
        "name": set.domain,
        "label": label,
        "columns": columns,
        "rows": rows,
    });
    // The system that the data are from, with its state: of no use outside a record, and then left out.
    if let (Some(state), Some(members)) = (&options.print.verification, document.as_object_mut()) {
        let source = json!({ "name": "posology record", "version": state });
        let behind = members.keys().position(|name| name == "originator").map_or(0, |at| at + 1);
        members.shift_insert(behind, "sourceSystem".to_owned(), source);
    }
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(|error| ExportError::Writer(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn column(domain: &str, (name, label, kind, length): &Variable, longest: usize) -> Value {
    let length = usize::from(*length).max(longest);
    let name = full(domain, name);
    let oid = if name == "STUDYID" || name == "USUBJID" { format!("IT.{name}") } else { format!("IT.{domain}.{name}") };
    match kind {
        Kind::Text => json!({"itemOID": oid, "name": name, "label": label, "dataType": "string", "length": length}),
        Kind::Whole => json!({"itemOID": oid, "name": name, "label": label, "dataType": "integer"}),
        Kind::Figure => json!({"itemOID": oid, "name": name, "label": label, "dataType": "decimal",
            "targetDataType": "decimal"}),
    }
}

/// Decimals travel as text, so that no digit is lost.
fn typed(cell: &str, kind: Kind) -> Value {
    match kind {
        _ if cell.is_empty() && kind != Kind::Text => Value::Null,
        Kind::Text | Kind::Figure => json!(cell),
        Kind::Whole => cell.parse::<i64>().map_or(Value::Null, |whole| json!(whole)),
    }
}
