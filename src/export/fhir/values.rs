//! Figures, times and words as FHIR writes them.

use serde_json::{Value, json};

use crate::calendar::{self, days_between};
use crate::present::{CycleRow, DoseRow};
use crate::quantity::number::plain;
use crate::quantity::{Basis, Decimal, ProtocolDose, decimal};

use super::super::each;

pub(super) const UCUM: &str = "http://unitsofmeasure.org";
const NCIT: &str = "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl";
const RATE_TYPE: &str = "http://terminology.hl7.org/CodeSystem/dose-rate-type";
/// Decimals a figure keeps where it has more digits than a float.
const PLACES: u32 = 9;

/// What an administration is: never its date or dose.
pub(super) fn key(dose: &DoseRow) -> String {
    let phase = dose.phase.as_ref().map_or(String::new(), |phase| format!("{phase}/"));
    let part = dose.part.as_ref().map_or(String::new(), |part| format!("/{part}"));
    format!("{phase}C{}/D{}/{}{part}", dose.cycle, dose.day, dose.id)
}

/// One instruction, or one for the mornings and one for the evenings where they differ; both hold at once.
pub(super) fn instructions(dose: &DoseRow, before: &str) -> Value {
    each::by_half(dose).iter().map(|half| instruction(half, before)).collect()
}

fn instruction(dose: &DoseRow, before: &str) -> Value {
    let mut text = format!("{before}{} {}, {}", dose.shown, dose.dose_shown, dose.route);
    if let Some(run) = &dose.run {
        text = format!("{text}, {}", run.words);
    }
    let mut one = json!({
        "sequence": 1,
        "text": clean(&format!("{text} ({}), Cycle {} Day {}", dose.per, dose.cycle, dose.day)),
        "timing": timing(dose),
        "route": route(&dose.route),
    });
    let mut rates = Vec::new();
    let daily = dose.infusion_days.is_some();
    // `1,000 mg/m2` is how people read it; the comma is no digit.
    if let Ok(per) = ProtocolDose::read(&dose.per.replace(',', ""))
        && let Some(value) = figure(&plain(per.value))
    {
        let (unit, code) = match per.basis {
            Basis::Auc => ("mg.min/mL".to_owned(), "mg.min/mL".to_owned()),
            basis => (per.unit_text(), format!("{}{}", per.unit.ucum(), basis.suffix())),
        };
        let ordered = quantity(&value, &unit, &code);
        rates.push(if daily { each_day(json!({"type": kind("ordered")}), ordered) } else { rate("ordered", ordered) });
    }
    if let Some(value) = amount(dose).filter(|_| dose.state != "omitted") {
        let all = rate("calculated", quantity(&value, dose.unit, dose.unit_ucum));
        // Of one given in part the dose is all that went in, and no rate.
        let whole = dose.infusion_days.as_deref().is_some_and(|days| days != "1");
        let day = figure(&dose.dose).filter(|_| whole).map(|value| quantity(&value, dose.unit, dose.unit_ucum));
        rates.push(match day {
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
pub(super) fn amount(dose: &DoseRow) -> Option<Value> {
    let all = dose.infusion_days.as_ref().map_or(Some(&dose.dose), |_| dose.total.as_ref());
    figure(all?)
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

pub(super) fn timing(dose: &DoseRow) -> Value {
    if let Some(run) = &dose.run {
        let mut repeat = json!({
            "boundsPeriod": {"start": run.from, "end": run.through},
            "count": run.administrations.max(1),
            "frequency": run.times_a_day.max(1),
            "period": 1,
            "periodUnit": "d",
        });
        // Only the halves of a day that differ are instructions of their own.
        if let Some(when) = dose.part.as_deref().and_then(half) {
            repeat["when"] = json!([when]);
        }
        return json!({"repeat": repeat});
    }
    let mut timing = json!({"event": [dose.date]});
    if let Some(minutes) = dose.over_minutes.as_ref().and_then(|minutes| figure(minutes)) {
        timing["repeat"] = json!({"count": 1, "duration": minutes, "durationUnit": "min"});
    }
    timing
}

/// The code of an event of the day.
fn half(part: &str) -> Option<&'static str> {
    [("morning", "MORN"), ("evening", "EVE")].into_iter().find(|(word, _)| *word == part).map(|(_, code)| code)
}

/// The one coded route whose code is known from a source; others travel as words.
pub(super) fn route(route: &str) -> Value {
    if route == "intravenous" {
        json!({"coding": [{"system": NCIT, "code": "C38276", "display": "Intravenous Route of Administration"}]})
    } else {
        json!({"text": clean(route)})
    }
}

/// A figure as a JSON number with its digits as written.
pub(super) fn figure(text: &str) -> Option<Value> {
    let value: Decimal = text.parse().ok()?;
    let short = plain(if super::super::exact(text).is_some() { value } else { decimal::half_up(value, PLACES) });
    match short.parse::<i64>() {
        Ok(whole) => Some(json!(whole)),
        Err(_) => super::super::exact(&short).map(|value| json!(value)),
    }
}

/// FHIR strings hold no control characters and are never empty.
pub(super) fn clean(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    if text.trim().is_empty() { "-".to_owned() } else { text.trim().to_owned() }
}

pub(super) fn days(from: &str, to: &str) -> Option<i32> {
    Some(days_between(calendar::read(from).ok()?, calendar::read(to).ok()?))
}

pub(super) fn length(cycle: &CycleRow) -> Option<i32> {
    days(&cycle.first, &cycle.last)?.checked_add(1)
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
