//! The clock of a place: hours are counted on it where a treatment counts them. Clocks are put forward and back in between,
//! so a place may be named; without one every day has 24 hours.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

use crate::quantity::QuantityError;
use crate::quantity::number::shown;

use super::date::{days_between, iso, with_weekday};
use super::hour::{hour, read_hour};

const EXAMPLE: &str = "a time such as 08:00, or with its place \"08:00 America/New_York\"";

/// A clock time that comes back on every day of treatment, and whose clock it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    time: Time,
    zone: Option<TimeZone>,
}

/// A day and a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    time: Time,
}

impl Clock {
    /// Reads `08:00`, and `08:00 America/New_York`, a place as the IANA database names it.
    ///
    /// A pump of 46 hours, connected the day before New York puts its clocks forward:
    ///
    /// ```
    /// use posology::calendar::{self, Clock};
    /// let day = calendar::read("2027-03-13").unwrap();
    /// let plain = Clock::read("11:00").unwrap();
    /// assert_eq!(plain.later(plain.on(day), 46 * 60).unwrap().iso(), "2027-03-15T09:00");
    /// assert!(Clock::read("11").is_err() && Clock::read("25:00").is_err() && Clock::read("11:00 Nowhere/At_All").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let wrong = |what: &str| QuantityError::new(&shown(text), what, EXAMPLE);
        let (time, place) =
            text.trim().split_once(' ').map_or((text.trim(), None), |(time, place)| (time, Some(place)));
        let time = read_hour(time).map_err(|_| wrong("is not a time of the day"))?;
        let zone =
            place.map(|place| TimeZone::get(place.trim()).map_err(|_| wrong("names a place whose clock is not known")));
        Ok(Self { time, zone: zone.transpose()? })
    }

    /// That time on a day.
    pub fn on(&self, date: Date) -> Moment {
        Moment { date, time: self.time }
    }

    /// So many minutes later; `None` beyond the calendar.
    pub fn later(&self, from: Moment, minutes: i64) -> Option<Moment> {
        let Some(zone) = &self.zone else { return from.later(minutes) };
        let begins = from.date.to_datetime(from.time).to_zoned(zone.clone());
        let span = Span::new().try_minutes(minutes).ok()?;
        let ends = begins.and_then(|begins: Zoned| begins.checked_add(span)).ok()?.datetime();
        Some(Moment { date: ends.date(), time: ends.time() })
    }
}

impl Clock {
    /// Minutes that pass from one moment to another on this clock.
    ///
    /// New York puts its clocks forward on 14 March 2027: from noon to noon 23 hours pass.
    ///
    /// ```
    /// use posology::calendar::{self, Clock};
    /// let day = |text| calendar::read(text).unwrap();
    /// let (plain, there) = (Clock::read("12:00").unwrap(), Clock::read("12:00 America/New_York").unwrap());
    /// let (from, to) = (plain.on(day("2027-03-13")), plain.on(day("2027-03-14")));
    /// assert_eq!((plain.minutes(from, to), there.minutes(from, to)), (24 * 60, 23 * 60));
    /// ```
    pub fn minutes(&self, from: Moment, to: Moment) -> i64 {
        let second = |zone: &TimeZone, at: Moment| {
            let at = at.date.to_datetime(at.time).to_zoned(zone.clone()).ok()?;
            Some(at.timestamp().as_second())
        };
        let passed = self.zone.as_ref().and_then(|zone| Some(second(zone, to)? - second(zone, from)?));
        passed.map_or_else(|| from.minutes_to(to), |seconds| seconds / 60)
    }
}

impl std::fmt::Display for Clock {
    /// `08:00 America/New_York`, as it is read.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hour(self.time))?;
        self.zone.as_ref().and_then(TimeZone::iana_name).map_or(Ok(()), |place| write!(f, " {place}"))
    }
}

impl Moment {
    /// A time of a day.
    pub fn new(date: Date, time: Time) -> Self {
        Self { date, time }
    }

    /// So many minutes later where no clock is changed; `None` beyond the calendar.
    pub fn later(self, minutes: i64) -> Option<Moment> {
        let ends = self.date.to_datetime(self.time).checked_add(Span::new().try_minutes(minutes).ok()?).ok()?;
        Some(Moment { date: ends.date(), time: ends.time() })
    }

    /// 00:00 of a day.
    pub fn midnight(date: Date) -> Self {
        Self { date, time: Time::midnight() }
    }

    /// Minutes to another moment where no clock is changed.
    pub fn minutes_to(self, other: Moment) -> i64 {
        let days = i64::from(days_between(self.date, other.date));
        days * 24 * 60 + other.minutes() - self.minutes()
    }

    /// Minutes since the day began.
    pub fn minutes(self) -> i64 {
        i64::from(self.time.hour()) * 60 + i64::from(self.time.minute())
    }

    /// `10:00`
    pub fn time(self) -> String {
        hour(self.time)
    }

    /// `2027-03-15T10:00`, on the clock of its place.
    pub fn iso(self) -> String {
        format!("{}T{}", iso(self.date), self.time())
    }

    /// `10:00`, of another day than this `Mon 15-Mar-2027 10:00`.
    pub fn beside(self, day: Date) -> String {
        if self.date == day { self.time() } else { format!("{} {}", with_weekday(self.date), self.time()) }
    }
}
