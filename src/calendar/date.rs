//! Reading and printing dates, and the arithmetic of whole days.

use jiff::civil::{Date, Weekday};

use crate::quantity::number::shown;
use crate::quantity::{Period, PeriodUnit, QuantityError, decimal};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EXAMPLE: &str = "a date such as 2026-12-07 or 07-Dec-2026";

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// Reads `2026-12-07` (or `2026/12/7`, `20261207`: with the year in front it is one day only), `07-Dec-2026`, and `13/12/2026`,
/// which is one day however it is read. Everything else is refused: 03/04/2026 is two different days.
pub fn read(text: &str) -> Result<Date, QuantityError> {
    let text = text.trim_matches(' ');
    let separator = ['-', '/', '.'].into_iter().find(|separator| text.contains(*separator)).unwrap_or('-');
    let parts: Vec<&str> = text.split(separator).collect();
    let refuse = |wrong: &str| QuantityError::new(text, wrong, EXAMPLE);
    let short = |text: &str| digits(text, 1) || digits(text, 2);
    let (year, month, day) = match parts.as_slice() {
        // ISO 8601 without its hyphens, as HL7 and SDTM write it.
        [all] if digits(all, 8) => (&all[..4], number(&all[4..6]), &all[6..]),
        [y, m, d] if digits(y, 4) && short(m) && short(d) => (*y, number(m), *d),
        [d, m, y] if separator == '-' && digits(y, 4) && short(d) && named(m).is_some() => (*y, named(m), *d),
        [d, m, y] if digits(y, 2) && short(d) && (named(m).is_some() || short(m)) => {
            return Err(refuse("has a year of two digits"));
        }
        [first, second, y] if digits(y, 4) && short(first) && short(second) => {
            return one_way(text, (first, second), y);
        }
        _ if text.contains(['/', '.']) => {
            return Err(refuse("can be read as two different days"));
        }
        _ => return Err(refuse("is not a date")),
    };
    let built =
        (|| Date::new(number(year)?.try_into().ok()?, i8::try_from(month?).ok()?, number(day)?.try_into().ok()?).ok())(
        );
    let date = built.ok_or_else(|| QuantityError::new(&shown(text), "is not a day of the calendar", EXAMPLE))?;
    if (1900..=2200).contains(&date.year()) { Ok(date) } else { Err(refuse("lies outside the years 1900 to 2200")) }
}

/// `13/12/2026` is one day only; `07-12-2026` is the 7th of December to some, the 12th of July to others.
fn one_way(text: &str, (first, second): (&str, &str), year: &str) -> Result<Date, QuantityError> {
    let day = |day: &str, month: &str| {
        let part = |text: &str| text.parse::<i8>().ok();
        Date::new(year.parse().ok()?, part(month)?, part(day)?).ok()
    };
    let days = [day(first, second), day(second, first)];
    let days: Vec<Date> = days.into_iter().flatten().filter(|date| (1900..=2200).contains(&date.year())).collect();
    match days.as_slice() {
        [one, other] if one != other => {
            let wrong = format!("can be read as two different days, {} and {}", print(*one), print(*other));
            Err(QuantityError::new(text, wrong, EXAMPLE))
        }
        [one, ..] => Ok(*one),
        [] => Err(QuantityError::new(text, "is not a day of the calendar", EXAMPLE)),
    }
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}

fn number(text: &str) -> Option<u16> {
    text.parse().ok()
}

fn named(text: &str) -> Option<u16> {
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(text))?;
    u16::try_from(at + 1).ok()
}

/// `07-Dec-2026`
pub fn print(date: Date) -> String {
    format!("{:02}-{}-{:04}", date.day(), month_name(date.month()), date.year())
}

/// `07-Dec`
pub fn print_short(date: Date) -> String {
    format!("{:02}-{}", date.day(), month_name(date.month()))
}

/// `2026-12-07`
pub fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The days of the week, by name.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// `Monday`
pub fn weekday(date: Date) -> &'static str {
    WEEKDAYS.iter().find(|(_, day)| *day == date.weekday()).map_or("", |(name, _)| name)
}

/// A weekday by its name or the beginning of it, at least three letters; small and capital letters alike.
///
/// ```
/// use posology::calendar::{Weekday, read_weekday};
/// assert_eq!(read_weekday("thu"), Some(Weekday::Thursday));
/// assert_eq!(read_weekday("th"), None);
/// ```
pub fn read_weekday(word: &str) -> Option<Weekday> {
    let begins = |name: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    WEEKDAYS.iter().find(|(name, _)| word.len() >= 3 && begins(name)).map(|(_, day)| *day)
}

/// `Mon 07-Dec-2026`
pub fn with_weekday(date: Date) -> String {
    format!("{} {}", weekday(date).get(..3).unwrap_or(""), print(date))
}

/// The date a number of days later (or earlier); `None` beyond the calendar.
pub fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The date a whole period later: months and years keep the day of the month where it exists and fall
/// back to the month's last day. `None` for a period that is no whole number of days.
pub fn plus(date: Date, period: Period) -> Option<Date> {
    match period.unit {
        PeriodUnit::Months => date.checked_add(jiff::Span::new().try_months(decimal::whole(period.value)?).ok()?).ok(),
        PeriodUnit::Years => date.checked_add(jiff::Span::new().try_years(decimal::whole(period.value)?).ok()?).ok(),
        _ => plus_days(date, period.whole_days()?),
    }
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until((jiff::Unit::Day, to)).map_or(0, |span| span.get_days())
}

/// Completed years between a birth and a day. Someone born on 29 February completes a year on 1 March.
pub fn completed_years(born: Date, on: Date) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    i32::from(on.year()) - i32::from(born.year()) - i32::from(!had_birthday)
}

/// The day on which somebody completes a number of years; born on 29 February, on 1 March of a year without that day.
pub fn birthday(born: Date, years: i32) -> Option<Date> {
    let year = i16::try_from(i32::from(born.year()).checked_add(years)?).ok()?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// Completed months between a birth and a day; a month without that day is completed on the first of the next.
pub fn completed_months(born: Date, on: Date) -> i32 {
    let years = i32::from(on.year()) - i32::from(born.year());
    years * 12 + i32::from(on.month()) - i32::from(born.month()) - i32::from(on.day() < born.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ambiguous_dates_are_refused_with_a_reason() {
        for (typed, wrong) in [
            ("03/04/2026", "two different days, 03-Apr-2026 and 04-Mar-2026"),
            ("07-12-2026", "two different days, 07-Dec-2026 and 12-Jul-2026"),
            ("31/31/2026", "not a day of the calendar"),
            ("2026/13/01", "not a day of the calendar"),
            ("31-Feb-2026", "not a day of the calendar"),
            ("2026-02-31", "not a day of the calendar"),
            ("07-Dec-26", "two digits"),
            ("7.12.2026", "two different days, 07-Dec-2026 and 12-Jul-2026"),
            ("tomorrow", "is not a date"),
            ("", "is not a date"),
            ("0026-01-01", "outside the years"),
        ] {
            let error = read(typed).unwrap_err().to_string();
            assert!(error.contains(wrong), "{typed}: {error}");
            assert!(error.contains("2026"), "{error}");
        }
        for typed in ["2026/12/07", "2026.12.7", "2026-12-7"] {
            assert_eq!(read(typed).unwrap(), read("2026-12-07").unwrap(), "{typed}");
        }
        assert_eq!(read("7-dec-2026").unwrap(), read("2026-12-07").unwrap());
    }

    #[test]
    fn birthdays_count_completed_years() {
        let born = read("1980-02-29").unwrap();
        assert_eq!(completed_years(born, read("2026-02-28").unwrap()), 45);
        assert_eq!(completed_years(born, read("2026-03-01").unwrap()), 46);
        let born = read("2026-08-31").unwrap();
        for (day, months) in
            [("2026-08-31", 0), ("2026-09-30", 0), ("2026-10-01", 1), ("2027-08-30", 11), ("2027-08-31", 12)]
        {
            assert_eq!(completed_months(born, read(day).unwrap()), months, "{day}");
        }
    }

    #[test]
    fn months_keep_to_the_calendar() {
        let end = plus(read("2026-08-31").unwrap(), Period::read("6 months").unwrap()).unwrap();
        assert_eq!(iso(end), "2027-02-28");
    }
}
