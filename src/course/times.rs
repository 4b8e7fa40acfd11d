//! When a dose went in: the hour it was begun, and the hour, on a later day for a pump, it ended.

use serde::{Deserialize, Serialize};

use crate::calendar::{self, Date, Time};

use super::text;

/// The hours of a dose by the clock of the site; what nobody noted is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// When it was begun, on the day of the dose.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Time>,
    /// When it ended.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub stop: Option<Time>,
    /// The day on which it ended, where that is a later one.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub stop_on: Option<Date>,
}

/// An end as it is typed: an hour, behind its day where that is a later one.
pub type Stop = (Option<Date>, Time);

impl Times {
    /// Of a start and an end as they were typed.
    pub fn new(start: Option<Time>, stop: Option<Stop>) -> Self {
        Self { start, stop: stop.map(|(_, stop)| stop), stop_on: stop.and_then(|(on, _)| on) }
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.stop.is_none()
    }

    /// The day on which a dose of a day ended.
    pub fn last_day(&self, on: Date) -> Date {
        self.stop_on.unwrap_or(on)
    }

    /// Whether the end of a dose of a day comes before its start, or with it.
    pub fn run_backwards(&self, on: Date) -> bool {
        let Some(stop) = self.stop else { return false };
        (self.last_day(on), Some(stop)) <= (on, self.start) && (self.start.is_some() || self.last_day(on) < on)
    }

    /// Reads an end: `11:00`, or `09-Dec-2026 07:30` where it was on a later day.
    ///
    /// ```
    /// use posology::course::Times;
    /// assert!(Times::read_stop("11:00").unwrap().0.is_none());
    /// assert!(Times::read_stop("09-Dec-2026 07:30").unwrap().0.is_some());
    /// assert!(Times::read_stop("tomorrow").is_err());
    /// ```
    pub fn read_stop(text: &str) -> Result<Stop, String> {
        let text = text.trim();
        let told = |error: crate::quantity::QuantityError| error.to_string();
        match text.rsplit_once(' ') {
            Some((day, hour)) => {
                Ok((Some(calendar::read(day).map_err(told)?), calendar::read_hour(hour).map_err(told)?))
            }
            None => Ok((None, calendar::read_hour(text).map_err(told)?)),
        }
    }

    /// Both in one line, as they are shown: `09:30 to 11:00`, `09:30`, `to 09-Dec-2026 07:30`.
    ///
    /// ```
    /// use posology::course::Times;
    /// for text in ["09:30 to 11:00", "09:30 to 09-Dec-2026 07:30", "from 09:30", "to 11:00"] {
    ///     assert_eq!(Times::read(text).map(|times| times.to_string()), Ok(text.to_owned()));
    /// }
    /// assert_eq!(Times::read("9:30-11:00"), Times::read("09:30 to 11:00"));
    /// assert_eq!(Times::read("9:30"), Times::read("from 09:30"));
    /// assert!(Times::read("9").is_err() && Times::read("to").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let text = text.strip_prefix("from ").unwrap_or(text);
        // The hyphen between two hours, and none of those within a day.
        let hyphen = text.split_once(['-', '–']).filter(|(start, _)| calendar::read_hour(start).is_ok());
        let (start, stop) = match text.strip_prefix("to ") {
            Some(stop) => ("", Some(stop)),
            None => text.split_once(" to ").or(hyphen).map_or((text, None), |(start, stop)| (start, Some(stop))),
        };
        let start = Some(start).filter(|start| !start.is_empty()).map(calendar::read_hour).transpose();
        let stop = stop.map(Self::read_stop).transpose()?;
        Ok(Self::new(start.map_err(|error| error.to_string())?, stop))
    }

    /// Each under the name by which it is typed.
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let start = self.start.map(|start| ("start-time", calendar::hour(start)));
        start.into_iter().chain(self.end().map(|end| ("stop-time", end))).collect()
    }

    fn end(&self) -> Option<String> {
        let day = self.stop_on.map_or_else(String::new, |on| format!("{} ", calendar::print(on)));
        self.stop.map(|stop| format!("{day}{}", calendar::hour(stop)))
    }

    /// The same, with what another says where this one says nothing.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let (stop, stop_on) = if self.stop.is_some() { (self.stop, self.stop_on) } else { (other.stop, other.stop_on) };
        Self { start: self.start.or(other.start), stop, stop_on }
    }
}

impl std::fmt::Display for Times {
    /// `09:30 to 11:00`, `from 09:30`, `to 11:00`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.start.map(calendar::hour), self.end()) {
            (Some(start), Some(end)) => write!(f, "{start} to {end}"),
            (Some(start), None) => write!(f, "from {start}"),
            (None, Some(end)) => write!(f, "to {end}"),
            (None, None) => Ok(()),
        }
    }
}
