//! Ideal body weight after Devine, kept at the weight of 60 in for everyone shorter.
//!
//! Devine BJ 1974, Drug Intell Clin Pharm 8:650-655; the paper gives nothing below 60 in, and some
//! programs stop there where others extend the line ([`super::devine`]). At 150 cm that is 50 kg against
//! 47.8 kg for a man. Refuses a missing height or sex.
//!
//! ```
//! use posology::formula::{Inputs, weight::devine_floor};
//! use posology::quantity::{Decimal, Height, Sex};
//! let inputs = Inputs { height: Some(Height::read("150").unwrap()), sex: Some(Sex::Male), ..Inputs::default() };
//! assert_eq!(devine_floor::compute(&inputs).unwrap().value, Decimal::from(50));
//! ```

use super::inches::{PerInch, over_sixty_floored};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "devine-floor";
const LINE: PerInch = PerInch { male: (dec(50, 0), dec(23, 1)), female: (dec(455, 1), dec(23, 1)) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (Devine, from 60 in)",
    kind: Kind::BodyWeight,
    citation: "Devine BJ 1974, Drug Intell Clin Pharm 8:650-655, with nothing taken off below 60 in",
    formula_text: "men 50, women 45.5, + 2.3 for each inch over 60; not less than at 60 in",
    unit: "kg",
    valid_range: "adults",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    over_sixty_floored(NAME, &LINE, inputs)
}
