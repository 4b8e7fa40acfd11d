//! The sheets of doses: the schedule, which is read and printed, and how every dose came about.

use crate::calendar;
use crate::present::{DoseRow, PlannedRow, PreparationRow, Schedule};
use crate::quantity::{Concentration, Rate, Volume};
use crate::regimen::marks_words;

use super::super::{Options, shared};
use super::{Head, Sheet, Value, amount, date, maybe, narrow, number, whole, wide, words};

/// A column and what a dose puts there.
type Column = (Head, for<'a> fn(&'a DoseRow) -> Value<'a>);

/// Columns of the schedule, and of the working, that fit a landscape page.
const PRINTED: usize = 12;
const PRINTED_WORKING: usize = 11;

/// What was recorded, in words: `in part`, `2 days late`.
fn apart(dose: &DoseRow) -> String {
    let beside = dose.given().map(|given| given.beside(dose.planned()));
    beside.unwrap_or_default().join(", ")
}

fn yes(value: bool) -> Value<'static> {
    words(if value { "yes" } else { "no" })
}

/// What the pharmacy reads of a preparation.
fn prepared(dose: &DoseRow, said: fn(&PreparationRow) -> Option<String>) -> Value<'static> {
    dose.planned().and_then(|planned| said(&planned.preparation)).map_or(Value::Nothing, words)
}

#[rustfmt::skip] // one line a column reads as the table it is
const SCHEDULE: &[Column] = &[
    (narrow("date", 11), |dose| date(Some(dose.date()))),
    (narrow("weekday", 11), |dose| words(calendar::weekday(dose.date()))),
    (narrow("cycle", 6), |dose| whole(dose.cycle)),
    (narrow("day", 5), |dose| whole(dose.day)),
    (wide("drug", 26), |dose| words(dose.shown_apart())),
    (narrow("part", 9), |dose| dose.part.map_or(Value::Nothing, |part| words(part.to_string()))),
    (narrow("planned_dose", 11), |dose| amount(dose.planned().and_then(|planned| planned.at.each()))),
    (narrow("given_dose", 11), |dose| amount(dose.given().and_then(|given| given.at.each()))),
    (narrow("unit", 9), |dose| words(dose.portion().amount.unit.written())),
    (narrow("state", 11), |dose| words(dose.state().word())),
    (wide("beside the plan", 26), |dose| words(apart(dose))),
    (wide("reason", 26), |dose| maybe(dose.reason.as_ref())),
    (narrow("phase", 12), |dose| maybe(dose.phase.as_ref())),
    (narrow("own_day", 8), |dose| whole(dose.own_day)),
    (narrow("hours after", 8), |dose| number(dose.hours_after)),
    (wide("planned_reason", 30), |dose| dose.changed_words().map_or(Value::Nothing, words)),
    (wide("dose in words", 26), |dose| words(dose.portion().to_string())),
    (narrow("planned_morning", 11), |dose| amount(dose.planned().and_then(|planned| planned.at.morning()))),
    (narrow("planned_evening", 11), |dose| amount(dose.planned().and_then(|planned| planned.at.evening()))),
    (narrow("given_morning", 11), |dose| amount(dose.given().and_then(|given| given.at.morning()))),
    (narrow("given_evening", 11), |dose| amount(dose.given().and_then(|given| given.at.evening()))),
    (narrow("planned_date", 12), |dose| date(dose.planned().map(|planned| planned.at.date))),
    (narrow("earliest", 11), |dose| date(dose.window().map(|window| window.earliest))),
    (narrow("latest", 11), |dose| date(dose.window().map(|window| window.latest))),
    (narrow("given_date", 11), |dose| date(dose.given().map(|given| given.at.date))),
    (narrow("incomplete", 11), |dose| dose.given().map_or(Value::Nothing, |given| yes(given.incomplete))),
    (narrow("through", 11), |dose| date(dose.run().map(|run| run.through))),
    (narrow("doses in all", 11), |dose| dose.run().map_or(Value::Nothing, |run| whole(run.administrations))),
    (narrow("missed", 8), |dose| dose.run().and(dose.given()).map_or(Value::Nothing, |given| whole(given.missed))),
    (narrow("route", 14), |dose| words(dose.route_words())),
    (wide("over", 28), |dose| dose.over.as_ref().map_or(Value::Nothing, |over| words(over.to_string()))),
    (narrow("place", 8), |dose| words(dose.place.word())),
    (narrow("role", 13), |dose| words(shared::role(dose.role))),
    (narrow("recorded_by", 12), |dose| maybe(dose.recorded.as_ref().map(|recorded| &recorded.by))),
    (narrow("certain", 24), |dose| words(if dose.certain { "yes" } else { "only if treatment goes on" })),
    (wide("warn", 40), |dose| maybe(dose.warn.as_ref())),
    (wide("note", 40), |dose| maybe(dose.note.as_ref())),
];

#[rustfmt::skip]
const WORKING: &[Column] = &[
    (narrow("cycle", 6), |dose| whole(dose.cycle)),
    (narrow("day", 5), |dose| whole(dose.day)),
    (narrow("date", 11), |dose| date(Some(dose.date()))),
    (wide("drug", 24), |dose| words(dose.shown_apart())),
    (narrow("protocol dose", 14), |dose| dose.planned().map_or(Value::Nothing, |planned| words(planned.per.to_string()))),
    (narrow("planned_dose", 13), |dose| amount(dose.planned().and_then(|planned| planned.at.each()))),
    (narrow("planned_morning", 11), |dose| amount(dose.planned().and_then(|planned| planned.at.morning()))),
    (narrow("planned_evening", 11), |dose| amount(dose.planned().and_then(|planned| planned.at.evening()))),
    (narrow("unit", 9), |dose| words(dose.portion().amount.unit.written())),
    (wide("working", 64), |dose| words(dose.working().join("\n"))),
    (wide("not verified", 24), |dose| words(marks_words(dose.marks()).join("; "))),
    (narrow("level", 6), |dose| dose.planned().map_or(Value::Nothing, |planned| whole(planned.level))),
    (narrow("percent", 8), |dose| number(dose.planned().and_then(|planned| planned.percent))),
    (narrow("measured", 11), |dose| date(dose.measured())),
    (narrow("before the cap", 10), |dose| amount(dose.planned().and_then(|planned| planned.uncapped))),
    (narrow("calculated", 11), |dose| amount(dose.planned().map(|planned| planned.calculated))),
    (narrow("difference percent", 11), |dose| number(dose.planned().and_then(|planned| planned.difference))),
    (narrow("volume mL", 9), |dose| number(dose.planned().and_then(|planned| planned.preparation.drug).map(Volume::shown))),
    (narrow("vials", 6), |dose| number(dose.planned().and_then(|planned| planned.preparation.vials).map(|(count, _)| count.into()))),
    (wide("supply", 28), |dose| dose.planned().and_then(PlannedRow::supply_words).map_or(Value::Nothing, words)),
    (wide("diluent", 24), |dose| prepared(dose, PreparationRow::fluid_words)),
    (narrow("bag mL", 9), |dose| number(dose.planned().and_then(|planned| planned.preparation.in_all()).map(Volume::shown))),
    (narrow("in 1 mL", 9), |dose| number(dose.planned().and_then(|planned| planned.preparation.concentration()).map(Concentration::shown))),
    (wide("limits", 22), |dose| prepared(dose, PreparationRow::limits_words)),
    (narrow("mL per hour", 9), |dose| number(dose.planned().and_then(|planned| planned.preparation.rate()).map(Rate::shown))),
    (wide("never with", 28), |dose| prepared(dose, PreparationRow::never_words)),
];

/// The schedule. Study and subject stand last, for those who put several of them together.
pub(super) fn doses<'a>(schedule: &'a Schedule, options: &'a Options) -> Sheet<'a> {
    let row = |dose: &'a DoseRow| {
        let own = SCHEDULE.iter().map(|(_, cell)| cell(dose));
        own.chain([maybe(options.study.as_ref()), maybe(options.subject.as_ref())]).collect()
    };
    let head = SCHEDULE.iter().map(|(head, _)| *head).chain([narrow("study", 12), narrow("subject", 12)]).collect();
    Sheet { printed: PRINTED, ..Sheet::new("Schedule", head, Box::new(schedule.doses.iter().map(row))) }
}

/// How every dose came about.
pub(super) fn working(schedule: &Schedule) -> Sheet<'_> {
    let row = |dose| WORKING.iter().map(|(_, cell)| cell(dose)).collect();
    let head = WORKING.iter().map(|(head, _)| *head).collect();
    Sheet { printed: PRINTED_WORKING, ..Sheet::new("Doses", head, Box::new(schedule.doses.iter().map(row))) }
}
