//! Days of a cycle.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::calendar::DayCount;
use crate::format::codes;
use crate::format::definition::{At, ByCycleDef, DaysDef, DrugDef, RunDef, Table};
use crate::quantity::number::shown;
use crate::quantity::{Decimal, Period};
use crate::regimen::{Cycle, Days};

use super::resolver::{Resolver, TablePath};
use super::scope::Scope;

/// The earliest day before day 1 that makes sense.
const EARLIEST: i64 = -90;

/// The days of a drug: its own list, or by cycle.
pub(super) fn of_drug(resolver: &mut Resolver, place: &TablePath, def: &DrugDef, scope: Scope) -> Option<Days> {
    match (&def.days, &def.by_cycle) {
        (Some(days), None) => days_of(resolver, days, scope.cycle),
        (None, Some(rows)) => by_cycle(resolver, place, def, rows, scope),
        (Some(_), Some(rows)) => {
            let text = format!("{} says its days twice, as `days` and as `by_cycle`", place.name);
            resolver.block(codes::ONE_OF, &rows.span, text, "keep one of them");
            None
        }
        (None, None) => {
            let line = "days = [1, 8], days = { from = 1, through = 14 } or days = \"every day\"";
            if !resolver.already_reported(&place.span, "by_cycle") {
                resolver.missing(place, "days", line);
            }
            None
        }
    }
}

/// One list, run or "every day".
pub(super) fn days_of(resolver: &mut Resolver, at: &At<DaysDef>, cycle: Option<&Cycle>) -> Option<Days> {
    match &at.value {
        DaysDef::Text(text) if text == "every day" => Some(Days::EveryDay),
        DaysDef::Text(text) => {
            refuse_text(resolver, &at.span, text);
            None
        }
        DaysDef::List(list) => self::list(resolver, &at.span, list, cycle).map(Days::List),
        DaysDef::Run(run) => self::run(resolver, &at.span, run, cycle).map(Days::List),
    }
}

fn refuse_text(resolver: &mut Resolver, span: &Range<usize>, text: &str) {
    let shown = shown(text);
    let dashed = text.contains(['-', '–', '—']) || text.contains("to");
    let why = if dashed {
        "a dash between days has been read both as \"through\" and as \"and\", and has killed"
    } else {
        "days are whole numbers, so that nobody has to interpret them"
    };
    let help = match ends(text) {
        Some((from, through)) if dashed => format!(
            "write {{ from = {from}, through = {through} }} for every day from {from} to {through}, or [{from}, {through}] for these two days"
        ),
        _ => "write [1, 8, 15], { from = 1, through = 14 } or \"every day\"".to_owned(),
    };
    resolver.block(codes::DAY_TEXT, span, format!("\"{shown}\" is not a list of days: {why}"), &help);
}

/// The two numbers of a text such as `1-8`.
fn ends(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let pair = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some(pair)
}

fn list(resolver: &mut Resolver, span: &Range<usize>, list: &[At<i64>], cycle: Option<&Cycle>) -> Option<Vec<i32>> {
    if list.is_empty() {
        resolver.block(codes::DAY_LIST, span, "a list of days holds no day", "write for example [1]");
        return None;
    }
    let days = resolver.each(list, |resolver, at| day(resolver, at, cycle))?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = list.iter().find(|at| !seen.insert(at.value)) {
        let text = format!("day {} stands twice", twice.value);
        resolver.block(codes::DAY_LIST, &twice.span, text, "write each day once; `times` says how often on a day");
        return None;
    }
    Some(seen.iter().filter_map(|day| i32::try_from(*day).ok()).collect()).filter(|_| !days.is_empty())
}

/// A day inside the cycle.
pub(super) fn day(resolver: &mut Resolver, at: &At<i64>, cycle: Option<&Cycle>) -> Option<i32> {
    let day = at.value;
    let count = cycle.map_or(DayCount::AroundZero, |cycle| cycle.days);
    if day == 0 && count == DayCount::FromOne {
        let text = "there is no day 0: day 1 is the first treatment day, and day -1 the day before it";
        resolver.block(
            codes::DAY_ZERO,
            &at.span,
            text,
            "write 1 or -1; `day_zero` in [cycle] names an event that is day 0",
        );
        return None;
    }
    let last = cycle.map_or(3_660, |cycle| i64::from(cycle.length));
    if (EARLIEST..=last).contains(&day) {
        return i32::try_from(day).ok();
    }
    let text = format!("day {day} lies outside a cycle of {last} days");
    resolver.block(codes::DAY_OUTSIDE, &at.span, text, &format!("write a day from 1 to {last}, or correct `length`"));
    None
}

fn run(resolver: &mut Resolver, span: &Range<usize>, run: &RunDef, cycle: Option<&Cycle>) -> Option<Vec<i32>> {
    let place = TablePath::new("this run of days", span, "days");
    let from = resolver.need(&place, "from", run.from.as_ref(), "{ from = 1, through = 14 }");
    let from = from.and_then(|at| day(resolver, at, cycle));
    let through = resolver.need(&place, "through", run.through.as_ref(), "{ from = 1, through = 14 }");
    let through = through.and_then(|at| day(resolver, at, cycle));
    let every = resolver.optional(run.every.as_ref(), |resolver, at| resolver.number(at, "number of days", 1, 365));
    let (from, through, every) = (from?, through?, every?.unwrap_or(1));
    if from >= through {
        let text = format!("this run goes from day {from} through day {through}");
        resolver.block(codes::DAY_LIST, span, text, "write the earlier day as `from`, or a list such as [1]");
        return None;
    }
    let zero = cycle.is_none_or(|cycle| cycle.days == DayCount::AroundZero);
    let step = usize::try_from(every).unwrap_or(1);
    Some((from..=through).step_by(step).filter(|day| zero || *day != 0).collect())
}

fn by_cycle(
    resolver: &mut Resolver,
    place: &TablePath,
    def: &DrugDef,
    rows: &At<Vec<Table<ByCycleDef>>>,
    scope: Scope,
) -> Option<Days> {
    let read = resolver.each(&rows.value, |resolver, row| self::row(resolver, place, row, scope.cycle))?;
    let mut expected =
        def.cycles.as_ref().and_then(|span| span.from.as_ref()).and_then(|at| u32::try_from(at.value).ok());
    expected = expected.or(scope.first_cycle);
    if expected.is_none() {
        let text = "the number of this phase's first cycle is not fixed, so no row is known to hold for it";
        let help = "write numbering = \"restarts\", so that the rows count from 1; or say under `cycles` from which cycle the drug is given";
        resolver.block(codes::BY_CYCLE, &rows.span, text, help);
        return None;
    }
    for (row, (from, through, _)) in rows.value.iter().zip(&read) {
        if let Some(expected) = expected
            && *from != expected
        {
            resolver.block(
                codes::BY_CYCLE,
                &row.span,
                uneven(*from, expected),
                "make each row begin where the one before it ends",
            );
            return None;
        }
        expected = through.map_or(Some(u32::MAX), |through| through.checked_add(1));
    }
    let last = def.cycles.as_ref().and_then(|span| span.through.as_ref()).and_then(|at| u32::try_from(at.value).ok());
    covered(resolver, &rows.span, &read, last.or(scope.last_cycle))?;
    Some(Days::ByCycle(read))
}

fn uneven(from: u32, expected: u32) -> String {
    match from.checked_sub(expected) {
        Some(1) => format!("cycle {expected} is in no row"),
        Some(_) => format!("cycles {expected} through {} are in no row", from - 1),
        None if expected == u32::MAX => format!("cycle {from} is in two rows: the row before is open"),
        None => format!("cycle {from} is in two rows"),
    }
}

type Row = (u32, Option<u32>, Vec<i32>);

/// The last row must reach the last cycle.
fn covered(resolver: &mut Resolver, span: &Range<usize>, rows: &[Row], last: Option<u32>) -> Option<()> {
    let Some((_, through, _)) = rows.last() else {
        resolver.block(codes::BY_CYCLE, span, "`by_cycle` has no row", "write [{ from = 1, days = [1] }]");
        return None;
    };
    let uncovered = match (through, last) {
        (None, _) => return Some(()),
        (Some(through), Some(last)) if *through >= last => return Some(()),
        (Some(through), Some(last)) if through + 1 == last => format!("cycle {last} is in no row"),
        (Some(through), Some(last)) => format!("cycles {} through {last} are in no row", through + 1),
        (Some(through), None) => format!("cycle {} and all after it are in no row", through + 1),
    };
    resolver.block(codes::BY_CYCLE, span, uncovered, "leave `through` out of the last row, or add a row");
    None
}

fn row(resolver: &mut Resolver, place: &TablePath, row: &Table<ByCycleDef>, cycle: Option<&Cycle>) -> Option<Row> {
    let place = place.inner("by_cycle", &row.span);
    let from = resolver.need(&place, "from", row.from.as_ref(), "{ from = 1, through = 2, days = [1, 8] }");
    let from = from.and_then(|at| resolver.count(at, "cycle", 0, 999));
    let through = resolver.optional(row.through.as_ref(), |resolver, at| resolver.count(at, "cycle", 0, 999));
    let days = resolver.need(&place, "days", row.days.as_ref(), "days = [1, 8]");
    let days = days.and_then(|at| {
        let text = "`by_cycle` takes lists and runs of days, not \"every day\"";
        if let Days::List(days) = days_of(resolver, at, cycle)? {
            Some(days)
        } else {
            resolver.block(codes::DAY_TEXT, &at.span, text, "write { from = 1, through = 28 }");
            None
        }
    });
    let (from, through) = (from?, through?);
    if through.is_some_and(|through| through < from) {
        let text = format!("this row ends before cycle {from}, where it begins");
        resolver.block(codes::BY_CYCLE, &row.span, text, "write the earlier cycle as `from`");
        return None;
    }
    Some((from, through, days?))
}

/// A list of days that stands by itself.
pub(super) fn plain_days(resolver: &mut Resolver, list: &At<Vec<At<i64>>>) -> Option<Vec<i32>> {
    resolver.each(&list.value, |resolver, at| resolver.number(at, "day", -90, 3_660))
}

/// Whole days, a part of a day left out: 36 hours are 1 day.
pub(super) fn whole_days(resolver: &mut Resolver, at: &At<String>) -> Option<i32> {
    let minutes = resolver.read(at, Period::read)?.minutes();
    let days = minutes.and_then(|minutes| minutes.checked_div(Decimal::from(24 * 60)));
    let days = days.and_then(|days| crate::quantity::decimal::whole(days.floor()));
    if days.is_none() {
        resolver.block(
            codes::QUANTITY,
            &at.span,
            format!("\"{}\" is not a number of days", at.value),
            "write \"3 days\"",
        );
    }
    days
}
