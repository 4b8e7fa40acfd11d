//! R118.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::{Drug, Role};

pub const RULE: Rule = Rule::checked(codes::COHORT_EMPTY, "cohort-without-a-dose", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, cohort) in context.definition.cohort.iter().zip(&regimen.cohorts) {
        if regimen.drugs().any(|drug| drug.role == Role::Treatment && gives(drug, &cohort.id)) {
            continue;
        }
        let text = format!("no treatment drug has a dose for cohort {}", cohort.id);
        let help =
            "name the cohort in `cohorts` or `by_cohort` of what it is given; an arm that is only observed may stay so";
        findings.push(RULE.finding(text).at(def.span.clone(), "is given nothing").help(help));
    }
}

fn gives(drug: &Drug, cohort: &str) -> bool {
    let named = drug.cohorts.is_empty() || drug.cohorts.iter().any(|id| id == cohort);
    let doses = drug.dosing.cohorts();
    named && (doses.is_empty() || doses.iter().any(|one| one.id == cohort))
}
