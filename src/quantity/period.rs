//! Lengths of time as protocols write them: `90 minutes`, `14 days`, `6 weeks`, `24 months`.

use rust_decimal::Decimal;

use super::decimal;
use super::number::{self, QuantityError};

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum PeriodUnit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many.
    pub value: Decimal,
    /// Of what.
    pub unit: PeriodUnit,
}

const EXAMPLE: &str = "a number and its unit in words, such as \"90 minutes\", \"46 hours\" or \"14 days\"";

const NAMES: &[(PeriodUnit, &str, &str)] = &[
    (PeriodUnit::Minutes, "minutes", "minute"),
    (PeriodUnit::Hours, "hours", "hour"),
    (PeriodUnit::Days, "days", "day"),
    (PeriodUnit::Weeks, "weeks", "week"),
    (PeriodUnit::Months, "months", "month"),
    (PeriodUnit::Years, "years", "year"),
];

impl PeriodUnit {
    /// One of them: `hour`.
    pub fn one(self) -> &'static str {
        NAMES.iter().find(|(unit, _, _)| *unit == self).map_or("", |(_, _, one)| one)
    }
}

impl Period {
    /// A number of days.
    pub fn days(days: i32) -> Self {
        Self { value: Decimal::from(days), unit: PeriodUnit::Days }
    }

    /// Reads `14 days`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let parts = number::split(text, EXAMPLE)?;
        let unit = NAMES.iter().find(|(_, many, one)| parts.unit == *many || parts.unit == *one);
        match unit {
            Some((unit, _, _)) => Ok(Self { value: parts.value, unit: *unit }),
            None if parts.unit.is_empty() => Err(QuantityError::new(text, "has no unit of time", EXAMPLE)),
            None => Err(QuantityError::new(
                text,
                format!("uses \"{}\" as a unit of time", number::shown(parts.unit)),
                EXAMPLE,
            )),
        }
    }

    /// The whole number of days, where it is one (`2 weeks` is 14, `24 hours` is 1).
    pub fn whole_days(self) -> Option<i32> {
        let days = match self.unit {
            PeriodUnit::Days => self.value,
            PeriodUnit::Weeks => self.value.checked_mul(Decimal::from(7))?,
            PeriodUnit::Hours => self.value.checked_div(Decimal::from(24))?,
            PeriodUnit::Minutes | PeriodUnit::Months | PeriodUnit::Years => return None,
        };
        decimal::whole(days)
    }

    /// The same length in minutes, or in months where its days are not counted: `90 minutes` and `1.5 hours` are one.
    #[must_use]
    pub fn plain(self) -> Self {
        let months = || match self.unit {
            PeriodUnit::Years => self.value.checked_mul(Decimal::from(12)),
            _ => None,
        };
        let minutes = self.minutes().map(|value| Self { value, unit: PeriodUnit::Minutes });
        minutes.or_else(|| Some(Self { value: months()?, unit: PeriodUnit::Months })).unwrap_or(self)
    }

    /// The length in minutes, where it is exact.
    pub fn minutes(self) -> Option<Decimal> {
        let each = match self.unit {
            PeriodUnit::Minutes => 1,
            PeriodUnit::Hours => 60,
            PeriodUnit::Days => 24 * 60,
            PeriodUnit::Weeks => 7 * 24 * 60,
            PeriodUnit::Months | PeriodUnit::Years => return None,
        };
        self.value.checked_mul(Decimal::from(each))
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = NAMES.iter().find(|(unit, _, _)| *unit == self.unit);
        let (many, one) = name.map_or(("", ""), |(_, many, one)| (*many, *one));
        let word = if self.value == Decimal::ONE { one } else { many };
        write!(f, "{} {word}", number::print(self.value))
    }
}
