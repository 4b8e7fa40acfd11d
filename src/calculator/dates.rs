//! Dates: so much later, the days between two, the window around one.

use crate::calendar::{self, Date, Window};
use crate::quantity::{Decimal, Period, PeriodUnit, QuantityError, decimal, number};

/// A length of time to add, once or several times: `14 days`, `8 × 14 days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// How often: the cycles.
    pub times: u32,
    /// How long each is.
    pub period: Period,
}

const ADDED: &str = "such as \"14 days\", \"3 weeks\", \"6 months\"; many times \"8 x 14 days\"";
/// More cycles than any course has.
const MOST: u32 = 500;

impl Added {
    /// Reads `14 days`, `14d`, `3w`, `6 months`, `8 x 14 days`; a minus takes away.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let wrong = |why: &str| QuantityError::new(text, why, ADDED);
        let plain = text.trim().to_lowercase().replace('×', "x").replace('−', "-");
        let (times, one) = match plain.split_once('x') {
            Some((times, one)) => {
                let times: u32 = times.trim().parse().map_err(|_| wrong("does not say how many times"))?;
                (times, one.trim())
            }
            None => (1, plain.as_str()),
        };
        if times == 0 || times > MOST {
            return Err(wrong("is not a length of time so many times"));
        }
        let (sign, one) =
            one.strip_prefix('-').map_or((Decimal::ONE, one), |rest| (Decimal::NEGATIVE_ONE, rest.trim()));
        let short = |letter: char, word: &str| {
            let digits = one.strip_suffix(letter)?.trim();
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{digits} {word}"))
        };
        let written = short('d', "days").or_else(|| short('w', "weeks")).unwrap_or_else(|| one.to_owned());
        let period = Period::read(&written).map_err(|error| QuantityError::new(text, error.wrong, ADDED))?;
        let whole = match period.unit {
            PeriodUnit::Months | PeriodUnit::Years => decimal::whole(period.value).is_some(),
            _ => period.whole_days().is_some(),
        };
        if !whole {
            return Err(wrong("is not a whole number of days"));
        }
        Ok(Self { times, period: Period { value: period.value * sign, ..period } })
    }

    /// Every day it comes to, from a day on; `None` beyond the calendar. Months are counted from the first day each time,
    /// so that the end of one month does not shorten all that follow.
    pub fn after(self, from: Date) -> Option<Vec<Date>> {
        let step = |nth: u32| {
            let value = self.period.value.checked_mul(Decimal::from(nth))?;
            calendar::plus(from, Period { value, ..self.period })
        };
        (1..=self.times).map(step).collect()
    }
}

impl std::fmt::Display for Added {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.times {
            1 => self.period.fmt(f),
            times => write!(f, "{times} × {}", self.period),
        }
    }
}

/// Days before and after a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Days early.
    pub early: i32,
    /// Days late.
    pub late: i32,
}

/// More days than any window has.
const WIDEST: i32 = 366;

impl Room {
    /// Reads `-1 +3`, `+3`, `0 3`, `3` (as many before as after).
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let right = "days early and late, such as \"-1 +3\"; \"+3\" is late alone, \"3\" before and after";
        let wrong = || QuantityError::new(text, "is not a window", right);
        let plain = text.replace('−', "-").replace(['±', ','], " ");
        let figures = plain.split_whitespace().map(|word| {
            let days: i32 = word.trim_start_matches(['+', '-']).parse().map_err(|_| wrong())?;
            if (0..=WIDEST).contains(&days) { Ok((word.chars().next(), days)) } else { Err(wrong()) }
        });
        let figures: Vec<(Option<char>, i32)> = figures.collect::<Result<_, _>>()?;
        match figures.as_slice() {
            [(Some('+'), late)] => Ok(Self { early: 0, late: *late }),
            [(Some('-'), early)] => Ok(Self { early: *early, late: 0 }),
            [(_, both)] => Ok(Self { early: *both, late: *both }),
            [(first, early), (second, late)] if *first != Some('+') && *second != Some('-') => {
                Ok(Self { early: *early, late: *late })
            }
            _ => Err(wrong()),
        }
    }

    /// The first and the last day around one.
    pub fn around(self, date: Date) -> Option<Window> {
        Window::around(date, self.early, self.late)
    }
}

/// `28 days (4 weeks)`, `30 days (4 weeks and 2 days)`; the later day is so many after the first.
pub fn between(from: Date, to: Date) -> String {
    let days = calendar::days_between(from, to);
    let whole = days.unsigned_abs();
    let (weeks, rest) = (whole / 7, whole % 7);
    let count = number::count(whole, "day");
    let words = match (weeks, rest) {
        (0, _) => String::new(),
        (weeks, 0) => format!(" ({})", number::count(weeks, "week")),
        (weeks, rest) => format!(" ({} and {})", number::count(weeks, "week"), number::count(rest, "day")),
    };
    let before = if days < 0 { " earlier" } else { "" };
    format!("{count}{before}{words}")
}
