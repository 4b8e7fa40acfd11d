//! Creatinine, kidney function and the AUC that depends on it.
//!
//! The figures are looked at raw. A cap of 125 mL/min turns the 7,400 mL/min of a creatinine in the
//! wrong unit into a figure like any other.

use super::body::beyond;
use super::limits::Limits;
use super::{Measurements, Policy};
use crate::finding::{Finding, Severity};
use crate::quantity::lab::CreatinineUnit;
use crate::quantity::{Creatinine, Decimal, Gfr, decimal, number};

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

fn other(unit: CreatinineUnit) -> (CreatinineUnit, &'static str) {
    match unit {
        CreatinineUnit::MgPerDl => (CreatinineUnit::UmolPerL, "umol/L"),
        CreatinineUnit::UmolPerL => (CreatinineUnit::MgPerDl, "mg/dL"),
    }
}

fn creatinine(value: Creatinine, subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let previous = subject.previous.and_then(|previous| previous.creatinine);
    let change = previous.and_then(|previous| changed(value, previous, limits));
    let range = limits.grade(row(value.unit()), value.value());
    match range.filter(|grade| grade.severity != Severity::Note) {
        Some(grade) if grade.severity == Severity::Block => {
            let wrong = wrong_unit(value, &grade.words, limits);
            let tenfold = || beyond("creatinine-range", "creatinine", &said(value), &grade);
            vec![wrong.unwrap_or_else(tenfold)]
        }
        _ if change.as_ref().is_some_and(|change| change.severity == Severity::Block) => change.into_iter().collect(),
        Some(grade) => vec![beyond("creatinine-range", "creatinine", &with_a_tenth(value, limits), &grade)],
        None => change.into_iter().chain(low(value, policy, limits)).collect(),
    }
}

fn said(value: Creatinine) -> String {
    format!("A creatinine of {value}")
}

/// A creatinine of 8 is seen in dialysis, and where a point was lost.
fn with_a_tenth(value: Creatinine, limits: &Limits) -> String {
    let tenth = decimal::over(value.value(), Decimal::TEN);
    match tenth.filter(|tenth| value.value() > Decimal::ONE && limits.ordinary(row(value.unit()), *tenth)) {
        Some(tenth) => format!("{} (was {} meant?)", said(value), Creatinine::new(tenth, value.unit())),
        None => said(value),
    }
}

/// The same figure in the other unit, when that is a creatinine people have.
fn wrong_unit(value: Creatinine, beyond: &str, limits: &Limits) -> Option<Finding> {
    let (unit, name) = other(value.unit());
    if limits.impossible(row(unit), value.value()) {
        return None;
    }
    let meant = Creatinine::new(value.value(), unit);
    let here = match value.unit() {
        CreatinineUnit::MgPerDl => meant.mg_per_dl(),
        CreatinineUnit::UmolPerL => meant.umol_per_l(),
    };
    let here = Creatinine::new(decimal::half_up(here?, 2), value.unit());
    let text = format!("{} is {beyond}. Is it {name}? {meant} is {here}.", said(value));
    let help = format!("type the creatinine again with the unit of the report, such as \"{meant}\"");
    Some(Finding::block("creatinine-unit", text).field("creatinine").help(help))
}

/// A low creatinine makes a large clearance; whether a floor counts is the regimen's word.
fn low(value: Creatinine, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let note = |text: String| Some(Finding::note("creatinine-low", text).field("creatinine"));
    match policy.creatinine_floor {
        Some(floor) if raises(floor, Some(value)) => {
            note(format!("{} is below the floor of {floor}, which counts instead.", said(value)))
        }
        Some(_) => None,
        None => {
            let grade = limits.grade(row(value.unit()), value.value())?;
            note(format!("{} is {}; no floor applied.", said(value), grade.words))
        }
    }
}

fn changed(now: Creatinine, then: Creatinine, limits: &Limits) -> Option<Finding> {
    let (a, b) = (now.mg_per_dl()?, then.mg_per_dl()?);
    let ratio = decimal::over(a.max(b), a.min(b))?;
    let what = format!("Creatinine {now}, last {then}");
    if let Some(grade) = limits.grade("creatinine-ratio", ratio) {
        let times = number::print(decimal::half_up(ratio, 1));
        let ten =
            if ratio >= Decimal::from(9) && ratio <= Decimal::from(11) { " Was a decimal point lost?" } else { "" };
        let finding = beyond("creatinine-change", "creatinine", &what, &grade);
        let direction = if a > b { "times the last" } else { "times smaller than the last" };
        return Some(Finding { text: format!("{what}: {times} {direction}.{ten}"), ..finding });
    }
    let exact = decimal::over(a.checked_sub(b)?.checked_mul(Decimal::ONE_HUNDRED)?, b)?;
    let grade = limits.grade("creatinine-change", exact.abs())?;
    let percent = number::percent(decimal::half_up(exact, 1));
    Some(beyond("creatinine-change", "creatinine", &format!("{what}: a change of {percent}"), &grade))
}

/// A kidney function made of the creatinine, before the floor and the cap.
fn estimate(value: Decimal, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let what = format!("An estimated GFR of {} mL/min", whole(value));
    match policy.creatinine_floor.filter(|floor| raises(*floor, subject.creatinine)) {
        // Neither the cap nor its absence can be told from the estimate before the floor.
        Some(floor) => {
            let what = format!("{what} (before the floor of {floor})");
            let grade = limits.grade("gfr", value).filter(|grade| grade.severity != Severity::Note)?;
            Some(beyond("gfr-range", "creatinine", &what, &grade))
        }
        None => graded("creatinine", &what, value, policy, limits),
    }
}

fn raises(floor: Creatinine, measured: Option<Creatinine>) -> bool {
    let measured = measured.and_then(Creatinine::mg_per_dl);
    floor.mg_per_dl().zip(measured).is_some_and(|(floor, measured)| measured < floor)
}

fn entered(gfr: Gfr, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    if let (Gfr::Indexed(_), Some(_)) = (gfr, subject.auc) {
        let text = format!("A GFR of {gfr} is indexed to 1.73 m², and a target AUC wants mL/min of this body.");
        let help = "de-index it with the body surface (GFR × BSA ÷ 1.73) and enter the result in mL/min";
        return Some(Finding::block("indexed-gfr", text).field("gfr").help(help));
    }
    graded("gfr", &format!("A GFR of {gfr}"), gfr.value(), policy, limits)
}

fn graded(field: &str, what: &str, value: Decimal, policy: &Policy, limits: &Limits) -> Option<Finding> {
    if value <= Decimal::ZERO {
        return Some(Finding::block("gfr-range", format!("{what} is no kidney function.")).field(field));
    }
    let capped = policy.gfr_cap.filter(|cap| value > *cap);
    let cap = match capped {
        Some(cap) => format!("the cap of {} mL/min applies, and both results are shown.", number::print(cap)),
        None => "no cap applied.".to_owned(),
    };
    match limits.grade("gfr", value) {
        Some(grade) if grade.severity == Severity::Note => {
            Some(Finding::note("gfr-above-cap", format!("{what} is {}; {cap}", grade.words)).field(field))
        }
        Some(grade) => {
            let finding = beyond("gfr-range", field, what, &grade);
            let above = grade.severity == Severity::Warn && value > Decimal::ONE_HUNDRED;
            Some(if above { Finding { text: format!("{what} is {}; {cap}", grade.words), ..finding } } else { finding })
        }
        None => None,
    }
}

/// A target AUC that is none, or that no protocol is known to use.
pub fn target_auc(target: Decimal) -> Option<Finding> {
    let limits = super::limits().ok()?;
    let what = format!("A target AUC of {}", number::print(target));
    if target <= Decimal::ZERO {
        return Some(
            Finding::block("auc-range", format!("{what} is no target."))
                .field("auc")
                .help("give one target, such as 5"),
        );
    }
    Some(beyond("auc-range", "auc", &what, &limits.grade("auc", target)?))
}

fn whole(value: Decimal) -> String {
    number::print(decimal::half_up(value, 1))
}
