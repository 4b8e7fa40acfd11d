//! Days that no calendar holds.

use crate::calendar::{self, Date, DayCount, Window};
use crate::finding::{Field, Finding};
use crate::quantity::Period;

/// A day beyond the calendar, by what it was counted from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("The plan reaches beyond the calendar, to {0}; start earlier or plan a shorter time.")]
pub(super) struct BeyondCalendar(String);

impl From<BeyondCalendar> for Vec<Finding> {
    fn from(error: BeyondCalendar) -> Self {
        vec![Finding::block(super::codes::DATE_RANGE, error.to_string()).field(Field::Start)]
    }
}

fn beyond(after: impl std::fmt::Display, date: Date) -> BeyondCalendar {
    BeyondCalendar(format!("{after} after {}", calendar::print(date)))
}

/// The day so many days later.
pub(super) fn later(date: Date, days: i32) -> Result<Date, BeyondCalendar> {
    calendar::plus_days(date, days).ok_or_else(|| beyond(format_args!("{days} days"), date))
}

/// The day a whole period later.
pub(super) fn later_by(date: Date, period: Period) -> Result<Date, BeyondCalendar> {
    calendar::plus(date, period).ok_or_else(|| beyond(period, date))
}

/// A day of a cycle with this day 1, or day 0.
pub(super) fn cycle_day(count: DayCount, day_1: Date, day: i32) -> Result<Date, BeyondCalendar> {
    count.date(day_1, day).ok_or_else(|| beyond(format_args!("day {day}, counted as day 1"), day_1))
}

/// A window around a day.
pub(super) fn around(date: Date, early: i32, late: i32) -> Result<Window, BeyondCalendar> {
    Ok(Window { earliest: later(date, early.saturating_neg())?, latest: later(date, late)? })
}

/// A window so many days later.
pub(super) fn moved(window: Window, days: i32) -> Result<Window, BeyondCalendar> {
    Ok(Window { earliest: later(window.earliest, days)?, latest: later(window.latest, days)? })
}
