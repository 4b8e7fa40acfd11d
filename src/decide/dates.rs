//! Dates that cannot be meant: before the start, before the dose before, long ago. What happened can always be
//! recorded, so a wrong-looking day is asked about; a day that no true record can hold is refused until one of the two
//! dates is corrected.

use std::cmp::Ordering;

use crate::calendar::{Date, days_between};
use crate::course::Key;
use crate::course::event::Event;
use crate::course::fold::Delivered;
use crate::finding::{Finding, Severity};
use crate::plan::{Plan, PlannedCycle};
use crate::plausibility;

use super::{Context, day_findings, findings};

/// Days before the start within which a wrong day is a slip of days, not of the month.
const MONTH: i32 = 31;
/// Days from the start, or from today, beyond which the year is a slip.
const YEAR: i32 = 366;
/// Planned days below which half of them is no slip.
const FEW: i32 = 4;

/// A dose that is said to have been given.
pub(super) struct Dose<'a> {
    pub key: &'a Key,
    pub on: Date,
    /// The day the plan said.
    pub planned: Option<Date>,
    /// The entry that holds it, where it is corrected.
    pub entry: Option<u64>,
}

/// What is odd about the day of a dose.
pub(super) fn of_dose(context: &Context<'_>, dose: &Dose<'_>) -> Result<Vec<Finding>, Finding> {
    let early = before_start(context, dose)?;
    let all = [early, order(context, dose), too_soon(context, dose), after_stop(context, dose)];
    Ok(all.into_iter().flatten().collect())
}

/// Where no window says how early a dose may be: half the planned days after the one before, or fewer.
fn too_soon(context: &Context<'_>, dose: &Dose<'_>) -> Option<Finding> {
    let one = context.plan?.administrations.iter().find(|one| one.key == *dose.key && one.window.is_none())?;
    let planned = one.planned.as_ref()?.date;
    let others = context.folded.delivered.iter().filter(|other| {
        let key = &other.given.key;
        key.drug == dose.key.drug && Some(other.seq) != dose.entry && place(context, key) < place(context, dose.key)
    });
    let before = others.max_by_key(|other| other.on)?;
    let (days, meant) = (days_between(before.on, dose.on), days_between(before.on, planned));
    let soon = days > 0 && meant >= FEW && days.saturating_mul(2) <= meant;
    let key = dose.key.named(context.regimen);
    soon.then(|| day_findings::too_soon(key, dose.on, (before, planned), context.regimen))
}

/// Where a dose stands in the regimen.
fn place(context: &Context<'_>, key: &Key) -> (usize, u32, i32) {
    let phase = context.regimen.phases.iter().position(|phase| phase.id == key.phase);
    (phase.unwrap_or(usize::MAX), key.cycle, key.day)
}

/// A window asks for itself about a day or two; without one, and from a month on, the start is named.
fn before_start(context: &Context<'_>, dose: &Dose<'_>) -> Result<Option<Finding>, Finding> {
    let start = context.folded.course.start;
    let days = days_between(dose.on, start.min(dose.planned.unwrap_or(start)));
    let windowed = context
        .plan
        .is_some_and(|plan| plan.administrations.iter().any(|one| one.key == *dose.key && one.window.is_some()));
    let found = |severity| findings::dose_before_start(severity, dose.key.named(context.regimen), dose.on, start, days);
    if days > YEAR {
        return Err(found(Severity::Block));
    }
    let asked = days > 0 && (!windowed || days > MONTH);
    Ok(asked.then(|| found(Severity::Warn)))
}

/// Doses of one drug come one after the other.
fn order(context: &Context<'_>, dose: &Dose<'_>) -> Option<Finding> {
    let place = |key: &Key| place(context, key);
    // Hours may carry the last dose of a day past midnight, onto the day of the next.
    let one_day = |one: &Delivered| dose.planned.is_some() && one.given.planned_on == dose.planned;
    let wrong = |one: &&Delivered| match place(&one.given.key).cmp(&place(dose.key)) {
        Ordering::Less => one.on > dose.on || (one.on == dose.on && !one_day(one)),
        Ordering::Greater => one.on < dose.on || (one.on == dose.on && !one_day(one)),
        Ordering::Equal => false,
    };
    let others = context.folded.delivered.iter();
    let mut of_drug = others.filter(|one| one.given.key.drug == dose.key.drug && Some(one.seq) != dose.entry);
    let one = of_drug.find(wrong)?;
    let regimen = context.regimen;
    let side = if place(&one.given.key) < place(dose.key) { "after" } else { "before" };
    Some(findings::order_of_doses(dose.key.named(regimen), dose.on, side, (one.given.key.named(regimen), one)))
}

fn after_stop(context: &Context<'_>, dose: &Dose<'_>) -> Option<Finding> {
    let course = &context.folded.course;
    let key = dose.key.named(context.regimen);
    let before = |end: &&(Date, String)| end.0 < dose.on;
    if let Some((stopped, why)) = course.stopped.as_ref().filter(before) {
        return Some(findings::after_stop(&key, dose.on, "treatment", (*stopped, why)));
    }
    let (stopped, why) = course.stopped_drugs.get(&dose.key.drug).filter(before)?;
    Some(findings::after_stop(&key, dose.on, &key.drug(), (*stopped, why)))
}

/// Anything else that is said to have happened more than a month before the start.
pub(super) fn long_before(context: &Context<'_>, what: &str, on: Date) -> Option<Finding> {
    let start = context.folded.course.start;
    (days_between(on, start) > MONTH).then(|| findings::long_before(what, on, start))
}

/// A measurement so long before the start that no dose should rest on it.
pub(super) fn of_measurement(context: &Context<'_>, on: Date) -> Option<Finding> {
    let start = context.folded.course.start;
    plausibility::is_stale(days_between(on, start)).then(|| findings::measured_early(on, start))
}

/// The end of treatment, or of one drug, lies behind every dose.
pub(super) fn of_stop(context: &Context<'_>, drug: Option<&str>, on: Date) -> Result<Option<Finding>, Finding> {
    let of = |one: &&Delivered| drug.is_none_or(|drug| one.given.key.drug == drug);
    let after = context.folded.delivered.iter().filter(of).filter(|one| one.on > on).max_by_key(|one| one.on);
    let Some(one) = after else { return Ok(long_before(context, "The end of treatment", on)) };
    Err(findings::given_after_stop(context.regimen, drug, on, one))
}

/// A first day more than about a year from today: the year is often what is wrong.
pub fn of_start(now: Date, start: Date) -> Option<Finding> {
    let days = days_between(now, start);
    (days.abs() > YEAR).then(|| findings::start_far(start, now, days))
}

/// A cycle that would stand on or before the day of the one before it, and did not until now.
pub(super) fn cycle_order(old: &Plan, new: &Plan) -> Option<Finding> {
    let known = swapped(old);
    let (before, after) = swapped(new).into_iter().find(|pair| !known.iter().any(|one| same(*one, *pair)))?;
    Some(findings::cycle_order(before, after))
}

/// Cycles that a delay, or a corrected one, would take where it is seldom meant to: before the day on which they stand (of a
/// corrected delay: would stand without it), or later by more than their own length.
pub(super) fn delays(old: &Plan, new: &Plan, events: &[(Date, Event)]) -> Vec<Finding> {
    let moved = |event: &Event| {
        let (delayed, corrected) = match event {
            Event::Delayed(delayed) => (delayed, false),
            Event::Corrected(by) => match &*by.event {
                Event::Delayed(delayed) => (delayed, true),
                _ => return None,
            },
            _ => return None,
        };
        let at = |plan: &Plan| plan.cycles.iter().position(|cycle| cycle.key() == delayed.cycle);
        let (was, at) = (old.cycles.get(at(old)?)?, at(new)?);
        let is = new.cycles.get(at)?;
        let stood = if corrected { was.planned } else { was.actual };
        let days = days_between(stood, is.actual);
        let before = at.checked_sub(1).and_then(|before| new.cycles.get(before));
        match days {
            ..0 => Some(day_findings::cycle_earlier(stood, is, before)),
            days if days > is.length() => Some(day_findings::cycle_far(stood, is, is.length())),
            _ => None,
        }
    };
    events.iter().filter_map(|(_, event)| moved(event)).collect()
}

type Pair<'a> = (&'a PlannedCycle, &'a PlannedCycle);

fn same(one: Pair<'_>, other: Pair<'_>) -> bool {
    (one.0.key(), one.1.key()) == (other.0.key(), other.1.key())
}

fn swapped(plan: &Plan) -> Vec<Pair<'_>> {
    let stand: Vec<&PlannedCycle> = plan.cycles.iter().filter(|cycle| !cycle.omitted).collect();
    let next = stand.iter().skip(1);
    stand.iter().zip(next).filter(|(one, next)| next.actual <= one.actual).map(|(one, next)| (*one, *next)).collect()
}
