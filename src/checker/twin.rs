//! R075.

use crate::checker::{Context, Rule, timing};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::unit::Dimension;
use crate::quantity::{Basis, Decimal, DoseUnit, ProtocolDose};
use crate::regimen::substance;
use crate::regimen::{Assigned, Drug, Over, Phase, Spread, Whom};

pub const RULE: Rule = Rule::checked(codes::TWIN, "drug-twice", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for phase in &regimen.phases {
        for (at, drug) in phase.drugs.iter().enumerate() {
            let mut earlier =
                phase.drugs.iter().take(at).filter(|first| alike(first, drug) && !apart(phase, first, drug));
            let Some((first, dose)) = earlier.find_map(|first| Some((first, same_dose(first, drug)?))) else {
                continue;
            };
            let def = context.pairs().find(|(_, one)| std::ptr::eq(*one, drug)).map(|(def, _)| def);
            let Some(def) = def else { continue };
            let text = format!("{} and {} give {dose} of {} on the same day", first.id, drug.id, drug.full_name());
            let finding = RULE.finding(text).at(def.span.clone(), "the same dose again");
            findings.push(finding.help("remove one of them; twice a day is times = \"twice daily\""));
        }
    }
}

/// Whether they belong to drugs that are never given in one cycle, and so never come on one day.
fn apart(phase: &Phase, one: &Drug, other: &Drug) -> bool {
    let owner = |drug: &Drug| phase.drugs.iter().find(|owner| Some(owner.id.as_str()) == drug.owner());
    owner(one).zip(owner(other)).is_some_and(|(one, other)| !one.meets(other))
}

pub(super) fn alike(one: &Drug, other: &Drug) -> bool {
    let same = substance(one) == substance(other) && form(one) == form(other) && one.product == other.product;
    let alike = minutes(one) == minutes(other) && one.route == other.route && one.role == other.role;
    same && alike && same_hours(one, other) && timing::share_a_day(one, other)
}

fn named(drug: &Drug) -> String {
    drug.formulation.iter().fold(drug.name.clone(), |name, formulation| format!("{name} {formulation}"))
}

fn substance(drug: &Drug) -> String {
    substance::base(&named(drug))
}

fn form(drug: &Drug) -> Vec<String> {
    let mut words = substance::form(&named(drug));
    words.sort_unstable();
    words.dedup();
    words
}

/// The length of the infusion in minutes, or in words where it is not one figure.
fn minutes(drug: &Drug) -> Result<Vec<Option<Decimal>>, String> {
    match &drug.over {
        None => Ok(Vec::new()),
        Some(Over::Fixed(period)) => Ok(vec![period.minutes()]),
        Some(Over::ByOccurrence(periods)) => Ok(periods.iter().map(|period| period.minutes()).collect()),
        Some(Over::Between(least, most)) => Ok(vec![least.minutes(), None, most.minutes()]),
        Some(over) => Err(format!("{over:?}")),
    }
}

/// The dose of a whole infusion in the smallest unit of its kind.
fn whole(drug: &Drug, dose: ProtocolDose) -> Option<(Decimal, Dimension, Basis)> {
    let smallest = DoseUnit::all().filter(|unit| unit.dimension() == dose.unit.dimension());
    let factor = smallest.filter_map(|unit| dose.unit.factor_to(unit)).max()?;
    let days = if let Spread::PerDay { days } = drug.dosing.spread { days } else { Decimal::ONE };
    let value = dose.value.checked_mul(factor)?.checked_mul(days)?;
    Some((value.normalize(), dose.unit.dimension(), dose.basis))
}

/// The figure at which somebody gets both. Two weights are still one figure: the dose comes twice.
fn same_dose(one: &Drug, other: &Drug) -> Option<ProtocolDose> {
    let cohorts = cohorts(one, other);
    let same = |first: Vec<ProtocolDose>, second: Vec<ProtocolDose>| {
        let second: Vec<_> = second.into_iter().filter_map(|dose| whole(other, dose)).collect();
        first.into_iter().find(|dose| whole(one, *dose).is_some_and(|dose| second.contains(&dose)))
    };
    if cohorts.is_empty() {
        return same(doses_for(one, None), doses_for(other, None));
    }
    cohorts.iter().find_map(|id| same(doses_for(one, Some(id)), doses_for(other, Some(id))))
}

/// The cohorts that two drugs name.
pub(super) fn cohorts(one: &Drug, other: &Drug) -> Vec<String> {
    let named =
        |drug: &Drug| [drug.cohorts.clone(), drug.dosing.cohorts().iter().map(|one| one.id.clone()).collect()].concat();
    [named(one), named(other)].concat()
}

/// Every dose that somebody of a cohort may be assigned; of anybody, without one.
pub(super) fn doses_for(drug: &Drug, cohort: Option<&String>) -> Vec<ProtocolDose> {
    let for_it = cohort.is_none_or(|cohort| drug.cohorts.is_empty() || drug.cohorts.contains(cohort));
    let own =
        |one: &Assigned<'_>| for_it && !matches!(one.whom, Whom::Cohort(id) if cohort.is_some_and(|own| id != own));
    drug.dosing.options().filter(own).map(|one| one.dose).collect()
}

/// The same hours after one drug, or each after its own first dose.
fn same_hours(one: &Drug, other: &Drug) -> bool {
    let hours = |drug: &Drug| {
        drug.hours.as_ref().map(|hours| (hours.at.clone(), (hours.drug != drug.id).then(|| hours.drug.clone())))
    };
    hours(one) == hours(other)
}
