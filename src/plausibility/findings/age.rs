//! The age of the subject, and of the measurements.

use super::super::codes as c;
use super::super::limits::Grade;
use super::beyond;
use crate::calendar::{self, Date};
use crate::finding::{Code, Field, Finding};
use crate::quantity::{Decimal, number};

fn age(years: Decimal) -> String {
    format!("An age of {}", number::counted(years, "year"))
}

pub(in crate::plausibility) fn child(years: Decimal) -> Finding {
    let text = format!("{} is below 18 years, and the regimen is for adults.", age(years));
    Finding::block(c::CHILD, text).field(Field::Age).help("check the date of birth, or use a regimen for children")
}

pub(in crate::plausibility) fn age_range(years: Decimal, grade: &Grade) -> Finding {
    beyond(c::AGE_RANGE, Field::Age, &age(years), years, grade)
}

/// A measurement that grows old.
#[derive(Debug, Clone, Copy)]
pub(in crate::plausibility) enum Aging {
    Weight,
    Creatinine,
}

impl Aging {
    fn parts(self) -> (Code, Field, &'static str) {
        match self {
            Aging::Weight => (c::WEIGHT_STALE, Field::Weight, "weight"),
            Aging::Creatinine => (c::CREATININE_STALE, Field::Creatinine, "creatinine"),
        }
    }

    fn aged(self, measured: Date, days: i32) -> String {
        format!("The {} of {}: its age of {days} days", self.parts().2, calendar::print(measured))
    }
}

pub(in crate::plausibility) fn measured_later(what: Aging, measured: Date, on: Date) -> Finding {
    let (_, field, word) = what.parts();
    let text = format!(
        "The {word} is dated {}, which is after the day it is used on, {}.",
        calendar::print(measured),
        calendar::print(on)
    );
    Finding::block(c::MEASURED_LATER, text).field(field).help("correct the day of the measurement")
}

/// Older than the table of limits accepts.
pub(in crate::plausibility) fn stale(what: Aging, measured: Date, days: i32, grade: &Grade) -> Finding {
    let (code, field, word) = what.parts();
    beyond(code, field, &what.aged(measured, days), days.into(), grade).help(format!("measure the {word} again"))
}

/// Older than the regimen accepts.
pub(in crate::plausibility) fn older_than_accepted(what: Aging, measured: Date, days: i32, most: i32) -> Finding {
    let (code, field, word) = what.parts();
    let text = format!("{} is above the {most} days the regimen accepts.", what.aged(measured, days));
    Finding::warn(code, text).field(field).help(format!("measure the {word} again"))
}
