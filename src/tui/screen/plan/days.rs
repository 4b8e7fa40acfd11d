//! What stands on each day of a plan.

use std::collections::BTreeMap;

use crate::calendar::{Date, Window, days_between, plus_days};
use crate::plan::{Administration, AdministrationState, DoseState};
use crate::tui::session::Planned;

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Day {
    /// Cycle and day of the first thing on it.
    pub code: Option<(u32, i32)>,
    /// Whether it is certain to come.
    pub certain: bool,
    /// Rows of doses that begin.
    pub doses: Vec<usize>,
    /// Rows of infusions that end.
    pub ends: Vec<usize>,
    /// Rows of assessments.
    pub tests: Vec<usize>,
    /// Rows of runs at home that go on.
    pub runs: Vec<usize>,
    /// Something is taken at home on it.
    pub home: bool,
    /// In the window of another day.
    pub window: bool,
    /// Why the clinic is closed although something is planned.
    pub closed: Option<String>,
    /// How each of the doses that begin stands.
    states: Vec<DoseState>,
    /// What became of them: see [`mark`].
    pub mark: &'static str,
}

impl Day {
    /// Whether there is something to do.
    pub fn busy(&self) -> bool {
        !(self.doses.is_empty() && self.ends.is_empty() && self.tests.is_empty())
    }
}

impl Day {
    /// `?` behind what comes only if treatment goes on; nothing behind what is certain, and behind tests, whose days
    /// the plan does not divide so.
    pub fn maybe(&self) -> &'static str {
        let counted = !(self.doses.is_empty() && self.ends.is_empty());
        if counted && !self.certain { "?" } else { "" }
    }
}

/// The signs of what happened, as the views explain them.
pub const SIGNS: [&str; 4] = ["✓ given", "◐ in part", "‖ held", "× not given"];

/// The sign of what happened to the doses of a visit: ‖ one is held, ◐ one went in only in part or is still open beside one
/// that was given, ✓ given, × omitted or missed; nothing while all that is not given is still to come.
pub fn mark(states: &[DoseState]) -> &'static str {
    let any = |wanted: &[DoseState]| states.iter().any(|state| wanted.contains(state));
    let (given, open) = (any(&[DoseState::Given]), any(&[DoseState::Projected]));
    if any(&[DoseState::Held]) {
        "‖"
    } else if any(&[DoseState::Incomplete]) || (given && open) {
        "◐"
    } else if given {
        "✓"
    } else if !open && any(&[DoseState::Omitted, DoseState::Missed]) {
        "×"
    } else {
        ""
    }
}

/// The longest run or window that is followed day by day.
const LONGEST: i32 = 400;

/// Every day on which something stands.
pub fn days(planned: &Planned) -> BTreeMap<Date, Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (row, one) in planned.plan.administrations.iter().enumerate() {
        let day = days.entry(one.date).or_default();
        let own_day = planned.schedule.doses.get(row).map_or(one.key.day, |dose| dose.own_day);
        day.code.get_or_insert((one.key.cycle, own_day));
        day.certain |= one.certain;
        day.doses.push(row);
        day.closed = day.closed.take().or_else(|| one.closed.clone());
        day.states.push(planned.schedule.doses.get(row).map_or(DoseState::Projected, crate::present::DoseRow::state));
        if let Some(run) = &one.run {
            day.home = true;
            each(one.date, run.through, |date| {
                let day = days.entry(date).or_default();
                day.runs.push(row);
                day.home = true;
            });
        }
    }
    for (row, end) in planned.plan.ends.iter().enumerate() {
        let day = days.entry(end.date).or_default();
        day.code.get_or_insert((end.key.cycle, end.day));
        day.certain |= end.certain;
        day.ends.push(row);
        day.closed = day.closed.take().or_else(|| end.closed.clone());
    }
    for (row, test) in planned.plan.assessments.iter().enumerate() {
        let day = days.entry(test.date).or_default();
        day.tests.push(row);
        day.closed = day.closed.take().or_else(|| test.closed.clone());
    }
    windows(planned, &mut days);
    for day in days.values_mut() {
        day.mark = mark(&day.states);
    }
    days
}

/// Days after the first, through the last.
fn each(from: Date, through: Date, mut mark: impl FnMut(Date)) {
    let count = days_between(from, through).min(LONGEST);
    (1..=count).filter_map(|days| plus_days(from, days)).for_each(&mut mark);
}

fn windows(planned: &Planned, days: &mut BTreeMap<Date, Day>) {
    let cycles = planned.plan.cycles.iter().filter_map(|cycle| Some((cycle.planned, cycle.window?)));
    let doses = planned.plan.administrations.iter().filter_map(|one| Some((one.date, one.window?)));
    let mut all: Vec<(Date, Window)> = cycles.chain(doses).collect();
    all.dedup();
    for (on, window) in all {
        let count = days_between(window.earliest, window.latest).min(LONGEST);
        for date in (0..=count).filter_map(|days| plus_days(window.earliest, days)).filter(|date| *date != on) {
            days.entry(date).or_default().window = true;
        }
    }
}

/// The cycle in whose window a date lies: its number and window.
pub fn window_of(planned: &Planned, date: Date) -> Option<(u32, Window)> {
    planned.plan.cycles.iter().find_map(|cycle| {
        let window = cycle.window?;
        (window.holds(date) && date != cycle.actual).then_some((cycle.number, window))
    })
}

/// The day on which treatment ended, once it has, and why.
pub fn ended(planned: &Planned, today: Date) -> Option<(Date, &str)> {
    let (on, why) = planned.course.stopped.as_ref()?;
    (*on <= today).then_some((*on, why.as_str()))
}

/// Where a plan opens: on the next dose that is open; once treatment has ended nothing is, and it opens on that day.
pub fn first_open(planned: &Planned, today: Date) -> Date {
    let all = &planned.plan.administrations;
    let next = || all.iter().find(|one| one.state == AdministrationState::Projected).or(all.last());
    let ended = ended(planned, today).map(|(on, _)| on);
    ended.or_else(|| next().map(|one| one.date)).unwrap_or(today)
}

/// Days with something to do, in order. A dose that was open when treatment ended is not waited for any more.
pub fn busy(planned: &Planned, today: Date) -> Vec<Date> {
    let over = ended(planned, today).is_some();
    let waits = |one: &&Administration| !(over && one.state == AdministrationState::Projected);
    let mut dates: Vec<Date> = planned.plan.administrations.iter().filter(waits).map(|one| one.date).collect();
    dates.extend(planned.plan.ends.iter().map(|end| end.date));
    dates.extend(planned.plan.assessments.iter().map(|test| test.date));
    dates.sort_unstable();
    dates.dedup();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_is_given_only_when_nothing_of_it_is_open() {
        use DoseState::{Given, Held, Incomplete, Missed, Omitted, Projected};
        for (states, sign) in [
            (&[Given, Projected][..], "◐"),
            (&[Projected, Given], "◐"),
            (&[Given, Given], "✓"),
            (&[Given, Omitted], "✓"),
            (&[Given, Incomplete], "◐"),
            (&[Given, Held], "‖"),
            (&[Omitted, Missed], "×"),
            (&[Omitted, Projected], ""),
            (&[Projected], ""),
            (&[], ""),
        ] {
            assert_eq!(mark(states), sign, "{states:?}");
        }
    }
}
