//! Ideal, adjusted and lean body weight.
//!
//! *Ideal* weights come from the height, *lean* weights estimate what is not fat, an *adjusted* weight
//! stands between ideal and actual. They are not interchangeable: a protocol says which one it means.
//!
//! ```
//! use posology::formula::{Inputs, weight::{self, WeightFormula}};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("180").unwrap()), sex: Some(Sex::Male), ..Inputs::default() };
//! let ideal = weight::compute(WeightFormula::read("devine").unwrap(), &inputs).unwrap();
//! assert_eq!(decimal::half_up(ideal.value, 1).to_string(), "75");
//! ```

pub mod adjusted;
pub mod boer;
pub mod devine;
pub mod devine_floor;
pub mod hamwi;
pub mod hume;
mod inches;
pub mod james;
pub mod janmahasatian;
pub mod miller;
pub mod mirvetuximab;
pub mod robinson;

use super::{Computed, FormulaError, Inputs, family};

family! {
    /// The formulas for a body weight other than the actual one.
    WeightFormula, "a body weight", {
        Devine => devine::ENTRY,
        DevineFloor => devine_floor::ENTRY,
        Robinson => robinson::ENTRY,
        Miller => miller::ENTRY,
        Hamwi => hamwi::ENTRY,
        Adjusted => adjusted::ENTRY,
        Janmahasatian => janmahasatian::ENTRY,
        James => james::ENTRY,
        Boer => boer::ENTRY,
        Hume => hume::ENTRY,
        Mirvetuximab => mirvetuximab::ENTRY,
    }
}

/// Computes a body weight.
pub fn compute(formula: WeightFormula, inputs: &Inputs) -> Result<Computed, FormulaError> {
    (formula.entry().compute)(inputs)
}
