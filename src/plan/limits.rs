//! What a whole plan is held against: limits over a life, concentrations, intervals between steps.

use crate::calendar::{self, days_between};
use crate::finding::Finding;
use crate::quantity::{Amount, Basis, Decimal, number};
use crate::regimen::model::{Lifetime, Near, Regimen};

use super::{Administration, AdministrationState, Plan};

/// What the doses of a plan come to against each limit over a life; nothing below 75 %.
pub(super) fn lifetimes(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    regimen.lifetimes.iter().filter_map(|limit| lifetime(regimen, plan, limit)).collect()
}

fn lifetime(regimen: &Regimen, plan: &Plan, limit: &Lifetime) -> Option<Finding> {
    let total = total(regimen, plan, limit)?;
    let (percent, near) = limit.standing(total)?;
    let mark = limit.provenance.mark("limit").map_or(String::new(), |mark| format!(" [{mark}]"));
    let unit = limit.limit.unit_text();
    let total = number::print(crate::quantity::decimal::half_up(total, 1));
    let lower: Vec<String> = limit.lower.iter().map(|(with, lower)| format!("{lower} with {with}")).collect();
    let lower = if lower.is_empty() { String::new() } else { format!(" ({})", lower.join("; ")) };
    let text = format!(
        "The planned doses come to {total} {unit} of {}, {} % of the limit over a life of {}{lower}{mark}. What was \
         received before is not in it.",
        limit.name,
        number::print(percent),
        limit.limit,
    );
    match near {
        Near::Below => None,
        Near::Watch => Some(Finding::note("lifetime-limit", text)),
        Near::Close | Near::Reached => Some(Finding::warn("lifetime-limit", text)),
    }
}

/// The sum of the plan in the unit of a limit; `None` where a dose cannot be added.
pub fn total(regimen: &Regimen, plan: &Plan, limit: &Lifetime) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for one in &plan.administrations {
        let drug = plan.drug_of(regimen, one)?;
        let Some(factor) = limit.factor(&drug.name) else { continue };
        if matches!(one.state, AdministrationState::Omitted(_)) {
            continue;
        }
        let per = per_size(one, limit)?;
        total = total.checked_add(per.checked_mul(factor)?)?;
    }
    Some(total)
}

/// One administration in the unit of the limit: per m² with the body surface of that dose.
fn per_size(one: &Administration, limit: &Lifetime) -> Option<Decimal> {
    let amount = one.dose.amount.in_unit(limit.limit.unit)?.value;
    let times = one.run.as_ref().map_or(1, |run| run.administrations);
    let amount = amount.checked_mul(Decimal::from(times))?;
    match limit.limit.basis {
        Basis::Flat | Basis::Auc => Some(amount),
        Basis::PerM2 => {
            let surface = one.dose.steps.iter().rev().find(|step| step.unit == "m²")?.value;
            amount.checked_div(surface)
        }
        Basis::PerKg => None,
    }
}

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
    let amount = one.dose.amount;
    let strength = amount.value.checked_div(volume)?;
    let in_unit = |limit: Option<Amount>| limit.and_then(|limit| limit.in_unit(amount.unit)).map(|limit| limit.value);
    let low = in_unit(dilution.from).is_some_and(|from| strength < from);
    let high = in_unit(dilution.through).is_some_and(|through| strength > through);
    if !low && !high {
        return None;
    }
    let limit = if low { dilution.from } else { dilution.through }?;
    let text = format!(
        "{}: {amount} in {} mL is {} {} in 1 mL, {} the {} the source allows.",
        drug.full_name(),
        number::print(volume),
        number::print(crate::quantity::decimal::half_up(strength, 3)),
        amount.unit,
        if low { "below" } else { "above" },
        limit,
    );
    Some(Finding::warn("concentration", text).help("another volume is for the pharmacist to choose"))
}

/// Doses of a step that follow too soon or too late.
pub(super) fn steps(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told = Vec::new();
    for drug in regimen.drugs().filter(|drug| !drug.ramp.is_empty()) {
        let doses: Vec<&Administration> = plan.administrations.iter().filter(|one| one.key.drug == drug.id).collect();
        for (pair, step) in doses.windows(2).zip(&drug.ramp) {
            let ([before, after], Some((least, most))) = (pair, step.next) else { continue };
            let gap = days_between(before.date, after.date);
            let soon = least.is_some_and(|least| gap < least);
            let late = most.is_some_and(|most| gap > most);
            if soon || late {
                let figure = if soon { least } else { most }.unwrap_or(gap);
                let text = format!(
                    "{} on {} comes {gap} days after the step before; the {} interval is {figure} days.",
                    drug.full_name(),
                    calendar::print(after.date),
                    if soon { "shortest" } else { "longest" },
                );
                told.push(Finding::warn("step-interval", text));
            }
        }
    }
    told
}
