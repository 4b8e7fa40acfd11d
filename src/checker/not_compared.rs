//! R100.

use std::ops::Range;

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{DrugDef, Table};
use crate::quantity::{Basis, ProtocolDose};
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::NOT_COMPARED, "doses-not-comparable", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let mut told: Vec<(&str, Basis, Basis)> = Vec::new();
        let mut pairs = pairs(drug);
        // Of several pairs that differ alike the one told is not that of the row or cohort that stands first.
        pairs.sort_by_key(|(what, dose, beside, _)| (*what, dose.to_string(), beside.to_string()));
        for (what, dose, beside, question) in pairs {
            let known = (what, dose.basis, beside.basis);
            if dose.basis == beside.basis || told.contains(&known) {
                continue;
            }
            told.push(known);
            let text = format!(
                "{}: the {what} is {} ({dose}), the dose it belongs to {} ({beside}): nobody can tell whether it is {question}",
                drug.full_name(),
                by(dose.basis),
                by(beside.basis)
            );
            let finding = RULE.finding(text).at(place(def, what), "by another size");
            findings.push(finding.help(
                "write both by one body size; a cohort or row that is dosed otherwise is a drug entry of its own",
            ));
        }
    }
}

fn by(basis: Basis) -> &'static str {
    match basis {
        Basis::Flat => "one for all",
        Basis::PerM2 => "per m2",
        Basis::PerKg => "per kg",
        Basis::Auc => "a target AUC",
    }
}

fn place(def: &Table<DrugDef>, what: &str) -> Range<usize> {
    let span = match what {
        LOADING => def.loading.as_ref().map(|table| table.span.clone()),
        STEP => def.ramp.as_ref().map(|at| at.span.clone()),
        _ => figures::ladder(def).first().map(|at| at.span.clone()),
    };
    span.unwrap_or_else(|| def.span.clone())
}

const REDUCED: &str = "reduced dose";
const LOADING: &str = "loading dose";
const STEP: &str = "step before the full dose";

type Pair = (&'static str, ProtocolDose, ProtocolDose, &'static str);

/// Every dose that is to be lower or higher than another, with that other.
fn pairs(drug: &Drug) -> Vec<Pair> {
    let dosing = &drug.dosing;
    let reduced = dosing.options().flat_map(|one| {
        let steps = one.ladder.into_iter().flat_map(|ladder| &ladder.steps).filter_map(|step| step.dose);
        steps.map(move |step| (REDUCED, step, one.dose, "lower"))
    });
    let loading =
        dosing.bases().into_iter().filter_map(|one| Some((LOADING, dosing.loading_of(&one)?, one.dose, "higher")));
    let ramp =
        dosing.ramp.iter().flat_map(|step| dosing.options().map(move |one| (STEP, step.dose, one.dose, "lower")));
    reduced.chain(loading).chain(ramp).collect()
}
