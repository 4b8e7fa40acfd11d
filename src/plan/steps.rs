//! What a whole plan is held against: concentrations, intervals between steps.

use crate::calendar::{self, days_between};
use crate::finding::Finding;
use crate::quantity::{Amount, number};
use crate::regimen::model::Regimen;

use super::{Administration, Plan};

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
