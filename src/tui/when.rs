//! Dates as people type them: `7dec`, `+4`, `mon`, `today`, and the two full forms. What was read is
//! always shown in full, with the weekday and how far away it is.

use crate::calendar::{self, Date, days_between, plus_days};
use crate::quantity::QuantityError;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Reads a date. A day and month without a year is the one nearest to today; a weekday is the next
/// one after today.
pub fn read(text: &str, today: Date) -> Result<Date, QuantityError> {
    let word = text.trim().to_ascii_lowercase();
    let short = match word.as_str() {
        "today" => Some(today),
        "tomorrow" => plus_days(today, 1),
        "yesterday" => plus_days(today, -1),
        _ => relative(&word, today)
            .or_else(|| weekday(&word, today))
            .or_else(|| day_and_month(&word, today))
            .or_else(|| day_and_month(&month_first(&word)?, today))
            .or_else(|| year_first(&word)),
    };
    match short {
        Some(date) => Ok(date),
        None => calendar::read(text).map_err(|error| QuantityError {
            right: "07-Dec-2026, 2026-12-07, 7dec, +4 (days from today) or mon (next Monday)".to_owned(),
            wrong: no_day(&word).map_or(error.wrong, ToOwned::to_owned),
            ..error
        }),
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
    let wanted = calendar::read_weekday(word)?;
    (1..=7).filter_map(|days| plus_days(today, days)).find(|date| date.weekday() == wanted)
}

/// A day that the months do not have, such as `31feb`: a day and a month were meant.
fn no_day(word: &str) -> Option<&'static str> {
    let (day, month, year) = spelt(word).or_else(|| spelt(&month_first(word)?))?;
    let leap = year.is_none() && Date::new(2024, month, day).is_ok();
    Some(if leap { "is no day of this year or the years beside it" } else { "is not a day of the calendar" })
}

fn day_and_month(word: &str, today: Date) -> Option<Date> {
    let (day, month, year) = spelt(word)?;
    match year {
        None => nearest(day, month, today),
        Some(year) => Date::new(year, month, day).ok().filter(|date| date.year() >= 1900),
    }
}

/// Day, month and, where it is typed, year of `7dec` or `7dec2026`.
fn spelt(word: &str) -> Option<(i8, i8, Option<i16>)> {
    let compact: String = word.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = compact.bytes().take_while(u8::is_ascii_digit).count();
    let day: i8 = compact.get(..digits)?.parse().ok()?;
    let rest = compact.get(digits..)?;
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let month = MONTHS.iter().position(|name| letters >= 3 && rest.get(..3) == Some(name))?;
    let month = i8::try_from(month + 1).ok()?;
    match rest.get(letters..)? {
        "" => Some((day, month, None)),
        year if year.len() == 4 => Some((day, month, Some(year.parse().ok()?))),
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

/// `2026/12/07`: with the year in front it is one day only.
fn year_first(word: &str) -> Option<Date> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4).then(|| calendar::read(&word.replace(['/', '.'], "-")).ok()).flatten()
}

fn nearest(day: i8, month: i8, today: Date) -> Option<Date> {
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let dates = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    dates.min_by_key(|date| days_between(today, *date).abs())
}

/// `Monday 07-Dec-2026, in 16 days`.
pub fn echo(date: Date, today: Date) -> String {
    let away = match days_between(today, date) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    };
    format!("{} {}, {away}", calendar::weekday(date), calendar::print(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_dates_are_read_from_today() {
        let today = calendar::read("2026-11-21").unwrap(); // a Saturday
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
            ("2026.12.07", "2026-12-07"),
            ("2026-12-07", "2026-12-07"),
            ("07-Dec-2026", "2026-12-07"),
        ] {
            assert_eq!(calendar::iso(read(typed, today).expect(typed)), iso, "{typed}");
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
        ] {
            let error = read(typed, today).expect_err(typed).to_string();
            assert!(error.contains("7dec"), "{error}");
        }
    }

    #[test]
    fn a_day_that_no_month_has_is_told_as_such() {
        let today = calendar::read("2026-11-21").unwrap();
        for (typed, wrong) in [
            ("31feb", "not a day of the calendar"),
            ("feb 31", "not a day of the calendar"),
            ("31jun2027", "not a day of the calendar"),
            ("29feb2027", "not a day of the calendar"),
            ("31-Feb-2027", "not a day of the calendar"),
            ("29feb", "no day of this year or the years beside it"), // none of 2025, 2026 and 2027 is a leap year
            ("dec", "no date"),
            ("7dec26", "no date"),
        ] {
            let error = read(typed, today).expect_err(typed).to_string();
            assert!(error.contains(wrong), "{typed}: {error}");
        }
    }

    #[test]
    fn the_echo_leaves_no_doubt() {
        let today = calendar::read("2026-11-21").unwrap();
        assert_eq!(echo(calendar::read("2026-12-07").unwrap(), today), "Monday 07-Dec-2026, in 16 days");
        assert_eq!(echo(calendar::read("2026-11-20").unwrap(), today), "Friday 20-Nov-2026, yesterday");
    }
}
