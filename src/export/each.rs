//! One row for every dose taken at home, made from the row of its run.

use crate::calendar::{self, Date};
use crate::present::{DoseRow, RunRow, Schedule};
use crate::quantity::{Decimal, decimal, number};

/// More doses a day than this are no schedule; it keeps a broken row from filling the memory.
const MOST_A_DAY: u32 = 24;

/// The same schedule, with every run at home written out dose by dose.
pub fn expand(schedule: &Schedule) -> Schedule {
    let mut expanded = schedule.clone();
    expanded.doses = schedule.doses.iter().flat_map(doses).collect();
    expanded.doses.sort_by(|a, b| a.date.cmp(&b.date));
    expanded
}

/// One row, or two of a run at home whose halves of the day differ: its mornings and its evenings, for formats
/// whose rows hold one amount.
pub(super) fn by_half(row: &DoseRow) -> Vec<DoseRow> {
    let Some((run, from, through)) = readable(row) else { return vec![row.clone()] };
    let (Some(morning), Some(evening)) = (&run.morning, &run.evening) else { return vec![row.clone()] };
    let (late, early) = (run.starts == Some("evening"), run.ends == Some("morning"));
    let (more, less) = (run.administrations - run.administrations / 2, run.administrations / 2);
    let (mornings, evenings) = if late { (less, more) } else { (more, less) };
    let of = |part: &'static str, amount: &str, from: Date, through: Date, count: u32| {
        half(row, part, amount, (from, through), count)
    };
    let day = |date: Date, later: i32| calendar::plus_days(date, later).unwrap_or(date);
    vec![
        of("morning", morning, day(from, i32::from(late)), through, mornings),
        of("evening", evening, from, day(through, -i32::from(early)), evenings),
    ]
}

/// The mornings or the evenings of a run. Its cycle day stays: with the part of the day it is its identity.
fn half(row: &DoseRow, part: &'static str, amount: &str, (from, through): (Date, Date), count: u32) -> DoseRow {
    let value = number::parse(amount).ok();
    let shown = value.map_or_else(|| amount.to_owned(), number::print);
    let words = format!(
        "{part} of {} through {part} of {}, {}",
        calendar::print(from),
        calendar::print(through),
        number::count(count, "dose")
    );
    let run = row.run.clone().map(|run| RunRow {
        from: calendar::iso(from),
        through: calendar::iso(through),
        starts: Some(part),
        ends: Some(part),
        times_a_day: 1,
        administrations: count,
        tablets: Vec::new(),
        morning: None,
        evening: None,
        words,
        ..run
    });
    // The window is that of the run's first day.
    let first = calendar::iso(from) == row.date;
    let window = |day: &Option<String>| day.clone().filter(|_| first);
    DoseRow {
        part: Some(part.to_owned()),
        earliest: window(&row.earliest),
        latest: window(&row.latest),
        date: calendar::iso(from),
        weekday: calendar::weekday(from),
        dose: amount.to_owned(),
        dose_shown: format!("{shown} {} in the {part}", row.unit),
        total: value.and_then(|value| value.checked_mul(Decimal::from(count))).map(number::plain),
        run,
        ..row.clone()
    }
}

/// Half-days (or thirds …) since the first one of the first day at which a row's doses are due.
fn doses(row: &DoseRow) -> Vec<DoseRow> {
    let Some((run, from, through)) = readable(row) else { return vec![row.clone()] };
    let times = run.times_a_day.clamp(1, MOST_A_DAY);
    let first = u32::from(times == 2 && run.starts == Some("evening"));
    let days = u32::try_from(calendar::days_between(from, through)).unwrap_or(0) + 1;
    let count = run.administrations.min(days.saturating_mul(times) - first);
    (first..first.saturating_add(count)).map(|slot| dose(row, run, from, slot, times)).collect()
}

fn readable(row: &DoseRow) -> Option<(&RunRow, Date, Date)> {
    let run = row.run.as_ref()?;
    Some((run, calendar::read(&run.from).ok()?, calendar::read(&run.through).ok()?))
}

fn dose(row: &DoseRow, run: &RunRow, from: Date, slot: u32, times: u32) -> DoseRow {
    let later = i32::try_from(slot / times).unwrap_or(i32::MAX);
    let of_day = slot % times;
    let date = calendar::plus_days(from, later).unwrap_or(from);
    let mut one = row.clone();
    one.run = None;
    one.day = day(row, run, from, later);
    one.date = calendar::iso(date);
    one.weekday = calendar::weekday(date);
    one.part = match times {
        1 => None,
        2 => Some(if of_day == 0 { "morning" } else { "evening" }.to_owned()),
        _ => Some((of_day + 1).to_string()),
    };
    let part = if of_day == 0 { &run.morning } else { &run.evening };
    if let Some(amount) = part {
        one.dose.clone_from(amount);
        let shown = number::parse(amount).map_or_else(|_| amount.clone(), number::print);
        one.dose_shown = format!("{shown} {}", one.unit);
    }
    one.total = share(row, run, part.as_ref());
    // The window is that of the run's first day.
    if later > 0 {
        (one.earliest, one.latest) = (None, None);
    }
    one
}

/// What one dose of a run comes to: its half, where the halves differ.
fn share(row: &DoseRow, run: &RunRow, part: Option<&String>) -> Option<String> {
    if let Some(amount) = part {
        return Some(amount.clone());
    }
    let all = number::parse(row.total.as_ref()?).ok()?;
    decimal::over(all, Decimal::from(run.administrations)).map(|one| number::plain(one.normalize()))
}

/// The cycle day, `later` days after the run's first: the numbering may have no day 0.
fn day(row: &DoseRow, run: &RunRow, from: Date, later: i32) -> i32 {
    let through = calendar::read(&run.through).unwrap_or(from);
    let no_zero = run.through_day.saturating_sub(row.day) == calendar::days_between(from, through).saturating_add(1);
    let plain = row.day.saturating_add(later);
    if no_zero && row.day < 0 && plain >= 0 { plain.saturating_add(1) } else { plain }
}
