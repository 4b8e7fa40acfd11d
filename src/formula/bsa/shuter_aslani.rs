//! Shuter and Aslani.
//!
//! Shuter B, Aslani A 2000, Eur J Appl Physiol 82:250-254. Body surface in m² = 0.00949 × W^0.441 × H^0.655, with W in kg and H in cm.
//! Made for: adults; a refit of the data of Du Bois. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("shuter-aslani").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7286");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "shuter-aslani";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Shuter B, Aslani A 2000, Eur J Appl Physiol 82:250-254",
    formula_text: "0.00949 × W^0.441 × H^0.655",
    unit: "m²",
    valid_range: "adults; a refit of the data of Du Bois",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(949, 5), weight: dec(441, 3), height: dec(655, 3) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
