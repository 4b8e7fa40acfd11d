//! R127.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Drug, Regimen};

pub const RULE: Rule = Rule::checked(codes::COHORTS_FALL, "cohorts-do-not-rise", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen.filter(|regimen| is_escalation(regimen)) else { return };
    for (def, drug) in context.pairs() {
        let Some(text) = falls(regimen, drug) else { continue };
        let place = def.by_cohort.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
        let finding = RULE.finding(text).at(place, "does not rise with the cohorts");
        findings.push(finding.help("compare each cohort with the protocol: two may have been exchanged"));
    }
}

/// Cohorts that are numbered are those of an escalation; arms have names.
fn is_escalation(regimen: &Regimen) -> bool {
    regimen.cohorts.len() > 1 && regimen.cohorts.iter().all(|cohort| cohort.id.parse::<u32>().is_ok())
}

/// The first cohort whose dose is not above that of the one before it.
fn falls(regimen: &Regimen, drug: &Drug) -> Option<String> {
    let mut doses: Vec<_> =
        drug.dosing.cohorts().iter().filter_map(|one| Some((one.id.parse::<u32>().ok()?, one.dose))).collect();
    doses.sort_by_key(|(number, _)| *number);
    let several = doses.len() == regimen.cohorts.len();
    let pair = doses.windows(2).filter(|_| several).find_map(|pair| match pair {
        [(one, low), (other, high)] if figures::compared(*high, *low).is_some_and(std::cmp::Ordering::is_lt) => {
            Some((*one, *low, *other, *high))
        }
        _ => None,
    });
    pair.map(|(one, low, other, high)| format!("{}: cohort {other} is given {high}, cohort {one} {low}", drug.id))
}
