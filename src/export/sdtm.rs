//! SDTM: planned doses as EC (ECMOOD is SCHEDULED), what was recorded as EC (PERFORMED) and EX, as CSV
//! and as Dataset-JSON 1.1. Controlled terms are those of SDTM CT 2025-03-28.

use serde_json::{Value, json};

use crate::calendar::{self, Date, days_between};
use crate::present::{DoseRow, DoseState, Schedule};
use crate::quantity::number::plain;

use super::{ExportError, Options, each, shared};

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
    ("--TRT", "Name of Treatment", Kind::Text, 200),
    ("--MOOD", "Mood", Kind::Text, 9),
    ("--PRESP", "Pre-Specified", Kind::Text, 1),
    ("--OCCUR", "Occurrence", Kind::Text, 1),
    ("--REASOC", "Reason for Occur Value", Kind::Text, 200),
    ("--DOSE", "Dose", Kind::Figure, 8),
    ("--DOSU", "Dose Units", Kind::Text, 20),
    ("--DOSFRM", "Dose Form", Kind::Text, 40),
    ("--DOSFRQ", "Dosing Frequency per Interval", Kind::Text, 20),
    ("--DOSRGM", "Intended Dose Regimen", Kind::Text, 200),
    ("--ROUTE", "Route of Administration", Kind::Text, 60),
    ("--ADJ", "Reason for Dose Adjustment", Kind::Text, 200),
    ("EPOCH", "Epoch", Kind::Text, 40),
    ("--STDTC", "Start Date/Time of Treatment", Kind::Text, 10),
    ("--ENDTC", "End Date/Time of Treatment", Kind::Text, 10),
    ("--STDY", "Study Day of Start of Treatment", Kind::Whole, 8),
    ("--ENDY", "Study Day of End of Treatment", Kind::Whole, 8),
];

/// What EX does not have.
const NOT_IN_EX: [&str; 4] = ["--MOOD", "--PRESP", "--OCCUR", "--REASOC"];

const ROUTES: [(&str, &str); 8] = [
    ("intravenous", "INTRAVENOUS"),
    ("intravenous bolus", "INTRAVENOUS BOLUS"),
    ("intravenous drip", "INTRAVENOUS DRIP"),
    ("subcutaneous", "SUBCUTANEOUS"),
    ("oral", "ORAL"),
    ("intrathecal", "INTRATHECAL"),
    ("intramuscular", "INTRAMUSCULAR"),
    ("intravesical", "INTRAVESICAL"),
];

const UNITS: [(&str, &str); 3] = [("mcg", "ug"), ("units", "IU"), ("million units", "10^6 IU")];

/// A domain's table.
struct Dataset {
    domain: &'static str,
    variables: Vec<&'static Variable>,
    rows: Vec<Vec<String>>,
}

/// EC as CSV.
pub(super) fn ec_csv(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EC", schedule, options).map(|set| csv(&set))
}

/// EX as CSV.
pub(super) fn ex_csv(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EX", schedule, options).map(|set| csv(&set))
}

/// EC as Dataset-JSON.
pub(super) fn ec_json(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EC", schedule, options).and_then(|set| dataset_json(&set, schedule, options))
}

/// EX as Dataset-JSON.
pub(super) fn ex_json(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    dataset("EX", schedule, options).and_then(|set| dataset_json(&set, schedule, options))
}

fn dataset(domain: &'static str, schedule: &Schedule, options: &Options) -> Result<Dataset, ExportError> {
    let (Some(study), Some(subject)) = (&options.study, &options.subject) else {
        let words =
            "SDTM identifies every row by study and subject: give both, for example study ABC-1, subject S-014.";
        return Err(ExportError::Refused(words.to_owned()));
    };
    let ex = domain == "EX";
    let variables: Vec<_> = VARIABLES.iter().filter(|variable| !ex || !NOT_IN_EX.contains(&variable.0)).collect();
    let doses = schedule.doses.iter().filter(|dose| !ex || dose.given().is_some());
    let doses: Vec<DoseRow> = doses.flat_map(each::by_half).collect();
    let rows = doses.iter().zip(1u32..).map(|(dose, number)| {
        let of = |name: &str| match name {
            "STUDYID" => study.clone(),
            "DOMAIN" => domain.to_owned(),
            "USUBJID" => format!("{study}-{subject}"),
            "--SEQ" => number.to_string(),
            _ => value(name, schedule, dose),
        };
        variables.iter().map(|variable| one_line(&of(variable.0))).collect()
    });
    Ok(Dataset { domain, rows: rows.collect(), variables })
}

/// Character variables hold no line breaks.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn value(name: &str, schedule: &Schedule, dose: &DoseRow) -> String {
    let performed = matches!(dose.state(), DoseState::Given | DoseState::Omitted);
    let given = dose.state() != DoseState::Omitted;
    let at = dose.occasion();
    let through = shared::through(dose, at);
    let unit = at.portion.amount.unit.written();
    match name {
        "--REFID" => reference(dose),
        "--TRT" => match &dose.formulation {
            Some(formulation) => format!("{} {formulation}", dose.drug).to_uppercase(),
            None => dose.drug.to_uppercase(),
        },
        "--MOOD" => if performed { "PERFORMED" } else { "SCHEDULED" }.to_owned(),
        // On scheduled rows both stay blank: a pre-specified row without an occurrence would need a status.
        "--PRESP" if performed => "Y".to_owned(),
        "--OCCUR" if performed => if given { "Y" } else { "N" }.to_owned(),
        "--REASOC" if !given => dose.reason.clone().unwrap_or_default(),
        // Of an omitted dose blank, never 0.
        // An infusion dosed by the day is one administration, from its first day to its last: all of it.
        "--DOSE" if given && at.portion.days.is_some() => at.total.map(|total| plain(total.value)).unwrap_or_default(),
        "--DOSE" if given => plain(at.portion.amount.value),
        "--DOSU" if given => term(&UNITS, unit).unwrap_or(unit).to_owned(),
        "--DOSFRQ" => frequency(dose),
        "--DOSRGM" => regimen(schedule, dose),
        "--ROUTE" => dose
            .route
            .as_ref()
            .map_or_else(String::new, |route| term(&ROUTES, route).map_or_else(|| route.to_uppercase(), str::to_owned)),
        "--ADJ" => adjusted(schedule, dose),
        "EPOCH" => "TREATMENT".to_owned(),
        "--STDTC" if given => calendar::iso(at.date),
        "--ENDTC" if given => calendar::iso(through),
        "--STDY" if given => study_day(schedule, at.date),
        "--ENDY" if given => study_day(schedule, through),
        _ => String::new(),
    }
}

fn term<'a>(terms: &[(&str, &'a str)], ours: &str) -> Option<&'a str> {
    terms.iter().find(|(known, _)| *known == ours).map(|(_, term)| *term)
}

/// Never the date or the dose: the same administration keeps it when it moves.
fn reference(dose: &DoseRow) -> String {
    let phase = dose.phase.as_ref().map_or(String::new(), |phase| format!("{phase}/"));
    let part = dose.part.map_or(String::new(), |part| format!("/{part}"));
    format!("{phase}C{}/D{}/{}{part}", dose.cycle, dose.day, dose.id)
}

fn frequency(dose: &DoseRow) -> String {
    match dose.run().map(|run| run.times_a_day) {
        None => "ONCE".to_owned(),
        Some(0 | 1) => "QD".to_owned(),
        Some(2) => "BID".to_owned(),
        Some(3) => "TID".to_owned(),
        Some(times) => format!("{times} TIMES PER DAY"),
    }
}

/// No variable says how far a planned dose may be relied on; the intended regimen is where a reader looks.
fn regimen(schedule: &Schedule, dose: &DoseRow) -> String {
    let draft = shared::before(schedule);
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    let run = dose.run().map_or(String::new(), |run| format!(", {}", run.words()));
    let each = if dose.portion().days.is_some() { " in each 24 hours" } else { "" };
    match dose.planned() {
        Some(planned) => format!("{draft}{}{each}{over}{run}", planned.per),
        None => format!("{draft}not planned{over}{run}"),
    }
}

fn adjusted(schedule: &Schedule, dose: &DoseRow) -> String {
    let same = |id: Option<&str>| id == Some(dose.id.as_str());
    let reasons = schedule.sheets.reasons.iter().filter(|one| {
        same(one.drug.as_deref())
            && one.phase == dose.phase
            && one.cycle <= dose.cycle
            && dose.state() != DoseState::Omitted
    });
    reasons.map(|one| one.why.clone()).collect::<Vec<_>>().join("; ")
}

/// Day 1 is the first day of treatment, and the day before it is day -1.
fn study_day(schedule: &Schedule, date: Date) -> String {
    let Some(first) = schedule.doses.iter().map(DoseRow::date).min() else { return String::new() };
    let days = days_between(first, date);
    if days < 0 { days.to_string() } else { (days + 1).to_string() }
}

fn full(domain: &str, name: &str) -> String {
    name.strip_prefix("--").map_or_else(|| name.to_owned(), |rest| format!("{domain}{rest}"))
}

fn csv(set: &Dataset) -> Vec<u8> {
    let names: Vec<String> = set.variables.iter().map(|variable| full(set.domain, variable.0)).collect();
    let mut out = String::new();
    for row in std::iter::once(&names).chain(&set.rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn dataset_json(set: &Dataset, schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
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
    let label = if set.domain == "EC" { "Exposure as Collected" } else { "Exposure" };
    let draft = shared::behind(schedule);
    let made = options.generated.trim_end_matches('Z');
    let document = json!({
        "datasetJSONCreationDateTime": if made.is_empty() { "1970-01-01T00:00:00" } else { made },
        "datasetJSONVersion": "1.1.0",
        "originator": concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")),
        "itemGroupOID": format!("IG.{}", set.domain),
        "records": set.rows.len(),
        "name": set.domain,
        "label": format!("{label}{draft}"),
        "columns": columns,
        "rows": rows,
    });
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
