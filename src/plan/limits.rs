//! What a whole plan is held against: concentrations, intervals between steps.

use crate::calendar::{self, days_between};
use crate::course::Part;
use crate::dosing;
use crate::finding::{Cycles, Figure, Finding, Lift, Severity};
use crate::quantity::{Amount, Concentration, decimal, number};
use crate::regimen::{Drug, HalfDay, Ramp, Regimen};

use super::drug_in_cycle::step_of;
use super::received::begin_again;
use super::{Administration, AdministrationState, Plan, second_person};

/// Doses whose concentration in their bag lies outside what the drug allows.
pub(super) fn concentrations(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for one in &plan.administrations {
        let finding = concentration(regimen, plan, one);
        told.extend(finding.filter(|finding| !told.contains(finding)));
    }
    told
}

fn concentration(regimen: &Regimen, plan: &Plan, one: &Administration) -> Option<Finding> {
    let drug = plan.drug_of(regimen, one)?;
    let dilution = drug.dilution.as_ref()?;
    let volume = dilution.volume?;
    // What was planned is what was diluted: a bag of which a part was given keeps its concentration.
    let planned = one.planned.as_ref()?;
    let amount = crate::dosing::prepared(drug, planned.dose.amount)?;
    let made = Concentration::of(amount, volume)?;
    let strength = made.in_1_ml().value;
    let in_unit = |limit: Option<Amount>| limit.and_then(|limit| limit.in_unit(amount.unit)).map(|limit| limit.value);
    let low = in_unit(dilution.from).is_some_and(|from| strength < from);
    let high = in_unit(dilution.through).is_some_and(|through| strength > through);
    if !low && !high {
        return None;
    }
    let limit = if low { dilution.from } else { dilution.through }?;
    let text = format!(
        "{}: {amount} in {volume} is {made}, {} the {} in 1 mL the source allows.",
        drug.full_name(),
        if low { "below" } else { "above" },
        limit,
    );
    Some(Finding::warn(super::codes::CONCENTRATION, text).help("another volume is for the pharmacist to choose"))
}

/// Doses that rounding changes by more than the drug allows: asked about, for a dose in whole tablets has to be one of them.
pub(super) fn rounding(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let finding = rounded_too_far(regimen, plan, one);
        told.extend(finding.filter(|finding| !told.contains(finding)));
    }
    told
}

fn rounded_too_far(regimen: &Regimen, plan: &Plan, one: &Administration) -> Option<Finding> {
    let drug = plan.drug_of(regimen, one)?;
    let dose = &one.dose;
    dose.difference?;
    let far = dosing::too_far(drug, dose.calculated, dose.amount, dose.parts)?;
    let calculated = Amount { value: decimal::half_up(far.before.value, 2), ..far.before };
    let text = format!(
        "{}: rounding {} to {} changes it by {}, more than the {} % the regimen allows.",
        drug.full_name(),
        calculated,
        far.after,
        number::percent(decimal::half_up(far.percent, 2)),
        number::print(far.within),
    );
    let verified = drug.provenance.doubt("round").is_none();
    let (severity, lift) =
        if verified { (Severity::Confirm, second_person::types(drug, one)) } else { (Severity::Warn, Lift::Reason) };
    let finding = Finding::new(severity, dosing::codes::ROUNDED_TOO_FAR, text);
    let help = "another strength, or the dose the prescriber chooses";
    Some(finding.help(help).asking(Some(Figure::Value(dose.calculated.value)), lift))
}

/// Doses of a step that are followed too soon or too late.
pub(super) fn steps(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told = Vec::new();
    // The steps of a drug go on in later phases: each drug once.
    let mut known: Vec<&str> = Vec::new();
    for drug in regimen.drugs().filter(|drug| !drug.dosing.ramp.is_empty()) {
        if known.contains(&drug.id.as_str()) {
            continue;
        }
        known.push(&drug.id);
        let doses = received(plan, drug);
        let (mut first, mut given) = (None, 0);
        for (before, after) in doses.iter().zip(doses.iter().skip(1)) {
            let began = *first.get_or_insert(before.date);
            // The step of the dose before: a step may last several doses.
            let step = step_of(drug, days_between(began, before.date), given).and_then(|at| drug.dosing.ramp.get(at));
            given += doses_of_day(plan, before);
            let last = before.run.as_ref().map_or(before.date, |run| run.through);
            if begin_again(drug, last, after.date) {
                (first, given) = (None, 0);
                told.push(steps_again(drug, days_between(last, after.date), after));
            } else {
                told.extend(step.and_then(|step| interval(drug, step, before, after)));
            }
        }
    }
    told
}

fn steps_again(drug: &Drug, days: i32, after: &Administration) -> Finding {
    let text = format!(
        "{} begins again with the first step on {}: the last dose was {days} days before.",
        drug.full_name(),
        calendar::print(after.date),
    );
    let key = &after.key;
    Finding::note(super::codes::STEPS_AGAIN, text).about(Cycles::Only(key.phase.clone(), key.cycle))
}

/// The doses of a drug that were given or will be, one of each day or run.
fn received<'a>(plan: &'a Plan, drug: &Drug) -> Vec<&'a Administration> {
    let first = |one: &&Administration| {
        let first = matches!(one.key.part, None | Some(Part::Half(HalfDay::Morning) | Part::Nth(1)));
        one.key.drug == drug.id && !one.state.is_left_out() && first
    };
    plan.administrations.iter().filter(first).collect()
}

/// How many doses a day or run came to, each by itself.
fn doses_of_day(plan: &Plan, one: &Administration) -> usize {
    if let Some(run) = &one.run {
        return usize::try_from(run.administrations).unwrap_or(usize::MAX);
    }
    let same = |other: &&Administration| {
        other.phase == one.phase
            && other.key.cycle == one.key.cycle
            && (&other.key.drug, other.key.day) == (&one.key.drug, one.key.day)
            && !other.state.is_left_out()
            && other.planned.is_some()
    };
    plan.administrations.iter().filter(same).count().max(1)
}

fn interval(drug: &Drug, step: &Ramp, before: &Administration, after: &Administration) -> Option<Finding> {
    let (least, most) = step.next?;
    let gap = days_between(before.date, after.date);
    let (word, figure) = match (least.filter(|least| gap < *least), most.filter(|most| gap > *most)) {
        (Some(least), _) => ("shortest", least),
        (None, Some(most)) => ("longest", most),
        (None, None) => return None,
    };
    let text = format!(
        "{} on {} comes {gap} days after the step before; the {word} interval is {figure} days.",
        drug.full_name(),
        calendar::print(after.date),
    );
    let key = &after.key;
    Some(Finding::warn(super::codes::STEP_INTERVAL, text).about(Cycles::Only(key.phase.clone(), key.cycle)))
}
