//! The published formulas, one a file: body surface, body-mass index, body weight, kidney function,
//! the Calvert dose and the rounding of doses.
//!
//! A formula is looked up by its name in [`CATALOGUE`] or through the enum of its family
//! ([`bsa::BsaFormula`], [`weight::WeightFormula`], [`renal::RenalFormula`]). It takes what is known
//! ([`Inputs`]), asks for what it needs and answers with the figure at full precision *and* every step
//! with the numbers put in ([`Computed`]), so that it can be redone with a pocket calculator.
//! Nothing is rounded here except where the function's name says so; no input has a default.
//!
//! ```
//! use posology::formula::{self, Inputs};
//! use posology::quantity::{Height, Weight};
//! let inputs = Inputs {
//!     height: Some(Height::read("170").unwrap()),
//!     weight: Some(Weight::read("65").unwrap()),
//!     ..Inputs::default()
//! };
//! let surface = (formula::entry("mosteller").unwrap().compute)(&inputs).unwrap();
//! assert_eq!(surface.steps[0].expression, "√(170 cm × 65 kg ÷ 3,600)");
//! assert!(surface.value.to_string().starts_with("1.7519"));
//!
//! let error = (formula::entry("devine").unwrap().compute)(&inputs).unwrap_err();
//! assert_eq!(error.to_string(), "devine needs the sex, which was not given");
//! ```

pub mod bmi;
pub mod bsa;
pub mod calvert;
mod catalogue;
mod entry;
mod inputs;
pub mod newell;
pub mod per_size;
pub mod renal;
pub mod rounding;
mod sheet;
pub mod weight;

use rust_decimal::Decimal;

pub use catalogue::{CATALOGUE, entry};
pub use entry::{Entry, Kind};
pub use inputs::{Inputs, Need, Race};
pub use sheet::figure;

/// One step of a calculation, with the numbers put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What the step gives: `body surface (mosteller)`.
    pub label: String,
    /// The formula with its numbers: `√(170 cm × 65 kg ÷ 3,600)`. A figure that was cut ends in `…`.
    pub expression: String,
    /// The result at full precision.
    pub value: Decimal,
    /// Its unit; empty for a bare number.
    pub unit: &'static str,
}

/// `body surface (mosteller) = √(170 cm × 65 kg ÷ 3,600) = 1.751983… m²`
impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let result = format!("{} {}", crate::quantity::number::result(self.value), self.unit);
        write!(f, "{} = {} = {}", self.label, self.expression, result.trim_end())
    }
}

/// A figure and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// The result at full precision.
    pub value: Decimal,
    /// Its unit.
    pub unit: &'static str,
    /// Every step; the last one gives [`Computed::value`].
    pub steps: Vec<Line>,
    /// What a reader must know, such as an age outside the range the formula was made for.
    pub cautions: Vec<String>,
}

/// Why a formula gave no figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// An input is missing. Nothing is ever assumed in its place.
    #[error("{formula} needs {}, which was not given", input.written())]
    Missing {
        /// The formula's name.
        formula: &'static str,
        /// What is missing.
        input: Need,
    },
    /// An input the formula makes no sense for.
    #[error("{formula} cannot use {what} of {given}; {right}")]
    OutOfRange {
        /// The formula's name.
        formula: &'static str,
        /// Which figure.
        what: &'static str,
        /// The figure as given.
        given: String,
        /// What would be right.
        right: String,
    },
    /// The figures leave the range that can be calculated exactly.
    #[error("{formula}: the figures are too large or too small to calculate with")]
    Overflow {
        /// The formula's name.
        formula: &'static str,
    },
}

/// A constant of a formula: `dec(7184, 6)` is 0.007184.
const fn dec(digits: u32, places: u32) -> Decimal {
    Decimal::from_parts(digits, 0, 0, false, places)
}

/// Declares a family's enum: the variants, their order and the file each one lives in.
macro_rules! family {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($variant:ident => $($path:ident)::+),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs)] // each variant is documented in its own file
        pub enum $name {
            $($variant),+
        }

        impl $name {
            /// Every formula of the family, in the order they are listed to people.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// What is published about it, and the function that computes it.
            pub const fn entry(self) -> &'static $crate::formula::Entry {
                match self {
                    $($name::$variant => &$($path)::+),+
                }
            }

            /// Its name on the command line and in regimens.
            pub const fn name(self) -> &'static str {
                self.entry().name
            }

            /// Reads a name; the error lists the names there are.
            pub fn read(text: &str) -> Result<Self, $crate::quantity::QuantityError> {
                let found = Self::ALL.iter().copied().find(|formula| formula.name() == text);
                found.ok_or_else(|| {
                    let names: Vec<&str> = Self::ALL.iter().map(|formula| formula.name()).collect();
                    $crate::quantity::QuantityError::new(
                        text,
                        concat!("is not a formula for ", $what),
                        format!("one of {}", names.join(", ")),
                    )
                })
            }
        }
    };
}
use family;
