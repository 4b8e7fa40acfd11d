//! Tablets that the study or the site supplies, where the file states others.

use std::collections::BTreeMap;

use crate::finding::{Figure, Finding, Lift};
use crate::quantity::Amount;
use crate::regimen::{Drug, Regimen, Tablets};

use super::{AdministrationState, Plan, codes};

fn listed(strengths: &[Amount]) -> String {
    strengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// Each drug once: what is supplied, and what the file states for everybody.
pub(super) fn told(file: &Regimen, supplied: &BTreeMap<String, Vec<Amount>>) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for drug in file.drugs() {
        let finding = drug.supplied(supplied).and_then(|strengths| differs(drug, strengths));
        told.extend(finding.filter(|finding| !told.contains(finding)));
    }
    told
}

fn differs(drug: &Drug, strengths: &[Amount]) -> Option<Finding> {
    let form = drug.form.word(2);
    let stated = match &drug.tablets {
        Some(Tablets(stated)) if stated == strengths => return None,
        Some(Tablets(stated)) => format!("; the file states {}", listed(stated)),
        None => String::new(),
    };
    let text = format!("{}: {form} of {} are supplied here{stated}.", drug.full_name(), listed(strengths));
    Some(Finding::note(codes::TABLETS_SUPPLIED, text))
}

/// Doses that whole tablets of the strengths there are do not make.
pub(super) fn not_made(regimen: &Regimen, supplied: &BTreeMap<String, Vec<Amount>>, plan: &Plan) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let Some(drug) = plan.drug_of(regimen, one) else { continue };
        let Some(Tablets(strengths)) = &drug.tablets else { continue };
        let halves = one.dose.part_tablets.as_ref();
        let in_halves = halves.is_some_and(|(morning, evening)| !morning.is_empty() || !evening.is_empty());
        if in_halves || !one.dose.supply.tablets.is_empty() || one.dose.amount.value.is_zero() {
            continue;
        }
        let whose = if drug.supplied(supplied).is_some() { "supplied here" } else { "of the file" };
        let text = format!(
            "{}: {} cannot be made of the {} {whose}, {}.",
            drug.full_name(),
            one.dose.amount,
            drug.form.word(2),
            listed(strengths),
        );
        let finding = Finding::warn(codes::TABLETS_NOT_MADE, text);
        let finding = finding
            .help("have the strength supplied, or ask the prescriber for a dose that can be made")
            .asking(Some(Figure::Value(one.dose.amount.value)), Lift::Reason);
        if !told.contains(&finding) {
            told.push(finding);
        }
    }
    told
}
