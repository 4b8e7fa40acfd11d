//! What the regimen and the course bring to the one check of plausibility.

use crate::calendar;
use crate::course::Course;
use crate::dosing;
use crate::finding::{Field, Finding, Lift, Remedy};
use crate::formula::renal::RenalFormula;
use crate::plausibility::{self, Measurements};
use crate::quantity::{Basis, Decimal, Gfr, number};
use crate::regimen::{Drug, Regimen};

/// Findings about the measurements a course starts with.
pub(super) fn findings(regimen: &Regimen, course: &Course) -> Vec<Finding> {
    let subject = &course.subject;
    let doses = dosing::doses_for(regimen, course);
    let mut targets: Vec<Decimal> =
        doses.iter().map(|one| one.dose).filter(|dose| dose.basis == Basis::Auc).map(|dose| dose.value).collect();
    targets.sort_unstable();
    targets.dedup();
    let measurements = Measurements {
        height: subject.height,
        weight: subject.weight,
        age: subject.age_on(course.start),
        corrected_age: subject.corrected_age,
        sex: subject.sex,
        creatinine: subject.creatinine,
        gfr: subject.gfr,
        estimated_gfr: dosing::estimated_gfr(regimen, course),
        auc: targets.last().copied(),
        measured: subject.measured,
        calculation_date: subject.measured.map(|_| course.start),
        ..Measurements::default()
    };
    let mut findings = plausibility::check(&measurements, &regimen.plausibility(&doses));
    findings.extend(adults_regimen(regimen, &measurements));
    findings.extend(adults_formula(regimen, course, &measurements));
    findings.extend(dialysis(course, &targets));
    // The largest target is among the measurements; each other one is looked at by itself.
    findings.extend(targets.iter().rev().skip(1).filter_map(|target| plausibility::target_auc(*target)));
    findings.extend(old_weight(course));
    findings
}

/// Calvert's formula and those of kidney function for adults are not defined for a child; the file has to say what is.
fn adults_formula(regimen: &Regimen, course: &Course, measurements: &Measurements) -> Option<Finding> {
    let age = measurements.age.filter(|_| plausibility::is_child(measurements))?;
    let is_given = |drug: &Drug| drug.is_for(&course.subject);
    let unsaid = |drug: &&Drug| drug.gfr.as_ref().is_some_and(|rule| rule.calvert.is_none()) && is_given(drug);
    let drug = regimen.drugs().find(unsaid)?;
    let rule = drug.gfr.as_ref()?;
    let by_auc = drug.dosing.options().any(|one| one.dose.basis == Basis::Auc);
    let for_children = matches!(rule.formula, RenalFormula::BedsideSchwartz | RenalFormula::Schwartz);
    let what = match (by_auc, for_children || course.subject.gfr.is_some()) {
        (true, _) => "the Calvert formula is not defined",
        (false, true) => return None,
        (false, false) => "the kidney formula is not defined",
    };
    let text = format!("{}: {what} for this age, {age}, and the file names no formula for it.", drug.full_name());
    let finding = Finding::block(super::codes::NOT_FOR_CHILDREN, text).field(Field::Age);
    Some(finding.help("a regimen for children says which formula it uses, such as `calvert = \"newell\"` in its `gfr`"))
}

/// A target AUC on dialysis: what the kidney does not clear, and a day that depends on the sessions.
fn dialysis(course: &Course, targets: &[Decimal]) -> Option<Finding> {
    let target = targets.last().filter(|_| course.subject.gfr == Some(Gfr::Dialysis))?;
    let text = format!(
        "The subject is on dialysis: the kidney function counts as 0, so that AUC {} is what is cleared otherwise. Carboplatin is dialysed: the hours between the infusion and the session decide what is reached.",
        number::print(*target),
    );
    let help = "agree the day and hour beside the sessions with the nephrologist and the pharmacist";
    let finding = Finding::confirm(super::codes::AUC_ON_DIALYSIS, text, Lift::Second(None)).field(Field::Gfr);
    Some(finding.help(help))
}

/// A child on a regimen that says nothing of ages: its doses may be an adult's. One that is for children by its name is asked
/// about of everybody else.
fn adults_regimen(regimen: &Regimen, measurements: &Measurements) -> Option<Finding> {
    let says = regimen.eligibility.age.is_some()
        || regimen.drugs().any(|drug| drug.dosing.conditions().any(|when| when.age.is_some()));
    let (child, of_children) = (plausibility::is_child(measurements), is_for_children(regimen));
    if says || child == of_children {
        return None;
    }
    let name = &regimen.name;
    let (text, help) = match measurements.age {
        Some(age) if child => (
            format!("The subject is {age} old, and {name} does not say from which age its doses hold."),
            "read in the protocol whether they are for this age, or use a regimen for children",
        ),
        Some(age) => (
            format!("The subject is {age} old, and {name} is for children by its name."),
            "read in the protocol whether its doses are for this age, or use a regimen for adults",
        ),
        None => (
            format!("{name} is for children by its name, and the age of the subject is not known."),
            "give the age, or use a regimen for adults",
        ),
    };
    let finding = Finding::warn(super::codes::NO_AGE_STATED, text).field(Field::Age);
    Some(finding.help(Remedy::of([Field::Age], help)).asking(None, Lift::Reason))
}

/// Whether a file calls itself one for children.
fn is_for_children(regimen: &Regimen) -> bool {
    let name = regimen.name.to_lowercase();
    ["child", "paediatric", "pediatric", "infant"].iter().any(|word| name.contains(word))
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
    let finding = Finding::warn(super::codes::MEASURED_EARLY, text).field(Field::Weight);
    plausibility::is_stale(days).then(|| finding.help("weigh again, or correct the day of the measurement"))
}
