//! Height in cm and weight in kg, and how each was written.
//!
//! A bare number means cm and kg, and is remembered as one: whether it was meant in inches or pounds may have to be asked.
//! Feet, inches, metres, stones and pounds are accepted because their unit is typed; both figures stay beside each other, so
//! that a person can compare them with the paper they were read from.
//!
//! ```
//! use posology::quantity::{Height, Weight};
//! assert!(Weight::read("133").unwrap().is_bare() && !Weight::read("133kg").unwrap().is_bare());
//! assert_eq!(Weight::read("133 lb").unwrap().to_string(), "60.33 kg (133 lb)");
//! for text in ["170", "1m70", "1.7 m"] {
//!     assert_eq!(Height::read(text).unwrap().to_string(), "170 cm");
//! }
//! assert_eq!(Height::read("5'7\"").unwrap(), Height::read("67in").unwrap());
//! ```

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::body::Reading;
use super::decimal;
use super::number::{self, QuantityError};

/// How a figure of the body was written.
#[derive(Debug, Clone, Copy)]
enum Written {
    /// Without a unit.
    Bare,
    /// In the unit it is kept in.
    Own,
    /// In inches or pounds, so many.
    Converted(Decimal),
}

macro_rules! size {
    ($(#[$doc:meta])* $name:ident, $unit:literal, $other:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name {
            value: Decimal,
            written: Written,
        }

        impl $name {
            /// The unit it is kept in.
            pub const UNIT: &'static str = $unit;

            /// A figure that is certain to be in the unit above.
            pub const fn new(value: Decimal) -> Self {
                Self { value, written: Written::Own }
            }

            /// The figure, in the unit above.
            pub const fn value(self) -> Decimal {
                self.value
            }

            /// Whether it was written without a unit.
            pub const fn is_bare(self) -> bool {
                matches!(self.written, Written::Bare)
            }

            /// The text that reads back as the same figure, with its unit.
            pub fn write(self) -> String {
                match self.written {
                    Written::Converted(typed) => format!("{} {}", number::plain(typed), $other),
                    Written::Bare | Written::Own => format!("{} {}", number::plain(self.value), $unit),
                }
            }

            /// As it is kept, to two places where it was converted.
            pub fn kept(self) -> String {
                match self.written {
                    Written::Converted(_) => format!("{} {}", rounded(self.value), $unit),
                    Written::Bare | Written::Own => format!("{} {}", number::print(self.value), $unit),
                }
            }

            /// In the unit it is kept in, for programs: `60.32778521 kg`.
            pub fn own(self) -> String {
                format!("{} {}", number::plain(self.value), $unit)
            }

            fn bare(value: Decimal) -> Reading<Self> {
                Reading { value: Self { value, written: Written::Bare }, converted: None }
            }

            /// What was typed in another unit, so many of it.
            fn converted(self, typed: Decimal, words: &str) -> Reading<Self> {
                let value = Self { written: Written::Converted(typed), ..self };
                Reading { value, converted: Some(format!("{words} is {} {}", rounded(self.value), $unit)) }
            }
        }

        /// The figure counts, not how it was written.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value == other.value
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.value.cmp(&other.value)
            }
        }

        /// `170 cm`; of a converted figure both, the kept one to two places.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.written {
                    Written::Converted(typed) => {
                        write!(f, "{} {} ({} {})", rounded(self.value), $unit, number::print(typed), $other)
                    }
                    Written::Bare | Written::Own => write!(f, "{} {}", number::print(self.value), $unit),
                }
            }
        }
    };
}

size!(
    /// Body height.
    Height, "cm", "in"
);
size!(
    /// Body weight; actual unless the name beside it says ideal, adjusted or lean.
    Weight, "kg", "lb"
);

const HEIGHT_EXAMPLE: &str = "centimetres such as 170, or 5ft7in";
const WEIGHT_EXAMPLE: &str = "kilograms such as 65 or 65.5, or 154lb";

/// Centimetres in an inch, exactly (international yard and pound agreement, 1959).
pub const CM_PER_INCH: Decimal = Decimal::from_parts(254, 0, 0, false, 2);
/// Kilograms in a pound, exactly (the same agreement).
pub const KG_PER_POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 8);
/// Inches in a foot.
pub const INCHES_A_FOOT: Decimal = Decimal::from_parts(12, 0, 0, false, 0);
const POUNDS_A_STONE: Decimal = Decimal::from_parts(14, 0, 0, false, 0);

fn rounded(value: Decimal) -> String {
    number::print(decimal::half_up(value, 2))
}

fn above_zero(text: &str, value: Decimal, example: &str) -> Result<Decimal, QuantityError> {
    if value > Decimal::ZERO { Ok(value) } else { Err(QuantityError::new(text, "is zero", example)) }
}

/// `5` and `7` of `5 ft 7 in`: whole ones of the large unit and less than `many` of the small; the sum in the small one.
fn two_units(large: &str, small: &str, many: Decimal, ends: &[&str]) -> Option<Decimal> {
    let large = number::parse(large.trim_matches(' ')).ok()?;
    let small = small.trim_matches(' ');
    let bare = ends.iter().find_map(|end| small.strip_suffix(end)).unwrap_or(small);
    let small = if bare.trim_matches(' ').is_empty() { Decimal::ZERO } else { number::parse(bare).ok()? };
    let whole = decimal::whole(large).is_some();
    (whole && small < many).then(|| large.checked_mul(many)?.checked_add(small)).flatten()
}

impl Height {
    /// In the other system: `5 ft 6.9 in`; nothing beyond the range of a decimal.
    pub fn in_feet(self) -> Option<String> {
        let inches = decimal::half_up(self.value.checked_div(CM_PER_INCH)?, 1);
        let feet = inches.checked_div(INCHES_A_FOOT)?.floor();
        let over = inches.checked_sub(feet.checked_mul(INCHES_A_FOOT)?)?;
        Some(format!("{} ft {} in", number::print(feet), number::print(over)))
    }

    /// Reads `170`, `170 cm`, `1.7 m`, `1m70`, `67in`, `5ft7in` or `5'7"`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        Self::read_echo(text).map(|reading| reading.value)
    }

    /// Reads a height and says what to echo when it was typed in another unit.
    pub fn read_echo(text: &str) -> Result<Reading<Self>, QuantityError> {
        let plain = text.trim_matches(' ').replace(['’', '′', 'ʹ'], "'").replace(['”', '″'], "\"").replace("''", "\"");
        for foot in ["feet", "foot", "ft", "'"] {
            if let Some((feet, inches)) = plain.split_once(foot) {
                return Self::from_feet(text, feet, inches);
            }
        }
        if let Some(metres) = plain.split_once('m').filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit())) {
            return Self::from_metres(text, metres.0, metres.1);
        }
        let parts = number::split(&plain, HEIGHT_EXAMPLE)
            .map_err(|error| QuantityError { typed: number::shown(text), ..error })?;
        let value = above_zero(text, parts.value, HEIGHT_EXAMPLE)?;
        match parts.unit {
            "" => Ok(Self::bare(value)),
            "cm" => Ok(Reading { value: Self::new(value), converted: None }),
            "in" | "inch" | "inches" | "\"" => Self::from_inches(text, value, &format!("{} in", number::print(value))),
            "m" => {
                let cm = value.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(|| Self::too_large(text))?.normalize();
                let height = Self::new(cm);
                Ok(Reading { value: height, converted: Some(format!("{} m is {height}", number::print(value))) })
            }
            other => Err(QuantityError::unit(text, other, HEIGHT_EXAMPLE)),
        }
    }

    fn too_large(text: &str) -> QuantityError {
        QuantityError::new(text, "is too large to convert", HEIGHT_EXAMPLE)
    }

    /// `1m70`: the centimetres have two digits, for `1m7` is 107 or 170.
    fn from_metres(text: &str, metres: &str, rest: &str) -> Result<Reading<Self>, QuantityError> {
        let wrong = || QuantityError::new(text, "is not a height in metres and centimetres", "such as 1m70, or 170");
        let metres = number::parse(metres).map_err(|_| wrong())?;
        let two = rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit());
        if !two || decimal::whole(metres).is_none() {
            return Err(wrong());
        }
        let rest = number::parse(rest).map_err(|_| wrong())?;
        let cm = metres.checked_mul(Decimal::ONE_HUNDRED).and_then(|cm| cm.checked_add(rest)).ok_or_else(wrong)?;
        let height = Self::new(above_zero(text, cm, HEIGHT_EXAMPLE)?);
        Ok(Reading { value: height, converted: Some(format!("{text} is {height}")) })
    }

    fn from_feet(text: &str, feet: &str, inches: &str) -> Result<Reading<Self>, QuantityError> {
        let wrong =
            || QuantityError::new(text, "is not a height in feet and inches", "such as 5ft7in, 5ft 7in or 5'7\"");
        let total = two_units(feet, inches, INCHES_A_FOOT, &["inches", "in", "\""]).ok_or_else(wrong)?;
        let whole = total.checked_div(INCHES_A_FOOT).map_or(Decimal::ZERO, |feet| feet.floor());
        let over = total.checked_sub(whole.checked_mul(INCHES_A_FOOT).unwrap_or(total)).unwrap_or(total);
        Self::from_inches(text, total, &format!("{} ft {} in", number::print(whole), number::print(over)))
    }

    fn from_inches(text: &str, inches: Decimal, typed: &str) -> Result<Reading<Self>, QuantityError> {
        let inches = above_zero(text, inches, HEIGHT_EXAMPLE)?;
        let cm = inches.checked_mul(CM_PER_INCH).ok_or_else(|| Self::too_large(text))?.normalize();
        Ok(Self::new(cm).converted(inches, typed))
    }
}

impl Weight {
    /// In the other system: `143.3 lb`; nothing beyond the range of a decimal.
    pub fn in_pounds(self) -> Option<String> {
        let pounds = decimal::half_up(self.value.checked_div(KG_PER_POUND)?, 1);
        Some(format!("{} lb", number::print(pounds)))
    }

    /// Reads `65`, `65 kg`, `154lb` or `10 st 3 lb`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        Self::read_echo(text).map(|reading| reading.value)
    }

    /// Reads a weight and says what to echo when it was typed in another unit.
    pub fn read_echo(text: &str) -> Result<Reading<Self>, QuantityError> {
        let plain = text.trim_matches(' ');
        // `70 kg,` is what is left of a list that was copied.
        let plain = plain
            .strip_suffix([',', '.', ';'])
            .filter(|rest| rest.ends_with(|c: char| c.is_alphabetic()))
            .unwrap_or(plain);
        let stone = ["stones", "stone", "st"].iter().find_map(|unit| plain.split_once(unit));
        if let Some((stones, pounds)) = stone {
            let total = two_units(stones, pounds, POUNDS_A_STONE, &["pounds", "lbs", "lb"]).ok_or_else(|| {
                QuantityError::new(text, "is not a weight in stones and pounds", "such as 10 st 3 lb, or 65")
            })?;
            return Self::from_pounds(text, total);
        }
        let parts = number::split(plain, WEIGHT_EXAMPLE)
            .map_err(|error| QuantityError { typed: number::shown(text), ..error })?;
        let value = above_zero(text, parts.value, WEIGHT_EXAMPLE)?;
        match parts.unit {
            "" => Ok(Self::bare(value)),
            "kg" | "kgs" | "Kg" | "KG" => Ok(Reading { value: Self::new(value), converted: None }),
            "lb" | "lbs" | "pound" | "pounds" => Self::from_pounds(text, value),
            "g" => Err(QuantityError::new(text, "is in grams", "kilograms, such as 65")),
            other => Err(QuantityError::unit(text, other, WEIGHT_EXAMPLE)),
        }
    }

    fn from_pounds(text: &str, pounds: Decimal) -> Result<Reading<Self>, QuantityError> {
        let pounds = above_zero(text, pounds, WEIGHT_EXAMPLE)?;
        let too_large = || QuantityError::new(text, "is too large to convert", WEIGHT_EXAMPLE);
        let kilograms = pounds.checked_mul(KG_PER_POUND).ok_or_else(too_large)?.normalize();
        Ok(Self::new(kilograms).converted(pounds, &format!("{} lb", number::print(pounds))))
    }
}
