//! Figures, times and words as FHIR writes them.

use serde_json::{Value, json};

use crate::calendar::{self, days_between};
use crate::course::Part;
use crate::present::{CycleRow, DoseRow, Occasion};
use crate::quantity::number::plain;
use crate::quantity::{Basis, Decimal, decimal};
use crate::regimen::HalfDay;
use crate::regimen::coded::coded;

use super::super::{each, shared};

pub(super) const UCUM: &str = "http://unitsofmeasure.org";
const NCIT: &str = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl";
const UNII: &str = "http://fdasis.nlm.nih.gov";
const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
const RATE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/dose-rate-type";
/// Decimals a figure keeps where it has more digits than a float.
const PLACES: u32 = 9;

/// What an administration is: never its date or dose.
pub(super) fn key(dose: &DoseRow) -> String {
    let phase = dose.phase.as_ref().map_or(String::new(), |phase| format!("{phase}/"));
    let part = dose.part.map_or(String::new(), |part| format!("/{part}"));
    format!("{phase}C{}/D{}/{}{part}", dose.cycle, dose.day, dose.id)
}

/// A drug in the public codes of its substance, where they are known, and in the words that people read, with form and product.
pub(super) fn medication(dose: &DoseRow) -> Value {
    let mut concept = json!({"text": clean(&dose.shown)});
    if let Some(known) = coded(&dose.drug) {
        let codes = [(UNII, known.unii), (RXNORM, known.rxnorm)].into_iter();
        concept["coding"] = codes.filter_map(|(system, code)| Some(json!({"system": system, "code": code?}))).collect();
    }
    concept
}

/// One instruction, or one for the mornings and one for the evenings where they differ; both hold at once.
pub(super) fn instructions(dose: &DoseRow, before: &str) -> Value {
    each::by_half(dose).iter().map(|half| instruction(half, before)).collect()
}

fn instruction(dose: &DoseRow, before: &str) -> Value {
    let at = dose.to_prepare();
    let mut text =
        format!("{before}{} {}, {}", dose.shown_apart(), shared::portion_words(dose, at), dose.route_words());
    if let Some(run) = &at.run {
        text = format!("{text}, {}", run.words());
    }
    let per = dose.planned().map(|planned| planned.per);
    let ordered = per.map_or(String::new(), |per| format!(" ({per})"));
    let mut one = json!({
        "sequence": 1,
        "text": clean(&format!("{text}{ordered}, {} Day {}", dose.cycle_word.titled(dose.cycle), dose.day)),
        "timing": timing(dose, at),
        "route": route(dose),
    });
    // Where a reader looks for what must never be done.
    let never = dose.planned().and_then(|planned| planned.preparation.never_words());
    let warned: Vec<Value> = dose.warn.iter().chain(&never).map(|text| json!({"text": clean(text)})).collect();
    if !warned.is_empty() {
        one["additionalInstruction"] = warned.into();
    }
    let mut rates = Vec::new();
    let unit = at.portion.amount.unit;
    if let Some(per) = per
        && let Some(value) = figure(per.value)
    {
        let (unit, code) = match per.basis {
            Basis::Auc => ("mg.min/mL".to_owned(), "mg.min/mL".to_owned()),
            basis => (per.unit_text(), format!("{}{}", per.unit.ucum(), basis.suffix())),
        };
        let ordered = quantity(&value, &unit, &code);
        let daily = at.portion.days.is_some();
        rates.push(if daily { each_day(json!({"type": kind("ordered")}), ordered) } else { rate("ordered", ordered) });
    }
    if let Some(value) = amount(at) {
        let all = rate("calculated", quantity(&value, unit.written(), unit.ucum()));
        // Of an infusion of one day the dose is all of it, and no rate.
        let whole = at.portion.days.is_some_and(|days| days != Decimal::ONE);
        let day = figure(at.portion.amount.value).filter(|_| whole);
        rates.push(match day.map(|value| quantity(&value, unit.written(), unit.ucum())) {
            Some(day) => each_day(all, day),
            None => all,
        });
    }
    if !rates.is_empty() {
        one["doseAndRate"] = rates.into();
    }
    one
}

/// What one administration is: of an infusion dosed by the day, all of it.
pub(super) fn amount(at: &Occasion) -> Option<Value> {
    let amount = if at.portion.days.is_some() { at.total? } else { at.portion.amount };
    figure(amount.value)
}

fn kind(kind: &str) -> Value {
    json!({"coding": [{"system": RATE_TYPE, "code": kind}]})
}

#[allow(clippy::needless_pass_by_value)] // made for this rate and nothing else
fn rate(of: &str, quantity: Value) -> Value {
    json!({"type": kind(of), "doseQuantity": quantity})
}

/// With the rate of an infusion dosed by the day: so much in 24 hours.
#[allow(clippy::needless_pass_by_value)]
fn each_day(mut rate: Value, quantity: Value) -> Value {
    let day = json!({"value": 24, "unit": "h", "system": UCUM, "code": "h"});
    rate["rateRatio"] = json!({"numerator": quantity, "denominator": day});
    rate
}

pub(super) fn quantity(value: &Value, unit: &str, code: &str) -> Value {
    json!({"value": value, "unit": unit, "system": UCUM, "code": code})
}

pub(super) fn timing(dose: &DoseRow, at: &Occasion) -> Value {
    if let Some(run) = &at.run {
        let mut repeat = json!({
            "boundsPeriod": {"start": calendar::iso(run.from), "end": calendar::iso(run.through)},
            "count": run.administrations.max(1),
            "frequency": run.times_a_day.max(1),
            "period": 1,
            "periodUnit": "d",
        });
        // Only the halves of a day that differ are instructions of their own.
        if let Some(Part::Half(half)) = dose.part {
            repeat["when"] = json!([if half == HalfDay::Morning { "MORN" } else { "EVE" }]);
        }
        return json!({"repeat": repeat});
    }
    let mut timing = json!({"event": [calendar::iso(at.date)]});
    if let Some(minutes) = dose.over_minutes().and_then(figure) {
        timing["repeat"] = json!({"count": 1, "duration": minutes, "durationUnit": "min"});
    }
    timing
}

/// The one coded route whose code is known from a source; others travel as words.
const CODED: &str = "intravenous";

/// Whether its route has a code.
pub(super) fn is_coded(dose: &DoseRow) -> bool {
    dose.route.as_deref() == Some(CODED)
}

pub(super) fn route(dose: &DoseRow) -> Value {
    if is_coded(dose) {
        json!({"coding": [{"system": NCIT, "code": "C38276", "display": "Intravenous Route of Administration"}]})
    } else {
        json!({"text": clean(dose.route_words())})
    }
}

/// A figure as a JSON number with its digits as written.
pub(super) fn figure(value: Decimal) -> Option<Value> {
    let short = if super::super::exact(value).is_some() { value } else { decimal::half_up(value, PLACES) };
    match plain(short).parse::<i64>() {
        Ok(whole) => Some(json!(whole)),
        Err(_) => super::super::exact(short).map(|value| json!(value)),
    }
}

/// FHIR strings hold no control characters and are never empty.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    if text.trim().is_empty() { "-".to_owned() } else { text.trim().to_owned() }
}

/// Days of a cycle.
pub(super) fn length(cycle: &CycleRow) -> Option<i32> {
    days_between(cycle.first, cycle.last).checked_add(1)
}

/// `2026-12-05T09:30:00Z`, or with an offset behind.
pub(super) fn instant(text: &str) -> bool {
    let shape = |part: &str, shape: &str| {
        part.len() == shape.len()
            && part.chars().zip(shape.chars()).all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { c == s })
    };
    text.split_at_checked(19).is_some_and(|(stamp, zone)| {
        let offset = zone == "Z" || shape(zone, "+00:00") || shape(zone, "-00:00");
        shape(stamp, "0000-00-00T00:00:00") && offset
    })
}
