//! Haycock.
//!
//! Haycock GB, Schwartz GJ, Wisotsky DH 1978, J Pediatr 93:62-66. Body surface in m² = 0.024265 × W^0.5378 × H^0.3964, with W in kg and H in cm.
//! Made for: infants, children and adults. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("haycock").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7543");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "haycock";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Haycock GB, Schwartz GJ, Wisotsky DH 1978, J Pediatr 93:62-66",
    formula_text: "0.024265 × W^0.5378 × H^0.3964",
    unit: "m²",
    valid_range: "infants, children and adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(24265, 6), weight: dec(5378, 4), height: dec(3964, 4) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
