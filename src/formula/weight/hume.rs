//! Lean body weight after Hume.
//!
//! Hume R 1966, J Clin Pathol 19:389-391. In kg: men 0.3281 × W + 0.33929 × H − 29.5336; women 0.29569 × W + 0.41813 × H − 43.2933, with W in kg and H in cm.
//! Made for: adults. Refuses a missing height, weight or sex, and figures that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::hume};
//! use posology::quantity::{Height, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("180").unwrap()),
//!     weight: Some(Weight::read("80").unwrap()),
//!     sex: Some(Sex::Male),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(hume::compute(&inputs).unwrap().value, 4).to_string(), "57.7866");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "hume";
/// Of the weight, of the height, taken off.
const MALE: (Decimal, Decimal, Decimal) = (dec(3_281, 4), dec(33_929, 5), dec(295_336, 4));
const FEMALE: (Decimal, Decimal, Decimal) = (dec(29_569, 5), dec(41_813, 5), dec(432_933, 4));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Lean (Hume)",
    kind: Kind::BodyWeight,
    citation: "Hume R 1966, J Clin Pathol 19:389-391",
    formula_text: "men 0.3281 × W + 0.33929 × H − 29.5336; women 0.29569 × W + 0.41813 × H − 43.2933",
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
    sheet.step("lean body weight (hume)", put_in, value(), "kg")?;
    sheet.finish("the formula gives no positive weight for this body")
}
