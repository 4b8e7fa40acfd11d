//! The subject's age, and the age of the measurements.

use super::findings::{self, Aging};
use super::limits::Limits;
use super::{Measurements, Policy};
use crate::calendar::{self, Date};
use crate::finding::{Finding, Severity};
use crate::quantity::Decimal;

/// Below 18 the limits of children hold; an unknown age counts as an adult's.
pub(super) fn is_child(subject: &Measurements, limits: &Limits) -> bool {
    let months = subject.age.and_then(|age| age.months(subject.days_since));
    let years = months.and_then(|(months, _)| months.checked_div(Decimal::from(12)));
    years.is_some_and(|years| limits.grave("adult-age", years))
}

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let mut found: Vec<Finding> = age(subject, policy, limits).into_iter().collect();
    let creatinine = subject.creatinine.and(subject.creatinine_measured.or(subject.measured));
    let size = subject.height.is_some() || subject.weight.is_some();
    let measured = Dated { what: Aging::Weight, row: "weight-days", most: policy.weight_days };
    found.extend(subject.measured.filter(|_| size).and_then(|date| measured.check(date, subject, policy, limits)));
    let drawn = Dated { what: Aging::Creatinine, row: "creatinine-days", most: policy.creatinine_days };
    found.extend(creatinine.and_then(|date| drawn.check(date, subject, policy, limits)));
    found
}

fn age(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let years = subject.age?.value();
    if policy.adult_regimen && is_child(subject, limits) {
        return Some(findings::child(years));
    }
    Some(findings::age_range(years, &limits.grade("age", years)?))
}

/// A measurement that grows old.
struct Dated {
    what: Aging,
    row: &'static str,
    most: Option<i32>,
}

impl Dated {
    fn check(&self, measured: Date, subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
        let on = subject.calculation_date?;
        let days = calendar::days_between(measured, on);
        let what = self.what;
        if days < 0 {
            return Some(findings::measured_later(what, measured, on));
        }
        if !policy.confirming {
            return None;
        }
        match (limits.grade(self.row, Decimal::from(days)), self.most) {
            (Some(grade), _) if grade.severity == Severity::Block => {
                Some(findings::stale(what, measured, days, &grade))
            }
            (_, Some(most)) if days > most => Some(findings::older_than_accepted(what, measured, days, most)),
            (_, Some(_)) | (None, None) => None,
            (Some(grade), None) => Some(findings::stale(what, measured, days, &grade)),
        }
    }
}
