//! Livingston and Lee: from the weight alone, for obese patients; a form of its own below 10 kg.
//!
//! Livingston EH, Lee S 2001, Am J Physiol Endocrinol Metab 281:E586-E591. Body surface in m², W in kg:
//! 0.1173 × W^0.6466; below 10 kg 0.1037 × W^0.6724 (the form below 10 kg was not checked against the paper).
//! Made for: children and adults, obese included. Refuses a missing weight and figures no body has.
//!
//! ```
//! use posology::formula::{Inputs, bsa::livingston_lee};
//! use posology::quantity::{Decimal, Weight, decimal};
//! let surface = |kg| {
//!     let weight = Some(Weight::new(Decimal::from(kg)));
//!     decimal::half_up(livingston_lee::compute(&Inputs { weight, ..Inputs::default() }).unwrap().value, 4)
//! };
//! assert_eq!(surface(65).to_string(), "1.7439");
//! assert_eq!(surface(5).to_string(), "0.306");
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::decimal;

const NAME: &str = "livingston-lee";
const CHILD_BELOW: Decimal = dec(10, 0);
const ADULT: (Decimal, Decimal) = (dec(1_173, 4), dec(6_466, 4));
const CHILD: (Decimal, Decimal) = (dec(1_037, 4), dec(6_724, 4));

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Livingston and Lee",
    kind: Kind::BodySurface,
    citation: "Livingston EH, Lee S 2001, Am J Physiol Endocrinol Metab 281:E586-E591",
    formula_text: "0.1173 × W^0.6466; below 10 kg 0.1037 × W^0.6724 (unverified)",
    unit: "m²",
    valid_range: "children and adults, obese included",
    needs: &[Need::Weight],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let weight = inputs.weight(NAME)?;
    let mut sheet = Sheet::new(NAME);
    let (factor, exponent) = if weight < CHILD_BELOW { CHILD } else { ADULT };
    if weight < CHILD_BELOW {
        sheet.caution("livingston-lee: the form below 10 kg was not checked against the paper".to_owned());
    }
    let put_in = format!("{} × {}^{}", figure(factor), figure(weight), figure(exponent));
    let value = decimal::pow(weight, exponent).and_then(|power| factor.checked_mul(power));
    sheet.step(super::label(NAME), put_in, value, "m²")?;
    sheet.finish("check the weight")
}
