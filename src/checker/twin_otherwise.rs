//! R117.

use crate::checker::{Context, Rule, twin};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::ProtocolDose;
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::TWIN_OTHERWISE, "drug-twice-otherwise", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for phase in &regimen.phases {
        for (at, drug) in phase.drugs.iter().enumerate() {
            let mut earlier = phase.drugs.iter().take(at).filter(|first| twin::alike(first, drug));
            let both = earlier.find_map(|first| Some((first, unlike(first, drug)?)));
            let def = context.pairs().find(|(_, one)| std::ptr::eq(*one, drug)).map(|(def, _)| def);
            let (Some((first, (cohort, doses))), Some(def)) = (both, def) else { continue };
            let whom = cohort.map_or(String::new(), |id| format!("cohort {id}: "));
            let text = format!(
                "{whom}{} gives {} of {} and {} gives {}, on the same day",
                first.id,
                doses.0,
                drug.full_name(),
                drug.id,
                doses.1
            );
            let help = "where only one is meant, say whom each is for with `cohorts`, or when with `days` or `cycles`";
            findings.push(RULE.finding(text).at(def.span.clone(), "both are planned").help(help));
        }
    }
}

/// The two doses that somebody gets of both entries, and the cohort. One that a person chooses instead of the other is not
/// given beside it; a table's rows may be for other people.
fn unlike(one: &Drug, other: &Drug) -> Option<(Option<String>, (ProtocolDose, ProtocolDose))> {
    if one.instead_of.as_ref() == Some(&other.id) || other.instead_of.as_ref() == Some(&one.id) {
        return None;
    }
    let only = |drug: &Drug, cohort: Option<&String>| match twin::doses_for(drug, cohort).as_slice() {
        [dose] if drug.dosing.rows().is_empty() => Some(*dose),
        _ => None,
    };
    let cohorts = twin::cohorts(one, other);
    let whom: Vec<Option<&String>> = if cohorts.is_empty() { vec![None] } else { cohorts.iter().map(Some).collect() };
    whom.into_iter().find_map(|cohort| {
        let (first, second) = (only(one, cohort)?, only(other, cohort)?);
        (first != second).then(|| (cohort.cloned(), (first, second)))
    })
}
