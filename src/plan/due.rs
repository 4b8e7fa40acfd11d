//! How a plan stands on a day: what is due, overdue, out of its window, or waits for a weight.

use crate::calendar::{Date, days_between};
use crate::course::Course;
use crate::quantity::Basis;

use super::{Administration, AdministrationState, Plan, PlannedCycle};

/// A weight older than this many days is stale when a dose is given (SAFETY, rule 7).
pub const STALE_DAYS: i32 = 7;

/// How an administration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueStatus {
    /// Its last allowed day has passed.
    OutOfWindow,
    /// Its planned day has passed, and its window has not (or is not known).
    Overdue,
    /// Held: its date is open.
    Held,
    /// Its planned day is today, or within the days asked for.
    Due,
}

impl DueStatus {
    /// The words.
    pub fn words(self) -> &'static str {
        match self {
            DueStatus::OutOfWindow => "out of window",
            DueStatus::Overdue => "overdue",
            DueStatus::Held => "held",
            DueStatus::Due => "due",
        }
    }
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Due<'a> {
    /// The administration.
    pub one: &'a Administration,
    /// How it stands.
    pub status: DueStatus,
    /// Days by which the newest weight will be too old on the day of the dose (or is today, where that
    /// day has passed); `None` where the dose needs no weight or the weight is fresh.
    pub stale: Option<i32>,
}

/// What waits on a day, looking ahead some days. Of the cycles nobody has begun only the next is looked at as
/// overdue: what comes after it moves with it. After a stop nothing waits any more.
pub fn due<'a>(plan: &'a Plan, course: &Course, today: Date, within: i32) -> Vec<Due<'a>> {
    let mut all = Vec::new();
    if course.stopped.as_ref().is_some_and(|(on, _)| *on <= today) {
        return all;
    }
    let next = next(plan, course);
    for one in &plan.administrations {
        let passed = one.state == AdministrationState::Projected && one.date < today;
        let later = || next.is_some_and(|next| place(plan, one).is_some_and(|place| place > next));
        if passed && later() {
            continue;
        }
        // Doses that were counted as taken wait for nobody.
        let open = !course.taken.contains_key(&one.key);
        if let Some(status) = status(one, today, within).filter(|_| open) {
            all.push(Due { one, status, stale: stale(one, course, today) });
        }
    }
    all
}

/// The place of the cycle after the last of which anything is on record.
fn next(plan: &Plan, course: &Course) -> Option<usize> {
    let recorded = || course.recorded.keys().chain(course.taken.keys());
    let begun = |cycle: &PlannedCycle| recorded().any(|key| key.phase == cycle.phase_id && key.cycle == cycle.number);
    let last = plan.cycles.iter().rposition(begun);
    last.map_or(Some(0), |last| last.checked_add(1))
}

/// The place of its cycle.
fn place(plan: &Plan, one: &Administration) -> Option<usize> {
    plan.cycles.iter().position(|cycle| (cycle.phase, cycle.number) == (one.phase, one.key.cycle))
}

fn status(one: &Administration, today: Date, within: i32) -> Option<DueStatus> {
    match one.state {
        AdministrationState::Held(_) => return Some(DueStatus::Held),
        AdministrationState::Projected => {}
        AdministrationState::Given | AdministrationState::Omitted(_) => return None,
    }
    // A run at home is due when it begins, and overdue only when all of it has passed.
    let last = one.run.as_ref().map_or(one.date, |run| run.through);
    let ahead = days_between(today, one.date);
    if ahead > within {
        return None;
    }
    if ahead >= 0 {
        return Some(DueStatus::Due);
    }
    let latest = one.window.map(|window| window.latest.max(last));
    if latest.is_some_and(|latest| latest < today) {
        return Some(DueStatus::OutOfWindow);
    }
    Some(DueStatus::Overdue)
}

fn stale(one: &Administration, course: &Course, today: Date) -> Option<i32> {
    if one.dose.per.basis == Basis::Flat {
        return None;
    }
    let newest = course.measurements.iter().filter(|one| one.weight.is_some()).map(|one| one.on).max();
    let measured = newest.or(course.subject.measured).unwrap_or(course.start);
    let age = days_between(measured, one.date.max(today));
    (age > STALE_DAYS).then_some(age)
}
