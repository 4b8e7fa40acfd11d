//! Lean body weight after Janmahasatian.
//!
//! Janmahasatian S et al. 2005, Clin Pharmacokinet 44:1051-1065. In kg: men 9270 × W ÷ (6680 + 216 × BMI); women 9270 × W ÷ (8780 + 244 × BMI), with W in kg and H in cm.
//! Made for: adults, obese included. Refuses a missing height, weight or sex, and figures that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::janmahasatian};
//! use posology::quantity::{Height, Sex, Weight, decimal};
//! let inputs = Inputs {
//!     height: Some(Height::read("160").unwrap()),
//!     weight: Some(Weight::read("96").unwrap()),
//!     sex: Some(Sex::Female),
//!     ..Inputs::default()
//! };
//! assert_eq!(decimal::half_up(janmahasatian::compute(&inputs).unwrap().value, 4).to_string(), "49.633");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, bmi, dec};
use crate::quantity::{Bmi, Sex};

const NAME: &str = "janmahasatian";
const FACTOR: Decimal = dec(9_270, 0);
/// The constant below, and what the body-mass index is multiplied by.
const MALE: (Decimal, Decimal) = (dec(6_680, 0), dec(216, 0));
const FEMALE: (Decimal, Decimal) = (dec(8_780, 0), dec(244, 0));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Lean (Janmahasatian)",
    kind: Kind::BodyWeight,
    citation: "Janmahasatian S et al. 2005, Clin Pharmacokinet 44:1051-1065",
    formula_text: "men 9270 × W ÷ (6680 + 216 × BMI); women 9270 × W ÷ (8780 + 244 × BMI)",
    unit: "kg",
    valid_range: "adults, obese included",
    needs: &[Need::Height, Need::Weight, Need::Sex],
    compute,
};

/// Computes it, from the body-mass index of the same height and weight.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    inputs.sex(NAME)?;
    let mut sheet = Sheet::new(NAME);
    inputs.height(NAME)?;
    inputs.weight(NAME)?;
    let index = sheet.include(bmi::compute(inputs)?);
    finish(sheet, inputs, index)
}

/// Computes it from a body-mass index that is known already.
pub fn from_bmi(inputs: &Inputs, index: Bmi) -> Result<Computed, FormulaError> {
    finish(Sheet::new(NAME), inputs, index.value())
}

fn finish(mut sheet: Sheet, inputs: &Inputs, index: Decimal) -> Result<Computed, FormulaError> {
    let weight = inputs.weight(NAME)?;
    let (base, slope) = match inputs.sex(NAME)? {
        Sex::Male => MALE,
        Sex::Female => FEMALE,
    };
    let put_in = format!("9,270 × {} ÷ ({} + {} × {})", figure(weight), figure(base), figure(slope), figure(index));
    let value = || ratio(&[FACTOR, weight], &[base.checked_add(slope.checked_mul(index)?)?]);
    sheet.step("lean body weight (janmahasatian)", put_in, value(), "kg")?;
    sheet.finish("check the height and the weight")
}
