//! The days on which a site does not treat.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::finding::Grades;
use crate::quantity::Amount;

use super::date::weekday;

/// Weekdays and single days on which the clinic is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closures {
    /// Weekdays that are always closed.
    pub weekdays: Vec<Weekday>,
    /// Single days, each with its name.
    pub days: BTreeMap<Date, String>,
    /// Days that are open although their weekday is closed, each with the reason.
    pub opened: BTreeMap<Date, String>,
}

impl Closures {
    /// Whether a day is closed by its weekday alone.
    pub fn by_weekday_alone(&self) -> bool {
        self.days.is_empty() && self.opened.is_empty()
    }

    /// Saturdays and Sundays.
    pub fn weekends() -> Self {
        Self { weekdays: vec![Weekday::Saturday, Weekday::Sunday], ..Self::default() }
    }

    /// Why the day is closed, if it is: the holiday's name, or the weekday's.
    pub fn reason(&self, date: Date) -> Option<&str> {
        match self.days.get(&date) {
            Some(name) => Some(name),
            None if self.opened.contains_key(&date) => None,
            None => self.weekdays.contains(&date.weekday()).then(|| weekday(date)),
        }
    }
}

/// What a site adds to a regimen: its closures, and its word for every value a regimen leaves to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Site {
    /// Days without treatment.
    pub closures: Closures,
    /// Values for keys that a regimen sets to `"site"`, by key (`drug.over`, `body.bsa` …).
    pub values: BTreeMap<String, String>,
    /// The tablets that are supplied, by the drug's name in small letters; the largest strength first.
    pub tablets: BTreeMap<String, Vec<Amount>>,
    /// The grades that are raised here.
    pub grades: Grades,
}

impl Site {
    /// What it says of a file: what is supplied here and what is asked here says nothing of whether the file is right.
    #[must_use]
    pub fn of_the_file(&self) -> Self {
        Self { closures: self.closures.clone(), values: self.values.clone(), ..Self::default() }
    }

    /// A site of which nothing is known: closed at weekends, with no value of its own.
    pub fn unknown() -> Self {
        Self { closures: Closures::weekends(), ..Self::default() }
    }
}
