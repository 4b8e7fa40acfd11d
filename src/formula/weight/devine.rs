//! Ideal body weight after Devine.
//!
//! Devine BJ 1974, Drug Intell Clin Pharm 8:650-655. In kg: men 50, women 45.5, + 2.3 for each inch over 60 (H in cm ÷ 2.54 − 60).
//! Made for: adults of 60 in (152.4 cm) and over. Below 60 in (152.4 cm) the line is
//! extended downwards. Refuses a missing height or sex and heights that give no positive weight.
//! [`super::devine_floor`] keeps the weight at 60 in for everyone shorter; the two differ for short people.
//!
//! ```
//! use posology::formula::{Inputs, weight::devine};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("180").unwrap()), sex: Some(Sex::Female), ..Inputs::default() };
//! assert_eq!(decimal::half_up(devine::compute(&inputs).unwrap().value, 1).to_string(), "70.5");
//! ```

use super::inches::{PerInch, over_sixty};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "devine";
const LINE: PerInch = PerInch { male: (dec(50, 0), dec(23, 1)), female: (dec(455, 1), dec(23, 1)) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (Devine)",
    kind: Kind::BodyWeight,
    citation: "Devine BJ 1974, Drug Intell Clin Pharm 8:650-655",
    formula_text: "men 50, women 45.5, + 2.3 for each inch over 60",
    unit: "kg",
    valid_range: "adults of 60 in (152.4 cm) and over",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    over_sixty(NAME, &LINE, inputs)
}
