//! How a plan stands on a day: what is due, overdue, out of its window, or waits for a weight.

use crate::calendar::{Date, days_between};
use crate::course::{Course, Delay};
use crate::quantity::{Basis, number};

use super::{Administration, AdministrationState, Plan};

/// A weight older than this many days is stale when a dose is given (SAFETY, rule 7).
pub const STALE_DAYS: i32 = 7;

/// How an administration of which nothing is recorded stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueStatus {
    /// Its last allowed day has passed by so many days; without a known window, its planned day.
    Overdue(i32),
    /// A decision that the protocol does not require put it on a day outside its window.
    OutOfWindow,
    /// Held: its date is open.
    Held,
    /// Its planned day is today, within the days asked for, or has passed while its window is open.
    Due,
}

impl DueStatus {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            DueStatus::OutOfWindow => "out of window",
            DueStatus::Overdue(_) => "overdue",
            DueStatus::Held => "held",
            DueStatus::Due => "due",
        }
    }
}

impl std::fmt::Display for DueStatus {
    /// `overdue 3 days`, `due`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DueStatus::Overdue(days) => write!(f, "overdue {}", number::count(days.unsigned_abs(), "day")),
            other => f.write_str(other.word()),
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
    /// The delay of its cycle, where one is recorded.
    pub delay: Option<&'a Delay>,
    /// Days by which the newest weight will be too old on the day of the dose (or is today, where that
    /// day has passed); `None` where the dose needs no weight or the weight is fresh.
    pub stale: Option<i32>,
}

/// What waits on a day, looking ahead some days. No cycle is skipped: what nobody recorded was perhaps given. After a stop
/// nothing waits any more.
pub fn due<'a>(plan: &'a Plan, course: &'a Course, today: Date, within: i32) -> Vec<Due<'a>> {
    if course.stopped.as_ref().is_some_and(|(on, _)| *on <= today) {
        return Vec::new();
    }
    // Doses that were counted as taken wait for nobody.
    let open = plan.administrations.iter().filter(|one| !course.taken.contains_key(&one.key));
    let waits = open.filter_map(|one| {
        let status = status(one, today, within)?;
        let delay = course.delays.get(&(one.key.phase.clone(), one.key.cycle));
        Some(Due { one, status, delay, stale: stale(one, course, today) })
    });
    waits.collect()
}

fn status(one: &Administration, today: Date, within: i32) -> Option<DueStatus> {
    match one.state {
        AdministrationState::Held(_) => return Some(DueStatus::Held),
        AdministrationState::Projected => {}
        AdministrationState::Given | AdministrationState::Omitted(_) => return None,
    }
    if days_between(today, one.date) > within {
        return None;
    }
    // A run at home is due when it begins, and overdue only when all of it has passed; a dose that was put outside its
    // window, when that day has passed.
    let last = one.run.as_ref().map_or(one.date, |run| run.through);
    let latest = one.window.map_or(last, |window| window.latest.max(last));
    Some(match days_between(latest, today) {
        late if late > 0 => DueStatus::Overdue(late),
        _ if one.window.is_some_and(|window| !window.holds(one.date)) => DueStatus::OutOfWindow,
        _ => DueStatus::Due,
    })
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
