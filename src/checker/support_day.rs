//! R129.

use crate::checker::{Context, Rule, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::plausibility::doses;
use crate::quantity::{Amount, Decimal};
use crate::regimen::{Drug, Role};

pub const RULE: Rule = Rule::checked(codes::SUPPORT_DAY, "support-too-much", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut told: Vec<&str> = Vec::new();
    for (def, drug) in context.pairs().filter(|(_, drug)| drug.role != Role::Treatment) {
        let Some(phase) = context.phase_of(drug).filter(|_| !told.contains(&drug.substance.as_str())) else { continue };
        let beside = phase.drugs.iter().filter(|other| {
            other.role != Role::Treatment
                && other.substance == drug.substance
                && other.cohorts == drug.cohorts
                && timing::share_a_day(drug, other)
        });
        let Some(sum) = sum(beside.filter_map(a_day)) else { continue };
        let Some((_, most)) = doses::in_a_day(&drug.substance, sum) else { continue };
        told.push(&drug.substance);
        let text = format!(
            "{} as support comes to {sum} in a day, more than its daily maximum of {}",
            drug.substance,
            most.words()
        );
        let finding = RULE.finding(text).at(def.span.clone(), "with what else is given of it that day");
        findings.push(finding.help("is one of the rows there twice, or is a dose of the day written for each time?"));
    }
}

/// What a row gives in a day, where its dose is the same for everybody.
fn a_day(drug: &Drug) -> Option<Amount> {
    let dose = drug.dosing.options().find_map(|one| one.dose.flat())?;
    Some(Amount { value: dose.value.checked_mul(Decimal::from(drug.times.max(1)))?, ..dose })
}

fn sum(mut amounts: impl Iterator<Item = Amount>) -> Option<Amount> {
    let first = amounts.next()?;
    let add = |sum: Decimal, one: Amount| sum.checked_add(one.in_unit(first.unit)?.value);
    Some(Amount { value: amounts.try_fold(first.value, add)?, ..first })
}
