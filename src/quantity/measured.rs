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
    row("10^9/L", &["10*9/L", "G/L", "x10^9/L", "× 10^9/L", "x 10^9/L"], 0, (1, 0)),
    row("10^3/uL", &["10^3/µL", "10^3/mm3", "K/uL", "10*3/uL"], 0, (1, 0)),
    row("/mm3", &["cells/mm3", "/µL", "/uL", "cells/uL"], 0, (1, 3)),
    row("g/L", &[], 1, (1, 0)),
    row("g/dL", &["g/dl"], 1, (10, 0)),
    row("umol/L", &["µmol/L", "μmol/L"], 2, (1, 0)),
    row("mmol/L", &[], 2, (1_000, 0)),
    row("mg/dL", &["mg/dl"], 3, (1, 0)),
    row("mg/L", &[], 3, (1, 1)),
    row("U/L", &["units/L", "IU/L"], 4, (1, 0)),
    row("%", &[], 5, (1, 0)),
    row(ULN, &["× ULN", "xULN", "ULN"], 6, (1, 0)),
    row("mL/min", &["ml/min"], 7, (1, 0)),
    row("mmHg", &[], 8, (1, 0)),
    row("ms", &[], 9, (1, 0)),
    row("ng/mL", &["ng/ml"], 10, (1, 0)),
    row("days", &["day"], 11, (1, 0)),
    row("weeks", &["week"], 11, (7, 0)),
    row("g/24 h", &["g/24h", "g/day"], 12, (1, 0)),
    row("mU/L", &["mIU/L"], 13, (1, 0)),
];

const EXAMPLE: &str = "the value with its unit, such as \"0.9 10^9/L\", \"120 U/L\" or \"3 x ULN\"";

impl Measured {
    /// Every unit there is.
    pub fn units() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|row| row.written)
    }

    /// Reads `0.9 10^9/L`, `3 x ULN`; a value without a unit is refused.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let trimmed = text.trim_matches(' ');
        let end = trimmed.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(trimmed.len());
        let (figure, unit) = trimmed.split_at(end);
        // Whatever is wrong with the figure is told as for every other number.
        let value = match number::parse(figure) {
            Ok(value) => value,
            Err(_) => number::split(text, EXAMPLE)?.value,
        };
        let unit = unit.trim_matches(' ');
        if unit.is_empty() {
            return Err(QuantityError::new(text, "has no unit", EXAMPLE));
        }
        let found = TABLE.iter().find(|row| row.written == unit || row.also.contains(&unit));
        match found {
            Some(row) => Ok(Self { value, unit: row.written }),
            None => Err(QuantityError::new(text, format!("uses the unit \"{}\"", number::shown(unit)), EXAMPLE)),
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
    }

    #[test]
    fn a_figure_without_a_unit_or_with_a_strange_one_is_refused() {
        for text in ["1.5", "1.5 10^8/L", "1,5 10^9/L", "low", "-1 g/L", ".5 g/L"] {
            assert!(Measured::read(text).is_err(), "{text}");
        }
    }
}
