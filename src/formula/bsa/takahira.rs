//! Takahira.
//!
//! Takahira H 1925, cited through Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450. Body surface in m² = 0.007241 × W^0.425 × H^0.725, with W in kg and H in cm.
//! Made for: Japanese adults. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("takahira").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7675");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "takahira";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Takahira H 1925, cited through Fujimoto S et al. 1968, Nippon Eiseigaku Zasshi 5:443-450",
    formula_text: "0.007241 × W^0.425 × H^0.725",
    unit: "m²",
    valid_range: "Japanese adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(7241, 6), weight: dec(425, 3), height: dec(725, 3) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
