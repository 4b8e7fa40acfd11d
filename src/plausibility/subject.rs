//! The subject's age, and the age of the measurements.

use super::body::beyond;
use super::limits::Limits;
use super::{Measurements, Policy};
use crate::calendar::{self, Date};
use crate::finding::Finding;
use crate::quantity::{Decimal, number};

/// Below 18 the limits of children hold; an unknown age counts as an adult's.
pub(super) fn is_child(subject: &Measurements, limits: &Limits) -> bool {
    subject.age.is_some_and(|age| limits.impossible("adult-age", age.value()))
}

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let mut findings: Vec<Finding> = age(subject, policy, limits).into_iter().collect();
    let creatinine = subject.creatinine.and(subject.creatinine_measured.or(subject.measured));
    let size = subject.height.is_some() || subject.weight.is_some();
    let measured = Dated { what: "weight", row: "weight-days", most: policy.weight_days };
    findings.extend(subject.measured.filter(|_| size).and_then(|date| measured.check(date, subject, policy, limits)));
    let drawn = Dated { what: "creatinine", row: "creatinine-days", most: policy.creatinine_days };
    findings.extend(creatinine.and_then(|date| drawn.check(date, subject, policy, limits)));
    findings
}

fn age(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let years = subject.age?.value();
    let what = format!("An age of {} years", number::print(years));
    if policy.adult_regimen && is_child(subject, limits) {
        let text = format!("{what} is below 18 years, and the regimen is for adults.");
        return Some(
            Finding::block("child", text).field("age").help("check the date of birth, or use a regimen for children"),
        );
    }
    Some(beyond("age-range", "age", &what, &limits.grade("age", years)?))
}

/// A measurement that grows old.
struct Dated {
    what: &'static str,
    row: &'static str,
    most: Option<i32>,
}

impl Dated {
    fn check(&self, measured: Date, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
        let on = subject.calculation_date?;
        let days = calendar::days_between(measured, on);
        let what = self.what;
        if days < 0 {
            let text = format!(
                "The {what} is dated {}, which is after the day it is used on, {}.",
                calendar::print(measured),
                calendar::print(on)
            );
            return Some(Finding::block("measured-later", text).field(what).help("correct the day of the measurement"));
        }
        if !policy.confirming {
            return None;
        }
        let age = format!("The {what} of {}: its age of {days} days", calendar::print(measured));
        let code = if what == "weight" { "weight-stale" } else { "creatinine-stale" };
        let grade = limits.grade(self.row, Decimal::from(days));
        let finding = match (grade, self.most) {
            (Some(grade), _) if grade.severity == crate::finding::Severity::Block => beyond(code, what, &age, &grade),
            (_, Some(most)) if days > most => {
                Finding::warn(code, format!("{age} is above the {most} days the regimen accepts.")).field(what)
            }
            (_, Some(_)) | (None, None) => return None,
            (Some(grade), None) => beyond(code, what, &age, &grade),
        };
        Some(finding.help(format!("measure the {what} again")))
    }
}
