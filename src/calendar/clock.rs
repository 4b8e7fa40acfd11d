//! The clock of a place: hours are counted on it where a treatment counts them. Clocks are put forward and back in between,
//! so a place may be named; without one every day has 24 hours.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};

use crate::quantity::QuantityError;
use crate::quantity::number::shown;

use super::date::{iso, with_weekday};

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
        let (hour, minute) = time.split_once(':').ok_or_else(|| wrong("is not a time"))?;
        let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
            return Err(wrong("is not a time"));
        }
        let time = hour.parse().ok().zip(minute.parse().ok());
        let time = time.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
        let time = time.ok_or_else(|| wrong("is not a time of the day"))?;
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
        let span = Span::new().try_minutes(minutes).ok()?;
        let begins = from.date.to_datetime(from.time);
        let ends = match &self.zone {
            Some(zone) => {
                begins.to_zoned(zone.clone()).and_then(|begins: Zoned| begins.checked_add(span)).ok()?.datetime()
            }
            None => begins.checked_add(span).ok()?,
        };
        Some(Moment { date: ends.date(), time: ends.time() })
    }
}

impl std::fmt::Display for Clock {
    /// `08:00 America/New_York`, as it is read.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hands(self.time))?;
        self.zone.as_ref().and_then(TimeZone::iana_name).map_or(Ok(()), |place| write!(f, " {place}"))
    }
}

impl Moment {
    /// `10:00`
    pub fn time(self) -> String {
        hands(self.time)
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

fn hands(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
