//! Lean body weight after Boer.
//!
//! Boer P 1984, Am J Physiol 247:F632-F636. In kg: men 0.407 × W + 0.267 × H − 19.2; women 0.252 × W + 0.473 × H − 48.3, with W in kg and H in cm.
//! Made for: adults. Refuses a missing height, weight or sex, and figures that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::boer};
//! use posology::quantity::{Height, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("180").unwrap()),
//!     weight: Some(Weight::read("80").unwrap()),
//!     sex: Some(Sex::Male),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(boer::compute(&inputs).unwrap().value, 1).to_string(), "61.4");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "boer";
/// Of the weight, of the height, taken off.
const MALE: (Decimal, Decimal, Decimal) = (dec(407, 3), dec(267, 3), dec(192, 1));
const FEMALE: (Decimal, Decimal, Decimal) = (dec(252, 3), dec(473, 3), dec(483, 1));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Lean (Boer)",
    kind: Kind::BodyWeight,
    citation: "Boer P 1984, Am J Physiol 247:F632-F636",
    formula_text: "men 0.407 × W + 0.267 × H − 19.2; women 0.252 × W + 0.473 × H − 48.3",
    unit: "kg",
    valid_range: "adults",
    needs: &[Need::Height, Need::Weight, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(NAME)?, inputs.weight(NAME)?);
    let (of_weight, of_height, off) = match inputs.sex(NAME)? {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
    };
    let mut sheet = Sheet::new(NAME);
    let put_in = format!(
        "{} × {} + {} × {} − {}",
        figure(of_weight),
        figure(weight),
        figure(of_height),
        figure(height),
        figure(off)
    );
    let value = || of_weight.checked_mul(weight)?.checked_add(of_height.checked_mul(height)?)?.checked_sub(off);
    sheet.step("lean body weight (boer)", put_in, value(), "kg")?;
    sheet.finish("the formula gives no positive weight for this body")
}
