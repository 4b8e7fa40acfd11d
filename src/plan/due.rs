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

/// An administration of which nothing is recorded, with all that how it stands on a day rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Its planned day.
    pub date: Date,
    /// Behind this day it is overdue. A run at home is due when it begins, and overdue only when all of it has passed; a
    /// dose that was put outside its window, when that day has passed.
    pub latest: Date,
    /// Its day lies outside its window.
    pub outside: bool,
    /// It is held: its date is open.
    pub held: bool,
    /// The day of the newest weight, where the dose is made from a size.
    pub weighed: Option<Date>,
}

impl Open {
    /// Of an administration, where nothing is recorded of it.
    fn of(one: &Administration, weighed: Date) -> Option<Self> {
        let held = match one.state {
            AdministrationState::Held(_) => true,
            AdministrationState::Projected => false,
            AdministrationState::Given | AdministrationState::Omitted(_) => return None,
        };
        let last = one.run.as_ref().map_or(one.date, |run| run.through);
        Some(Self {
            date: one.date,
            latest: one.window.map_or(last, |window| window.latest.max(last)),
            outside: one.window.is_some_and(|window| !window.holds(one.date)),
            held,
            weighed: (one.dose.per.basis != Basis::Flat).then_some(weighed),
        })
    }

    /// How it stands on a day, looking ahead some days; `None` while it does not wait yet.
    pub fn status(&self, today: Date, within: i32) -> Option<DueStatus> {
        if self.held {
            return Some(DueStatus::Held);
        }
        if days_between(today, self.date) > within {
            return None;
        }
        Some(match days_between(self.latest, today) {
            late if late > 0 => DueStatus::Overdue(late),
            _ if self.outside => DueStatus::OutOfWindow,
            _ => DueStatus::Due,
        })
    }

    /// Days by which the newest weight will be too old on the day of the dose, or is on a day behind it.
    pub fn stale(&self, today: Date) -> Option<i32> {
        let age = days_between(self.weighed?, self.date.max(today));
        (age > STALE_DAYS).then_some(age)
    }
}

/// Every administration of which nothing is recorded. Doses that were counted as taken wait for nobody.
pub fn open<'a>(plan: &'a Plan, course: &'a Course) -> impl Iterator<Item = (&'a Administration, Open)> {
    let newest = course.measurements.iter().filter(|one| one.weight.is_some()).map(|one| one.on).max();
    let weighed = newest.or(course.subject.measured).unwrap_or(course.start);
    let waits = plan.administrations.iter().filter(|one| !course.taken.contains_key(&one.key));
    waits.filter_map(move |one| Some((one, Open::of(one, weighed)?)))
}

/// The delay of the cycle of an administration, where one is recorded.
pub fn delay_of<'a>(course: &'a Course, one: &Administration) -> Option<&'a Delay> {
    course.delays.get(&(one.key.phase.clone(), one.key.cycle))
}

/// What waits on a day, looking ahead some days. No cycle is skipped: what nobody recorded was perhaps given. After a stop
/// nothing waits any more.
pub fn due<'a>(plan: &'a Plan, course: &'a Course, today: Date, within: i32) -> Vec<Due<'a>> {
    if course.stopped.as_ref().is_some_and(|(on, _)| *on <= today) {
        return Vec::new();
    }
    let waits = open(plan, course).filter_map(|(one, open)| {
        let status = open.status(today, within)?;
        Some(Due { one, status, delay: delay_of(course, one), stale: open.stale(today) })
    });
    waits.collect()
}
