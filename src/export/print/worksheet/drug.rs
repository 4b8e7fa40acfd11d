//! One drug of the worksheet.

use std::collections::BTreeSet;

use crate::calendar::with_weekday;
use crate::plan::Infusion;
use crate::present::{CumulativeRow, DoseRow, DoseState, PlannedRow, PreparationRow, Schedule, previous};
use crate::regimen::{Role, marks_words};

use super::super::super::reading;
use super::super::document::{Boxed, Cell, Line, Panel, strong, text};

/// Doses of one drug that are prepared alike stand in one frame, with lines for each: mesna at 0, 4 and 8 hours.
pub(super) fn alike<'a>(doses: &[&'a DoseRow]) -> Vec<Vec<&'a DoseRow>> {
    let prepared = |dose: &DoseRow| dose.planned().map(|planned| (planned.at.portion, planned.preparation.clone()));
    let same = |one: &DoseRow, other: &DoseRow| {
        one.given().is_none() && other.given().is_none() && one.id == other.id && prepared(one) == prepared(other)
    };
    let mut groups: Vec<Vec<&DoseRow>> = Vec::new();
    for dose in doses {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(first, dose))) {
            Some(group) => group.push(dose),
            None => groups.push(vec![dose]),
        }
    }
    groups
}

/// A drug in its frame. `sizes` are the steps that stand above all of them.
pub(super) fn panel(
    schedule: &Schedule,
    doses: &[&DoseRow],
    number: u32,
    sizes: &BTreeSet<&str>,
    totals: &[CumulativeRow],
) -> Option<Panel> {
    let dose = doses.first()?;
    let at = dose.to_prepare();
    let planned = dose.planned();
    let own = dose.working().iter().filter(|step| !sizes.contains(step.as_str())).cloned();
    let mut strips = Vec::new();
    if dose.given().is_some() {
        strips.push(format!("GIVEN: prepare nothing. {}", happened(dose)));
    }
    strips.extend(dose.handling.mark().map(|mark| format!("▲ {mark}")));
    strips.extend(dose.warn.as_ref().map(|warn| format!("▲ {warn}")));
    strips.extend(planned.and_then(|planned| planned.preparation.never_words()).map(|never| format!("▲ {never}")));
    let made = planned.map(|planned| &planned.preparation);
    let figure = made.map_or_else(|| at.portion.to_string(), |made| made.amount.to_string());
    if let Some(each) = made.and_then(PreparationRow::each_24_hours) {
        strips.push(format!("▲ {figure} is the dose for all of it, not for one day (in each 24 hours {each})"));
    }
    if doses.len() > 1 {
        strips.push(format!("▲ {} doses of {figure} each", doses.len()));
    }
    Some(Panel {
        number: number.to_string(),
        name: dose.shown_apart(),
        how: each_how(doses),
        working: own.collect(),
        figure,
        boxes: made.map(|made| infused(dose, made)).unwrap_or_default(),
        strips,
        notes: notes(schedule, doses, totals),
        lines: doses.iter().zip(1..).flat_map(|(dose, nth)| lines(dose, (nth, doses.len()))).collect(),
    })
}

/// How each is given, what is the same said once.
fn each_how(doses: &[&DoseRow]) -> String {
    let [dose] = doses else {
        let route = doses.first().map_or("", |dose| dose.route_words());
        let each = doses.iter().zip(1..).map(|(dose, nth)| {
            let order = order(dose);
            format!("{nth}: {}", if order.is_empty() { "as ordered".to_owned() } else { order.join(", ") })
        });
        return format!("{route}; {}", each.collect::<Vec<_>>().join("; "));
    };
    how(dose)
}

/// What happened to a dose that is not to be prepared: `given on Mon 07-Dec-2026, 90 mg, in part; infusion reaction`.
pub(super) fn happened(dose: &DoseRow) -> String {
    let reason = dose.reason.clone();
    if let Some(given) = dose.given() {
        let what = format!("given on {}, {}", with_weekday(given.at.date), given.at.portion);
        let beside = given.beside(dose.planned()).into_iter().chain(reason);
        return std::iter::once(what).chain(beside).collect::<Vec<_>>().join("; ");
    }
    let word = match dose.state() {
        DoseState::Projected => "not recorded".to_owned(),
        state => state.word().to_uppercase(),
    };
    reason.map_or(word.clone(), |reason| format!("{word}, {reason}"))
}

fn how(dose: &DoseRow) -> String {
    std::iter::once(dose.route_words().to_owned()).chain(order(dose)).collect::<Vec<_>>().join(", ")
}

/// Which of the day it is, and its order or distance to another drug.
fn order(dose: &DoseRow) -> Vec<String> {
    let loading = dose.planned().filter(|planned| planned.loading).map(|_| "loading dose".to_owned());
    dose.part_words().into_iter().chain(dose.when.clone()).chain(loading).collect()
}

fn boxed(caption: &str, value: Option<String>, unit: &str, below: Option<String>, share: u16) -> Boxed {
    Boxed {
        caption: caption.to_owned(),
        value: value.unwrap_or_default(),
        unit: unit.to_owned(),
        below: below.unwrap_or_default(),
        share,
    }
}

/// Volume, diluent, concentration, length and rate; each a line to write on where the regimen does not say.
fn infused(dose: &DoseRow, made: &PreparationRow) -> Vec<Boxed> {
    if dose.is_swallowed() {
        let planned = dose.planned().and_then(PlannedRow::supply_words);
        return vec![boxed("To count or pour out", planned, "", None, 60)];
    }
    let vials = made.vials.map(|(count, vial)| format!("{} of {vial}", crate::quantity::number::count(count, "vial")));
    let mut boxes = vec![boxed("Drug volume", made.drug.map(|volume| volume.to_string()), "mL", vials, 26)];
    let (length, below) = length(dose, made);
    let Some(over) = &dose.over else {
        return boxes;
    };
    let diluent = made.diluent_words();
    let chosen = made.dilution.is_none().then(|| "not in the file: write it".to_owned());
    boxes.push(boxed("Diluent, volume", diluent, "mL", chosen, 36));
    let limits =
        made.limits_words().map_or_else(|| "limits not stated".to_owned(), |limits| format!("limits {limits}"));
    let unit = format!("{}/mL", made.amount.unit);
    boxes.push(boxed("Concentration", made.concentration().map(|one| one.to_string()), &unit, Some(limits), 26));
    boxes.push(boxed("Length", length, "", below, 28));
    if *over != Infusion::Bolus {
        let undiluted = made.undiluted().map(|rate| format!("undiluted {rate}"));
        boxes.push(boxed("Rate", made.rate().map(|rate| rate.to_string()), "mL/h", undiluted, 24));
    }
    boxes
}

/// How long it runs and, of a long infusion, when it ends. A range is no instruction: what was chosen is written.
fn length(dose: &DoseRow, made: &PreparationRow) -> (Option<String>, Option<String>) {
    let from_file = |over: &Infusion| Some(format!("file: {over}"));
    match dose.over.as_ref() {
        None => (None, None),
        Some(Infusion::Bolus) => (Some("bolus".to_owned()), None),
        Some(over @ Infusion::For(_)) => {
            (Some(over.to_string()), made.ends(dose.to_prepare().date).map(|day| format!("ends {}", with_weekday(day))))
        }
        Some(over @ (Infusion::Between(..) | Infusion::AtMost { .. })) => (None, from_file(over)),
        Some(Infusion::Unknown) => (None, Some("not in the file: write it".to_owned())),
    }
}

/// Whether it is a tablet or a liquid given beside the treatment: a line of a table, and no frame of its own.
pub(super) fn is_counted_out(dose: &DoseRow) -> bool {
    dose.is_swallowed() && dose.role != Role::Treatment && dose.given().is_none()
}

/// A line of what is counted out: the drug, its dose, when, room for the lot and who gave it.
pub(super) fn counted_out(dose: &DoseRow) -> Vec<Cell> {
    let supply = dose.planned().and_then(PlannedRow::supply_words);
    let words = std::iter::once(how(dose)).chain(supply).chain(dose.handling.mark().map(str::to_owned));
    let words = words.chain(dose.handling.words()).chain(dose.warn.as_ref().map(|warn| format!("▲ {warn}")));
    let words = words.chain(dose.note.clone()).chain(marks_words(dose.marks()));
    let words: Vec<String> = words.map(|words| words.trim_end_matches('.').to_owned()).collect();
    let dose_words = dose.planned().map_or_else(|| dose.portion().to_string(), PlannedRow::dose_words);
    vec![strong(dose.shown_apart()), strong(dose_words), text(words.join("; ")), Cell::Blank, Cell::Blank]
}

/// What is taken at home and dispensed for it; lots and counts stand in the dispensing log.
pub(super) fn dispensed(dose: &DoseRow) -> String {
    let planned = dose.planned();
    let mut parts = vec![format!("At home: {}, {}", dose.shown_apart(), how(dose))];
    parts.extend(planned.map(|planned| format!("each dose {}", planned.dose_words())));
    parts.extend(planned.and_then(PlannedRow::taken_words));
    parts.extend(planned.and_then(PlannedRow::dispensed_words).map(|all| format!("to dispense {all}")));
    parts.extend(dose.handling.mark().map(|mark| format!("▲ {mark}")));
    parts.extend(dose.handling.words());
    parts.extend(dose.warn.as_ref().map(|warn| format!("▲ {warn}")));
    parts.extend(dose.given().map(|_| format!("GIVEN: dispense nothing; {}", happened(dose))));
    parts.extend(marks_words(dose.marks()));
    format!("{}.", parts.join("; "))
}

fn notes(schedule: &Schedule, doses: &[&DoseRow], totals: &[CumulativeRow]) -> Vec<String> {
    let Some(dose) = doses.first() else { return Vec::new() };
    let mut parts = Vec::new();
    if let Some(planned) = dose.planned() {
        parts.extend(reading::reduced(dose, planned));
        parts.extend(planned.uncapped.map(|uncapped| format!("capped from {uncapped}")));
    }
    parts.extend(previous(schedule, dose).map(|last| format!("last: {}", last.words)));
    // Nobody counts up what is given beside the treatment.
    for (dose, nth) in doses.iter().zip(1..).filter(|(dose, _)| dose.role == Role::Treatment) {
        let place = (&dose.id, &dose.phase, dose.cycle, dose.day, dose.part);
        let own = |row: &&CumulativeRow| (&row.id, &row.phase, row.cycle, row.day, row.part) == place;
        let number = if doses.len() > 1 { format!("{nth}: ") } else { String::new() };
        let total = totals.iter().find(own);
        parts.extend(total.map(|row| format!("{number}total after this {}{}", row.total, open(schedule, dose))));
    }
    let mut notes = vec![parts.join("; ")];
    notes.extend(dose.handling.words());
    notes.extend(dose.note.clone());
    notes.extend(marks_words(dose.marks()).into_iter().map(|words| format!("In the regimen {words}.")));
    notes.retain(|note| !note.is_empty());
    notes
}

/// Of a record, that a total counts doses before this one that are not on record.
fn open(schedule: &Schedule, dose: &DoseRow) -> &'static str {
    let mut before = schedule.doses.iter().filter(|one| one.drug == dose.drug && one.date() < dose.date());
    let open = before.any(|one| one.state() == DoseState::Projected);
    if open && !schedule.history.is_empty() { ", if all before it is given: not all of it is on record" } else { "" }
}

/// What the pharmacy writes, of each of several doses with its number.
fn lines(dose: &DoseRow, (nth, of): (usize, usize)) -> Vec<Vec<Line>> {
    if dose.given().is_some() {
        return Vec::new();
    }
    let lot = if of > 1 { format!("{nth}: Lot") } else { "Lot".to_owned() };
    let first = vec![
        Line::new(&lot, 18),
        Line::new("Expires", 20),
        Line::new("2nd lot", 20),
        Line::new("Expires", 20),
        Line::new("Use before", 28),
    ];
    vec![
        first,
        vec![Line::tick("Prepared by", 34), Line::new("at", 14), Line::tick("Checked by", 34), Line::new("at", 14)],
    ]
}
