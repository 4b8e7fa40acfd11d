//! Creatinine, kidney function and the AUC that depends on it.
//!
//! The figures are looked at raw. A cap of 125 mL/min turns the 7,400 mL/min of a creatinine in the
//! wrong unit into a figure like any other.

use super::findings::{self, Kidney};
use super::limits::{Grade, Limits};
use super::{Measurements, Policy};
use crate::finding::{Finding, Severity};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Creatinine, Decimal, Gfr, decimal};

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let creatinine = subject.creatinine.map(|value| creatinine(value, subject, policy, limits)).unwrap_or_default();
    let explained = creatinine.iter().any(|finding| finding.severity != Severity::Note);
    let estimated = subject.estimated_gfr.filter(|_| !explained);
    let estimated = estimated.and_then(|value| estimate(value, subject, policy, limits));
    let gfr = subject.gfr.and_then(|gfr| entered(gfr, subject, policy, limits));
    creatinine.into_iter().chain(estimated).chain(gfr).chain(subject.auc.and_then(target_auc)).collect()
}

fn row(unit: CreatinineUnit) -> &'static str {
    match unit {
        CreatinineUnit::MgPerDl => "creatinine-mg-dl",
        CreatinineUnit::UmolPerL => "creatinine-umol-l",
    }
}

fn other(unit: CreatinineUnit) -> CreatinineUnit {
    match unit {
        CreatinineUnit::MgPerDl => CreatinineUnit::UmolPerL,
        CreatinineUnit::UmolPerL => CreatinineUnit::MgPerDl,
    }
}

fn creatinine(value: Creatinine, subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let previous = subject.previous.and_then(|previous| previous.creatinine);
    let change = previous.and_then(|previous| changed(value, previous, limits));
    let range = limits.grade(row(value.unit()), value.value());
    match range.filter(|grade| grade.severity != Severity::Note) {
        Some(grade) if grade.severity == Severity::Block => {
            let wrong = wrong_unit(value, &grade, limits);
            vec![wrong.unwrap_or_else(|| findings::creatinine_range(value, None, &grade))]
        }
        _ if change.as_ref().is_some_and(|change| change.severity == Severity::Block) => change.into_iter().collect(),
        Some(grade) => vec![findings::creatinine_range(value, tenth(value, limits), &grade)],
        None => change.into_iter().chain(low(value, policy, limits)).collect(),
    }
}

/// A creatinine of 8 is seen in dialysis, and where a point was lost.
fn tenth(value: Creatinine, limits: &Limits) -> Option<Creatinine> {
    let tenth = decimal::over(value.value(), Decimal::TEN)?;
    let likely = value.value() > Decimal::ONE && limits.ordinary(row(value.unit()), tenth);
    likely.then(|| Creatinine::new(tenth, value.unit()))
}

/// The same figure in the other unit, when that is a creatinine people have.
fn wrong_unit(value: Creatinine, grade: &Grade, limits: &Limits) -> Option<Finding> {
    let unit = other(value.unit());
    if limits.impossible(row(unit), value.value()) {
        return None;
    }
    let meant = Creatinine::new(value.value(), unit);
    let here = match value.unit() {
        CreatinineUnit::MgPerDl => meant.mg_per_dl(),
        CreatinineUnit::UmolPerL => meant.umol_per_l(),
    };
    let here = Creatinine::new(decimal::half_up(here?, 2), value.unit());
    Some(findings::creatinine_unit(value, meant, here, grade))
}

/// A low creatinine makes a large clearance; whether a floor counts is the regimen's word.
fn low(value: Creatinine, policy: &Policy, limits: &Limits) -> Option<Finding> {
    match policy.creatinine_floor {
        Some(floor) if raises(floor, Some(value)) => Some(findings::creatinine_below_floor(value, floor)),
        Some(_) => None,
        None => Some(findings::creatinine_low(value, &limits.grade(row(value.unit()), value.value())?)),
    }
}

fn changed(now: Creatinine, then: Creatinine, limits: &Limits) -> Option<Finding> {
    let (a, b) = (now.mg_per_dl()?, then.mg_per_dl()?);
    let ratio = decimal::over(a.max(b), a.min(b))?;
    if let Some(grade) = limits.grade("creatinine-ratio", ratio) {
        return Some(findings::creatinine_times(now, then, ratio, a > b, &grade));
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
            let grade = limits.grade("gfr", value).filter(|grade| grade.severity != Severity::Note)?;
            Some(findings::gfr_before_floor(gfr, floor, &grade))
        }
        None => graded(gfr, policy, limits),
    }
}

fn raises(floor: Creatinine, measured: Option<Creatinine>) -> bool {
    let measured = measured.and_then(Creatinine::mg_per_dl);
    floor.mg_per_dl().zip(measured).is_some_and(|(floor, measured)| measured < floor)
}

fn entered(gfr: Gfr, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    match (gfr, subject.auc) {
        (Gfr::Indexed(_), Some(_)) => Some(findings::indexed_gfr(gfr)),
        _ => graded(Kidney::Measured(gfr), policy, limits),
    }
}

fn graded(gfr: Kidney, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let value = gfr.value();
    if value <= Decimal::ZERO {
        return Some(findings::no_kidney_function(gfr));
    }
    let cap = policy.gfr_cap.filter(|cap| value > *cap);
    let grade = limits.grade("gfr", value)?;
    Some(match grade.severity {
        Severity::Note => findings::gfr_above_cap(gfr, cap, &grade),
        Severity::Block | Severity::Warn => findings::gfr_range(gfr, cap, &grade),
    })
}

/// A target AUC that is none, or that no protocol is known to use.
pub fn target_auc(target: Decimal) -> Option<Finding> {
    let limits = super::limits().ok()?;
    if target <= Decimal::ZERO {
        return Some(findings::no_target(target));
    }
    Some(findings::auc_range(target, &limits.grade("auc", target)?))
}
