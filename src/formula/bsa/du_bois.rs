//! Du Bois and Du Bois.
//!
//! Du Bois D, Du Bois EF 1916, Arch Intern Med 17:863-871. Body surface in m² = 0.007184 × W^0.425 × H^0.725, with W in kg and H in cm.
//! Made for: adults; derived from nine subjects. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::read("du-bois").unwrap(), height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7536");
//! ```

use super::power::{Power, power_law};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "du-bois";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    kind: Kind::BodySurface,
    citation: "Du Bois D, Du Bois EF 1916, Arch Intern Med 17:863-871",
    formula_text: "0.007184 × W^0.425 × H^0.725",
    unit: "m²",
    valid_range: "adults; derived from nine subjects",
    needs: &[Need::Height, Need::Weight],
    compute,
};

const POWER: Power = Power { factor: dec(7184, 6), weight: dec(425, 3), height: dec(725, 3) };

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    power_law(NAME, &POWER, inputs)
}
