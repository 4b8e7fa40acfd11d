//! Fujimoto.
//!
//! Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450. Body surface in m² = 0.008883 × W^0.444 × H^0.663, with W in kg and H in cm.
//! Made for: Japanese children and adults. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("fujimoto").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7072");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "fujimoto";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450",
    formula_text: "0.008883 × W^0.444 × H^0.663",
    unit: "m²",
    valid_range: "Japanese children and adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(8883, 6), weight: dec(444, 3), height: dec(663, 3) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
