//! Height, weight and the body-mass index; and how they stand to the figures before.

use super::children::Child;
use super::findings::{self, WeightChange};
use super::limits::{Grade, Limits, Side};
use super::slip::{Body, Slip};
use super::slips::Suspect;
use super::{Measurements, Policy, Previous};
use crate::calendar;
use crate::finding::{Field, Finding, Severity};
use crate::quantity::{Decimal, decimal};

/// Days in a month, on average (365.25 ÷ 12).
const DAYS_A_MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);
/// The natural logarithm of ten.
const LN_10: Decimal = Decimal::from_parts(2_302_585_093, 0, 0, false, 9);

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let slip = Suspect::new(subject, limits).finding();
    let ranges = ranges(subject, limits);
    let more = [infant(subject, policy, limits), surface(subject, policy, limits)].into_iter().flatten();
    slip.into_iter().chain(ranges).chain(more).chain(changes(subject, limits)).collect()
}

/// Height, weight and the index against their limits, each for itself; of a child against others of its age too.
fn ranges(subject: &Measurements, limits: &Limits) -> Vec<Finding> {
    let child = Child::of(subject, limits);
    let who = if child.is_some() { "child" } else { "adult" };
    let grade = |what: &str, value: Decimal| limits.grade(&format!("{who}-{what}"), value);
    // Without an age the limits of adults hold, and what is too low for an adult may be a child's.
    let found = |finding: Finding, grade: &Grade| {
        let may_be_a_child = subject.age.is_none() && grade.side == Side::Below && grade.severity != Severity::Note;
        if may_be_a_child { findings::for_a_child(finding) } else { finding }
    };
    let body = Body::typed(subject);
    let mut all: Vec<Finding> = Vec::new();
    let height = body.height.and_then(|cm| Some((cm, grade("height", cm)?)));
    all.extend(height.as_ref().map(|(cm, grade)| found(findings::height_range(*cm, grade), grade)));
    let weight = body.weight.and_then(|kg| Some((kg, grade("weight", kg)?)));
    all.extend(weight.map(|(kg, grade)| found(findings::weight_range(kg, &grade), &grade)));
    if let (Some(cm), Some(kg), Some(bmi)) = (body.height, body.weight, body.bmi())
        && let Some(grade) = grade("bmi", bmi)
    {
        let unusual = height.is_some_and(|(_, grade)| grade.severity <= Severity::Warn);
        let again = if unusual { vec![Field::Height, Field::Weight] } else { vec![Field::Weight] };
        // Where pounds would make no ordinary body either, nobody is asked for the unit; but they are named.
        let heavy = grade.side == Side::Above && grade.severity <= Severity::Confirm;
        let pounds = subject.weight.filter(|weight| weight.is_bare() && heavy).and_then(|_| Slip::Pounds.undo(cm, kg));
        let pounds = pounds.map(|(height, weight)| Body { height: Some(height), weight: Some(weight) });
        all.push(found(findings::bmi_range(body, bmi, &grade, again, pounds), &grade));
    }
    all.extend(child.map(|child| child.findings(body, limits)).unwrap_or_default());
    all
}

/// At 10 kg and below a dose by body surface needs a rule of its own.
fn infant(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let kg = subject.weight?.value();
    if !policy.body_surface_dosing || policy.infant_rule || !limits.grave("infant-weight", kg) {
        return None;
    }
    Some(findings::infant(kg))
}

/// Told, because a cap by habit would be expected here. The surface is never a test of plausibility.
fn surface(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let body = Body::typed(subject);
    let product = decimal::times(body.height?, body.weight?)?;
    let surface = decimal::sqrt(decimal::over(product, Decimal::from(3_600))?)?;
    if policy.bsa_cap.is_some() || !policy.body_surface_dosing {
        return None;
    }
    Some(findings::bsa_uncapped(surface, &limits.grade("bsa", surface)?))
}

/// A body surface that was typed as a figure of its own, in m².
pub fn surface_typed(surface: Decimal) -> Option<Finding> {
    let limits = super::limits();
    let grade = limits.grade("typed-bsa", surface)?;
    let tenth = decimal::over(surface, Decimal::TEN).filter(|tenth| limits.ordinary("typed-bsa", *tenth));
    Some(findings::bsa_range(surface, tenth, &grade))
}

fn changes(subject: &Measurements, limits: &Limits) -> Vec<Finding> {
    let Some(previous) = subject.previous else { return Vec::new() };
    let height = height_change(subject, &previous, limits);
    let weight = weight_change(subject, &previous, limits);
    height.into_iter().chain(weight).collect()
}

fn height_change(subject: &Measurements, previous: &Previous, limits: &Limits) -> Option<Finding> {
    if super::subject::is_child(subject, limits) {
        return None; // children grow
    }
    let (now, then) = (subject.height?.value(), previous.height?.value());
    let change = now.checked_sub(then)?;
    let grade = limits.grade("height-change", change.abs())?;
    Some(findings::height_change(now, then, change.abs(), &grade))
}

fn weight_change(subject: &Measurements, previous: &Previous, limits: &Limits) -> Option<Finding> {
    let who = if super::subject::is_child(subject, limits) { "child" } else { "adult" };
    let (now, then) = (subject.weight?.value(), previous.weight?.value());
    let exact = decimal::over(now.checked_sub(then)?.checked_mul(Decimal::ONE_HUNDRED)?, then)?;
    let change = WeightChange { now, then, percent: exact, days_before: days_before(subject, previous) };
    match limits.grade(&format!("{who}-weight-change"), exact.abs()) {
        Some(grade) if grade.severity <= Severity::Confirm => Some(findings::weight_jump(&change, &grade)),
        grade => too_fast(subject, previous, limits, &change).or_else(|| Some(findings::weight_jump(&change, &grade?))),
    }
}

/// By how many days a weight entered late lies before the one that is known.
fn days_before(subject: &Measurements, previous: &Previous) -> Option<i32> {
    let days = calendar::days_between(subject.measured?, previous.measured?);
    (days > 0).then_some(days)
}

/// More kilograms than a body gains or loses in the time between.
fn too_fast(subject: &Measurements, previous: &Previous, limits: &Limits, what: &WeightChange) -> Option<Finding> {
    let days = calendar::days_between(previous.measured?, subject.measured?).checked_abs()?;
    let months = decimal::over(Decimal::from(days), DAYS_A_MONTH)?;
    let rate = &limits.weight_rate;
    let ln = decimal::times(decimal::log10(months.checked_add(Decimal::ONE)?)?, LN_10)?;
    let allowed = rate.base.checked_add(decimal::times(rate.factor, ln)?)?.min(rate.most);
    let change = subject.weight?.value().checked_sub(previous.weight?.value())?.abs();
    (change > allowed).then(|| findings::weight_rate(what, days, allowed))
}
