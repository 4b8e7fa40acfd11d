//! Age: completed years, and of a young child months or days.
//!
//! `46` is 46 completed years, which may be a day more or nearly a year more; `4mo` and `12 d` are as exact. What depends on
//! the months of a child asks for both ends ([`Age::months`]).
//!
//! ```
//! use posology::quantity::Age;
//! assert_eq!(Age::read("4mo").unwrap().to_string(), "4 months");
//! assert_eq!(Age::read("2 weeks").unwrap().to_string(), "14 days");
//! assert!(Age::read("4 mm").is_err());
//! ```

use std::fmt;

use rust_decimal::Decimal;

use super::number::{self, QuantityError};

/// Days in a month on average: 365.25 ÷ 12.
const DAYS_A_MONTH: Decimal = Decimal::from_parts(304_375, 0, 0, false, 4);
const DAYS_A_YEAR: Decimal = Decimal::from_parts(36_525, 0, 0, false, 2);
const MONTHS_A_YEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
const EXAMPLE: &str = "completed years such as 46; of a young child 4mo or 12 d";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Years,
    Months,
    Days,
}

/// An age, as exact as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    figure: Decimal,
    unit: Unit,
}

impl Age {
    /// The unit of its figure.
    pub const UNIT: &'static str = "years";

    /// An age in years; completed years unless it has a fraction.
    pub const fn new(years: Decimal) -> Self {
        Self { figure: years, unit: Unit::Years }
    }

    /// Completed months.
    pub const fn of_months(months: Decimal) -> Self {
        Self { figure: months, unit: Unit::Months }
    }

    /// Days.
    pub const fn of_days(days: Decimal) -> Self {
        Self { figure: days, unit: Unit::Days }
    }

    /// In years.
    pub fn value(self) -> Decimal {
        let by = match self.unit {
            Unit::Years => return self.figure,
            Unit::Months => MONTHS_A_YEAR,
            Unit::Days => DAYS_A_YEAR,
        };
        self.figure.checked_div(by).unwrap_or(self.figure)
    }

    /// The least and the most months it can be, `days` after it was told.
    pub fn months(self, days: i32) -> Option<(Decimal, Decimal)> {
        let since = Decimal::from(days).checked_div(DAYS_A_MONTH)?;
        let (least, width) = match self.unit {
            Unit::Years => {
                let whole = self.figure.fract().is_zero();
                (self.figure.checked_mul(MONTHS_A_YEAR)?, if whole { MONTHS_A_YEAR } else { Decimal::ZERO })
            }
            Unit::Months => (self.figure, Decimal::ONE),
            Unit::Days => (self.figure.checked_div(DAYS_A_MONTH)?, Decimal::ZERO),
        };
        let least = least.checked_add(since)?;
        Some((least, least.checked_add(width)?))
    }

    /// Reads completed years, `46` or `46 years`; of a young child `4mo`, `3 weeks` or `12 d`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let parts = number::split(text, EXAMPLE)?;
        Ok(match parts.unit.trim().to_ascii_lowercase().as_str() {
            "" | "years" | "year" | "yr" | "yrs" | "y" => Self::new(parts.value),
            "months" | "month" | "mo" | "mos" => Self::of_months(parts.value),
            "weeks" | "week" | "wk" | "wks" | "w" => {
                let days = parts.value.checked_mul(Decimal::from(7));
                Self::of_days(days.ok_or_else(|| QuantityError::new(text, "is too large", EXAMPLE))?)
            }
            "days" | "day" | "d" => Self::of_days(parts.value),
            "m" => return Err(QuantityError::new(text, "may be months or minutes", "months as 4mo")),
            _ => return Err(QuantityError::new(text, "is not an age", EXAMPLE)),
        })
    }

    /// Reads the age of a child born early, counted from the day it was due: `2mo`, or `-6w` before that day.
    pub fn read_corrected(text: &str) -> Result<Self, QuantityError> {
        let before = text.trim().strip_prefix(['-', '−']);
        let age = Self::read(before.unwrap_or(text))?;
        let figure = if before.is_some() { Decimal::ZERO.checked_sub(age.figure) } else { Some(age.figure) };
        figure.map(|figure| Self { figure, ..age }).ok_or_else(|| QuantityError::new(text, "is too large", EXAMPLE))
    }

    /// The text that [`Age::read`] makes the same age of.
    pub fn write(self) -> String {
        match self.unit {
            Unit::Years => number::plain(self.figure),
            Unit::Months => format!("{} months", number::plain(self.figure)),
            Unit::Days => format!("{} days", number::plain(self.figure)),
        }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.figure == Decimal::ONE;
        let unit = match (self.unit, one) {
            (Unit::Years, true) => "year",
            (Unit::Years, false) => "years",
            (Unit::Months, true) => "month",
            (Unit::Months, false) => "months",
            (Unit::Days, true) => "day",
            (Unit::Days, false) => "days",
        };
        write!(f, "{} {unit}", number::print(self.figure))
    }
}
