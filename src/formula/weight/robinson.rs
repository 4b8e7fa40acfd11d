//! Ideal body weight after Robinson.
//!
//! Robinson JD et al. 1983, Am J Hosp Pharm 40:1016-1019. In kg: men 52 + 1.9, women 49 + 1.7 for each inch over 60 (H in cm ÷ 2.54 − 60).
//! Made for: adults of 60 in (152.4 cm) and over. Below 60 in (152.4 cm) the line is
//! extended downwards. Refuses a missing height or sex and heights that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::robinson};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("180").unwrap()), sex: Some(Sex::Female), ..Inputs::default() };
//! assert_eq!(decimal::half_up(robinson::compute(&inputs).unwrap().value, 1).to_string(), "67.5");
//! ```

use super::inches::{PerInch, over_sixty};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};

const NAME: &str = "robinson";
const LINE: PerInch = PerInch { male: (dec(52, 0), dec(19, 1)), female: (dec(49, 0), dec(17, 1)) };

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (Robinson)",
    kind: Kind::BodyWeight,
    citation: "Robinson JD et al. 1983, Am J Hosp Pharm 40:1016-1019",
    formula_text: "men 52 + 1.9, women 49 + 1.7 for each inch over 60",
    unit: "kg",
    valid_range: "adults of 60 in (152.4 cm) and over",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    over_sixty(NAME, &LINE, inputs)
}
