//! One grammar for every number a person types, one printer for every number a person reads.
//!
//! A number is digits, optionally a point and more digits; then optionally a space and a unit.
//! `70k`, `1,75`, `.5`, `1e2` and `7O` are refused with an example of what is right, because each of
//! them has been read as two different doses by two different people (ISMP list of error-prone
//! abbreviations, 2021).
//!
//! ```
//! use posology::quantity::number;
//! assert_eq!(number::print(number::parse("1250.50").unwrap()), "1,250.5");
//! assert!(number::parse(".5").is_err());
//! ```

use rust_decimal::Decimal;

use crate::writing::visible;

/// Why a typed quantity was refused: what was typed, what is wrong with it, what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{typed}\" {wrong}; write {right}")]
pub struct QuantityError {
    /// The text as typed.
    pub typed: String,
    /// What is wrong with it, as the rest of a sentence.
    pub wrong: String,
    /// What would be right.
    pub right: String,
}

impl QuantityError {
    /// Of a unit that is not among those a quantity is read in. One with a figure in it is two quantities run together, as
    /// `143lb170cm` is where a pasted row lost its tabs.
    pub fn unit(typed: &str, unit: &str, right: &str) -> Self {
        let behind = unit.trim_start_matches(|c: char| !c.is_ascii_digit());
        // `m2` and `10^9/L` are units, wherever they came from.
        let two = behind.bytes().take_while(u8::is_ascii_digit).count() > 1 && !behind.starts_with("10^");
        let wrong = if two {
            "holds two figures run together".to_owned()
        } else {
            format!("uses the unit \"{}\"", shown(unit))
        };
        Self::new(typed, wrong, right)
    }

    /// Puts the three parts together.
    pub fn new(typed: &str, wrong: impl Into<String>, right: impl Into<String>) -> Self {
        Self { typed: shown(typed), wrong: wrong.into(), right: right.into() }
    }
}

/// A typed text, shortened and with control characters made visible, safe to print in a message.
pub fn shown(typed: &str) -> String {
    let text: String = typed.chars().take(60).collect();
    let more = if typed.chars().nth(60).is_some() { "…" } else { "" };
    format!("{}{more}", visible(&text))
}

/// A number and the text of its unit (empty when none was typed).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The number.
    pub value: Decimal,
    /// The unit as typed, without the space before it.
    pub unit: &'a str,
}

/// Reads a bare number: digits, optionally a point and digits.
pub fn parse(text: &str) -> Result<Decimal, QuantityError> {
    let parts = split(text, "a number such as 65 or 65.5")?;
    if parts.unit.is_empty() {
        Ok(parts.value)
    } else {
        Err(QuantityError::new(text, "has letters behind the number", "the number alone, such as 65.5"))
    }
}

/// Reads a number and what follows it. `example` is what the message offers when the text is no number.
pub fn split<'a>(text: &'a str, example: &str) -> Result<Parts<'a>, QuantityError> {
    let refuse = |wrong: &str| Err(QuantityError::new(text, wrong, example));
    let trimmed = text.trim_matches(' ');
    if trimmed.is_empty() {
        return refuse("is empty");
    }
    if let Some(wrong) = telling_fault(trimmed) {
        return refuse(wrong);
    }
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return refuse("does not start with a number");
    }
    let mut end = digits;
    if trimmed[digits..].starts_with('.') {
        let decimals = trimmed[digits + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if decimals == 0 {
            return refuse("ends in a bare decimal point");
        }
        end = digits + 1 + decimals;
    }
    let unit = trimmed[end..].trim_start_matches(' ');
    if unit.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return refuse("holds two numbers");
    }
    let Ok(value) = Decimal::from_str_exact(&trimmed[..end]) else {
        return refuse("has more digits than can be kept exactly");
    };
    Ok(Parts { value: value.normalize(), unit })
}

/// What is wrong with `<0.5`.
pub const BOUND: &str = "gives a bound, not a figure: what was found lies somewhere beyond it";

/// Faults that deserve their own words, found before the grammar is tried.
fn telling_fault(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let exponent = |(i, c): (usize, &u8)| {
        matches!(c, b'e' | b'E')
            && i > 0
            && bytes[i - 1].is_ascii_digit()
            && bytes.get(i + 1).is_some_and(|n| n.is_ascii_digit() || matches!(n, b'+' | b'-'))
    };
    if text.contains(['\n', '\r', '\t']) {
        return Some("holds a line break or a tab");
    }
    let other_digit = |c: char| c.is_numeric() && !c.is_ascii();
    if text.starts_with(other_digit) || text.contains(|c| matches!(c, '\u{ff10}'..='\u{ff19}')) {
        return Some("is written with full-width or other digits than 0 to 9");
    }
    if text.contains(',') {
        return Some("holds a comma, which some read as a decimal point and some as thousands");
    }
    if text.starts_with(['<', '>', '≤', '≥']) {
        return Some(BOUND);
    }
    if text.starts_with('.') {
        return Some("has no digit before the decimal point");
    }
    if text.starts_with('-') || text.starts_with('−') {
        return Some("is negative");
    }
    if text.starts_with('+') {
        return Some("starts with a plus sign");
    }
    if bytes.iter().enumerate().any(exponent) {
        return Some("is written with an exponent");
    }
    None
}

/// Prints a figure for people: no trailing zero, a zero before the point, a comma from 1,000.
pub fn print(value: Decimal) -> String {
    let plain = plain(value);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, ""), |(w, f)| (w, f));
    let mut grouped = String::with_capacity(plain.len() + 4);
    grouped.push_str(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(c);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// Figures with no more decimals than this are constants and measurements, shown whole.
const WHOLE: u32 = 10;

/// A figure as it stands in an expression: whole, or cut to six decimals (ten for a small one) with `…` behind.
pub fn figure(value: Decimal) -> String {
    let value = value.normalize();
    if value.scale() <= WHOLE {
        return print(value);
    }
    let places = if value.abs() < Decimal::new(1, 1) { WHOLE } else { 6 };
    format!("{}…", print(super::decimal::half_up(value, places)))
}

/// A result as it is read: six decimals, `…` where more follow.
pub fn result(value: Decimal) -> String {
    let cut = super::decimal::half_up(value, 6);
    if cut == value { print(value) } else { format!("{}…", print(cut)) }
}

/// Prints a figure for machines: no trailing zero, no grouping.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// How many of something, in words: `1 dose`, `2 doses`.
pub fn count(number: impl Into<u64>, one: &str) -> String {
    let number = number.into();
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// A figure before what it counts: `1 year`, `1.5 years`.
pub fn counted(figure: Decimal, one: &str) -> String {
    if figure == Decimal::ONE { format!("1 {one}") } else { format!("{} {one}s", print(figure)) }
}

/// A signed percentage, as differences are written, with a minus that is no hyphen: `+0.4 %`, `0 %`, `−3.8 %`.
pub fn percent(value: Decimal) -> String {
    let sign = match value.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    format!("{sign}{} %", print(value.abs()))
}
