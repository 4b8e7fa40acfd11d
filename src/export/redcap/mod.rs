//! `REDCap`: a fragment of a data dictionary, and the rows that fill it.
//!
//! Uploading a dictionary replaces the project's, so this one is a fragment to be added to it. Rows carry
//! the number of their repeat instance, made from the identity of the dose: importing again overwrites
//! instead of adding. A dose that has left the plan stays, marked as no longer planned: REDCap keeps what an import
//! leaves out.

mod instance;

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{self, Date};
use crate::present::{DoseRow, DoseState, Occasion, Schedule};
use crate::quantity::number::plain;
use crate::writing::hidden;

use super::{ExportError, Format, Options, Write, each, table};
use instance::Instances;

pub(super) const DICTIONARY: Format = Format {
    id: "redcap-dictionary",
    extension: "csv",
    title: "REDCap: data dictionary of the dosing form (a fragment to add to yours)",
    text: true,
    write: Write::Whole(dictionary),
};
pub(super) const IMPORT: Format = Format {
    id: "redcap-import",
    extension: "csv",
    title: "REDCap: import file of the planned doses",
    text: true,
    write: Write::Whole(import),
};

const FORM: &str = "dosing_schedule";

const HEADER: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// A field of the form: name, label, type, choices, validation, and what a dose puts there.
struct Field {
    name: &'static str,
    label: &'static str,
    choices: &'static str,
    validation: &'static str,
    cell: fn(&DoseRow) -> String,
}

const STATUS: &str =
    "1, Projected | 2, Given | 3, Held | 4, Omitted | 5, Incomplete | 6, Missed | 7, No longer planned";
const INCOMPLETE: &str = "1, Incomplete | 0, Complete";
const STATUS_FIELD: &str = "ds_status";
const REASON_FIELD: &str = "ds_reason";
/// The status of a dose that has left the plan.
const DROPPED: &str = "7";
const CERTAIN: &str = "1, Certain | 0, Only if treatment continues";

#[rustfmt::skip] // one line a field reads as the table it is
const FIELDS: &[Field] = &[
    Field { name: "ds_phase", label: "Phase", choices: "", validation: "", cell: |row| row.phase.clone().unwrap_or_default() },
    Field { name: "ds_cycle", label: "Cycle", choices: "", validation: "integer", cell: |row| row.cycle.to_string() },
    Field { name: "ds_day", label: "Day of the cycle", choices: "", validation: "integer", cell: |row| row.day.to_string() },
    Field { name: "ds_own_day", label: "Day of the cycle on which the dose itself falls", choices: "", validation: "integer", cell: |row| row.own_day.to_string() },
    Field { name: "ds_hours", label: "Hours after the dose it is counted from", choices: "", validation: "number", cell: |row| row.hours_after.map(plain).unwrap_or_default() },
    Field { name: "ds_part", label: "Part of the day", choices: "", validation: "", cell: |row| part(row) },
    Field { name: "ds_drug", label: "Drug (id in the regimen)", choices: "", validation: "", cell: |row| row.id.clone() },
    Field { name: "ds_drug_name", label: "Drug", choices: "", validation: "", cell: |row| row.shown_apart() },
    Field { name: "ds_date", label: "Planned date", choices: "", validation: "date_ymd", cell: |row| day(row.planned().map(|planned| planned.at.date)) },
    Field { name: "ds_earliest", label: "First day of the window", choices: "", validation: "date_ymd", cell: |row| day(row.window().map(|window| window.earliest)) },
    Field { name: "ds_latest", label: "Last day of the window", choices: "", validation: "date_ymd", cell: |row| day(row.window().map(|window| window.latest)) },
    Field { name: "ds_through", label: "Last day of a run at home, as planned", choices: "", validation: "date_ymd", cell: |row| day(row.to_prepare().run.as_ref().map(|run| run.through)) },
    Field { name: "ds_administrations", label: "Planned doses of a run at home", choices: "", validation: "integer", cell: |row| row.planned().map_or_else(String::new, |planned| doses_of(&planned.at)) },
    Field { name: "ds_dose", label: "Planned dose of one administration", choices: "", validation: "number", cell: |row| row.planned().map_or_else(String::new, |planned| one_dose(&planned.at)) },
    Field { name: "ds_unit", label: "Unit of the doses", choices: "", validation: "", cell: |row| row.portion().amount.unit.written().to_owned() },
    Field { name: STATUS_FIELD, label: "Status", choices: STATUS, validation: "", cell: |row| status(row).to_owned() },
    Field { name: "ds_given_date", label: "Date on which it was given", choices: "", validation: "date_ymd", cell: |row| day(row.given().map(|given| given.at.date)) },
    Field { name: "ds_given_dose", label: "Dose of one administration that was given", choices: "", validation: "number", cell: |row| row.given().map_or_else(String::new, |given| one_dose(&given.at)) },
    Field { name: "ds_given_administrations", label: "Doses of a run at home that were taken", choices: "", validation: "integer", cell: |row| row.given().map_or_else(String::new, |given| doses_of(&given.at)) },
    Field { name: "ds_missed_administrations", label: "Doses of a run at home that were due and not taken", choices: "", validation: "integer", cell: |row| row.given().filter(|given| given.at.run.is_some()).map_or_else(String::new, |given| given.missed.to_string()) },
    Field { name: "ds_incomplete", label: "Incomplete: given in part, or not all doses of a run taken", choices: INCOMPLETE, validation: "", cell: |row| row.given().map_or_else(String::new, |given| u8::from(given.incomplete).to_string()) },
    Field { name: REASON_FIELD, label: "Reason", choices: "", validation: "", cell: |row| row.reason.clone().unwrap_or_default() },
    Field { name: "ds_planned_reason", label: "Why the planned dose or day is another than at first", choices: "", validation: "", cell: |row| row.changed_words().unwrap_or_default() },
    Field { name: "ds_recorded_by", label: "Recorded by", choices: "", validation: "", cell: |row| row.recorded.as_ref().map_or_else(String::new, |recorded| recorded.by.clone()) },
    Field { name: "ds_certain", label: "Certainty", choices: CERTAIN, validation: "", cell: |row| u8::from(row.certain).to_string() },
];

fn doses_of(at: &Occasion) -> String {
    at.run.as_ref().map_or_else(String::new, |run| run.administrations.to_string())
}

fn part(row: &DoseRow) -> String {
    row.part.map(|part| part.to_string()).unwrap_or_default()
}

fn day(date: Option<Date>) -> String {
    date.map(calendar::iso).unwrap_or_default()
}

fn status(row: &DoseRow) -> &'static str {
    match row.state() {
        DoseState::Projected => "1",
        DoseState::Given => "2",
        DoseState::Held => "3",
        DoseState::Omitted => "4",
        DoseState::Incomplete => "5",
        DoseState::Missed => "6",
    }
}

/// The dictionary: the record's identifier first, as REDCap wants it, then the form.
fn dictionary(_: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let key = "Identity of the dose: phase, cycle, day, drug and part of day";
    let mut rows = vec![
        HEADER.map(str::to_owned).to_vec(),
        field("record_id", "Subject code", "", ""),
        field("ds_key", key, "", ""),
    ];
    rows.extend(FIELDS.iter().map(|one| field(one.name, one.label, one.choices, one.validation)));
    rows.push(field("ds_regimen", "Regimen, version and status", "", ""));
    table::records(rows.into_iter(), &unmarked(options))
}

fn field(name: &str, label: &str, choices: &str, validation: &str) -> Vec<String> {
    let kind = if choices.is_empty() { "text" } else { "radio" };
    let mut cells = vec![String::new(); HEADER.len()];
    for (at, text) in [(0, name), (1, FORM), (3, kind), (4, label), (5, choices), (7, validation)] {
        if let Some(cell) = cells.get_mut(at) {
            text.clone_into(cell);
        }
    }
    cells
}

/// REDCap reads a byte-order mark as part of the first name.
fn unmarked(options: &Options) -> Options {
    Options { excel: false, ..options.clone() }
}

fn import(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let Some(record) = options.subject.as_deref().filter(|code| !code.is_empty()) else {
        return Err(ExportError::NoSubject("A REDCap import needs a subject code, which becomes the record_id."));
    };
    if let Some(event) = options.redcap_event.as_deref().filter(|event| !is_unique_name(event)) {
        return Err(ExportError::Refused(format!(
            "`{}` is not a unique event name of REDCap: one has small letters, digits and underscores, such as visit_1_arm_1; \
             the page Define My Events shows it.",
            crate::quantity::number::shown(event)
        )));
    }
    let regimen = &schedule.regimen;
    let regimen = format!("{} version {} ({})", regimen.id, regimen.version, regimen.status.word().to_uppercase());
    let header = header(options);
    let old = previous(options, record, &header)?;
    // Where morning and evening of a run differ, each half is a row: a row holds one amount.
    let halves = |rows: &[DoseRow]| -> Vec<DoseRow> { rows.iter().flat_map(each::by_half).collect() };
    let (doses, earlier) =
        (halves(&schedule.doses), schedule.earlier.iter().map(|plan| halves(plan)).collect::<Vec<_>>());
    let instances = Instances::new(&earlier, (&doses, schedule.regimen.cycles_from), &old)?;
    let line = |row: &DoseRow, status: &str| -> Result<Vec<String>, ExportError> {
        let mut cells = vec![record.to_owned()];
        cells.extend(options.redcap_event.clone());
        cells.extend([FORM.to_owned(), instances.of(&key(row))?.to_string(), key(row)]);
        cells.extend(
            FIELDS.iter().map(|one| if one.name == STATUS_FIELD { status.to_owned() } else { (one.cell)(row) }),
        );
        cells.extend([regimen.clone(), "0".to_owned()]);
        Ok(cells)
    };
    let mut rows = vec![header.clone()];
    for row in &doses {
        rows.push(line(row, status(row))?);
    }
    let mut known: BTreeSet<String> = doses.iter().map(key).collect();
    // What the end of treatment dropped stands in the last plan before it; what a version dropped, only in those before.
    let ended = schedule.discontinued.as_ref().map(|ended| ended.reason.as_str());
    let until: BTreeSet<String> = earlier.last().into_iter().flatten().map(key).collect();
    let why = |key: &str| ended.filter(|_| earlier.is_empty() || until.contains(key));
    // What an earlier import may hold: of the file given as the previous one as it stands there, else as it was planned.
    for (key, row) in old {
        if !known.contains(&key) {
            rows.push(dropped(row, &header, why(&key)));
            known.insert(key);
        }
    }
    for row in earlier.iter().rev().flatten() {
        if known.insert(key(row)) {
            rows.push(dropped(line(row, DROPPED)?, &header, why(&key(row))));
        }
    }
    table::records(rows.into_iter(), &unmarked(options))
}

/// A label, such as `Visit 1`, is refused by the import.
fn is_unique_name(event: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !event.is_empty() && event.bytes().all(fits)
}

fn header(options: &Options) -> Vec<String> {
    let mut names = vec!["record_id"];
    names.extend(options.redcap_event.as_ref().map(|_| "redcap_event_name"));
    names.extend(["redcap_repeat_instrument", "redcap_repeat_instance", "ds_key"]);
    names.extend(FIELDS.iter().map(|one| one.name));
    names.extend(["ds_regimen", "dosing_schedule_complete"]);
    names.into_iter().map(str::to_owned).collect()
}

/// Of an infusion dosed by the day one administration is all of it.
fn one_dose(at: &Occasion) -> String {
    let all = at.portion.days.and(at.total);
    plain(all.unwrap_or(at.portion.amount).value)
}

/// What a dose is, whatever its date and amount.
fn key(row: &DoseRow) -> String {
    let phase = row.phase.as_deref().unwrap_or_default();
    format!("{phase}/{}/{}/{}/{}", row.cycle, row.day, row.id, part(row))
}

/// The rows imported before, by identity.
fn previous(options: &Options, record: &str, header: &[String]) -> Result<BTreeMap<String, Vec<String>>, ExportError> {
    let refuse = |why: &str| ExportError::Refused(format!("The previous import {why}"));
    let mut rows = BTreeMap::new();
    let Some(bytes) = &options.previous else { return Ok(rows) };
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let (key, subject) = (header.iter().position(|name| name == "ds_key").unwrap_or(0), 0);
    for (at, cells) in reader.records().enumerate() {
        let cells = cells.map_err(|error| refuse(&format!("cannot be read: {error}.")))?;
        let cells: Vec<String> = cells.iter().map(str::to_owned).collect();
        if let Some(found) = cells.iter().find_map(|cell| hidden(cell.trim_start_matches('\u{feff}'))) {
            return Err(refuse(&format!("holds {found} of a cell, which nobody can see.")));
        }
        if at == 0 && cells != header {
            return Err(refuse("has other columns than this one; give the file this program wrote last."));
        }
        if at > 0 {
            if cells.get(subject).map(String::as_str) != Some(record) {
                return Err(refuse("belongs to another subject."));
            }
            rows.insert(cells.get(key).cloned().unwrap_or_default(), cells);
        }
    }
    Ok(rows)
}

/// A dose that has left the plan: the same row, no longer planned, with the reason where treatment ended.
fn dropped(mut row: Vec<String>, header: &[String], why: Option<&str>) -> Vec<String> {
    let mut put = |field: &str, text: &str| {
        let at = header.iter().position(|name| name == field);
        if let Some(cell) = at.and_then(|at| row.get_mut(at)) {
            text.clone_into(cell);
        }
    };
    put(STATUS_FIELD, DROPPED);
    if let Some(why) = why {
        put(REASON_FIELD, why);
    }
    row
}
