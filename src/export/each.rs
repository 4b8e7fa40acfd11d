//! One row for every dose taken at home, or for each half of the day, made from the row of a run.

use crate::calendar::{self, Date, days_between};
use crate::course::Part;
use crate::present::{DoseRow, Facts, LeftOut, Occasion, RunRow, Schedule};
use crate::quantity::number;
use crate::regimen::HalfDay;

/// More doses a day than this are no schedule; it keeps a broken row from filling the memory.
const MOST_A_DAY: u32 = 24;

/// The same schedule, with every run at home written out dose by dose.
pub fn expand(schedule: &Schedule) -> Schedule {
    let mut expanded = schedule.clone();
    expanded.doses = schedule.doses.iter().flat_map(doses).collect();
    expanded.doses.sort_by_key(DoseRow::date);
    expanded
}

/// One row, or two of a run at home whose halves of the day differ: its mornings and its evenings, for formats
/// whose rows hold one amount. A half of the day that has no dose has no row.
pub fn by_half(row: &DoseRow) -> Vec<DoseRow> {
    let planned = row.planned().map(|planned| &planned.at);
    let occasions = planned.into_iter().chain(row.given().map(|given| &given.at));
    let differ = |at: &Occasion| at.run.is_some() && at.portion.halves.is_some();
    if !occasions.into_iter().any(differ) {
        return vec![row.clone()];
    }
    [HalfDay::Morning, HalfDay::Evening].into_iter().filter_map(|half| half_of_day(row, half)).collect()
}

/// The mornings or the evenings of a run. Its cycle day stays: with the part of the day it is its identity.
fn half_of_day(row: &DoseRow, half: HalfDay) -> Option<DoseRow> {
    let mut one = row.clone();
    one.part = Some(Part::Half(half));
    with_occasions(&mut one, half, |at| half_of(at, half));
    let count = |at: &Occasion| at.run.as_ref().map_or(1, |run| run.administrations);
    one.facts = match one.facts {
        Facts::Planned { planned, left_out } => {
            (count(&planned.at) > 0).then_some(Facts::Planned { planned, left_out })?
        }
        Facts::Given { planned, mut given } => {
            // Of the doses that were due, those before the last one due: half of them each, as of those taken.
            let due = row.run().map_or(0, |run| halves(run, run.administrations.saturating_add(given.missed), half));
            given.missed = due.saturating_sub(count(&given.at));
            let planned = planned.filter(|planned| count(&planned.at) > 0);
            match planned {
                planned if count(&given.at) > 0 => Facts::Given { planned, given },
                None => return None,
                Some(planned) if given.missed == 0 => Facts::Planned { planned, left_out: None },
                Some(planned) => {
                    one.reason =
                        one.reason.or_else(|| Some(format!("{} not taken", number::count(given.missed, "dose"))));
                    Facts::Planned { planned, left_out: Some(LeftOut::Missed) }
                }
            }
        }
    };
    Some(one)
}

/// How many of the first so many doses of a run fall on one half of the day.
fn halves(run: &RunRow, doses: u32, half: HalfDay) -> u32 {
    let (more, less) = (doses - doses / 2, doses / 2);
    let first = run.starts.unwrap_or(HalfDay::Morning);
    if half == first { more } else { less }
}

/// Replaces what is planned and what was given; the window is that of the first day, the tablets those of a whole run.
fn with_occasions(row: &mut DoseRow, half: HalfDay, change: impl Fn(&Occasion) -> Occasion) {
    let (planned, given) = match &mut row.facts {
        Facts::Planned { planned, .. } => (Some(planned), None),
        Facts::Given { planned, given } => (planned.as_mut(), Some(given)),
    };
    if let Some(planned) = planned {
        let at = change(&planned.at);
        if at.date != planned.at.date {
            planned.window = None;
        }
        planned.at = at;
        planned.measure = planned.measure.of(half);
        planned.tablets = Vec::new();
        planned.dispensed = None;
    }
    if let Some(given) = given {
        given.at = change(&given.at);
    }
}

fn half_of(at: &Occasion, half: HalfDay) -> Occasion {
    let Some(run) = &at.run else { return at.clone() };
    let (late, early) = (run.starts == Some(HalfDay::Evening), run.ends == Some(HalfDay::Morning));
    let count = halves(run, run.administrations, half);
    let day = |date: Date, later: i32| calendar::plus_days(date, later).unwrap_or(date);
    let (from, through) = match half {
        HalfDay::Morning => (day(run.from, i32::from(late)), run.through),
        HalfDay::Evening => (run.from, day(run.through, -i32::from(early))),
    };
    let portion = half.of(at.portion);
    let run = RunRow {
        from,
        through,
        starts: Some(half),
        ends: Some(half),
        times_a_day: 1,
        administrations: count,
        ..run.clone()
    };
    Occasion { date: from, portion, total: portion.total(count, 0), run: Some(run), begins: None, ends: None }
}

/// Of a run of which doses were counted as taken, those that were: nobody knows which of them were missed, and they stand
/// from the first on. Half-days (or thirds …) since the first one of the first day at which a row's doses are due.
fn doses(row: &DoseRow) -> Vec<DoseRow> {
    let Some(run) = row.run() else { return vec![row.clone()] };
    let times = run.times_a_day.clamp(1, MOST_A_DAY);
    let first = u32::from(times == 2 && run.starts == Some(HalfDay::Evening));
    let days = u32::try_from(days_between(run.from, run.through)).unwrap_or(0).saturating_add(1);
    let count = run.administrations.min(days.saturating_mul(times).saturating_sub(first));
    (first..first.saturating_add(count)).map(|slot| dose(row, run, slot, times)).collect()
}

fn dose(row: &DoseRow, run: &RunRow, slot: u32, times: u32) -> DoseRow {
    let later = i32::try_from(slot / times).unwrap_or(i32::MAX);
    let half = if slot.is_multiple_of(times) { HalfDay::Morning } else { HalfDay::Evening };
    let mut one = row.clone();
    one.day = day(row, run, later);
    one.part = match times {
        1 => None,
        2 => Some(Part::Half(half)),
        _ => Some(Part::Nth(slot % times + 1)),
    };
    with_occasions(&mut one, half, |at| {
        let portion = half.of(at.portion);
        let date = calendar::plus_days(at.date, later).unwrap_or(at.date);
        Occasion { date, portion, total: portion.total(1, 0), run: None, begins: None, ends: None }
    });
    if let Facts::Given { given, .. } = &mut one.facts {
        (given.incomplete, given.missed) = (false, 0);
    }
    one
}

/// The cycle day, `later` days after the run's first: the numbering may have no day 0.
fn day(row: &DoseRow, run: &RunRow, later: i32) -> i32 {
    let length = days_between(run.from, run.through);
    let no_zero = run.through_day.saturating_sub(row.day) == length.saturating_add(1);
    let plain = row.day.saturating_add(later);
    if no_zero && row.day < 0 && plain >= 0 { plain.saturating_add(1) } else { plain }
}
