//! Ideal body weight after Miller.
//!
//! Miller DR et al. 1983, Am J Hosp Pharm 40:1622-1625. In kg: men 56.2 + 1.41, women 53.1 + 1.36 for each inch over 60 (H in cm ÷ 2.54 − 60).
//! Made for: adults of 60 in (152.4 cm) and over. Below 60 in (152.4 cm) the line is
//! extended downwards. Refuses a missing height or sex and heights that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::miller};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("180").unwrap()), sex: Some(Sex::Female), ..Inputs::default() };
//! assert_eq!(decimal::half_up(miller::compute(&inputs).unwrap().value, 1).to_string(), "67.9");
//! ```

use super::inches::{PerInch, over_sixty};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "miller";
const LINE: PerInch = PerInch { male: (dec(562, 1), dec(141, 2)), female: (dec(531, 1), dec(136, 2)) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (Miller)",
    kind: Kind::BodyWeight,
    citation: "Miller DR et al. 1983, Am J Hosp Pharm 40:1622-1625",
    formula_text: "men 56.2 + 1.41, women 53.1 + 1.36 for each inch over 60",
    unit: "kg",
    valid_range: "adults of 60 in (152.4 cm) and over",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    over_sixty(NAME, &LINE, inputs)
}
