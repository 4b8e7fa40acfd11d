//! Dates that cannot be meant: before the start, before the dose before, long ago. What happened can always be
//! recorded, so a wrong-looking day is asked about; a day that no true record can hold is refused until one of the two
//! dates is corrected.

use std::cmp::Ordering;

use crate::calendar::{self, Date, days_between, with_weekday};
use crate::course::Key;
use crate::course::fold::Delivered;
use crate::finding::Finding;
use crate::plan::{Plan, PlannedCycle};
use crate::plausibility;
use crate::quantity::{Decimal, number};

use super::Context;

/// Days before the start within which a wrong day is a slip of days, not of the month.
const MONTH: i32 = 31;
/// Days from the start, or from today, beyond which the year is a slip.
const YEAR: i32 = 366;

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
    Ok([early, order(context, dose), after_stop(context, dose)].into_iter().flatten().collect())
}

/// A window asks for itself about a day or two; without one, and from a month on, the start is named.
fn before_start(context: &Context<'_>, dose: &Dose<'_>) -> Result<Option<Finding>, Finding> {
    let start = context.folded.course.start;
    let days = days_between(dose.on, start.min(dose.planned.unwrap_or(start)));
    let windowed = context
        .plan
        .is_some_and(|plan| plan.administrations.iter().any(|one| one.key == *dose.key && one.window.is_some()));
    let text = early_words(&format!("{} on {}", dose.key, with_weekday(dose.on)), days, start);
    let help = "correct the day; if treatment began earlier, correct the start in the enrolment first";
    if days > YEAR {
        return Err(Finding::block("before-start", text).field("on").help(help));
    }
    let asked = days > 0 && (!windowed || days > MONTH);
    Ok(asked.then(|| Finding::warn("before-start", text).field("on").help(help)))
}

fn early_words(what: &str, days: i32, start: Date) -> String {
    let unit = if days == 1 { "day" } else { "days" };
    format!("{what} is {} {unit} before the first day of treatment, {}.", count(days), with_weekday(start))
}

fn count(days: i32) -> String {
    number::print(Decimal::from(days))
}

/// Doses of one drug come one after the other.
fn order(context: &Context<'_>, dose: &Dose<'_>) -> Option<Finding> {
    let place = |key: &Key| {
        let phase = context.regimen.phases.iter().position(|phase| phase.id == key.phase);
        (phase.unwrap_or(usize::MAX), key.cycle, key.day)
    };
    let wrong = |one: &&Delivered| match place(&one.given.key).cmp(&place(dose.key)) {
        Ordering::Less => one.on >= dose.on,
        Ordering::Greater => one.on <= dose.on,
        Ordering::Equal => false,
    };
    let others = context.folded.delivered.iter();
    let mut of_drug = others.filter(|one| one.given.key.drug == dose.key.drug && Some(one.seq) != dose.entry);
    let one = of_drug.find(wrong)?;
    let side = if place(&one.given.key) < place(dose.key) { "after" } else { "before" };
    let text = format!(
        "{} on {} does not come {side} {}, given on {} (entry {}).",
        dose.key,
        with_weekday(dose.on),
        one.given.key,
        with_weekday(one.on),
        one.seq
    );
    Some(Finding::warn("order-of-doses", text).field("on").help("correct the day, or the entry that is wrong"))
}

fn after_stop(context: &Context<'_>, dose: &Dose<'_>) -> Option<Finding> {
    let (stopped, why) = context.folded.course.stopped.as_ref().filter(|(stopped, _)| *stopped < dose.on)?;
    let text = format!(
        "{} on {} is after the end of treatment, {} ({why}).",
        dose.key,
        with_weekday(dose.on),
        with_weekday(*stopped)
    );
    Some(Finding::warn("after-stop", text).field("on").help("correct the day, or the day treatment ended"))
}

/// Anything else that is said to have happened more than a month before the start.
pub(super) fn long_before(context: &Context<'_>, what: &str, on: Date) -> Option<Finding> {
    let start = context.folded.course.start;
    let days = days_between(on, start);
    let text = early_words(&format!("{what} on {}", with_weekday(on)), days, start);
    (days > MONTH).then(|| Finding::warn("before-start", text).field("on").help("correct the day, or say why"))
}

/// A measurement so long before the start that no dose should rest on it.
pub(super) fn of_measurement(context: &Context<'_>, on: Date) -> Option<Finding> {
    let start = context.folded.course.start;
    let days = days_between(on, start);
    let text = early_words(&format!("The measurement of {}", with_weekday(on)), days, start);
    let finding = Finding::warn("measured-early", text).field("on");
    plausibility::is_stale(days).then(|| finding.help("correct the day, or say why it is kept"))
}

/// The end of treatment lies behind every dose.
pub(super) fn of_stop(context: &Context<'_>, on: Date) -> Result<Option<Finding>, Finding> {
    let after = context.folded.delivered.iter().filter(|one| one.on > on).max_by_key(|one| one.on);
    let Some(one) = after else { return Ok(long_before(context, "The end of treatment", on)) };
    let text = format!(
        "Treatment cannot have ended on {}: {} was given on {} (entry {}).",
        with_weekday(on),
        one.given.key,
        with_weekday(one.on),
        one.seq
    );
    let help = format!("the last day of treatment is {} or later; or undo entry {}", calendar::print(one.on), one.seq);
    Err(Finding::block("given-after-stop", text).field("on").help(help))
}

/// A first day more than about a year from today: the year is often what is wrong.
pub fn of_start(now: Date, start: Date) -> Option<Finding> {
    let days = days_between(now, start);
    let side = if days < 0 { "before" } else { "after" };
    let text = format!(
        "The start, {}, is {} days {side} today, {}. Is the year right?",
        with_weekday(start),
        count(days.abs()),
        with_weekday(now)
    );
    (days.abs() > YEAR).then(|| Finding::warn("start-far", text).field("start").help("correct the start, or say why"))
}

/// A cycle that would stand on or before the day of the one before it, and did not until now.
pub(super) fn cycle_order(old: &Plan, new: &Plan) -> Option<Finding> {
    let known = swapped(old);
    let (before, after) = swapped(new).into_iter().find(|pair| !known.iter().any(|one| same(*one, *pair)))?;
    let text = format!(
        "Cycle {} would begin on {}, which is not after the first day of cycle {}, {}.",
        after.number,
        with_weekday(after.actual),
        before.number,
        with_weekday(before.actual)
    );
    let help = "correct the number of days or the date; where the later cycle moves too, delay that one first";
    Some(Finding::block("cycle-order", text).field("days").help(help))
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
