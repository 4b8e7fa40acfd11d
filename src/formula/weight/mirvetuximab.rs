//! The ideal weight that the label of mirvetuximab soravtansine names, for women.
//!
//! Elahere US prescribing information, section 2.2: 0.9 × H − 92 (H in cm). The label takes it into an adjusted
//! weight with the factor 0.4 and doses on that; [`super::devine`] gives another weight (57.0 against 56.5 kg at
//! 165 cm). Made for: adult women. The label gives no line for men, so a man is refused, as are a missing height
//! or sex and heights that give no positive weight.
//!
//! ```
//! use posology::formula::{Inputs, weight::mirvetuximab};
//! use posology::quantity::{Height, Sex, decimal};
//! let inputs = Inputs { height: Some(Height::read("165").unwrap()), sex: Some(Sex::Female), ..Inputs::default() };
//! assert_eq!(decimal::half_up(mirvetuximab::compute(&inputs).unwrap().value, 1).to_string(), "56.5");
//! let man = Inputs { sex: Some(Sex::Male), ..inputs };
//! assert!(mirvetuximab::compute(&man).is_err());
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::Sex;

const NAME: &str = "mirvetuximab";
const EACH_CM: Decimal = dec(9, 1);
const OFF: Decimal = dec(92, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Ideal (mirvetuximab)",
    kind: Kind::BodyWeight,
    citation: "Elahere (mirvetuximab soravtansine) US prescribing information, section 2.2",
    formula_text: "women 0.9 × H − 92; none for men",
    unit: "kg",
    valid_range: "adult women",
    needs: &[Need::Height, Need::Sex],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let height = inputs.height(NAME)?;
    if inputs.sex(NAME)? == Sex::Male {
        let right = "the label gives this weight for women only".to_owned();
        return Err(FormulaError::OutOfRange { formula: NAME, what: "a sex", given: "male".to_owned(), right });
    }
    let mut sheet = Sheet::new(NAME);
    let put_in = format!("0.9 × {} − 92", figure(height));
    let value = EACH_CM.checked_mul(height).and_then(|weight| weight.checked_sub(OFF));
    sheet.step("ideal body weight (mirvetuximab)", put_in, value, "kg")?;
    sheet.finish("the formula gives no positive weight for this height")
}
