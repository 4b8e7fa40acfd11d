//! What the plan and its course tell a modification table of the subject.

use crate::calendar::Date;
use crate::course::{Course, Measurement};
use crate::quantity::{Age, Decimal, Gfr, ProtocolDose, Weight};
use crate::regimen::advice::Facts;

use crate::plan::{Administration, AdministrationState, Plan};

/// Genotype, age, the newest weight and kidney function, the level in force of each drug: that of its next dose.
/// How often something has happened is not among them: that is asked.
pub fn known(course: &Course, plan: Option<&Plan>, today: Date) -> Facts {
    let newest = |known: Option<Weight>, one: &Measurement| one.weight.or(known);
    let weight = course.measurements.iter().fold(course.subject.weight, newest);
    let gfr = course.measurements.iter().fold(course.subject.gfr, |known, one| one.gfr.or(known));
    let mut facts = Facts {
        genotype: course.subject.genotype.clone(),
        cohort: course.subject.cohort.clone(),
        age: course.subject.age_on(today).map(Age::value),
        weight: weight.map(Weight::value),
        // Rules take an absolute figure; an indexed one stays with the person who reads it.
        gfr: gfr.filter(|gfr| matches!(gfr, Gfr::Absolute(_))).map(Gfr::value),
        ..Facts::default()
    };
    let doses = || plan.into_iter().flat_map(|plan| &plan.administrations);
    let open = doses().filter(|one| one.state == AdministrationState::Projected);
    // Where no dose is open any more, the last one tells; where nothing can be planned, the last change recorded.
    let level = |one: &Administration| (one.key.drug.clone(), one.dose.level);
    let recorded = course.reductions.iter().rev().filter_map(|one| Some((one.drug.clone(), one.level?)));
    for (drug, level) in open.map(level).chain(doses().rev().map(level)).chain(recorded) {
        facts.levels.entry(drug).or_insert(level);
    }
    in_force(course, plan, &mut facts);
    facts
}

/// The dose in force of each drug, a percentage in it: that of its next dose, else of its last. A loading dose is none.
fn in_force(course: &Course, plan: Option<&Plan>, facts: &mut Facts) {
    for one in course.reductions.iter().rev() {
        if let Some(percent) = one.percent {
            facts.percents.entry(one.drug.clone()).or_insert(percent);
        }
    }
    let doses =
        || plan.into_iter().flat_map(|plan| &plan.administrations).filter(|one| one.planned && !one.dose.loading);
    let open = doses().filter(|one| one.state == AdministrationState::Projected);
    for one in open.chain(doses().rev()) {
        if let Some(dose) = share(one) {
            facts.in_force.entry(one.key.drug.clone()).or_insert(dose);
        }
    }
}

/// The protocol dose in force with its percentage.
fn share(one: &Administration) -> Option<ProtocolDose> {
    let dose = &one.dose;
    let Some(percent) = dose.percent else { return Some(dose.per) };
    let value = dose.per.value.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?.normalize();
    Some(ProtocolDose { value, ..dose.per })
}
