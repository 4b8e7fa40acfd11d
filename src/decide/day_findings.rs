//! What is asked about days and about doses that were put off, one sentence a function.

use crate::calendar::{self, Date, with_weekday};
use crate::course::NamedKey;
use crate::course::fold::Delivered;
use crate::finding::{Field, Finding};
use crate::plan::PlannedCycle;
use crate::quantity::number;
use crate::regimen::Regimen;

use super::codes as c;

/// A decision that takes a cycle before the day on which it stood.
pub(super) fn cycle_earlier(stood: Date, new: &PlannedCycle, before: Option<&PlannedCycle>) -> Finding {
    let days = |from: Date, to: Date| number::count(calendar::days_between(from, to).unsigned_abs(), "day");
    let behind = before.map_or_else(String::new, |before| {
        format!(", {} after the first day of {}", days(before.actual, new.actual), before.named())
    });
    let text = format!(
        "{} stands on {} and would begin on {}: {} earlier{behind}.",
        new.titled(),
        with_weekday(stood),
        with_weekday(new.actual),
        days(new.actual, stood)
    );
    let help = "days are counted from the day that was planned, all in all: correct them, or say why it begins earlier";
    Finding::warn(c::CYCLE_EARLIER, text).field(Field::Days).help(help)
}

/// A decision that takes a cycle by more than its own length.
pub(super) fn cycle_far(stood: Date, new: &PlannedCycle, length: i32) -> Finding {
    let text = format!(
        "{} stands on {} and would begin on {}, {} later; it is {} long.",
        new.titled(),
        with_weekday(stood),
        with_weekday(new.actual),
        number::count(calendar::days_between(stood, new.actual).unsigned_abs(), "day"),
        number::count(length.unsigned_abs(), "day")
    );
    let help = "correct the number of days or the date, or say why it begins so much later";
    Finding::warn(c::CYCLE_FAR, text).field(Field::Days).help(help)
}

/// No window says how early the dose may be, and it came much sooner after the one before than planned.
pub(super) fn too_soon(
    key: NamedKey<'_>,
    on: Date,
    (before, planned): (&Delivered, Date),
    regimen: &Regimen,
) -> Finding {
    let days = |to: Date| number::count(calendar::days_between(before.on, to).unsigned_abs(), "day");
    let text = format!(
        "{key} on {} comes {} after {}, {}; it was planned {} after it, on {}.",
        with_weekday(on),
        days(on),
        before.given.key.named(regimen),
        with_weekday(before.on),
        days(planned),
        with_weekday(planned)
    );
    Finding::warn(c::TOO_SOON, text).field(Field::On).help("correct the day, or say why it came so soon")
}

/// A visit is given that was put off.
pub(super) fn was_held(key: NamedKey<'_>, why: &str) -> Finding {
    let text = format!("{} is on record as held ({why}).", key.visit());
    Finding::warn(c::WAS_HELD, text).help("say why it is given now")
}

/// A dose is given while one of an earlier cycle is put off.
pub(super) fn held_before(key: NamedKey<'_>, held: NamedKey<'_>, why: &str) -> Finding {
    let text = format!("{key} follows {held}, which is on record as held ({why}): neither given nor omitted.");
    let help = "record what became of the held dose first, or say why this one is given";
    Finding::warn(c::HELD_BEFORE, text).field(Field::Cycle).help(help)
}

/// A step up to the full dose is given while the step before it did not go in, or not whole.
pub(super) fn step_before(key: NamedKey<'_>, step: NamedKey<'_>, what: &str) -> Finding {
    let text = format!("{key} is a step up, and the step before it, {step}, {what}.");
    let help = "look up what the protocol says of a step that was missed: often the steps begin again";
    Finding::warn(c::STEP_BEFORE, text).help(help)
}
