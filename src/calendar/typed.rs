//! Dates as people type them: `7dec`, `+4`, `mon`, `today`, and the full forms. One reader for the terminal and the
//! command line.

use crate::quantity::{QuantityError, spelling};

use super::{Date, days_between, plus_days};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The month of a name, or of its first three letters or more.
fn month(name: &str) -> Option<usize> {
    MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(name)).map(|at| at + 1)
}

/// Reads a date. A day and month without a year is the one nearest to today; a weekday is the next
/// one after today.
pub fn typed(text: &str, today: Date) -> Result<Date, QuantityError> {
    let tidy = spelling::tidy(text);
    let word = tidy.trim().to_ascii_lowercase();
    let short = match word.as_str() {
        "today" => Some(today),
        "tomorrow" => plus_days(today, 1),
        "yesterday" => plus_days(today, -1),
        _ => relative(&word, today)
            .or_else(|| weekday(&word, today))
            .or_else(|| day_and_month(&word, today))
            .or_else(|| day_and_month(&month_first(&word)?, today)),
    };
    let right = "07-Dec-2026, 2026-12-07, 7dec, +4 (days from today) or mon (next Monday)";
    match short {
        Some(date) => Ok(date),
        None if names_no_day(&word) => Err(QuantityError::new(text, "is not a day of the calendar", right)),
        None => super::read(&tidy).map_err(|error| QuantityError { right: right.to_owned(), ..error }),
    }
}

fn relative(word: &str, today: Date) -> Option<Date> {
    let (sign, rest) = match word.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, word.strip_prefix('-')?),
    };
    let (digits, factor) = match rest.strip_suffix('w') {
        Some(digits) => (digits, 7),
        None => (rest.strip_suffix('d').unwrap_or(rest), 1),
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let count: i32 = digits.parse().ok().filter(|_| plain).filter(|count| (0..=4000).contains(count))?;
    plus_days(today, sign * count * factor)
}

fn weekday(word: &str, today: Date) -> Option<Date> {
    let wanted = super::read_weekday(word)?;
    (1..=7).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == wanted)
}

fn day_and_month(word: &str, today: Date) -> Option<Date> {
    let compact: String = word.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = compact.bytes().take_while(u8::is_ascii_digit).count();
    let day: i8 = compact.get(..digits)?.parse().ok()?;
    let rest = compact.get(digits..)?;
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = i8::try_from(month(rest.get(..letters)?)?).ok()?;
    match rest.get(letters..)? {
        "" => nearest(day, month, today),
        year if year.len() == 4 => Date::new(year.parse().ok()?, month, day).ok().filter(|date| date.year() >= 1900),
        _ => None,
    }
}

/// `dec 7` and `december 7, 2026` with the day in front.
fn month_first(word: &str) -> Option<String> {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (month, rest) = word.split_at_checked(letters).filter(|(month, _)| !month.is_empty())?;
    let rest = rest.replace(',', " ");
    let mut parts = rest.split([' ', '-']).filter(|part| !part.is_empty());
    let (day, year) = (parts.next()?, parts.next().unwrap_or(""));
    (day.len() <= 2 && parts.next().is_none()).then(|| format!("{day}{month}{year}"))
}

/// `31feb`, `0 dec`: a day and a month, and no such day in any year.
fn names_no_day(word: &str) -> bool {
    let compact: String = word.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = compact.bytes().take_while(u8::is_ascii_digit).count();
    let (day, month) = compact.split_at(digits);
    (1..=2).contains(&day.len()) && self::month(month).is_some()
}

fn nearest(day: i8, month: i8, today: Date) -> Option<Date> {
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| days_between(today, *date).abs())
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_dates_are_read_from_today() {
        let today = crate::calendar::read("2026-11-21").unwrap(); // a Saturday
        for (typed, iso) in [
            ("7dec", "2026-12-07"),
            ("7 Dec", "2026-12-07"),
            ("07-dec", "2026-12-07"),
            ("16nov", "2026-11-16"),
            ("3 jan", "2027-01-03"),
            ("+4", "2026-11-25"),
            ("+2w", "2026-12-05"),
            ("-3", "2026-11-18"),
            ("mon", "2026-11-23"),
            ("sat", "2026-11-28"),
            ("today", "2026-11-21"),
            ("7dec2027", "2027-12-07"),
            ("dec 7", "2026-12-07"),
            ("Dec7", "2026-12-07"),
            ("December 7, 2026", "2026-12-07"),
            ("2026/12/07", "2026-12-07"),
            ("2026-7-12", "2026-07-12"),
            ("2026.12.07", "2026-12-07"),
            ("2026-12-07", "2026-12-07"),
            ("07-Dec-2026", "2026-12-07"),
            ("20261207", "2026-12-07"),
            ("7\u{2011}Dec\u{2011}2026", "2026-12-07"),
            ("13/12/2026", "2026-12-13"),
            ("7sept", "2026-09-07"),
        ] {
            assert_eq!(crate::calendar::iso(super::typed(typed, today).expect(typed)), iso, "{typed}");
        }
        for typed in [
            "",
            "7",
            "7/12",
            "31feb",
            "7dec26",
            "m",
            "+",
            "++4",
            "decem",
            "0dec",
            "7.12.2026",
            "dec",
            "dec 2026",
            "7/12/2026",
            "2026/13/01",
            "7decvvvws",
            "7junk",
            "7mayor",
            "7 augmentin",
            "20261301",
            "07.12.26",
        ] {
            let error = super::typed(typed, today).expect_err(typed).to_string();
            assert!(error.contains("7dec"), "{error}");
        }
    }

    #[test]
    fn a_day_that_no_month_has_is_told() {
        let today = crate::calendar::read("2026-11-21").unwrap();
        for typed in ["31feb", "0dec", "31 apr"] {
            let error = super::typed(typed, today).unwrap_err().to_string();
            assert!(error.contains("is not a day of the calendar"), "{error}");
        }
    }
}
