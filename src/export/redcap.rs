//! `REDCap`: a fragment of a data dictionary, and the rows that fill it.
//!
//! Uploading a dictionary replaces the project's, so this one is a fragment to be added to it. Rows carry
//! the number of their repeat instance, made from the identity of the dose: importing again overwrites
//! instead of adding. A dose that has left the plan stays, marked as dropped, when the previous import is given.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{self, Date};
use crate::course::Part;
use crate::present::{DoseRow, DoseState, Occasion, Schedule};
use crate::quantity::number::plain;

use super::{ExportError, Format, Options, Write, each, table};

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
/// REDCap keeps the instance in sixteen bits.
const MOST_INSTANCES: u32 = 32_767;
/// Instances of one cycle; more are taken where a cycle has more doses.
const A_CYCLE: u32 = 128;

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

const STATUS: &str = "1, Projected | 2, Given | 3, Held | 4, Omitted or dropped from the plan";
const IN_PART: &str = "1, Only a part of the dose | 0, The whole dose";
const CERTAIN: &str = "1, Certain | 0, Only if treatment continues";

#[rustfmt::skip] // one line a field reads as the table it is
const FIELDS: &[Field] = &[
    Field { name: "ds_phase", label: "Phase", choices: "", validation: "", cell: |row| row.phase.clone().unwrap_or_default() },
    Field { name: "ds_cycle", label: "Cycle", choices: "", validation: "integer", cell: |row| row.cycle.to_string() },
    Field { name: "ds_day", label: "Day of the cycle", choices: "", validation: "integer", cell: |row| row.day.to_string() },
    Field { name: "ds_part", label: "Part of the day", choices: "", validation: "", cell: |row| part(row) },
    Field { name: "ds_drug", label: "Drug (id in the regimen)", choices: "", validation: "", cell: |row| row.id.clone() },
    Field { name: "ds_drug_name", label: "Drug", choices: "", validation: "", cell: |row| row.shown.clone() },
    Field { name: "ds_date", label: "Planned date", choices: "", validation: "date_ymd", cell: |row| day(row.planned().map(|planned| planned.at.date)) },
    Field { name: "ds_earliest", label: "First day of the window", choices: "", validation: "date_ymd", cell: |row| day(row.window().map(|window| window.earliest)) },
    Field { name: "ds_latest", label: "Last day of the window", choices: "", validation: "date_ymd", cell: |row| day(row.window().map(|window| window.latest)) },
    Field { name: "ds_through", label: "Last day of a run at home", choices: "", validation: "date_ymd", cell: |row| day(row.to_prepare().run.as_ref().map(|run| run.through)) },
    Field { name: "ds_administrations", label: "Doses in a run at home", choices: "", validation: "integer", cell: |row| row.run().map(|run| run.administrations.to_string()).unwrap_or_default() },
    Field { name: "ds_dose", label: "Planned dose of one administration", choices: "", validation: "number", cell: |row| row.planned().map_or_else(String::new, |planned| one_dose(&planned.at)) },
    Field { name: "ds_unit", label: "Unit of the doses", choices: "", validation: "", cell: |row| row.portion().amount.unit.written().to_owned() },
    Field { name: "ds_status", label: "Status", choices: STATUS, validation: "", cell: |row| status(row).to_owned() },
    Field { name: "ds_given_date", label: "Date on which it was given", choices: "", validation: "date_ymd", cell: |row| day(row.given().map(|given| given.at.date)) },
    Field { name: "ds_given_dose", label: "Dose of one administration that was given", choices: "", validation: "number", cell: |row| row.given().map_or_else(String::new, |given| one_dose(&given.at)) },
    Field { name: "ds_in_part", label: "Given in part", choices: IN_PART, validation: "", cell: |row| row.given().map_or_else(String::new, |given| u8::from(given.in_part).to_string()) },
    Field { name: "ds_reason", label: "Reason", choices: "", validation: "", cell: |row| row.reason.clone().unwrap_or_default() },
    Field { name: "ds_recorded_by", label: "Recorded by", choices: "", validation: "", cell: |row| row.recorded.as_ref().map_or_else(String::new, |recorded| recorded.by.clone()) },
    Field { name: "ds_certain", label: "Certainty", choices: CERTAIN, validation: "", cell: |row| u8::from(row.certain).to_string() },
];

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
    let regimen = &schedule.regimen;
    let regimen = format!("{} version {} ({})", regimen.id, regimen.version, regimen.status.word().to_uppercase());
    let header = header(options);
    let mut old = previous(options, record, &header)?;
    // Where morning and evening of a run differ, each half is a row: a row holds one amount.
    let doses: Vec<DoseRow> = schedule.doses.iter().flat_map(each::by_half).collect();
    let mut instances = Instances::new(&doses, &old);
    let mut rows = vec![header.clone()];
    for row in &doses {
        let instance = instances.of(row)?;
        old.remove(&key(row));
        let mut cells = vec![record.to_owned()];
        cells.extend(options.redcap_event.clone());
        cells.extend([FORM.to_owned(), instance.to_string(), key(row)]);
        cells.extend(FIELDS.iter().map(|one| (one.cell)(row)));
        cells.extend([regimen.clone(), "0".to_owned()]);
        rows.push(cells);
    }
    rows.extend(old.into_values().map(|old| dropped(old, &header)));
    table::records(rows.into_iter(), &unmarked(options))
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

/// A dose that has left the plan: the same row, dropped.
fn dropped(mut row: Vec<String>, header: &[String]) -> Vec<String> {
    let at = header.iter().position(|name| name == "ds_status");
    if let Some(status) = at.and_then(|at| row.get_mut(at)) {
        "4".clone_into(status);
    }
    row
}

/// Numbers of repeat instances: a block for each cycle, in it a place for each dose a cycle can have.
///
/// Places are given in the order of first appearance, so a longer plan keeps the numbers of a shorter one;
/// numbers imported before are kept whatever happens.
struct Instances {
    block: u32,
    places: Vec<Place>,
    known: BTreeMap<String, u32>,
    taken: BTreeSet<u32>,
}

type Place = (Option<String>, i32, String, Option<Part>);

fn place(row: &DoseRow) -> Place {
    (row.phase.clone(), row.day, row.id.clone(), row.part)
}

impl Instances {
    fn new(doses: &[DoseRow], old: &BTreeMap<String, Vec<String>>) -> Self {
        let mut places = Vec::new();
        let mut rows: Vec<&DoseRow> = doses.iter().collect();
        // By cycle and day, not by date: a delay changes no number.
        rows.sort_by_key(|row| (row.cycle, row.day));
        for row in rows {
            let place = place(row);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let needed = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let block = needed.checked_next_power_of_two().unwrap_or(u32::MAX).max(A_CYCLE);
        let number = |row: &Vec<String>| row.iter().skip_while(|cell| *cell != FORM).nth(1)?.parse().ok();
        let known: BTreeMap<String, u32> =
            old.iter().filter_map(|(key, row)| Some((key.clone(), number(row)?))).collect();
        let taken = known.values().copied().collect();
        Self { block, places, known, taken }
    }

    fn of(&mut self, row: &DoseRow) -> Result<u32, ExportError> {
        let key = key(row);
        if let Some(instance) = self.known.get(&key) {
            return Ok(*instance);
        }
        let at = self.places.iter().position(|known| *known == place(row)).unwrap_or(0);
        let before = row.cycle.saturating_sub(1).saturating_mul(self.block);
        let mut instance = before.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)).saturating_add(1);
        while self.taken.contains(&instance) {
            instance = instance.saturating_add(1);
        }
        if instance > MOST_INSTANCES {
            return Err(ExportError::Refused(format!(
                "REDCap numbers repeat instances up to {MOST_INSTANCES}, and cycle {} lies beyond; export fewer cycles.",
                row.cycle
            )));
        }
        self.taken.insert(instance);
        self.known.insert(key, instance);
        Ok(instance)
    }
}
