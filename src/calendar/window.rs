//! Cycle days and the room around them.

use jiff::civil::Date;

use super::date::plus_days;

/// How the days of a cycle are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayCount {
    /// Day 1 is the first treatment day and day -1 the day before it; there is no day 0.
    FromOne,
    /// Day 0 is a named event; day 1 is the day after it and day -1 the day before it.
    AroundZero,
}

impl DayCount {
    /// The date of `day`, where `anchor` is day 1 (or day 0, around an event). `None` for a day 0 that
    /// does not exist, and beyond the calendar.
    pub fn date(self, anchor: Date, day: i32) -> Option<Date> {
        match (self, day) {
            (DayCount::FromOne, 0) => None,
            (DayCount::FromOne, 1..) => plus_days(anchor, day - 1),
            _ => plus_days(anchor, day),
        }
    }

    /// The day so many days after another; there is no day 0 unless an event names it.
    pub fn later(self, day: i32, days: i32) -> i32 {
        let offset = self.offset(day).saturating_add(days);
        if self == DayCount::FromOne && offset >= 0 { offset.saturating_add(1) } else { offset }
    }

    /// How many days `day` lies after the anchor.
    pub fn offset(self, day: i32) -> i32 {
        match self {
            DayCount::FromOne if day > 0 => day - 1,
            _ => day,
        }
    }
}

/// The first and the last day on which something may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub earliest: Date,
    /// Last day.
    pub latest: Date,
}

impl Window {
    /// No room: the day itself.
    pub fn exact(date: Date) -> Self {
        Self { earliest: date, latest: date }
    }

    /// `early` days before to `late` days after.
    pub fn around(date: Date, early: i32, late: i32) -> Option<Self> {
        Some(Self { earliest: plus_days(date, -early)?, latest: plus_days(date, late)? })
    }

    /// Whether the day lies in the window, both ends included.
    pub fn holds(self, date: Date) -> bool {
        self.earliest <= date && date <= self.latest
    }
}
