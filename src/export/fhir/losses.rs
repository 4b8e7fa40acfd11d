//! What FHIR has no place for, in words.

use crate::present::{DoseRow, NOT_AN_ORDER, PlannedRow, Schedule};
use crate::quantity::Gfr;

use super::super::{ExportError, Options, shared};

/// What the bundle could not carry, a line each.
#[allow(clippy::unnecessary_wraps)] // the registry's signature
pub(in crate::export) fn losses(schedule: &Schedule, options: &Options) -> Result<Vec<u8>, ExportError> {
    let mut lines = vec![
        shared::standing(schedule, options),
        NOT_AN_ORDER.to_owned(),
        String::new(),
        "What the FHIR bundle of this plan does not carry, or carries only as words:".to_owned(),
        "- how each dose was worked out, its window and its marks: as notes of each MedicationRequest".to_owned(),
        "- drugs have no code, only their full names".to_owned(),
        "- the whole regimen: only its name, version, SHA-256, phases and drugs; no ladders, caps or rounding rules"
            .to_owned(),
    ];
    let mut say = |there: bool, words: &str| {
        if there {
            lines.push(format!("- {words}"));
        }
    };
    let doses = &schedule.doses;
    say(!schedule.assessments.is_empty(), "assessments and their windows");
    say(!schedule.ends.is_empty(), "visits at the end of long infusions");
    say(!schedule.findings.is_empty(), "findings (warnings and notes)");
    say(schedule.subject.creatinine.is_some() || schedule.subject.gfr.is_some(), "codes of kidney function: as words");
    say(schedule.subject.gfr == Some(Gfr::Dialysis), "that the subject is on dialysis: no kidney function is written");
    say(schedule.subject.genotype.is_some(), "the genotype");
    say(!schedule.subject.tests.is_empty(), "laboratory results");
    say(schedule.subject.sex.is_some() || schedule.subject.age.is_some(), "sex and age");
    say(!schedule.sheets.reasons.is_empty(), "the reasons of dose changes and delays: as notes");
    let diluted = |planned: &PlannedRow| planned.preparation.dilution.is_some();
    say(
        doses.iter().filter_map(DoseRow::planned).any(diluted),
        "diluents, volumes of bags, limits of concentration and rates: as notes; forbidden diluents: as additional instructions",
    );
    say(doses.iter().any(|dose| dose.warn.is_some()), "warnings of drugs: as additional instructions and notes");
    say(schedule.regimen.note.is_some(), "the note of the regimen: in the description and as notes");
    say(doses.iter().any(|dose| dose.note.is_some()), "the notes of drugs: as notes");
    say(!schedule.history.is_empty(), "the entries of the record, who made them and when, and home doses handed out");
    say(doses.iter().any(|dose| !dose.used.is_empty()), "the kit and the lot of what was given");
    say(doses.iter().any(|dose| dose.closed.is_some()), "days on which the clinic is closed");
    say(
        doses.iter().filter_map(DoseRow::planned).any(|planned| planned.supply_words().is_some()),
        "volumes and vials: as notes",
    );
    say(
        doses.iter().any(|dose| dose.run().is_some()),
        "half-days on which runs at home begin and end, and tablet counts: as words",
    );
    say(doses.iter().any(|dose| !super::values::is_coded(dose)), "codes of routes other than intravenous: as words");
    say(doses.iter().any(|dose| !dose.certain), "that later doses are given only if treatment goes on");
    let halves = |dose: &DoseRow| dose.given().is_some_and(|given| given.at.portion.halves.is_some());
    say(doses.iter().any(halves), "uneven morning and evening doses that were given: as words");
    say(
        doses.iter().any(|dose| super::super::exact(dose.portion().amount.value).is_none()),
        "digits of figures beyond the ninth decimal",
    );
    lines.push(String::new());
    Ok(lines.join("\n").into_bytes())
}
