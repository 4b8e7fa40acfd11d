//! R075.

use crate::finding::Finding;
use crate::quantity::ProtocolDose;
use crate::regimen::model::{Days, Drug};
use crate::regimen::rules::Context;

rule! {
    /// One drug entered twice with the same dose on the same day.
    ///
    /// Copied and not changed, an entry doubles the dose. Bolus and infusion of one drug differ in dose or length; a drug given twice a day says `times`.
    /// Entries of one drug by different weights, one a cohort, each name theirs under `cohorts`: without it the other cohort gets both.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    ///
    /// [[drug]]
    /// name = "irinotecan"
    /// id = "again"
    /// dose = "70 mg/m2"
    /// route = "intravenous"
    /// over = "90 minutes"
    /// days = [1]
    /// round = { nearest = "1 mg", ties = "up" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    ///
    /// [[drug]]
    /// name = "irinotecan"
    /// id = "again"
    /// dose = "70 mg/m2"
    /// route = "intravenous"
    /// over = "90 minutes"
    /// days = [8]
    /// round = { nearest = "1 mg", ties = "up" }
    /// source = "trial"
    /// ```
    TWIN, "drug-twice", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for phase in &regimen.phases {
        for (at, drug) in phase.drugs.iter().enumerate() {
            let mut earlier = phase.drugs.iter().take(at).filter(|first| alike(first, drug));
            let Some((first, dose)) = earlier.find_map(|first| Some((first, same_dose(first, drug)?))) else { continue };
            let def = context.pairs().find(|(_, one)| std::ptr::eq(*one, drug)).map(|(def, _)| def);
            let Some(def) = def else { continue };
            let text = format!("{} and {} give {dose} of {} on the same day", first.id, drug.id, drug.full_name());
            let finding = RULE.finding(text).at(def.span.clone(), "the same dose again");
            findings.push(finding.help("remove one of them; twice a day is times = \"twice daily\""));
        }
    }
}

fn alike(one: &Drug, other: &Drug) -> bool {
    let same = one.name == other.name && one.formulation == other.formulation && one.product == other.product;
    let last = |drug: &Drug| drug.last_cycle.unwrap_or(u32::MAX);
    let together = one.first_cycle <= last(other) && other.first_cycle <= last(one);
    let alike = one.spread == other.spread && one.over == other.over && one.route == other.route && one.role == other.role;
    same && together && alike && same_hours(one, other) && meet(&one.days, &other.days)
}

/// The figure at which somebody gets both. Two weights are still one figure: the dose comes twice.
fn same_dose(one: &Drug, other: &Drug) -> Option<ProtocolDose> {
    let gets = |drug: &Drug, cohort: &String| {
        let own = drug.by_cohort.iter().find(|(id, _)| id == cohort).map_or(drug.dose, |(_, dose)| *dose);
        (drug.cohorts.is_empty() || drug.cohorts.contains(cohort)).then_some(own)
    };
    let named = |drug: &Drug| [drug.cohorts.clone(), drug.by_cohort.iter().map(|(id, _)| id.clone()).collect()].concat();
    let cohorts: Vec<String> = [named(one), named(other)].concat();
    if cohorts.is_empty() {
        return Some(one.dose).filter(|dose| *dose == other.dose);
    }
    cohorts.iter().find_map(|id| gets(one, id).filter(|dose| gets(other, id) == Some(*dose)))
}

/// The same hours after one drug, or each after its own first dose.
fn same_hours(one: &Drug, other: &Drug) -> bool {
    let hours = |drug: &Drug| drug.hours.as_ref().map(|hours| (hours.at.clone(), (hours.drug != drug.id).then(|| hours.drug.clone())));
    hours(one) == hours(other)
}

fn meet(one: &Days, other: &Days) -> bool {
    match (one, other) {
        (Days::List(one), Days::List(other)) => one.iter().any(|day| other.contains(day)),
        (Days::EveryDay, Days::EveryDay) => true,
        _ => false,
    }
}
