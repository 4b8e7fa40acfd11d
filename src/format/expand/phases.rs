//! `same_drugs_as`: a phase with the drugs of an earlier one. What an entry of its own says differs; all else is the same.

use std::collections::BTreeMap;

use super::sources;
use crate::format::definition::{At, Definition, DrugDef, Keys, PhaseDef, Table};
use crate::format::drug_id;

/// Keys of which one alone is meant: who says one of them says nothing of the others.
const ONE_OF: &[&[&str]] = &[
    &["dose", "total", "dose_per_day", "dose_per_week", "table", "by_cohort"],
    &["days", "by_cycle"],
    &["times", "hours"],
    &["after", "with", "for", "before"],
];

/// A total typed as a check of these keys is none of others.
const TOTALLED: &[&str] =
    &["dose", "total", "dose_per_day", "dose_per_week", "table", "by_cohort", "days", "by_cycle", "times", "hours"];

/// Writes the drugs of earlier phases into those that have the same.
pub(super) fn write_out(file: &mut Definition) {
    for at in 0..file.phase.len() {
        let (before, rest) = file.phase.split_at_mut(at);
        let Some(phase) = rest.first_mut() else { continue };
        // A phase that is not there, or not yet, is told by whoever resolves the file.
        let Some(model) = model(phase, before) else { continue };
        phase.value.drug = drugs(&phase.value, &model.drug);
    }
}

fn model<'f>(phase: &PhaseDef, before: &'f [Table<PhaseDef>]) -> Option<&'f Table<PhaseDef>> {
    let named = phase.same_drugs_as.as_ref()?;
    before.iter().find(|one| one.id.as_ref().is_some_and(|id| id.value == named.value))
}

/// The drugs of the model in their order, each with what differs, then those that are new.
fn drugs(phase: &PhaseDef, model: &[Table<DrugDef>]) -> Vec<Table<DrugDef>> {
    let left_out = |drug: &DrugDef| {
        let mut named = phase.without.iter().flat_map(|list| &list.value);
        named.any(|at| at.value == drug_id(drug) || drug.name.as_ref().is_some_and(|name| name.value == at.value))
    };
    let mut own: Vec<Option<&Table<DrugDef>>> = phase.drug.iter().map(Some).collect();
    let mut all = Vec::new();
    for drug in model.iter().filter(|drug| !left_out(drug)) {
        let differs = own.iter_mut().find(|one| one.is_some_and(|one| means(one, drug, model)));
        all.push(match differs.and_then(Option::take) {
            Some(differs) => Table { value: with(differs, drug), span: differs.span.clone() },
            None => drug.clone(),
        });
    }
    all.extend(own.into_iter().flatten().cloned());
    all
}

/// Whether an entry is about a drug of the model: by its id, or by a name that only one has.
fn means(entry: &DrugDef, drug: &DrugDef, model: &[Table<DrugDef>]) -> bool {
    let called = |one: &DrugDef| {
        entry.id.is_none() && one.name.as_ref().map(|at| &at.value) == entry.name.as_ref().map(|at| &at.value)
    };
    drug_id(entry) == drug_id(drug) || (called(drug) && model.iter().filter(|one| called(one)).count() == 1)
}

/// An entry with everything it does not say taken over.
fn with(entry: &DrugDef, model: &DrugDef) -> DrugDef {
    let own = entry.present();
    let says = |keys: &[&str]| own.iter().any(|one| keys.contains(&one.key));
    let mut not = vec!["source", "conflict"];
    not.extend(ONE_OF.iter().filter(|group| says(group)).flat_map(|group| group.iter().copied()));
    not.extend(says(TOTALLED).then_some("cycle_total"));
    let mut drug = entry.clone();
    // Its id stays what the model calls it, where the entry is named otherwise.
    let taken = drug.inherit(model, &not);
    let present = model.present();
    let needs = |key: &&'static str| present.iter().any(|one| one.key == *key && one.needs_source());
    let stated = taken.iter().filter(|key| needs(key));
    let stated = stated.filter_map(|key| Some((*key, sources::of(model.source.as_ref(), key)?))).collect();
    drug.source = sources::with(drug.source.take(), stated);
    drug.conflict = conflicts(entry, model, &taken);
    drug
}

/// Where sources disagree: its own, and those about what was taken over.
fn conflicts(entry: &DrugDef, model: &DrugDef, taken: &[&'static str]) -> Option<At<BTreeMap<String, String>>> {
    let theirs = model.conflict.clone().map(|mut at| {
        at.value.retain(|key, _| taken.contains(&key.as_str()));
        at
    });
    match (entry.conflict.clone(), theirs.filter(|at| !at.value.is_empty())) {
        (Some(mut own), Some(theirs)) => {
            own.value.extend(theirs.value);
            Some(own)
        }
        (own, theirs) => own.or(theirs),
    }
}
