//! What the plan and its course tell a modification table of the subject.

use std::collections::BTreeSet;

use crate::advice::{ObservationKind, Observations};
use crate::calendar::Date;
use crate::course::{Course, Measurement};
use crate::quantity::{Age, Decimal, Gfr, ProtocolDose};
use crate::regimen::Assignment;

use crate::plan::{Administration, AdministrationState, Plan};

/// The day of the next dose, genotype, age, the newest weight and kidney function, each with its day; the start, the level and the dose in force
/// of each drug: those of its next dose. How often something has happened is not among them: that is asked.
pub fn known(course: &Course, plan: Option<&Plan>, today: Date) -> Observations {
    // A plan made ahead is measured on its first day.
    let measured = course.measured_until(today.max(course.first_measured()));
    let weight = newest(&measured, |one| one.weight);
    // Rules take an absolute figure; an indexed one stays with the person who reads it.
    let gfr = newest(&measured, |one| one.gfr).filter(|(gfr, _)| matches!(gfr, Gfr::Absolute(_) | Gfr::Measured(..)));
    let mut observed = Observations {
        genotype: course.subject.genotype.clone(),
        cohort: course.subject.cohort.clone(),
        // Of a plan that nobody is on, no day is the next.
        day: course.enrolled.and_then(|_| doses(plan).find(|one| open(one))).map(|one| one.key.day),
        age: course.subject.age_on(today).map(Age::value),
        weight: weight.map(|(weight, _)| weight.value()),
        gfr: gfr.map(|(gfr, _)| gfr.value()),
        ..Observations::default()
    };
    let mut since = |kind, on: Option<Date>| on.map(|on| observed.since.insert((kind, String::new()), on));
    since(ObservationKind::Weight, weight.map(|(_, on)| on));
    since(ObservationKind::Gfr, gfr.map(|(_, on)| on));
    // The record keeps completed years on the first day, never a date of birth.
    since(ObservationKind::Age, (course.enrolled.is_some() && observed.age.is_some()).then_some(course.start));
    since(ObservationKind::Genotype, course.enrolled.filter(|_| observed.genotype.is_some()));
    since(ObservationKind::Cohort, course.enrolled.filter(|_| observed.cohort.is_some()));
    for drug in doses(plan).map(|one| &one.key.drug).collect::<BTreeSet<_>>() {
        in_force(plan, drug, &mut observed);
    }
    for one in course.reductions.iter().rev() {
        // Where nothing can be planned, the last change recorded tells.
        if let Some(level) = one.level {
            observed.levels.entry(one.drug.clone()).or_insert(level);
        }
        if let Some(percent) = one.percent {
            observed.percents.entry(one.drug.clone()).or_insert(percent);
        }
    }
    observed
}

fn newest<T>(measured: &[Measurement], of: impl Fn(&Measurement) -> Option<T>) -> Option<(T, Date)> {
    measured.iter().rev().find_map(|one| Some((of(one)?, one.on)))
}

fn doses(plan: Option<&Plan>) -> impl DoubleEndedIterator<Item = &Administration> {
    plan.into_iter().flat_map(|plan| &plan.administrations)
}

fn open(one: &Administration) -> bool {
    one.state == AdministrationState::Projected
}

/// The level, the start and the dose in force of a drug: those of its next dose, else of its last. A loading dose, or
/// one beyond the plan, is no dose in force.
fn in_force(plan: Option<&Plan>, drug: &str, observed: &mut Observations) {
    let own = || doses(plan).filter(|one| one.key.drug == drug);
    if let Some(one) = own().find(|one| open(one)).or_else(|| own().next_back()) {
        observed.levels.insert(drug.to_owned(), one.dose.level);
        let other = |known: &&Administration| known.date <= one.date && known.dose.level != one.dose.level;
        if let Some(before) = own().rev().find(other) {
            let first = own().find(|known| known.date > before.date && known.dose.level == one.dose.level);
            observed.since.extend(first.map(|first| ((ObservationKind::Level, drug.to_owned()), first.date)));
        }
    }
    let full = || own().filter(|one| one.planned.is_some() && !one.dose.loading);
    if let Some(one) = full().find(|one| open(one)).or_else(|| full().next_back()) {
        observed.in_force.extend(share(one).map(|dose| (drug.to_owned(), dose)));
        observed.starts.extend(one.dose.start.as_ref().map(|start| (drug.to_owned(), Assignment::clone(start))));
    }
}

/// The protocol dose in force with its percentage.
fn share(one: &Administration) -> Option<ProtocolDose> {
    let dose = &one.dose;
    let Some(percent) = dose.percent else { return Some(dose.per) };
    let value = dose.per.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
    Some(ProtocolDose { value, ..dose.per })
}
