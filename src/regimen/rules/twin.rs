//! R075.

use crate::finding::Finding;
use crate::regimen::model::{Days, Drug};
use crate::regimen::rules::Context;

rule! {
    /// One drug entered twice with the same dose on the same day.
    ///
    /// Copied and not changed, an entry doubles the dose. Bolus and infusion of one drug differ in dose or length; a drug given twice a day says `times`.
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
            let Some(first) = phase.drugs.iter().take(at).find(|first| twins(first, drug)) else { continue };
            let def = context.pairs().find(|(_, one)| std::ptr::eq(*one, drug)).map(|(def, _)| def);
            let Some(def) = def else { continue };
            let text = format!("{} and {} give {} of {} on the same day", first.id, drug.id, drug.dose, drug.full_name());
            let finding = RULE.finding(text).at(def.span.clone(), "the same dose again");
            findings.push(finding.help("remove one of them; twice a day is times = \"twice daily\""));
        }
    }
}

fn twins(one: &Drug, other: &Drug) -> bool {
    let same = one.name == other.name && one.formulation == other.formulation && one.product == other.product;
    let last = |drug: &Drug| drug.last_cycle.unwrap_or(u32::MAX);
    let together = one.first_cycle <= last(other) && other.first_cycle <= last(one);
    let alike = one.dose == other.dose && one.spread == other.spread && one.over == other.over && one.route == other.route;
    same && together && alike && one.role == other.role && one.hours == other.hours && meet(&one.days, &other.days)
}

fn meet(one: &Days, other: &Days) -> bool {
    match (one, other) {
        (Days::List(one), Days::List(other)) => one.iter().any(|day| other.contains(day)),
        (Days::EveryDay, Days::EveryDay) => true,
        _ => false,
    }
}
