//! What is worked out of the body's size, sex, and a figure as it was read.

use rust_decimal::Decimal;

use super::number::QuantityError;

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
    /// Body surface area.
    Bsa, "m²"
);
quantity!(
    /// Body-mass index.
    Bmi, "kg/m²"
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
