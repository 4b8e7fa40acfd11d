//! Ideal body weight after Hamwi.
//!
//! Hamwi GJ 1964, in Diabetes Mellitus: Diagnosis and Treatment, American Diabetes Association. In kg: men 48 + 2.7, women 45.5 + 2.2 for each inch over 60 (H in cm ÷ 2.54 − 60).
//! Made for: adults of 60 in (152.4 cm) and over. Below 60 in (152.4 cm) the line is
//! extended downwards. Refuses a missing height or sex and heights that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::hamwi};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("180").unwrap()), sex: Some(Sex::Female), ..Inputs::default() };
//! assert_eq!(decimal::half_up(hamwi::compute(&inputs).unwrap().value, 1).to_string(), "69.4");
//! ```

use super::inches::{PerInch, over_sixty};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "hamwi";
const LINE: PerInch = PerInch { male: (dec(48, 0), dec(27, 1)), female: (dec(455, 1), dec(22, 1)) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (Hamwi)",
    kind: Kind::BodyWeight,
    citation: "Hamwi GJ 1964, in Diabetes Mellitus: Diagnosis and Treatment, American Diabetes Association",
    formula_text: "men 48 + 2.7, women 45.5 + 2.2 for each inch over 60",
    unit: "kg",
    valid_range: "adults of 60 in (152.4 cm) and over",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    over_sixty(NAME, &LINE, inputs)
}
