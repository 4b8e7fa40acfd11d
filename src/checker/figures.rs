//! What several rules read of a drug.

use std::cmp::Ordering;
use std::ops::Range;

use crate::format::definition::{At, DrugDef, ReduceDef, Table, TextOr};
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::substance;
use crate::regimen::{DoseRow, Drug, Ladder, StartDose};

/// The dose, whichever way the file says it.
pub(super) fn dose(drug: &DrugDef) -> Option<ProtocolDose> {
    let said = drug.dose.as_ref().or(drug.total.as_ref()).or(drug.dose_per_day.as_ref())?;
    ProtocolDose::read(&said.value).ok()
}

/// How two doses compare: exactly where both are of one basis, else for somebody of 1.75 m2 and 70 kg; an engineering
/// figure, for the plan compares them again for the subject it is of. A target AUC compares with another only.
pub(super) fn compared(one: ProtocolDose, other: ProtocolDose) -> Option<Ordering> {
    let factor = one.unit.factor_to(other.unit)?;
    let sizes = if one.basis == other.basis { (Decimal::ONE, Decimal::ONE) } else { (size(one)?, size(other)?) };
    let left = one.value.checked_mul(factor)?.checked_mul(sizes.0)?;
    Some(left.cmp(&other.value.checked_mul(sizes.1)?))
}

fn size(dose: ProtocolDose) -> Option<Decimal> {
    match dose.basis {
        Basis::Flat => Some(Decimal::ONE),
        Basis::PerM2 => Some(Decimal::new(175, 2)),
        Basis::PerKg => Some(Decimal::from(70)),
        Basis::Auc => None,
    }
}

/// The doses of the ladder, from the first step down.
pub(super) fn ladder(drug: &DrugDef) -> Vec<&At<String>> {
    let Some(TextOr::Table(reduce)) = &drug.reduce else { return Vec::new() };
    steps(&reduce.value)
}

fn steps(reduce: &ReduceDef) -> Vec<&At<String>> {
    let steps = reduce.to.iter().flat_map(|list| &list.value);
    steps
        .filter_map(|step| match step {
            TextOr::Text(at) => Some(at),
            TextOr::Table(step) => step.dose.as_ref(),
        })
        .collect()
}

/// Every dose a subject may receive, whichever way the file writes it: the dose, rows, cohorts, starts, the loading dose, steps
/// up and steps down.
pub(super) fn doses(drug: &DrugDef) -> Vec<(&At<String>, ProtocolDose)> {
    read(first_doses(drug).into_iter().chain(steps_of(drug)))
}

/// The same without the reduced doses.
pub(super) fn full_doses(drug: &DrugDef) -> Vec<(&At<String>, ProtocolDose)> {
    read(first_doses(drug).into_iter())
}

fn read<'d>(texts: impl Iterator<Item = &'d At<String>>) -> Vec<(&'d At<String>, ProtocolDose)> {
    texts.filter_map(|at| Some((at, ProtocolDose::read(&at.value).ok()?))).collect()
}

fn first_doses(drug: &DrugDef) -> Vec<&At<String>> {
    let mut all: Vec<&At<String>> = [&drug.dose, &drug.total, &drug.dose_per_day].into_iter().flatten().collect();
    let rows = drug.table.iter().flat_map(|rows| &rows.value);
    all.extend(rows.flat_map(|row| [&row.dose, &row.morning, &row.evening, &row.loading]).flatten());
    all.extend(drug.by_cohort.iter().flat_map(|table| table.value.values()));
    all.extend(drug.start.iter().flat_map(|list| &list.value).filter_map(|start| start.dose.as_ref()));
    all.extend(drug.loading.iter().filter_map(|loading| loading.dose.as_ref()));
    all.extend(drug.ramp.iter().flat_map(|rows| &rows.value).filter_map(|row| row.dose.as_ref()));
    all
}

/// The reduced doses of the drug, of its rows and of its starts.
fn steps_of(drug: &DrugDef) -> Vec<&At<String>> {
    let rows = drug.table.iter().flat_map(|rows| &rows.value).filter_map(|row| row.reduce.as_ref());
    let starts = drug.start.iter().flat_map(|list| &list.value).filter_map(|start| start.reduce.as_ref());
    ladder(drug).into_iter().chain(rows.chain(starts).flat_map(|reduce| steps(reduce))).collect()
}

/// The doses somebody may start on: of rows, cohorts or the one dose, and of starting rules.
pub(super) fn starts(drug: &Drug) -> Vec<ProtocolDose> {
    let ruled = drug
        .starts_by
        .iter()
        .filter_map(|start| if let StartDose::Dose(dose) = start.dose { Some(dose) } else { None });
    drug.full_doses().into_iter().chain(ruled).collect()
}

/// Each loading dose with the dose it comes before.
pub(super) fn loadings(drug: &Drug) -> Vec<(ProtocolDose, ProtocolDose)> {
    let own = drug.loading.as_ref().map(|loading| loading.dose);
    if drug.table.is_empty() || !drug.by_cohort.is_empty() {
        return drug.full_doses().into_iter().filter_map(|dose| Some((own?, dose))).collect();
    }
    drug.table.iter().filter_map(|row| Some((row.loading.or(own).filter(|_| own.is_some())?, row.dose?))).collect()
}

/// Every dose somebody can start on, with the ladder that follows it.
pub(super) fn with_ladders(drug: &Drug) -> Vec<(ProtocolDose, &Ladder)> {
    let own = drug.ladder.as_ref();
    let rows: Vec<_> = drug.table.iter().map(|row| (row.dose, row.ladder.as_ref().or(own))).collect();
    let plain = (drug.table.is_empty() && drug.by_cohort.is_empty()).then_some((Some(drug.dose), own));
    let bases: Vec<Option<&Ladder>> =
        if rows.is_empty() { vec![own] } else { rows.iter().map(|(_, ladder)| *ladder).collect() };
    let ruled = drug.starts_by.iter().flat_map(|start| {
        let dose =
            if let StartDose::Dose(dose) = start.dose { Some(dose) } else { start.ladder.as_ref().map(|_| drug.dose) };
        let ladders = start.ladder.as_ref().map_or_else(|| bases.clone(), |ladder| vec![Some(ladder)]);
        ladders.into_iter().map(move |ladder| (dose, ladder))
    });
    let cohorts = drug.by_cohort.iter().map(|(_, dose)| (Some(*dose), own));
    let all = plain.into_iter().chain(rows.iter().copied()).chain(ruled).chain(cohorts);
    all.filter_map(|(dose, ladder)| Some((dose?, ladder?))).collect()
}

/// Every dose before a reduction as a dose per kg or m2: a row in milligrams counts for the largest body of the row.
pub(super) fn per_size(drug: &Drug, basis: Basis) -> Vec<ProtocolDose> {
    let loading = drug.loading.iter().map(|loading| loading.dose);
    let all = starts(drug).into_iter().chain(loading).chain(drug.table.iter().filter_map(|row| row.loading));
    let written = all.chain(drug.ramp.iter().map(|step| step.dose)).filter(|dose| dose.basis == basis);
    let rows = drug.table.iter().flat_map(|row| [row.dose, row.loading].map(|dose| of_row(row, dose?, basis)));
    written.chain(rows.flatten()).collect()
}

fn of_row(row: &DoseRow, dose: ProtocolDose, basis: Basis) -> Option<ProtocolDose> {
    let range = match basis {
        Basis::PerM2 => row.when.bsa?,
        Basis::PerKg => row.when.weight?,
        Basis::Flat | Basis::Auc => return None,
    };
    let size = range.through.or(range.below).filter(|size| *size > Decimal::ZERO)?;
    let value = dose.flat()?.value.checked_div(size)?;
    Some(ProtocolDose { value: crate::quantity::decimal::half_up(value, 2).normalize(), unit: dose.unit, basis })
}

/// Every text of a drug that holds figures.
pub(super) fn texts(drug: &DrugDef) -> Vec<&str> {
    all(drug).into_iter().map(|at| at.value.as_str()).collect()
}

/// The same with their places.
pub(super) fn all(drug: &DrugDef) -> Vec<&At<String>> {
    let mut all = first_doses(drug);
    all.extend(steps_of(drug));
    all.extend([&drug.cycle_total, &drug.vial].into_iter().flatten());
    all.extend(drug.tablets.iter().flat_map(|list| &list.value));
    match &drug.cap {
        Some(TextOr::Text(at)) => all.push(at),
        Some(TextOr::Table(rows)) => all.extend(rows.value.0.iter().filter_map(|row| row.dose.as_ref())),
        None => {}
    }
    if let Some(TextOr::Table(round)) = &drug.round {
        all.extend([&round.nearest, &round.down_to, &round.up_to_next].into_iter().flatten());
    }
    if let Some(maximum) = &drug.maximum {
        all.extend([&maximum.dose, &maximum.day, &maximum.cycle].into_iter().flatten());
    }
    all
}

/// The name as written, with the formulation that may be a part of what the drug is: trastuzumab, `emtansine`.
pub(super) fn name(drug: &DrugDef) -> String {
    let words = drug.name.iter().chain(&drug.formulation).map(|at| at.value.trim());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The substance: without salt, water and formulation.
pub(super) fn substance(drug: &DrugDef) -> String {
    substance::base(&name(drug))
}

/// Whether the drug is this substance.
pub(super) fn is(drug: &DrugDef, substance: &str) -> bool {
    substance::is(&name(drug), substance)
}

/// The vinca alkaloid that any of the drug's names means.
pub(super) fn vinca(drug: &DrugDef) -> Option<&'static str> {
    let also = drug.also.iter().flat_map(|list| &list.value);
    let names = drug.name.iter().chain(&drug.id).chain(&drug.product).chain(also);
    names.into_iter().find_map(|at| substance::vinca(&at.value))
}

/// Whether the drug is given into the cerebrospinal fluid.
pub(super) fn spinal(drug: &DrugDef) -> bool {
    drug.route.as_ref().is_some_and(|at| ["intrathecal", "intraventricular"].contains(&at.value.as_str()))
}

/// Where the cap stands, else the drug.
pub(super) fn cap_place(drug: &Table<DrugDef>) -> Range<usize> {
    match &drug.cap {
        Some(TextOr::Text(at)) => at.span.clone(),
        Some(TextOr::Table(rows)) => rows.span.clone(),
        None => drug.span.clone(),
    }
}
