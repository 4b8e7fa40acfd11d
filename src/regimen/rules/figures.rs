//! What several rules read of a drug.

use std::cmp::Ordering;
use std::ops::Range;

use crate::quantity::{Basis, Decimal, ProtocolDose};
use crate::regimen::definition::{At, DaysDef, DrugDef, Table, TextOr};

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
    let steps = reduce.to.iter().flat_map(|list| &list.value);
    steps
        .filter_map(|step| match step {
            TextOr::Text(at) => Some(at),
            TextOr::Table(step) => step.dose.as_ref(),
        })
        .collect()
}

/// Every text of a drug that holds figures.
pub(super) fn texts(drug: &DrugDef) -> Vec<&str> {
    all(drug).into_iter().map(|at| at.value.as_str()).collect()
}

/// The same with their places.
pub(super) fn all(drug: &DrugDef) -> Vec<&At<String>> {
    let plain = [&drug.dose, &drug.total, &drug.dose_per_day, &drug.cycle_total, &drug.vial].into_iter().flatten();
    let mut all: Vec<&At<String>> = plain.chain(ladder(drug)).collect();
    all.extend(drug.tablets.iter().flat_map(|list| &list.value));
    match &drug.cap {
        Some(TextOr::Text(at)) => all.push(at),
        Some(TextOr::Table(rows)) => all.extend(rows.value.0.iter().filter_map(|row| row.dose.as_ref())),
        None => {}
    }
    if let Some(loading) = &drug.loading {
        all.extend(&loading.dose);
    }
    if let Some(TextOr::Table(round)) = &drug.round {
        all.extend([&round.nearest, &round.down_to, &round.up_to_next].into_iter().flatten());
    }
    all.extend(drug.start.iter().flat_map(|list| &list.value).filter_map(|start| start.dose.as_ref()));
    if let Some(maximum) = &drug.maximum {
        all.extend([&maximum.dose, &maximum.day, &maximum.cycle].into_iter().flatten());
    }
    all
}

/// The generic name in small letters.
pub(super) fn name(drug: &DrugDef) -> String {
    drug.name.as_ref().map_or_else(String::new, |at| at.value.trim().to_lowercase())
}

/// Whether the drug is given into the cerebrospinal fluid.
pub(super) fn spinal(drug: &DrugDef) -> bool {
    drug.route.as_ref().is_some_and(|at| ["intrathecal", "intraventricular"].contains(&at.value.as_str()))
}

/// The days of a list or run, as written.
pub(super) fn days(drug: &DrugDef) -> Vec<i64> {
    match drug.days.as_ref().map(|at| &at.value) {
        Some(DaysDef::List(list)) => list.iter().map(|at| at.value).collect(),
        Some(DaysDef::Run(run)) => match (&run.from, &run.through) {
            (Some(from), Some(through)) if through.value - from.value < 1_000 => (from.value..=through.value).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Where the cap stands, else the drug.
pub(super) fn cap_place(drug: &Table<DrugDef>) -> Range<usize> {
    match &drug.cap {
        Some(TextOr::Text(at)) => at.span.clone(),
        Some(TextOr::Table(rows)) => rows.span.clone(),
        None => drug.span.clone(),
    }
}
