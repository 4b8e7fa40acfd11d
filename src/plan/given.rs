//! What was really given: the amount that went in instead of the planned one, and doses beyond the plan.
//!
//! A plan shows what happened as it happened. An amount that differs stands in the place of the planned
//! one, which stays in the working; a dose nobody planned, or a second one, has a line of its own.

use std::sync::Arc;

use crate::calendar::Date;
use crate::course::{AdministrationRecord, Course, Key};
use crate::dosing::{Dose, Step, StepKind, Supply};
use crate::quantity::{Amount, Portion, decimal};
use crate::regimen::Regimen;

use super::visit::Layout;
use super::{Administration, AdministrationState, Plan};

/// The dose as it was given instead of what was planned. Vials and volumes were worked out for the planned amount, so none are told.
pub(super) fn as_given(dose: &Arc<Dose>, planned: Portion, given: Portion) -> Arc<Dose> {
    if given == planned {
        return Arc::clone(dose);
    }
    let mut dose = Dose::clone(dose);
    // All of it beside all of it: a morning and an evening, every day of an infusion.
    let both = given.total(1, 1).zip(planned.total(1, 1));
    let difference = both
        .and_then(|(given, planned)| decimal::difference_percent(given.in_unit(planned.unit)?.value, planned.value));
    let label = format!("given ({planned} planned)");
    dose.steps.push(Step { difference, ..step(label, given.amount) });
    Arc::new(Dose {
        amount: given.amount,
        difference: None,
        parts: given.halves,
        spread: None,
        part_tablets: None,
        supply: Supply::default(),
        ..dose
    })
}

fn step(label: String, amount: Amount) -> Step {
    Step {
        kind: StepKind::Given,
        label,
        expression: String::new(),
        value: amount.value,
        unit: amount.unit.to_string(),
        difference: None,
        about: None,
    }
}

/// A dose beyond the plan: the regimen has no such day, or it is a second one.
pub(super) struct Unplanned {
    /// Drug id.
    pub(super) drug: String,
    pub(super) on: Date,
}

/// Every dose given beyond what is laid out.
pub(super) fn unplanned(course: &Course, layouts: &[Layout]) -> Vec<Unplanned> {
    let visits = || layouts.iter().flat_map(|layout| &layout.drugs).flat_map(|(_, visits)| visits);
    let planned = |key: &Key| visits().flat_map(|visit| &visit.parts).any(|part| part.key == *key);
    let given = course.recorded.iter().filter_map(|(key, record)| match record {
        AdministrationRecord::Given { on, .. } if !planned(key) => Some((key, *on)),
        _ => None,
    });
    let again = course.extra.iter().map(|one| (&one.key, one.on));
    given.chain(again).map(|(key, on)| Unplanned { drug: key.drug.clone(), on }).collect()
}

/// Adds what was given beyond the plan, each on a line of its own.
pub(super) fn beyond(regimen: &Regimen, course: &Course, plan: &mut Plan) {
    let unplanned = course.recorded.iter().filter_map(|(key, record)| match record {
        AdministrationRecord::Given { on, dose: Some(dose) }
            if !plan.administrations.iter().any(|one| one.key == *key) =>
        {
            Some((key, *on, *dose))
        }
        _ => None,
    });
    let extra = course.extra.iter().map(|one| (&one.key, one.on, Portion::once(one.dose)));
    let lines: Vec<Administration> =
        unplanned.chain(extra).filter_map(|(key, on, dose)| line(regimen, key, on, dose)).collect();
    plan.administrations.extend(lines);
    plan.administrations.sort_by_key(|one| one.date);
}

fn line(regimen: &Regimen, key: &Key, on: Date, given: Portion) -> Option<Administration> {
    let dose = given.amount;
    let phase = regimen.phases.iter().position(|phase| phase.id == key.phase)?;
    let drugs = &regimen.phases.get(phase)?.drugs;
    let named = |drug: &crate::regimen::Drug| drug.id == key.drug;
    let drug = drugs.iter().position(|drug| named(drug) && drug.in_cycle(key.cycle));
    let drug = drug.or_else(|| drugs.iter().position(named))?;
    Some(Administration {
        key: key.clone(),
        phase,
        drug,
        date: on,
        window: None,
        state: AdministrationState::Given,
        planned: None,
        certain: true,
        dose: Arc::new(Dose { parts: given.halves, ..Dose::stated(dose, step("given, not planned".to_owned(), dose)) }),
        infusion: None,
        days: given.days,
        hours: None,
        shift: 0,
        run: None,
        closed: None,
        measured: None,
        marks: Vec::new(),
    })
}
