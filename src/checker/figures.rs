//! What several rules read of a drug.

use std::cmp::Ordering;
use std::ops::Range;

use crate::format::definition::{At, DrugDef, Table, TextOr};
use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::substance;
use crate::regimen::{DoseRow, Drug, Whom};

/// The dose, whichever way the file says it.
pub(super) fn dose(drug: &DrugDef) -> Option<ProtocolDose> {
    ProtocolDose::read(&drug.own_doses().next()?.value).ok()
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

/// Every dose a subject may receive, whichever way the file writes it, with its place.
pub(super) fn doses(drug: &DrugDef) -> Vec<(&At<String>, ProtocolDose)> {
    read(drug.doses().chain(drug.reduced_doses()))
}

/// The same without the reduced doses.
pub(super) fn full_doses(drug: &DrugDef) -> Vec<(&At<String>, ProtocolDose)> {
    read(drug.doses())
}

fn read<'d>(texts: impl Iterator<Item = &'d At<String>>) -> Vec<(&'d At<String>, ProtocolDose)> {
    texts.filter_map(|at| Some((at, ProtocolDose::read(&at.value).ok()?))).collect()
}

/// The doses of the drug's own ladder, from the first step down.
pub(super) fn ladder(drug: &DrugDef) -> Vec<&At<String>> {
    drug.own_ladder().collect()
}

/// Every dose before a reduction as a dose per kg or m2: a row in milligrams counts for the largest body of the row.
pub(super) fn per_size(drug: &Drug, basis: Basis) -> Vec<ProtocolDose> {
    let dosing = &drug.dosing;
    let assigned = dosing.options().flat_map(|one| {
        let loading = dosing.loading_of(&one);
        let row = if let (Whom::Row(row), None) = (one.whom, one.start) { Some(row) } else { None };
        let of_row = [Some(one.dose), loading].map(|dose| of_row(row?, dose?, basis));
        [Some(one.dose), loading].into_iter().chain(of_row)
    });
    let ramp = dosing.ramp.iter().map(|step| Some(step.dose));
    assigned.chain(ramp).flatten().filter(|dose| dose.basis == basis).collect()
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
    let mut all: Vec<&At<String>> = drug.doses().chain(drug.reduced_doses()).collect();
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
