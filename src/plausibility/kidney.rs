//! Creatinine, kidney function and the AUC that depends on it.
//!
//! The figures are looked at raw. A cap of 125 mL/min turns the 7,400 mL/min of a creatinine in the
//! wrong unit into a figure like any other.

use super::findings::{self, CreatinineTimes, Kidney};
use super::limits::{Grade, Limits, Side};
use super::{Measurements, Policy};
use crate::finding::{Finding, Severity};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Creatinine, Decimal, Gfr, decimal};

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let creatinine = subject.creatinine.map(|value| creatinine(value, subject, policy, limits)).unwrap_or_default();
    let estimated = subject.estimated_gfr.and_then(|value| estimate(value, subject, policy, limits));
    let gfr = subject.gfr.and_then(|gfr| entered(gfr, subject, policy, limits));
    creatinine.into_iter().chain(estimated).chain(gfr).chain(subject.auc.and_then(target_auc)).collect()
}

/// The limits of a creatinine, in umol/L: a child's by its age.
fn row(subject: &Measurements) -> &'static str {
    let months = subject.age.and_then(|age| age.months(subject.days_since)).map(|(months, _)| months);
    match months {
        Some(months) if months < Decimal::ONE => "creatinine-newborn",
        Some(months) if months < Decimal::from(24) => "creatinine-infant",
        Some(months) if months < Decimal::from(216) => "creatinine-child",
        _ => "creatinine-adult",
    }
}

fn other(unit: CreatinineUnit) -> CreatinineUnit {
    match unit {
        CreatinineUnit::MgPerDl => CreatinineUnit::UmolPerL,
        CreatinineUnit::UmolPerL => CreatinineUnit::MgPerDl,
    }
}

/// How a creatinine stands to the limits of the age, told in the unit it was reported in.
fn grade(value: Creatinine, row: &str, limits: &Limits) -> Option<Grade> {
    let grade = limits.grade(row, value.umol_per_l()?)?;
    let limit = Creatinine::new(grade.limit, CreatinineUnit::UmolPerL);
    let (limit, unit) = match value.unit() {
        CreatinineUnit::UmolPerL => (decimal::half_up(grade.limit, 0), "umol/L"),
        CreatinineUnit::MgPerDl => (decimal::half_up(limit.mg_per_dl()?, 2), "mg/dL"),
    };
    Some(Grade { limit, unit, ..grade })
}

/// The creatinine itself, and how it stands to the last: each is told, whatever the other says.
fn creatinine(value: Creatinine, subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let previous = subject.previous.and_then(|previous| previous.creatinine);
    let change = previous.and_then(|previous| changed(value, previous, limits));
    let row = row(subject);
    let ordinary = |value: Creatinine| grade(value, row, limits).is_none_or(|grade| grade.severity == Severity::Note);
    let range = match grade(value, row, limits) {
        None => low(value, policy, None),
        Some(grade) if grade.severity == Severity::Note => low(value, policy, Some(&grade)),
        Some(grade) => {
            let unit = (grade.severity <= Severity::Confirm).then(|| wrong_unit(value, &grade, ordinary)).flatten();
            Some(unit.unwrap_or_else(|| findings::creatinine_range(value, tenth(value, ordinary), &grade)))
        }
    };
    range.into_iter().chain(change).collect()
}

/// A creatinine of 8 is seen in dialysis, and where a point was lost.
fn tenth(value: Creatinine, ordinary: impl Fn(Creatinine) -> bool) -> Option<Creatinine> {
    let tenth = Creatinine::new(decimal::over(value.value(), Decimal::TEN)?, value.unit());
    (value.value() > Decimal::ONE && ordinary(tenth)).then_some(tenth)
}

/// The same figure in the other unit, when that is a creatinine people have.
fn wrong_unit(value: Creatinine, grade: &Grade, ordinary: impl Fn(Creatinine) -> bool) -> Option<Finding> {
    let meant = Creatinine::new(value.value(), other(value.unit()));
    if !ordinary(meant) {
        return None;
    }
    let here = match value.unit() {
        CreatinineUnit::MgPerDl => meant.mg_per_dl(),
        CreatinineUnit::UmolPerL => meant.umol_per_l(),
    };
    let here = Creatinine::new(decimal::half_up(here?, 2), value.unit());
    Some(findings::creatinine_unit(value, meant, here, grade))
}

/// A low creatinine makes a large clearance; whether a floor counts is the regimen's word.
fn low(value: Creatinine, policy: &Policy, grade: Option<&Grade>) -> Option<Finding> {
    match policy.creatinine_floor {
        Some(floor) if raises(floor, Some(value)) => Some(findings::creatinine_below_floor(value, floor)),
        Some(_) => None,
        None => Some(findings::creatinine_low(value, grade?)),
    }
}

fn changed(now: Creatinine, then: Creatinine, limits: &Limits) -> Option<Finding> {
    let (a, b) = (now.mg_per_dl()?, then.mg_per_dl()?);
    let ratio = decimal::over(a.max(b), a.min(b))?;
    if let Some(grade) = limits.grade("creatinine-ratio", ratio) {
        return Some(findings::creatinine_times(&CreatinineTimes { now, then, ratio, rose: a > b }, &grade));
    }
    let exact = decimal::over(a.checked_sub(b)?.checked_mul(Decimal::ONE_HUNDRED)?, b)?;
    Some(findings::creatinine_change(now, then, exact, &limits.grade("creatinine-change", exact.abs())?))
}

/// A kidney function made of the creatinine, before the floor and the cap.
fn estimate(value: Decimal, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let gfr = Kidney::Estimated(value);
    match policy.creatinine_floor.filter(|floor| raises(*floor, subject.creatinine)) {
        // Neither the cap nor its absence can be told from the estimate before the floor.
        Some(floor) => {
            let grade = bounded(limits.grade("gfr", value)?, true);
            (grade.severity != Severity::Note).then(|| findings::gfr_before_floor(gfr, floor, &grade))
        }
        None => graded(gfr, policy, limits),
    }
}

/// Where the file's floor or cap bounds what is calculated with, a large figure asks for a reason only.
fn bounded(grade: Grade, bound: bool) -> Grade {
    let severity = if bound && grade.side == Side::Above { grade.severity.max(Severity::Warn) } else { grade.severity };
    Grade { severity, ..grade }
}

fn raises(floor: Creatinine, measured: Option<Creatinine>) -> bool {
    let measured = measured.and_then(Creatinine::mg_per_dl);
    floor.mg_per_dl().zip(measured).is_some_and(|(floor, measured)| measured < floor)
}

fn entered(gfr: Gfr, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let sized = policy.body_surface && subject.height.is_some() && subject.weight.is_some();
    match (gfr, subject.auc) {
        // No figure: whoever needs one says what dialysis means for it.
        (Gfr::Dialysis, _) => None,
        (Gfr::Indexed(_), Some(_)) if !sized => Some(findings::indexed_gfr(gfr)),
        _ => graded(Kidney::Measured(gfr), policy, limits),
    }
}

fn graded(gfr: Kidney, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let value = gfr.value();
    if value <= Decimal::ZERO {
        return Some(findings::no_kidney_function(gfr));
    }
    let cap = policy.gfr_cap.filter(|cap| value > *cap && !gfr.is_among(policy.uncapped));
    let grade = bounded(limits.grade("gfr", value)?, cap.is_some());
    Some(match grade.severity {
        Severity::Note => findings::gfr_above_cap(gfr, cap, &grade),
        Severity::Block | Severity::Confirm | Severity::Warn => findings::gfr_range(gfr, cap, &grade),
    })
}

/// A target AUC that is none, or that no protocol is known to use.
pub fn target_auc(target: Decimal) -> Option<Finding> {
    let limits = super::limits();
    if target <= Decimal::ZERO {
        return Some(findings::no_target(target));
    }
    Some(findings::auc_range(target, &limits.grade("auc", target)?))
}
