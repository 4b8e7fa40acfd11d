//! `[defaults]`: a key that a table does not say and would be asked for.

use super::sources;
use crate::format::definition::{
    BodyDef, CycleDef, DaysDef, DefaultsDef, Definition, DrugDef, Keys, Present, SourcesDef, Table,
};
use crate::quantity::{Basis, ProtocolDose};

/// Writes the defaults into every table that lacks them.
pub(super) fn write_out(file: &mut Definition) {
    let Some(defaults) = file.defaults.clone() else { return };
    body(file, &defaults);
    let cycles = file.phase.iter_mut().filter_map(|phase| phase.value.cycle.as_mut());
    for cycle in file.cycle.iter_mut().chain(cycles) {
        of_cycle(&mut cycle.value, &defaults);
    }
    let inner = file.phase.iter_mut().map(|phase| &mut phase.value.drug);
    for drugs in std::iter::once(&mut file.drug).chain(inner) {
        let sized: Vec<bool> = drugs.iter().map(|drug| goes_by_size(drug, drugs)).collect();
        for (drug, sized) in drugs.iter_mut().zip(sized) {
            of_drug(&mut drug.value, &defaults, sized);
        }
    }
}

/// A key that is there, or the default; what was taken is noted.
fn fill<T: Clone>(own: &mut Option<T>, default: Option<&T>, key: &'static str, taken: &mut Vec<&'static str>) {
    if own.is_none() && default.is_some() {
        *own = default.cloned();
        taken.push(key);
    }
}

/// The source of a table with that of each default in it.
fn sourced(own: Option<SourcesDef>, defaults: &DefaultsDef, taken: &[&'static str]) -> Option<SourcesDef> {
    let present = defaults.present();
    let there = |key: &&'static str| present.iter().find(|one| one.key == *key);
    let stated = taken.iter().filter(|key| there(key).is_some_and(Present::needs_source));
    // One without a source is told at the defaults, not again in every table.
    let from = |key: &'static str| sources::of(defaults.source.as_ref(), key).unwrap_or_else(sources::unverified);
    sources::with(own, stated.map(|key| (*key, from(key))).collect())
}

/// Body size; the table itself may be left out.
fn body(file: &mut Definition, defaults: &Table<DefaultsDef>) {
    let mut taken = Vec::new();
    let mut body = file.body.as_ref().map_or_else(BodyDef::default, |table| table.value.clone());
    fill(&mut body.bsa, defaults.bsa.as_ref(), "bsa", &mut taken);
    fill(&mut body.bsa_places, defaults.bsa_places.as_ref(), "bsa_places", &mut taken);
    fill(&mut body.weight, defaults.weight.as_ref(), "weight", &mut taken);
    fill(&mut body.recalculate, defaults.recalculate.as_ref(), "recalculate", &mut taken);
    if taken.is_empty() {
        return;
    }
    body.source = sourced(body.source.take(), defaults, &taken);
    let span = file.body.as_ref().map_or_else(|| defaults.span.clone(), |table| table.span.clone());
    file.body = Some(Table { value: body, span });
}

fn of_cycle(cycle: &mut CycleDef, defaults: &DefaultsDef) {
    let mut taken = Vec::new();
    fill(&mut cycle.next, defaults.next.as_ref(), "next", &mut taken);
    fill(&mut cycle.window, defaults.window.as_ref(), "window", &mut taken);
    cycle.source = sourced(cycle.source.take(), defaults, &taken);
}

/// Rounding where a dose goes by size, and what follows a missed dose where there are several: nowhere else is either asked for.
fn of_drug(drug: &mut DrugDef, defaults: &DefaultsDef, sized: bool) {
    let mut taken = Vec::new();
    if sized {
        fill(&mut drug.round, defaults.round.as_ref(), "round", &mut taken);
    }
    if treats(drug) && has_several_days(drug) {
        fill(&mut drug.missed, defaults.missed.as_ref(), "missed", &mut taken);
    }
    drug.source = sourced(drug.source.take(), defaults, &taken);
}

/// Whether a dose of it is multiplied with something, or is a share of one that is.
fn goes_by_size(drug: &DrugDef, beside: &[Table<DrugDef>]) -> bool {
    drug.doses().chain(drug.reduced_doses()).any(|at| match at.value.split_once(" of ") {
        Some((_, owner)) => beside.iter().any(|other| {
            let named = [&other.id, &other.name].into_iter().flatten().any(|at| at.value == owner.trim());
            named && other.own_doses().any(|at| by_size(&at.value))
        }),
        None => by_size(&at.value),
    })
}

fn by_size(dose: &str) -> bool {
    ProtocolDose::read(dose).is_ok_and(|dose| dose.basis != Basis::Flat)
}

fn treats(drug: &DrugDef) -> bool {
    drug.role.as_ref().is_none_or(|role| role.value == "treatment")
}

fn has_several_days(drug: &DrugDef) -> bool {
    let several = |days: &DaysDef| match days {
        DaysDef::List(days) => days.len() > 1,
        DaysDef::Run(_) | DaysDef::Text(_) => true,
    };
    let rows = drug.by_cycle.iter().flat_map(|rows| &rows.value).filter_map(|row| row.days.as_ref());
    drug.days.iter().chain(rows).any(|days| several(&days.value))
}
