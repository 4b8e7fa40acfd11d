//! Body measurements: height in cm, weight in kg, surface in m².
//!
//! A bare number means cm and kg. Feet, inches and pounds are accepted because their unit is typed,
//! and the caller echoes both values ([`Reading::converted`]).

use rust_decimal::Decimal;

use super::decimal;
use super::number::{self, QuantityError};

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(Decimal);

        impl $name {
            /// The unit it is printed with.
            pub const UNIT: &'static str = $unit;

            /// Takes a figure in the unit above.
            pub const fn new(value: Decimal) -> Self {
                Self(value)
            }

            /// The figure, in the unit above.
            pub const fn value(self) -> Decimal {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{} {}", $crate::quantity::number::print(self.0), $unit)
            }
        }
    };
}

quantity!(
    /// Body height.
    Height, "cm"
);
quantity!(
    /// Body weight; actual unless the name beside it says ideal, adjusted or lean.
    Weight, "kg"
);
quantity!(
    /// Body surface area.
    Bsa, "m²"
);
quantity!(
    /// Body-mass index.
    Bmi, "kg/m²"
);
quantity!(
    /// Age in years; completed years unless a formula says otherwise.
    Age, "years"
);

/// Sex as the formulas use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Sex {
    Female,
    Male,
}

impl Sex {
    /// Reads `female` or `male`, or their first letter, in capitals or not.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "f" | "female" => Ok(Sex::Female),
            "m" | "male" => Ok(Sex::Male),
            _ => Err(QuantityError::new(text, "is not female or male", "\"female\" or \"male\" (f, m)")),
        }
    }

    /// The word.
    pub fn written(self) -> &'static str {
        match self {
            Sex::Female => "female",
            Sex::Male => "male",
        }
    }
}

/// A measurement as read: the figure, and what to echo when a unit was converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The figure in the program's own unit.
    pub value: T,
    /// `5 ft 7 in is 170.18 cm`, when another unit was typed.
    pub converted: Option<String>,
}

impl<T> Reading<T> {
    /// The same reading of another kind of figure.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reading<U> {
        Reading { value: make(self.value), converted: self.converted }
    }
}

const HEIGHT_EXAMPLE: &str = "centimetres such as 170, or 5ft7in";
const WEIGHT_EXAMPLE: &str = "kilograms such as 65 or 65.5, or 154lb";

/// Centimetres in an inch, exactly (international yard and pound agreement, 1959).
const CM_PER_INCH: Decimal = Decimal::from_parts(254, 0, 0, false, 2);
/// Kilograms in a pound, exactly (the same agreement).
pub const KG_PER_POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 8);

fn above_zero(text: &str, value: Decimal, example: &str) -> Result<Decimal, QuantityError> {
    if value > Decimal::ZERO { Ok(value) } else { Err(QuantityError::new(text, "is zero", example)) }
}

impl Height {
    /// Reads `170`, `170 cm`, `67in` or `5ft7in`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        Self::read_echo(text).map(|reading| reading.value)
    }

    /// Reads a height and says what to echo when it was typed in feet and inches.
    pub fn read_echo(text: &str) -> Result<Reading<Self>, QuantityError> {
        if let Some((feet, inches)) = text.trim_matches(' ').split_once("ft") {
            return Self::from_feet(text, feet, inches);
        }
        let parts = number::split(text, HEIGHT_EXAMPLE)?;
        match parts.unit {
            "" | "cm" => Ok(Reading { value: Self(above_zero(text, parts.value, HEIGHT_EXAMPLE)?), converted: None }),
            "in" => Self::from_inches(text, parts.value, &format!("{} in", number::print(parts.value))),
            "m" => Err(QuantityError::new(text, "is in metres", "centimetres, such as 170")),
            other => {
                Err(QuantityError::new(text, format!("uses the unit \"{}\"", number::shown(other)), HEIGHT_EXAMPLE))
            }
        }
    }

    fn from_feet(text: &str, feet: &str, inches: &str) -> Result<Reading<Self>, QuantityError> {
        let wrong = |_| QuantityError::new(text, "is no height in feet and inches", "such as 5ft7in or 5ft 7in");
        let feet = number::parse(feet).map_err(wrong)?;
        let inches = match inches.trim_matches(' ').strip_suffix("in") {
            Some(inches) => number::parse(inches).map_err(wrong)?,
            None if inches.trim_matches(' ').is_empty() => Decimal::ZERO,
            None => return Err(wrong(QuantityError::new("", "", ""))),
        };
        if inches >= Decimal::from(12) || decimal::whole(feet).is_none() {
            return Err(wrong(QuantityError::new("", "", "")));
        }
        let total = feet.checked_mul(Decimal::from(12)).and_then(|feet| feet.checked_add(inches));
        let total = total.ok_or_else(|| wrong(QuantityError::new("", "", "")))?;
        Self::from_inches(text, total, &format!("{} ft {} in", number::print(feet), number::print(inches)))
    }

    fn from_inches(text: &str, inches: Decimal, typed: &str) -> Result<Reading<Self>, QuantityError> {
        let inches = above_zero(text, inches, HEIGHT_EXAMPLE)?;
        let too_large = || QuantityError::new(text, "is too large to convert", HEIGHT_EXAMPLE);
        let value = Self(inches.checked_mul(CM_PER_INCH).ok_or_else(too_large)?.normalize());
        Ok(Reading { value, converted: Some(format!("{typed} is {value}")) })
    }
}

impl Weight {
    /// Reads `65`, `65 kg` or `154lb`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        Self::read_echo(text).map(|reading| reading.value)
    }

    /// Reads a weight and says what to echo when it was typed in pounds.
    pub fn read_echo(text: &str) -> Result<Reading<Self>, QuantityError> {
        let parts = number::split(text, WEIGHT_EXAMPLE)?;
        let value = above_zero(text, parts.value, WEIGHT_EXAMPLE)?;
        match parts.unit {
            "" | "kg" => Ok(Reading { value: Self(value), converted: None }),
            "lb" | "lbs" => {
                let too_large = || QuantityError::new(text, "is too large to convert", WEIGHT_EXAMPLE);
                let kilograms = Self(value.checked_mul(KG_PER_POUND).ok_or_else(too_large)?.normalize());
                let converted = Some(format!("{} lb is {kilograms}", number::print(value)));
                Ok(Reading { value: kilograms, converted })
            }
            "g" => Err(QuantityError::new(text, "is in grams", "kilograms, such as 65")),
            other => {
                Err(QuantityError::new(text, format!("uses the unit \"{}\"", number::shown(other)), WEIGHT_EXAMPLE))
            }
        }
    }
}

impl Age {
    /// Reads completed years: `46` or `46 years`.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        let parts = number::split(text, "completed years such as 46")?;
        match parts.unit {
            "" | "years" | "year" => Ok(Self(parts.value)),
            _ => Err(QuantityError::new(text, "is not an age in years", "completed years such as 46")),
        }
    }
}
