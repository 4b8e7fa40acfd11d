//! FHIR: every reference arrives, every intent is a plan, identities outlive dates and doses.

use std::collections::BTreeSet;
use std::sync::Arc;

use posology::export::{ExportError, Options};
use posology::plan::{DoseInputs, Reading};
use posology::present::{LeftOut, Schedule, Status};
use posology::quantity::{ProtocolDose, Weight};
use serde_json::Value;

use crate::export_sample::{
    AWKWARD, awkward, figure, give, keep, leave_out, options, plain, plan_amount, plan_of, text, write,
};
use crate::support::date;

fn bundle(schedule: &Schedule) -> Value {
    serde_json::from_slice(&write("fhir", schedule, &options())).unwrap()
}

fn resources<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let entries = bundle["entry"].as_array().unwrap();
    entries.iter().map(|entry| &entry["resource"]).filter(|one| one["resourceType"] == kind).collect()
}

/// Every string under a key.
fn strings<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                if name == key {
                    found.extend(inner.as_str());
                }
                strings(inner, key, found);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| strings(inner, key, found)),
        _ => {}
    }
}

#[test]
fn every_reference_arrives() {
    let bundle = bundle(&plain());
    let entries = bundle["entry"].as_array().unwrap();
    let urls: BTreeSet<&str> = entries.iter().map(|entry| entry["fullUrl"].as_str().unwrap()).collect();
    assert_eq!(urls.len(), entries.len(), "no two alike");
    let mut references = Vec::new();
    strings(&bundle, "reference", &mut references);
    assert!(references.len() > 20);
    assert!(references.iter().all(|one| urls.contains(one)));
    keep("plan-fhir.json", &write("fhir", &plain(), &options()));
}

/// A day nobody stated is left out; the first day of treatment is no day of measurement.
#[test]
fn a_measurement_without_a_day_has_none() {
    for (measured, status) in [(None, "preliminary"), (Some("2026-12-05"), "final")] {
        let mut schedule = plain();
        schedule.subject.measured = measured.map(date);
        schedule.sheets.measurements.truncate(1);
        schedule.sheets.measurements[0].on = measured.map(date);
        for dose in &mut schedule.doses {
            let inputs = DoseInputs::clone(&plan_of(dose).inputs);
            let (height, weight) = (inputs.height.unwrap(), Weight::read("65").unwrap());
            let on = measured.map(date);
            let (height, weight) = (Some(Reading { on, ..height }), Some(Reading { value: weight, on }));
            plan_of(dose).inputs = Arc::new(DoseInputs { height, weight, ..inputs });
        }
        let bundle = bundle(&schedule);
        let observed = resources(&bundle, "Observation");
        // Height, weight, creatinine and the body surface made of them.
        assert_eq!(observed.len(), 4);
        for one in observed {
            assert_eq!(one["effectiveDateTime"].as_str(), measured, "{one}");
            assert_eq!(one["status"], status);
            assert_eq!(one["_effectiveDateTime"]["extension"][0]["valueCode"] == "unknown", measured.is_none());
        }
    }
}

/// Cycle 2 was made from 64 kg: its doses refer to that observation, and to no other weight.
#[test]
fn each_dose_refers_to_the_measurement_it_was_made_from() {
    let bundle = bundle(&plain());
    let observed = resources(&bundle, "Observation");
    let weights = |request: &Value| -> Vec<String> {
        let used = request["supportingInformation"].as_array().unwrap().iter();
        let found = used.filter_map(|one| {
            let id = one["reference"].as_str()?.strip_prefix("urn:uuid:")?;
            let observation = observed.iter().find(|observation| observation["id"] == id)?;
            let weight = observation["code"]["coding"][0]["code"] == "29463-7";
            weight.then(|| format!("{} {}", observation["valueQuantity"]["value"], observation["effectiveDateTime"]))
        });
        found.collect()
    };
    let requests = resources(&bundle, "MedicationRequest");
    assert_eq!(weights(requests[1]), ["65 \"2026-12-01\""]);
    assert_eq!(weights(requests[5]), ["64 \"2026-12-23\""]);
}

#[test]
fn nothing_is_an_order() {
    let mut intents = Vec::new();
    let bundle = bundle(&plain());
    strings(&bundle, "intent", &mut intents);
    assert_eq!(intents.len(), 10, "eight doses, the group and the care plan");
    assert!(intents.iter().all(|intent| *intent == "plan"));
}

#[test]
fn a_dose_is_ordered_per_square_metre_and_calculated_in_milligrams() {
    let bundle = bundle(&plain());
    let first = &resources(&bundle, "MedicationRequest")[0]["dosageInstruction"][0];
    let [ordered, calculated] = first["doseAndRate"].as_array().unwrap().as_slice() else { panic!("two") };
    assert_eq!(
        ordered["doseQuantity"].to_string(),
        r#"{"value":70,"unit":"mg/m2","system":"http://unitsofmeasure.org","code":"mg/m2"}"#
    );
    assert_eq!(
        calculated["doseQuantity"].to_string(),
        r#"{"value":120,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}"#
    );
    assert_eq!(first["timing"]["event"][0], "2026-12-07");
    assert_eq!(first["timing"]["repeat"]["duration"], 120);
}

#[test]
fn decimals_keep_their_digits() {
    let mut schedule = plain();
    plan_amount(&mut schedule.doses[0], figure("79.55"));
    plan_of(&mut schedule.doses[0]).per = ProtocolDose::read("AUC 4.5").unwrap();
    let text = String::from_utf8(write("fhir", &schedule, &options())).unwrap();
    assert!(text.contains("\"value\": 79.55,") && text.contains("\"value\": 4.5,") && text.contains("mg.min/mL"));
    assert!(text.contains("\"value\": 1.75,"), "body surface");
}

#[test]
fn identity_is_neither_date_nor_dose() {
    let before = bundle(&plain());
    let mut moved = plain();
    plan_of(&mut moved.doses[0]).at.date = date("2026-12-08");
    plan_amount(&mut moved.doses[0], figure("110"));
    let after = bundle(&moved);
    assert_eq!(resources(&before, "MedicationRequest")[0]["id"], resources(&after, "MedicationRequest")[0]["id"]);
    let other = Options { subject: text("S-015"), ..options() };
    let other: Value = serde_json::from_slice(&write("fhir", &plain(), &other)).unwrap();
    assert_ne!(resources(&before, "Patient")[0]["id"], resources(&other, "Patient")[0]["id"]);
}

#[test]
fn states_become_statuses() {
    let mut schedule = plain();
    give(&mut schedule.doses[0]);
    leave_out(&mut schedule.doses[1], LeftOut::Omitted, "refused");
    let bundle = bundle(&schedule);
    let requests = resources(&bundle, "MedicationRequest");
    let statuses: Vec<&str> = requests.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(&statuses[..3], ["completed", "cancelled", "draft"]);
    assert_eq!(statuses[7], "on-hold");
    assert_eq!(requests[1]["statusReason"]["text"], "refused");
    let done = resources(&bundle, "MedicationAdministration");
    let statuses: Vec<&str> = done.iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["completed", "not-done"]);
    assert_eq!(done[1]["statusReason"][0]["text"], "refused");
    keep("given-fhir.json", &write("fhir", &schedule, &options()));
}

#[test]
fn what_a_draft_plans_is_a_draft() {
    for (status, planned) in [(Status::Draft, "draft"), (Status::Approved, "active")] {
        let mut schedule = plain();
        schedule.regimen.status = status;
        let bundle = bundle(&schedule);
        for kind in ["MedicationRequest", "CarePlan", "RequestGroup"] {
            assert_eq!(resources(&bundle, kind)[0]["status"], planned, "{kind}");
        }
        let first = resources(&bundle, "MedicationRequest")[0]["note"][0]["text"].as_str().unwrap().to_owned();
        assert!(first.contains("Not verified by a second person"), "{first}");
        assert_eq!(first.contains("DRAFT"), status == Status::Draft, "{first}");
    }
}

#[test]
fn a_guessable_namespace_is_refused() {
    for namespace in [None, text(""), text("my study")] {
        let options = Options { namespace, ..options() };
        let refused = posology::export::format("fhir").unwrap().bytes(&plain(), &options);
        assert!(matches!(refused, Err(ExportError::Refused(words)) if words.contains("random UUID")));
    }
}

#[test]
fn awkward_words_survive() {
    let bundle = bundle(&awkward());
    let mut texts = Vec::new();
    strings(&bundle, "text", &mut texts);
    assert!(texts.iter().any(|one| one.contains(AWKWARD)));
    keep("plan-fhir-awkward.json", &write("fhir", &awkward(), &options()));
}

#[test]
fn losses_are_listed() {
    let list = String::from_utf8(write("fhir-losses", &plain(), &options())).unwrap();
    for words in ["assessments", "kidney function", "half-days", "the reasons of dose changes"] {
        assert!(list.contains(words), "{words}");
    }
    assert!(!list.contains("the genotype"), "what is not there is not lost");
}

#[test]
fn same_plan_same_bundle() {
    assert_eq!(write("fhir", &plain(), &options()), write("fhir", &plain(), &options()));
}
