//! What was measured: one observation a measurement, and each dose refers to those it was made from.

use serde_json::{Value, json};

use crate::calendar::{self, Date};
use crate::plan::{self, DoseInputs};
use crate::present::{DoseRow, Schedule};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Bsa, Creatinine, Decimal, Gfr, Height, Weight};

use super::Bundle;
use super::values::{UCUM, figure};

/// What is measured, or worked out of what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Height,
    Weight,
    Creatinine,
    Gfr,
    Bsa,
}

/// One measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    what: What,
    value: Decimal,
    unit: &'static str,
    /// `None` where nobody wrote the day down.
    on: Option<Date>,
}

impl What {
    /// The word its identity begins with.
    fn word(self) -> &'static str {
        match self {
            What::Height => "height",
            What::Weight => "weight",
            What::Creatinine => "creatinine",
            What::Gfr => "gfr",
            What::Bsa => "bsa",
        }
    }

    /// Codes of LOINC, where it is one of those that the interoperability tests have read back; words for the others.
    fn code(self) -> Value {
        let loinc = |code: &str, display: &str| json!({"coding": [{"system": "http://loinc.org", "code": code, "display": display}]});
        match self {
            What::Height => loinc("8302-2", "Body height"),
            What::Weight => loinc("29463-7", "Body weight"),
            What::Bsa => loinc("3140-1", "Body surface area Derived from formula"),
            What::Creatinine => json!({"text": "Creatinine in serum"}),
            What::Gfr => json!({"text": "Glomerular filtration rate"}),
        }
    }

    fn category(self) -> &'static str {
        match self {
            What::Height | What::Weight | What::Bsa => "vital-signs",
            What::Creatinine | What::Gfr => "laboratory",
        }
    }
}

fn height(value: Height, on: Option<Date>) -> Reading {
    Reading { what: What::Height, value: value.value(), unit: "cm", on }
}

fn weight(value: Weight, on: Option<Date>) -> Reading {
    Reading { what: What::Weight, value: value.value(), unit: "kg", on }
}

fn creatinine(value: Creatinine, on: Option<Date>) -> Reading {
    let unit = match value.unit() {
        CreatinineUnit::MgPerDl => "mg/dL",
        CreatinineUnit::UmolPerL => "umol/L",
    };
    Reading { what: What::Creatinine, value: value.value(), unit, on }
}

/// None on dialysis: nobody measured 0 mL/min.
fn gfr(value: Gfr, on: Option<Date>) -> Option<Reading> {
    let (value, unit) = match value {
        Gfr::Absolute(value) | Gfr::Measured(value, _) => (value, "mL/min"),
        Gfr::Dialysis => return None,
        Gfr::Indexed(value) => (value, "mL/min/{1.73_m2}"),
    };
    Some(Reading { what: What::Gfr, value, unit, on })
}

/// The measurements of a dose, the body surface made of them last.
fn of_dose(inputs: &DoseInputs) -> Vec<Reading> {
    fn read<T: Copy>(one: Option<plan::Reading<T>>, of: fn(T, Option<Date>) -> Reading) -> Option<Reading> {
        one.map(|one| of(one.value, one.on))
    }
    let surface = inputs.size.as_ref().and_then(|size| size.bsa).map(|bsa: Bsa| {
        let days = [inputs.height.and_then(|one| one.on), inputs.weight.and_then(|one| one.on)];
        Reading { what: What::Bsa, value: bsa.value(), unit: "m2", on: days.into_iter().flatten().max() }
    });
    let measured = [
        read(inputs.height, height),
        read(inputs.weight, weight),
        read(inputs.creatinine, creatinine),
        inputs.gfr.and_then(|one| gfr(one.value, one.on)),
        surface,
    ];
    measured.into_iter().flatten().collect()
}

/// Everything that was measured or that a dose was made from, each once, by day.
pub(super) fn readings(schedule: &Schedule) -> Vec<Reading> {
    let told = schedule.sheets.measurements.iter().flat_map(|row| {
        let all = [
            row.height.map(|value| height(value, row.on)),
            row.weight.map(|value| weight(value, row.on)),
            row.creatinine.map(|value| creatinine(value, row.on)),
        ];
        all.into_iter().flatten()
    });
    let subject = &schedule.subject;
    let start = [
        subject.gfr.and_then(|value| gfr(value, subject.measured)),
        subject.bsa.map(|bsa| Reading { what: What::Bsa, value: bsa.value(), unit: "m2", on: subject.measured }),
    ];
    let used = super::planned(schedule).filter_map(DoseRow::planned).flat_map(|planned| of_dose(&planned.inputs));
    let mut all: Vec<Reading> = Vec::new();
    for one in told.chain(start.into_iter().flatten()).chain(used) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all.sort_by_key(|one| one.on);
    all
}

impl Bundle<'_> {
    /// What it is and its day; of several on one day, which.
    fn reading_key(&self, one: &Reading) -> String {
        let same = |other: &&Reading| (other.what, other.on) == (one.what, one.on);
        let nth = self.readings.iter().filter(same).position(|other| other == one).unwrap_or(0);
        let day = one.on.map_or_else(|| "undated".to_owned(), calendar::iso);
        let nth = if nth == 0 { String::new() } else { format!(" {}", nth + 1) };
        format!("{} {day}{nth}", one.what.word())
    }

    pub(super) fn observations(&self) -> Vec<Value> {
        self.readings.iter().filter_map(|one| self.observation(one)).collect()
    }

    fn observation(&self, one: &Reading) -> Option<Value> {
        let mut observation = json!({
            "resourceType": "Observation",
            "id": self.id(&self.reading_key(one)),
            "status": if one.on.is_some() { "final" } else { "preliminary" },
            "category": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": one.what.category(),
            }]}],
            "code": one.what.code(),
            "subject": self.reference("patient"),
            "valueQuantity": {"value": figure(one.value)?, "unit": one.unit, "system": UCUM, "code": one.unit},
        });
        // A day nobody stated is none, and least of all the day treatment starts.
        match one.on {
            Some(on) => observation["effectiveDateTime"] = json!(calendar::iso(on)),
            None => {
                observation["_effectiveDateTime"] = json!({"extension": [{
                    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                    "valueCode": "unknown",
                }]});
            }
        }
        Some(observation)
    }

    /// The observations a dose was made from.
    pub(super) fn used(&self, dose: &DoseRow) -> Vec<Value> {
        let used = dose.planned().map(|planned| of_dose(&planned.inputs)).unwrap_or_default();
        used.iter()
            .filter(|one| figure(one.value).is_some())
            .map(|one| self.reference(&self.reading_key(one)))
            .collect()
    }
}
