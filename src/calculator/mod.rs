//! Calculations that stand alone: body surface, weights, kidney function, carboplatin, a dose by size, dates.
//!
//! The command line and the interface ask this room and no other, so that both answer alike: the same functions of
//! [`crate::formula`], the same questions of [`crate::plausibility`] before any of them, the same digits.
//!
//! ```
//! use posology::calculator::{self, Outcome};
//! use posology::formula::{Inputs, bsa::BsaFormula};
//! use posology::quantity::{Height, Weight};
//! let inputs = Inputs { height: Height::read("170").ok(), weight: Weight::read("65").ok(), ..Inputs::default() };
//! let outcome = Outcome::by(BsaFormula::Mosteller.entry(), &inputs);
//! assert_eq!(calculator::as_used(&outcome.result.unwrap()), "1.75 m²");
//! ```

pub mod carboplatin;
pub mod dates;
pub mod dose;
pub mod kidney;
mod side_by_side;
mod surface;

pub use side_by_side::{Asked, Part};
pub use surface::Surface;

use crate::course::{Answered, settle};
use crate::finding::{Finding, blocks};
use crate::formula::{Computed, Entry, FormulaError, Inputs};
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Age, Bsa, Creatinine, Decimal, decimal, number};

/// What one formula came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its name, as it is typed.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Author, year and journal.
    pub citation: &'static str,
    /// The figure with its working, or why there is none.
    pub result: Result<Computed, FormulaError>,
}

impl Outcome {
    /// Of a formula and what was made of it.
    pub fn of(entry: &Entry, result: Result<Computed, FormulaError>) -> Self {
        Self { name: entry.name, title: entry.title, citation: entry.citation, result }
    }

    /// The formula as it is published.
    pub fn by(entry: &Entry, inputs: &Inputs) -> Self {
        Self::of(entry, (entry.compute)(inputs))
    }
}

/// `1.75 m²`, `77.8 mL/min`: with the digits it is used with. The working shows six decimals, a document every digit.
pub fn as_used(computed: &Computed) -> String {
    let places = if computed.unit == Bsa::UNIT { 2 } else { 1 };
    let figure = number::print(decimal::half_up(computed.value, places));
    format!("{figure} {}", computed.unit).trim_end().to_owned()
}

/// The inputs of a formula as measurements, before any of them is used.
pub fn measurements(inputs: &Inputs, corrected_age: Option<Age>) -> Measurements {
    Measurements {
        height: inputs.height,
        weight: inputs.weight,
        age: inputs.age,
        corrected_age,
        sex: inputs.sex,
        creatinine: inputs.creatinine,
        gfr: inputs.gfr,
        auc: inputs.target_auc,
        ..Measurements::default()
    }
}

/// What is asked of a body whose surface is wanted: a surface alone doses nobody, so no rule for infants is missed.
pub fn surface_policy() -> Policy {
    Policy { body_surface_dosing: true, infant_rule: true, ..Policy::default() }
}

/// What is asked where a kidney function is wanted.
pub fn kidney_policy(floor: Option<Creatinine>, cap: Option<Decimal>) -> Policy {
    Policy { creatinine_floor: floor, gfr_cap: cap, ..Policy::default() }
}

/// Everything worth telling about measurements, with what was answered as notes.
///
/// # Errors
/// The same findings, while any of them stops the calculation.
pub fn looked_at(
    measured: &Measurements,
    policy: &Policy,
    answered: &[Answered],
) -> Result<Vec<Finding>, Vec<Finding>> {
    let findings = settle(answered, plausibility::check(measured, policy));
    if blocks(&findings) { Err(findings) } else { Ok(findings) }
}
