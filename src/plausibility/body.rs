//! Height, weight and the body-mass index; and how they stand to the figures before.

use super::limits::{Grade, Limits};
use super::slips::{Body, Suspect};
use super::{Measurements, Policy, Previous};
use crate::calendar;
use crate::finding::{Finding, Severity};
use crate::quantity::{Decimal, Height, Weight, decimal, number};

/// Days in a month, on average (365.25 ÷ 12).
const DAYS_A_MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);
/// The natural logarithm of ten.
const LN_10: Decimal = Decimal::from_parts(2_302_585_093, 0, 0, false, 9);

const AGAIN: &str = "measure again and type the figure afresh; a reason does not lift this";
/// Of a figure that nobody measures.
const AFRESH: &str = "check the figure and type it afresh; a reason does not lift this";
const REASON: &str = "check the entry; if it is right, give the reason";

pub(super) fn typed(subject: &Measurements) -> Body {
    Body { height: subject.height.map(Height::value), weight: subject.weight.map(Weight::value) }
}

pub(super) fn check(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let slip = Suspect::new(subject, policy, limits).finding();
    if let Some(slip) = slip {
        return vec![slip];
    }
    let mut findings = ranges(subject, limits);
    if !crate::finding::blocks(&findings) {
        findings.extend(infant(subject, policy, limits));
        findings.extend(surface(subject, policy, limits));
        findings.extend(changes(subject, policy, limits));
    }
    findings
}

/// One sentence for a figure beyond a limit, with the help its severity calls for.
pub(super) fn beyond(code: &'static str, field: &str, what: &str, grade: &Grade) -> Finding {
    let finding = Finding::new(grade.severity, code, format!("{what} is {}.", grade.words)).field(field);
    match grade.severity {
        Severity::Block if matches!(field, "age" | "auc" | "bsa") => finding.help(AFRESH),
        Severity::Block => finding.help(AGAIN),
        Severity::Warn => finding.help(REASON),
        Severity::Note => finding,
    }
}

/// Height and weight against their limits; the index only when neither explains it.
fn ranges(subject: &Measurements, limits: &Limits) -> Vec<Finding> {
    let child = super::subject::is_child(subject, limits);
    let who = if child { "child" } else { "adult" };
    let grade = |what: &str, value: Decimal| limits.grade(&format!("{who}-{what}"), value);
    let body = typed(subject);
    let height = body.height.and_then(|cm| {
        let what = format!("A height of {} cm", number::print(cm));
        Some(beyond("height-range", "height", &what, &grade("height", cm)?))
    });
    let weight = body.weight.and_then(|kg| {
        let what = format!("A weight of {} kg", number::print(kg));
        Some(beyond("weight-range", "weight", &what, &grade("weight", kg)?))
    });
    let mut findings: Vec<Finding> = height.into_iter().chain(weight).collect();
    if findings.is_empty() {
        findings.extend(body.bmi().and_then(|bmi| index(body, bmi, &grade("bmi", bmi)?)));
    }
    match subject.age {
        None => findings.into_iter().map(for_a_child).collect(),
        Some(_) => findings,
    }
}

fn index(body: Body, bmi: Decimal, grade: &Grade) -> Option<Finding> {
    let (height, weight) = (number::print(body.height?), number::print(body.weight?));
    let bmi = number::print(decimal::half_up(bmi, 1));
    Some(beyond("bmi-range", "weight", &format!("BMI {bmi} kg/m² ({height} cm, {weight} kg)"), grade))
}

/// Without an age the limits of adults hold, and the way out is to say how old the child is.
fn for_a_child(finding: Finding) -> Finding {
    let low = finding.text.contains(" is below ") && finding.severity != Severity::Note;
    match finding.wanted().map(str::to_owned) {
        Some(help) if low => finding.help(format!("{help}; for a child, give the age")),
        _ => finding,
    }
}

/// At 10 kg and below a dose by body surface needs a rule of its own.
fn infant(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let kg = subject.weight?.value();
    if !policy.body_surface_dosing || policy.infant_rule || !limits.impossible("infant-weight", kg) {
        return None;
    }
    let text = format!(
        "A weight of {} kg is 10 kg or less, and the regimen has no rule for infants; a dose by body surface can be too large.",
        number::print(kg)
    );
    Some(Finding::block("infant", text).field("weight").help("use a regimen that states its dose for infants"))
}

/// Told, because a cap by habit would be expected here. The surface is never a test of plausibility.
fn surface(subject: &Measurements, policy: &Policy, limits: &Limits) -> Option<Finding> {
    let body = typed(subject);
    let product = decimal::times(body.height?, body.weight?)?;
    let surface = decimal::sqrt(decimal::over(product, Decimal::from(3_600))?)?;
    if policy.bsa_cap.is_some() || !policy.body_surface_dosing {
        return None;
    }
    let grade = limits.grade("bsa", surface)?;
    let text = format!(
        "Body surface {} m² (mosteller) is {}; no cap applied.",
        number::print(decimal::half_up(surface, 2)),
        grade.words
    );
    Some(Finding::new(grade.severity, "bsa-uncapped", text).field("weight"))
}

/// A body surface that was typed as a figure of its own, in m².
pub fn surface_typed(surface: Decimal) -> Option<Finding> {
    let limits = super::limits().ok()?;
    let grade = limits.grade("typed-bsa", surface)?;
    let tenth = decimal::over(surface, Decimal::TEN).filter(|tenth| limits.ordinary("typed-bsa", *tenth));
    let meant = tenth.map_or_else(String::new, |tenth| format!(" (was {} meant?)", p(tenth)));
    Some(beyond("bsa-range", "bsa", &format!("A body surface of {} m²{meant}", p(surface)), &grade))
}

fn changes(subject: &Measurements, policy: &Policy, limits: &Limits) -> Vec<Finding> {
    let Some(previous) = subject.previous else { return Vec::new() };
    let height = height_change(subject, &previous, limits);
    let weight = weight_change(subject, &previous, limits);
    height.into_iter().chain(weight).map(|finding| answered(finding, policy)).collect()
}

/// A change that blocks is only questioned once the subject was measured again.
fn answered(finding: Finding, policy: &Policy) -> Finding {
    if policy.remeasured && finding.severity == Severity::Block {
        return Finding { severity: Severity::Warn, ..finding }.help(REASON);
    }
    finding
}

fn height_change(subject: &Measurements, previous: &Previous, limits: &Limits) -> Option<Finding> {
    if super::subject::is_child(subject, limits) {
        return None; // children grow
    }
    let (now, then) = (subject.height?.value(), previous.height?.value());
    let change = now.checked_sub(then)?;
    let grade = limits.grade("height-change", change.abs())?;
    let what = format!("Height {} cm, last {} cm: a change of {} cm", p(now), p(then), p(change.abs()));
    Some(beyond("height-change", "height", &what, &grade))
}

fn weight_change(subject: &Measurements, previous: &Previous, limits: &Limits) -> Option<Finding> {
    let who = if super::subject::is_child(subject, limits) { "child" } else { "adult" };
    let (now, then) = (subject.weight?.value(), previous.weight?.value());
    let exact = decimal::over(now.checked_sub(then)?.checked_mul(Decimal::ONE_HUNDRED)?, then)?;
    let percent = number::percent(decimal::half_up(exact, 1));
    let what = match days_before(subject, previous) {
        Some(days) => {
            let days = number::print(Decimal::from(days));
            format!("Weight {} kg, and {} kg {days} days later: a difference of {percent}", p(now), p(then))
        }
        None => format!("Weight {} kg, last {} kg: a change of {percent}", p(now), p(then)),
    };
    match limits.grade(&format!("{who}-weight-change"), exact.abs()) {
        Some(grade) if grade.severity == Severity::Block => Some(beyond("weight-change", "weight", &what, &grade)),
        grade => too_fast(subject, previous, limits, &what)
            .or_else(|| Some(beyond("weight-change", "weight", &what, &grade?))),
    }
}

/// By how many days a weight entered late lies before the one that is known.
fn days_before(subject: &Measurements, previous: &Previous) -> Option<i32> {
    let days = calendar::days_between(subject.measured?, previous.measured?);
    (days > 0).then_some(days)
}

/// More kilograms than a body gains or loses in the time between.
fn too_fast(subject: &Measurements, previous: &Previous, limits: &Limits, what: &str) -> Option<Finding> {
    let days = calendar::days_between(previous.measured?, subject.measured?).checked_abs()?;
    let months = decimal::over(Decimal::from(days), DAYS_A_MONTH)?;
    let rate = &limits.weight_rate;
    let ln = decimal::times(decimal::log10(months.checked_add(Decimal::ONE)?)?, LN_10)?;
    let allowed = rate.base.checked_add(decimal::times(rate.factor, ln)?)?.min(rate.most);
    let change = subject.weight?.value().checked_sub(previous.weight?.value())?.abs();
    let unit = if days == 1 { "day" } else { "days" };
    let time = days_before(subject, previous).map_or_else(|| format!(" in {days} {unit}"), |_| String::new());
    let text =
        format!("{what}{time}, more than the {} kg that is plausible in that time.", p(decimal::half_up(allowed, 1)));
    (change > allowed).then(|| Finding::block("weight-rate", text).field("weight").help(AGAIN))
}

fn p(value: Decimal) -> String {
    number::print(value)
}
