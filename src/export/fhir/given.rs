//! What was given, and what was not: one administration each, beside the request, which stays as planned.

use serde_json::{Value, json};

use crate::calendar;
use crate::course::Part;
use crate::present::{DoseRow, DoseState, GivenRow};

use super::super::shared;
use super::Bundle;
use super::values::{amount, clean, key, medication, quantity, route};

impl Bundle<'_> {
    /// Nothing of a dose that is still to come or held.
    pub(super) fn medication_administration(&self, dose: &DoseRow) -> Option<Value> {
        let mut one = json!({
            "resourceType": "MedicationAdministration",
            "id": self.id(&format!("given {}", key(dose))),
            "medicationCodeableConcept": medication(dose),
            "subject": self.reference("patient"),
        });
        if let Some(request) = self.requested(dose) {
            one["request"] = self.reference(&key(request));
        }
        match dose.given() {
            Some(given) => in_part_or_whole(&mut one, dose, given),
            None if matches!(dose.state(), DoseState::Omitted | DoseState::Missed) => {
                one["status"] = json!("not-done");
                let reason = dose.reason.clone().unwrap_or_else(|| dose.state().word().to_owned());
                one["statusReason"] = json!([{"text": clean(&reason)}]);
                one["effectiveDateTime"] = json!(calendar::iso(dose.date()));
            }
            None => return None,
        }
        Some(one)
    }

    /// The planned dose it was given for: of one part more, that of the first.
    fn requested(&self, dose: &DoseRow) -> Option<&DoseRow> {
        let again = matches!(dose.part, Some(Part::Again(_)));
        let mut same =
            self.doses(dose.phase.as_deref(), dose.cycle).filter(|one| (one.day, &one.id) == (dose.day, &dose.id));
        if again { same.next() } else { same.find(|one| key(one) == key(dose)) }
    }
}

/// A dose that was broken off is `stopped`, with the reason.
fn in_part_or_whole(one: &mut Value, dose: &DoseRow, given: &GivenRow) {
    let portion = given.at.portion;
    one["status"] = json!(if given.incomplete { "stopped" } else { "completed" });
    if let (true, Some(reason)) = (given.incomplete, &dose.reason) {
        one["statusReason"] = json!([{"text": clean(reason)}]);
    }
    // A time without its zone is none in FHIR: the clock stands in the note.
    let through = calendar::iso(shared::through(dose, &given.at));
    one["effectivePeriod"] = json!({"start": calendar::iso(given.at.date), "end": through});
    let apart = given.beside(dose.planned()).into_iter().chain(dose.reason.clone()).collect::<Vec<_>>().join("; ");
    if !apart.is_empty() {
        one["note"] = json!([{"text": clean(&apart)}]);
    }
    let mut dosage = json!({"text": clean(&portion.to_string()), "route": route(dose)});
    // Where the halves of a day differ, the words name both and no one figure is true.
    if let Some(value) = amount(&given.at).filter(|_| portion.halves.is_none()) {
        dosage["dose"] = quantity(&value, portion.amount.unit.written(), portion.amount.unit.ucum());
    }
    one["dosage"] = dosage;
}
