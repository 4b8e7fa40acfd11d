//! FHIR R4: the plan as a bundle of proposals. Nothing in it is an order: every intent is `plan`.
//!
//! Identities are UUIDs of version 5 under the study's own random namespace, made from what an
//! administration *is* (cycle, day, drug), never from its date or dose, so a later bundle updates an
//! earlier one. What FHIR has no place for is listed by [`losses`].

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::calendar::{self, Date, days_between};
use crate::present::{CycleRow, DoseRow, DoseState, NOT_AN_ORDER, PlannedRow, Schedule, Status};
use crate::regimen::marks_words;

use super::{ExportError, Options, Out, shared};

mod given;
mod losses;
mod observation;
mod values;

pub(in crate::export) use losses::losses;
use observation::Reading;
use values::{UCUM, clean, instant, instructions, key, length, medication};

/// What every resource needs to know.
struct Bundle<'a> {
    schedule: &'a Schedule,
    namespace: Uuid,
    study: &'a str,
    subject: &'a str,
    /// The planned doses of each cycle number, which phases share, in their order.
    of_cycle: BTreeMap<u32, Vec<&'a DoseRow>>,
    /// Everything that was measured, each once.
    readings: Vec<Reading>,
    /// How far its figures may be relied on, in words.
    standing: String,
    /// When it was made, as FHIR writes it; absent where it is no instant.
    made: Option<&'a str>,
}

/// Writes the bundle, entry by entry.
pub(super) fn write(schedule: &Schedule, options: &Options, out: Out<'_>) -> Result<(), ExportError> {
    let bundle = Bundle::new(schedule, options)?;
    serde_json::to_writer_pretty(&mut *out, &bundle).map_err(|error| match error.io_error_kind() {
        Some(_) => ExportError::Io(error.into()),
        None => ExportError::Writer(error.to_string()),
    })?;
    Ok(out.write_all(b"\n")?)
}

impl Serialize for Bundle<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_map(None)?;
        document.serialize_entry("resourceType", "Bundle")?;
        let identifier = json!({"system": "urn:ietf:rfc:3986", "value": self.urn("bundle")});
        document.serialize_entry("identifier", &identifier)?;
        document.serialize_entry("type", "collection")?;
        if let Some(made) = self.made {
            document.serialize_entry("timestamp", made)?;
        }
        document.serialize_entry("entry", &Entries(self))?;
        document.end()
    }
}

/// Every resource, made when it is written.
struct Entries<'a>(&'a Bundle<'a>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bundle = self.0;
        let doses = &bundle.schedule.doses;
        let head = [bundle.patient(), bundle.plan_definition()].into_iter().chain(bundle.observations());
        let whole = bundle.request_group().into_iter().chain(bundle.care_plan());
        let requests = planned(bundle.schedule).map(|dose| bundle.medication_request(dose)).chain(bundle.withdrawn());
        let given = doses.iter().filter_map(|dose| bundle.medication_administration(dose));
        serializer.collect_seq(head.chain(whole).chain(requests).chain(given).map(entry))
    }
}

/// What is planned: a dose beyond the plan was requested by nobody.
fn planned(schedule: &Schedule) -> impl Iterator<Item = &DoseRow> {
    schedule.doses.iter().filter(|dose| dose.planned().is_some())
}

#[allow(clippy::needless_pass_by_value)] // made for this entry and nothing else
fn entry(resource: Value) -> Value {
    let url = format!("urn:uuid:{}", resource["id"].as_str().unwrap_or_default());
    json!({"fullUrl": url, "resource": resource})
}

impl<'a> Bundle<'a> {
    fn new(schedule: &'a Schedule, options: &'a Options) -> Result<Self, ExportError> {
        let refuse = |words: &str| Err(ExportError::Refused(words.to_owned()));
        let (study, subject) = super::codes(options, "FHIR identifies the plan by study and subject")?;
        let Some(Ok(namespace)) = options.namespace.as_ref().map(|text| Uuid::parse_str(text)) else {
            return refuse(
                "FHIR needs the study's namespace, a random UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e: \
                 identities made without one could be guessed.",
            );
        };
        let made = Some(options.generated.as_str()).filter(|made| instant(made));
        let standing = shared::standing(schedule, options);
        let mut of_cycle = BTreeMap::<_, Vec<&DoseRow>>::new();
        for dose in planned(schedule) {
            of_cycle.entry(dose.cycle).or_default().push(dose);
        }
        let readings = observation::readings(schedule);
        Ok(Self { schedule, namespace, study, subject, of_cycle, readings, standing, made })
    }

    fn id(&self, what: &str) -> String {
        let regimen = &self.schedule.regimen.id;
        let parts = [self.study, self.subject, regimen, what];
        // Lengths before the parts: no two lists of parts make one name.
        let name = parts.iter().map(|part| format!("{}:{part}", part.len())).collect::<Vec<_>>().concat();
        Uuid::new_v5(&self.namespace, name.as_bytes()).to_string()
    }

    fn urn(&self, what: &str) -> String {
        format!("urn:uuid:{}", self.id(what))
    }

    fn reference(&self, what: &str) -> Value {
        json!({"reference": self.urn(what)})
    }

    fn patient(&self) -> Value {
        json!({
            "resourceType": "Patient",
            "id": self.id("patient"),
            "meta": {"security": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
                "code": "PSEUDED",
                "display": "pseudonymized",
            }]},
            "identifier": [{"system": self.urn("study"), "value": clean(self.subject)}],
        })
    }

    fn status(&self) -> &'static str {
        match self.schedule.regimen.status {
            Status::Approved => "active",
            Status::Retired => "retired",
            Status::Draft => "draft",
        }
    }

    /// What is planned from a regimen nobody has approved is itself a draft.
    fn request_status(&self) -> &'static str {
        if shared::banner(self.schedule).is_some() { "draft" } else { "active" }
    }

    fn plan_definition(&self) -> Value {
        let regimen = &self.schedule.regimen;
        let note = regimen.note.as_ref().map_or(String::new(), |note| format!(" {}", clean(note)));
        json!({
            "resourceType": "PlanDefinition",
            "id": self.id("definition"),
            "url": self.urn("definition"),
            "version": clean(&regimen.version),
            "title": clean(&regimen.name),
            "type": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/plan-definition-type",
                "code": "clinical-protocol",
            }]},
            "status": self.status(),
            "description": format!(
                "{} Regimen {} version {}, SHA-256 {}, {}.{note} {}", clean(&self.standing),
                clean(&regimen.id), clean(&regimen.version), regimen.sha256, clean(&self.schedule.count.words), NOT_AN_ORDER
            ),
            "action": self.phases(),
        })
    }

    /// One action a phase, with one inside for each drug.
    fn phases(&self) -> Vec<Value> {
        let mut phases: Vec<&Option<String>> = self.schedule.sheets.cycles.iter().map(|cycle| &cycle.phase).collect();
        phases.dedup();
        let each = phases.into_iter().map(|phase| {
            let cycles: Vec<&CycleRow> = self.schedule.sheets.cycles.iter().filter(|one| one.phase == *phase).collect();
            let name = cycles.first().and_then(|first| first.phase_name.as_ref());
            let mut action = json!({"title": name.map_or("Treatment".to_owned(), |name| clean(name))});
            if let Some(days) = cycles.first().and_then(|first| length(first)) {
                action["timingTiming"] = json!({"repeat": {"count": cycles.len(), "period": days, "periodUnit": "d"}});
            }
            let mut drugs: Vec<String> = Vec::new();
            for dose in self.schedule.doses.iter().filter(|dose| dose.phase == *phase) {
                let Some(planned) = dose.planned() else { continue };
                let title = format!("{}, {}, {}", clean(&dose.shown), planned.per, clean(dose.route_words()));
                if !drugs.contains(&title) {
                    drugs.push(title);
                }
            }
            if !drugs.is_empty() {
                action["action"] = drugs.into_iter().map(|title| json!({"title": title})).collect();
            }
            action
        });
        each.collect()
    }

    fn doses<'b>(&'b self, phase: Option<&'b str>, cycle: u32) -> impl Iterator<Item = &'a DoseRow> + 'b {
        let of_cycle = self.of_cycle.get(&cycle).into_iter().flatten().copied();
        of_cycle.filter(move |dose| dose.phase.as_deref() == phase)
    }

    fn request_group(&self) -> Option<Value> {
        let mut actions: Vec<Value> = Vec::new();
        let mut before: Option<(String, Date)> = None;
        for (cycle, at) in self.schedule.sheets.cycles.iter().zip(1u32..) {
            let inner: Vec<Value> =
                self.doses(cycle.phase.as_deref(), cycle.number).map(|dose| self.action(dose)).collect();
            if inner.is_empty() {
                continue;
            }
            let id = format!("cycle-{at}");
            let mut action = json!({"id": id, "title": cycle.word.titled(cycle.number)});
            if let Some((last, first)) = &before {
                action["relatedAction"] = json!([{
                    "actionId": last,
                    "relationship": "after-start",
                    "offsetDuration": {"value": days_between(*first, cycle.first), "unit": "d", "system": UCUM, "code": "d"},
                }]);
            }
            action["action"] = inner.into();
            actions.push(action);
            before = Some((id, cycle.first));
        }
        (!actions.is_empty()).then(|| {
            json!({
                "resourceType": "RequestGroup",
                "id": self.id("group"),
                "instantiatesCanonical": [self.urn("definition")],
                "status": self.request_status(),
                "intent": "plan",
                "subject": self.reference("patient"),
                "note": notes(&[Some(self.standing.clone()), self.schedule.regimen.note.clone()]),
                "action": actions,
            })
        })
    }

    fn action(&self, dose: &DoseRow) -> Value {
        json!({
            "title": format!("{} Day {}: {}", dose.cycle_word.titled(dose.cycle), dose.day, clean(&dose.shown_apart())),
            "timingDateTime": calendar::iso(dose.to_prepare().date),
            "resource": self.reference(&key(dose)),
        })
    }

    fn care_plan(&self) -> Option<Value> {
        let cycles = &self.schedule.sheets.cycles;
        let (first, last) = (cycles.iter().map(|one| one.first).min()?, cycles.iter().map(|one| one.last).max()?);
        let ended = self.schedule.discontinued.as_ref();
        let mut plan = json!({
            "resourceType": "CarePlan",
            "id": self.id("care"),
            "status": if ended.is_some() { "revoked" } else { self.request_status() },
            "intent": "plan",
            "title": clean(&format!("{}{}", shared::before(self.schedule), self.schedule.regimen.name)),
            "description": format!("{} {NOT_AN_ORDER}", clean(&self.standing)),
            "subject": self.reference("patient"),
            "period": {"start": calendar::iso(first), "end": calendar::iso(ended.map_or(last, |ended| ended.date.max(first)))},
            "activity": [{"reference": self.reference("group")}],
        });
        let mut told = vec![self.schedule.regimen.note.clone()];
        if let Some(ended) = ended {
            let text = format!("Treatment ended on {}: {}", calendar::iso(ended.date), ended.reason);
            told.push(Some(text));
        }
        if told.iter().any(Option::is_some) {
            plan["note"] = notes(&told);
        }
        planned(self.schedule).next().is_some().then_some(plan)
    }

    fn medication_request(&self, dose: &DoseRow) -> Value {
        let status = match dose.state() {
            DoseState::Held => "on-hold",
            DoseState::Omitted => "cancelled",
            DoseState::Missed => "stopped",
            DoseState::Given | DoseState::Incomplete => "completed",
            DoseState::Projected => self.request_status(),
        };
        let mut request = json!({
            "resourceType": "MedicationRequest",
            "id": self.id(&key(dose)),
            "identifier": [{"system": self.urn("study"), "value": clean(&key(dose))}],
            "status": status,
            "intent": "plan",
            "medicationCodeableConcept": medication(dose),
            "subject": self.reference("patient"),
        });
        if let (false, Some(reason)) = (dose.counts(), &dose.reason) {
            request["statusReason"] = json!({"text": clean(reason)});
        }
        let used = self.used(dose);
        if !used.is_empty() {
            request["supportingInformation"] = used.into();
        }
        if let Some(made) = self.made {
            request["authoredOn"] = json!(made);
        }
        request["instantiatesUri"] = json!([self.urn("definition")]);
        request["note"] = self.notes(dose);
        request["dosageInstruction"] = instructions(dose, &shared::before(self.schedule));
        request
    }

    /// What was planned before treatment ended or another version held, and is not any more: a bundle sent before has made
    /// requests of it, which would stay active.
    fn withdrawn(&self) -> Vec<Value> {
        let mut known: BTreeSet<String> = planned(self.schedule).map(key).collect();
        let ended = self.schedule.discontinued.as_ref().map_or("no longer planned", |ended| ended.reason.as_str());
        let earlier = self.schedule.earlier.iter().rev().flatten();
        let gone = earlier.filter(|dose| dose.planned().is_some() && dose.given().is_none() && known.insert(key(dose)));
        let cancelled = gone.map(|dose| {
            let mut request = self.medication_request(dose);
            request["status"] = json!("cancelled");
            request["statusReason"] = json!({"text": clean(ended)});
            // What it was made from may be no observation of this bundle.
            request.as_object_mut().map(|fields| fields.remove("supportingInformation"));
            request
        });
        cancelled.collect()
    }

    fn notes(&self, dose: &DoseRow) -> Value {
        let mut all = vec![self.standing.clone()];
        all.extend(dose.warn.as_ref().map(|warn| format!("WARNING: {warn}")));
        all.extend(dose.changed_words());
        all.extend(dose.working().iter().cloned());
        all.push(dose.window().map_or("window unknown".to_owned(), |window| {
            format!("window {} to {}", calendar::iso(window.earliest), calendar::iso(window.latest))
        }));
        all.extend(marks_words(dose.marks()));
        all.extend(dose.planned().and_then(PlannedRow::supply_words));
        all.extend(dose.planned().and_then(|planned| planned.preparation.bag_words()));
        all.extend(dose.handling.mark().map(str::to_owned));
        all.extend(dose.handling.words());
        all.extend(dose.note.clone());
        all.push(NOT_AN_ORDER.to_owned());
        all.iter().map(|line| json!({"text": clean(line)})).collect()
    }
}

/// A note each of what there is.
fn notes(all: &[Option<String>]) -> Value {
    all.iter().flatten().map(|text| json!({"text": clean(text)})).collect()
}
