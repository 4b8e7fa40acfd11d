//! A laboratory result: a figure with the unit the laboratory printed, or a multiple of its upper limit of normal.
//!
//! Units of one kind convert (`10^9/L`, `10^3/uL`, `/mm3`; `g/L`, `g/dL`). Mass and substance of one analyte
//! do not, except for creatinine: the factor is another for each analyte, and a rule says its own unit.
//!
//! ```
//! use posology::quantity::Measured;
//! let count = Measured::read("1500 /mm3").unwrap();
//! assert_eq!(count.in_unit("10^9/L").unwrap().to_string(), "1.5");
//! assert!(Measured::read("1.5").is_err());
//! ```

use rust_decimal::Decimal;

use super::number::{self, QuantityError};
use super::spelling;

/// A figure and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The figure.
    pub value: Decimal,
    /// The unit as [`Measured::units`] writes it.
    pub unit: &'static str,
}

/// The unit of a multiple of the upper limit of normal.
pub const ULN: &str = "x ULN";

struct Row {
    written: &'static str,
    also: &'static [&'static str],
    kind: u8,
    /// How many of the kind's first unit, as digits and decimals.
    factor: (i64, u32),
}

const fn row(written: &'static str, also: &'static [&'static str], kind: u8, factor: (i64, u32)) -> Row {
    Row { written, also, kind, factor }
}

const TABLE: &[Row] = &[
    // Giga particles a litre, as laboratories in German-speaking countries write it.
    row("10^9/L", &["G/L", "Gpt/L"], 0, (1, 0)),
    row("10^3/uL", &["10^3/mm3", "10^3/mm^3", "K/uL"], 0, (1, 0)),
    row("/mm3", &["cells/mm3", "/mm^3", "cells/mm^3", "/uL", "cells/uL"], 0, (1, 3)),
    row("g/L", &[], 1, (1, 0)),
    row("g/dL", &[], 1, (10, 0)),
    row("umol/L", &[], 2, (1, 0)),
    row("mmol/L", &[], 2, (1_000, 0)),
    row("mg/dL", &[], 3, (1, 0)),
    row("mg/L", &[], 3, (1, 1)),
    row("U/L", &["units/L", "IU/L"], 4, (1, 0)),
    // 1 U turns over 1 umol a minute, 1 ukat 1 umol a second (CGPM 1999, resolution 12).
    row("ukat/L", &[], 4, (60, 0)),
    row("%", &[], 5, (1, 0)),
    row(ULN, &["ULN"], 6, (1, 0)),
    row("mL/min", &["ml/min"], 7, (1, 0)),
    row("mmHg", &[], 8, (1, 0)),
    row("ms", &[], 9, (1, 0)),
    row("ng/mL", &[], 10, (1, 0)),
    row("days", &["day"], 11, (1, 0)),
    row("weeks", &["week"], 11, (7, 0)),
    row("g/24 h", &["g/day"], 12, (1, 0)),
    row("mU/L", &["mIU/L"], 13, (1, 0)),
];

/// What a result looks like.
pub(crate) const EXAMPLE: &str = "the value with its unit, such as \"0.9 10^9/L\", \"120 U/L\" or \"3 x ULN\"";

/// Why there is no figure, and what would be right: of a bound nothing that could be typed in its place.
fn no_figure(text: &str, wrong: String) -> QuantityError {
    let right = if wrong == number::BOUND { MEASURED } else { EXAMPLE };
    QuantityError::new(text, wrong, right)
}

/// The limit of a laboratory, typed as a figure, could fall on the wrong side of a rule.
const MEASURED: &str = "the figure that was measured; where the laboratory has none, read the rule by hand (posology \
                        regimen show)";

/// The unit behind a figure, or what is wrong with it.
fn unit_of(figure: &str, typed: &str) -> Result<&'static str, String> {
    let unit = spelling::plain(typed);
    if unit.is_empty() {
        return Err("has no unit".to_owned());
    }
    if unit.starts_with('^') {
        return Err(format!("has no space between the figure and its unit, or no figure before \"10{unit}\""));
    }
    let exponent = typed.strip_prefix(['e', 'E']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let unit = match exponent {
        // 110E9 is 110 x 10^9, or 1 and 10E9 without the space between.
        Some(_) if figure.ends_with("10") => return Err("is written with an exponent of two readings".to_owned()),
        Some(rest) => spelling::plain(&format!("10^{rest}")),
        None => unit,
    };
    let known = |row: &&Row| std::iter::once(&row.written).chain(row.also).any(|one| spelling::plain(one) == unit);
    let row = TABLE.iter().find(known).map(|row| row.written);
    row.ok_or_else(|| format!("uses the unit \"{}\"", number::shown(typed.trim())))
}

impl Measured {
    /// Every unit there is.
    pub fn units() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.written)
    }

    /// The units a result in this unit may also be in; a multiple of the upper limit may be in any.
    ///
    /// ```
    /// use posology::quantity::Measured;
    /// assert_eq!(Measured::units_like("U/L").collect::<Vec<_>>(), ["U/L", "ukat/L"]);
    /// ```
    pub fn units_like(unit: &str) -> impl Iterator<Item = &'static str> {
        let kind = TABLE.iter().find(|row| row.written == unit && row.written != ULN).map(|row| row.kind);
        TABLE.iter().filter(move |row| kind.is_none_or(|kind| kind == row.kind)).map(|row| row.written)
    }

    /// Reads `0.9 10^9/L`, `3 x ULN`; a value without a unit is refused.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let trimmed = text.trim_matches(' ');
        let end = trimmed.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(trimmed.len());
        let (figure, unit) = trimmed.split_at(end);
        // Whatever is wrong with the figure is told as for every other number.
        let whole = if figure.is_empty() { trimmed } else { figure };
        let value = number::parse(whole).map_err(|error| no_figure(text, error.wrong))?;
        match unit_of(figure, unit) {
            Ok(unit) => Ok(Self { value, unit }),
            Err(wrong) => Err(QuantityError::new(text, wrong, EXAMPLE)),
        }
    }

    /// The figure in another unit of its kind.
    pub fn in_unit(&self, unit: &str) -> Option<Decimal> {
        let from = TABLE.iter().find(|row| row.written == self.unit)?;
        let to = TABLE.iter().find(|row| row.written == unit).filter(|to| to.kind == from.kind)?;
        let factor = |row: &Row| Decimal::new(row.factor.0, row.factor.1);
        let value = self.value.checked_mul(factor(from))?.checked_div(factor(to))?;
        Some(value.normalize())
    }

    /// The same result of a test in the one unit in which results of its kind are compared.
    #[must_use]
    pub fn plain(&self, test: &str) -> Self {
        let kind = TABLE.iter().find(|row| row.written == self.unit).map(|row| row.kind);
        let base = TABLE.iter().find(|row| Some(row.kind) == kind).map(|row| row.written);
        let molar = self.in_unit_of("umol/L", test).map(|value| Self { value, unit: "umol/L" });
        let plain = || base.and_then(|unit| Some(Self { value: self.in_unit(unit)?, unit }));
        molar.or_else(plain).unwrap_or_else(|| self.clone())
    }

    /// Creatinine alone also converts between mass and substance.
    pub fn in_unit_of(&self, unit: &str, test: &str) -> Option<Decimal> {
        if let Some(value) = self.in_unit(unit) {
            return Some(value);
        }
        let factor = super::lab::UMOL_PER_MG_DL;
        match (test.to_lowercase().contains("creatinine"), self.unit, unit) {
            (true, "mg/dL", "umol/L") => self.value.checked_mul(factor).map(|value| value.normalize()),
            (true, "umol/L", "mg/dL") => self.value.checked_div(factor),
            _ => None,
        }
    }
}

impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", number::print(self.value), self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_convert_and_kinds_do_not_mix() {
        let read = |text: &str| Measured::read(text).unwrap();
        assert_eq!(read("0.9 10^9/L").in_unit("/mm3"), Some(Decimal::from(900)));
        assert_eq!(read("900 /uL").in_unit("10^9/L"), Some(Decimal::new(9, 1)));
        assert_eq!(read("9 g/dL").in_unit("g/L"), Some(Decimal::from(90)));
        assert_eq!(read("9 g/dL").in_unit("10^9/L"), None);
        assert_eq!(read("1 mg/dL").in_unit("umol/L"), None);
        assert_eq!(read("1 mg/dL").in_unit_of("umol/L", "creatinine"), Some(Decimal::new(884, 1)));
        assert_eq!(read("1 mg/dL").in_unit_of("umol/L", "bilirubin"), None);
        assert_eq!(read("2 weeks").in_unit("days"), Some(Decimal::from(14)));
        assert_eq!(read("3 x ULN").to_string(), "3 x ULN");
        // 1 ukat is 60 U: 0.7 x 60 = 42.
        assert_eq!(read("0.7 ukat/L").in_unit("U/L"), Some(Decimal::from(42)));
    }

    #[test]
    fn a_unit_is_read_however_it_is_spelt_where_there_is_one_reading() {
        let count = ["10⁹/L", "×10⁹/L", "x10^9/L", "10E9/L", "10e9/l", "10**9/L", "Gpt/L", "G/L", "\u{a0}10^9/L"];
        for unit in count {
            assert_eq!(Measured::read(&format!("0.9 {unit}")).unwrap().to_string(), "0.9 10^9/L", "{unit}");
        }
        assert_eq!(Measured::read("0.9e9/L").unwrap().to_string(), "0.9 10^9/L");
        assert_eq!(Measured::read("0.7 µkat/l").unwrap().to_string(), "0.7 ukat/L");
        let wrong = |text: &str| Measured::read(text).unwrap_err().wrong;
        assert!(wrong("110E9/L").contains("two readings"), "{}", wrong("110E9/L"));
        assert!(wrong("10^9/L").contains("no figure"), "{}", wrong("10^9/L"));
        assert!(wrong("0.9 10^8/L").contains("uses the unit"), "{}", wrong("0.9 10^8/L"));
        let long = format!("0.{} 10^9/L", "1".repeat(34));
        assert!(wrong(&long).contains("more digits"), "{}", wrong(&long));
    }

    #[test]
    fn a_bound_is_no_figure_and_nothing_is_offered_in_its_place() {
        for text in ["<0.5 10^9/L", "< 0.5 10^9/L", "≤0.5 10^9/L", ">1000 10^9/L", ">= 5 x ULN"] {
            let error = Measured::read(text).unwrap_err();
            assert!(error.wrong.contains("a bound, not a figure") && error.right.contains("by hand"), "{error}");
        }
    }

    #[test]
    fn a_figure_without_a_unit_or_with_a_strange_one_is_refused() {
        for text in ["1.5", "1.5 10^8/L", "1,5 10^9/L", "low", "-1 g/L", ".5 g/L"] {
            assert!(Measured::read(text).is_err(), "{text}");
        }
    }
}
