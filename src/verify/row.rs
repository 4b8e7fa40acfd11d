//! A row of an example: which administration it is about, and what it says otherwise than the plan.

mod how;

use crate::calendar;
use crate::course::Part;
use crate::finding::Finding;
use crate::plan::{Administration, Plan};
use crate::quantity::Amount;
use crate::regimen::{Expect, HalfDay, Regimen, Wanted};

use super::findings;

/// The administration that a row is about.
pub(super) fn meant<'p>(regimen: &Regimen, plan: &'p Plan, expect: &Expect) -> Option<&'p Administration> {
    let named = |one: &&Administration| {
        let drug = plan.drug_of(regimen, one);
        one.key.drug == expect.drug || drug.is_some_and(|drug| drug.name == expect.drug)
    };
    let same_visit = |one: &&Administration| {
        let later = one.run.as_ref().map_or(one.key.day, |run| run.through_day.max(one.key.day));
        expect.phase.as_ref().is_none_or(|phase| one.key.phase.as_ref() == Some(phase))
            && one.key.cycle == expect.cycle
            && (one.key.day..=later).contains(&expect.day)
    };
    let part = |one: &&Administration| match (expect.part, one.key.part) {
        (Some(half), Some(part)) => part == Part::Half(half),
        _ => true,
    };
    let found = || plan.administrations.iter().filter(named).filter(same_visit).filter(part);
    // Two entries of one drug on one day (bolus and infusion) are told apart by their ids or doses, two of its hours by the hour.
    let hour = expect.wanted().and_then(|wanted| wanted.hour);
    let at_hour = |one: &&Administration| hour.is_none_or(|hour| one.hours.as_ref().is_some_and(|(_, at)| *at == hour));
    let exact = |one: &&Administration| expect.dose().is_some_and(|dose| equal(dose, shown(one, expect.part)));
    let first = found().filter(at_hour).find(exact).or_else(|| found().find(at_hour));
    first.or_else(|| found().find(exact)).or_else(|| found().next())
}

/// What a row says otherwise than the plan.
pub(super) fn compare(
    regimen: &Regimen,
    plan: &Plan,
    one: &Administration,
    expect: &Expect,
    wanted: &Wanted,
) -> Option<Finding> {
    let mut wrong = Vec::new();
    // A run at home stands on its first day; a later day of it is so many days on.
    let on = calendar::plus_days(one.date, days_on(one, expect.day)).unwrap_or(one.date);
    if let Some(date) = wanted.date.filter(|date| *date != on) {
        wrong.push(format!("the date is {}, not {}", calendar::iso(on), calendar::iso(date)));
    }
    let dose = shown(one, expect.part);
    let other_dose = wanted.dose.filter(|expected| !equal(*expected, dose));
    wrong.extend(other_dose.map(|expected| format!("the dose is {dose}, not {expected}")));
    wrong.extend(how::given(regimen, plan, one, wanted));
    wrong.extend(how::supplied(one, expect.part, wanted));
    if wrong.is_empty() {
        return None;
    }
    if let (Some(halves), None, Some(_)) = (one.dose.parts, expect.part, other_dose) {
        return Some(findings::which_half(expect, halves));
    }
    Some(findings::otherwise(expect, &wrong))
}

/// The calendar days from the first day of an administration to another day of its run: where no day is numbered 0, day 1 is the
/// day after day -1.
fn days_on(one: &Administration, day: i32) -> i32 {
    let on = day.saturating_sub(one.key.day);
    let without_zero = one.run.as_ref().is_some_and(|run| {
        let numbered = run.through_day.saturating_sub(one.key.day);
        calendar::plus_days(one.date, numbered).is_some_and(|through| through != run.through)
    });
    if without_zero && one.key.day < 0 && day > 0 { on.saturating_sub(1) } else { on }
}

fn shown(one: &Administration, part: Option<HalfDay>) -> Amount {
    match (one.dose.parts, part) {
        (Some((morning, _)), Some(HalfDay::Morning)) => morning,
        (Some((_, evening)), Some(HalfDay::Evening)) => evening,
        _ => one.dose.amount,
    }
}

fn equal(a: Amount, b: Amount) -> bool {
    b.in_unit(a.unit).is_some_and(|b| b.value == a.value)
}
