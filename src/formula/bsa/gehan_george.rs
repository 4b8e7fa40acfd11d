//! Gehan and George.
//!
//! Gehan EA, George SL 1970, Cancer Chemother Rep 54:225-235. Body surface in m² = 0.0235 × W^0.51456 × H^0.42246, with W in kg and H in cm.
//! Made for: children and adults. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("gehan-george").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7628");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "gehan-george";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Gehan EA, George SL 1970, Cancer Chemother Rep 54:225-235",
    formula_text: "0.0235 × W^0.51456 × H^0.42246",
    unit: "m²",
    valid_range: "children and adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(235, 4), weight: dec(51456, 5), height: dec(42246, 5) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
