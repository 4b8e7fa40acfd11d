//! Lean body weight after James.
//!
//! James WPT 1976, Research on Obesity, HMSO. In kg: men 1.1 × W − 128 × (W ÷ H)²; women 1.07 × W − 148 × (W ÷ H)², with W in kg and H in cm.
//! Made for: adults who are not very obese: the curve turns down there. Refuses a missing height, weight or sex, and figures that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::james};
//! use posology::quantity::{Height, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("180").unwrap()),
//!     weight: Some(Weight::read("80").unwrap()),
//!     sex: Some(Sex::Male),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(james::compute(&inputs).unwrap().value, 2).to_string(), "62.72");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "james";
/// Of the weight, of the square of weight over height.
const MALE: (Decimal, Decimal) = (dec(11, 1), dec(128, 0));
const FEMALE: (Decimal, Decimal) = (dec(107, 2), dec(148, 0));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Lean (James)",
    kind: Kind::BodyWeight,
    citation: "James WPT 1976, Research on Obesity, HMSO",
    formula_text: "men 1.1 × W − 128 × (W ÷ H)²; women 1.07 × W − 148 × (W ÷ H)²",
    unit: "kg",
    valid_range: "adults who are not very obese: the curve turns down there",
    needs: &[Need::Height, Need::Weight, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(NAME)?, inputs.weight(NAME)?);
    let (line, bend) = match inputs.sex(NAME)? {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
    };
    let mut sheet = Sheet::new(NAME);
    let put_in = format!(
        "{} × {} − {} × ({} ÷ {})²",
        figure(line),
        figure(weight),
        figure(bend),
        figure(weight),
        figure(height)
    );
    let value = || line.checked_mul(weight)?.checked_sub(ratio(&[bend, weight, weight], &[height, height])?);
    sheet.step("lean body weight (james)", put_in, value(), "kg")?;
    sheet.finish("the formula gives no positive weight for so heavy a body; another formula is needed")
}
