//! What the regimen and the course bring to the one check of plausibility.

use crate::calendar;
use crate::course::Course;
use crate::dosing;
use crate::finding::Finding;
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Basis, Bsa, Decimal, ProtocolDose, Weight, number};
use crate::regimen::model::{Drug, GfrRule, Regimen, StartDose};

/// Findings about the measurements a course starts with.
pub(super) fn findings(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let subject = &course.subject;
    let measurements = Measurements {
        height: subject.height,
        weight: subject.weight,
        age: subject.age_on(course.start),
        sex: subject.sex,
        creatinine: subject.creatinine,
        gfr: subject.gfr,
        estimated_gfr: dosing::estimated_gfr(regimen, course),
        auc: regimen.drugs().find(|drug| drug.dose.basis == Basis::Auc).map(|drug| drug.dose.value),
        measured: subject.measured,
        calculation_date: subject.measured.map(|_| course.start),
        ..Measurements::default()
    };
    let policy =
        Policy { remeasured: subject.remeasured, infant_rule: infant_rule(regimen, subject.weight), ..policy(regimen) };
    let mut findings = plausibility::check(&measurements, &policy);
    findings.extend(old_weight(course));
    findings
}

/// The newest weight before the start, where it is older than any dose may rest on.
fn old_weight(course: &Course) -> Option<Finding> {
    let known = course.measured_until(course.start);
    let measured = known.iter().rev().find(|one| one.weight.is_some())?.on;
    let days = calendar::days_between(measured, course.start);
    let text = format!(
        "The weight of {} was measured {} days before the first day of treatment, {}.",
        calendar::print(measured),
        number::print(Decimal::from(days)),
        calendar::print(course.start)
    );
    let finding = Finding::warn("measured-early", text).field("weight");
    plausibility::is_stale(days).then(|| finding.help("weigh again, or correct the day of the measurement"))
}

fn policy(regimen: &Regimen) -> Policy {
    let adults = regimen.eligibility.age.and_then(|age| age.from).is_some_and(|from| from >= Decimal::from(18));
    let rule: Option<&GfrRule> = regimen.drugs().find_map(|drug| drug.gfr.as_ref());
    Policy {
        adult_regimen: adults,
        body_surface_dosing: regimen.drugs().any(|drug| drug.dose.basis == Basis::PerM2),
        bsa_cap: regimen.body.as_ref().and_then(|body| body.bsa_cap).map(Bsa::value),
        creatinine_floor: rule.and_then(|rule| rule.creatinine_floor),
        gfr_cap: rule.and_then(|rule| rule.cap),
        ..Policy::default()
    }
}

/// Whether every drug dosed by body surface says, for this weight, a dose on another basis.
fn infant_rule(regimen: &Regimen, weight: Option<Weight>) -> bool {
    let Some(kg) = weight.map(Weight::value) else { return false };
    let by_surface = |dose: &ProtocolDose| dose.basis == Basis::PerM2;
    let ruled = |drug: &Drug| {
        let fits = drug.starts_by.iter().find(|start| start.when.weight.is_some_and(|range| range.holds(kg)));
        fits.is_some_and(|start| matches!(&start.dose, StartDose::Dose(dose) if !by_surface(dose)))
    };
    regimen.drugs().filter(|drug| by_surface(&drug.dose)).all(ruled)
}
