//! Days of `[[rule]]` and `[[criterion]]` on which nothing can fall, so that what stands there would never be asked.

use crate::calendar::DayCount;
use crate::format::codes;
use crate::format::definition::{At, Definition};
use crate::regimen::Phase;

use super::resolver::Resolver;

/// Tells every such day: after the longest cycle of any phase, and a day 0 where no phase has one.
pub(super) fn days(resolver: &mut Resolver, file: &Definition, phases: &[Phase]) {
    let Some(longest) = phases.iter().map(longest).max() else { return };
    let has_zero = phases.iter().any(|phase| phase.cycle.days == DayCount::AroundZero);
    let rules = file.rule.iter().filter_map(|rule| rule.days.as_ref());
    let criteria = file.criterion.iter().filter_map(|criterion| criterion.days.as_ref());
    for day in rules.chain(criteria).flat_map(|list| &list.value) {
        tell(resolver, day, longest, has_zero);
    }
}

fn tell(resolver: &mut Resolver, day: &At<i64>, longest: i32, has_zero: bool) {
    if day.value > i64::from(longest) {
        let text = format!("day {} lies outside the cycle of {longest} days, so that this would never hold", day.value);
        resolver.block(codes::DAY_OUTSIDE, &day.span, text, "write the day of the cycle as in `days` of the drugs");
    } else if day.value == 0 && !has_zero {
        let text = "there is no day 0: day 1 is the first treatment day and day -1 the day before it";
        resolver.block(
            codes::DAY_ZERO,
            &day.span,
            text,
            "write 1 or -1; `day_zero` in [cycle] names an event that is day 0",
        );
    }
}

/// The most days a cycle of a phase may have: a row of a table or a dose level may make it longer.
fn longest(phase: &Phase) -> i32 {
    let rows = phase.drugs.iter().flat_map(|drug| drug.dosing.rows()).filter_map(|row| row.length);
    let steps = phase.drugs.iter().flat_map(|drug| drug.dosing.ladders()).flat_map(|ladder| &ladder.steps);
    let steps = steps.filter_map(|step| step.length);
    rows.chain(steps).fold(phase.cycle.length, i32::max)
}
