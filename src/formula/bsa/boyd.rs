//! Boyd, in the form with the weight in grams and a weight exponent that depends on the weight.
//!
//! Boyd E 1935, The Growth of the Surface Area of the Human Body, University of Minnesota Press.
//! Body surface in m² = 0.0003207 × G^(0.7285 − 0.0188 × log10 G) × H^0.3, with G the weight in grams, H in cm.
//! Made for: newborns to adults. A form in kg with the rounded factor 0.0333 is in circulation; it differs
//! by about 0.01 %. Refuses a missing height or weight and figures no body has.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight, decimal};
//! let (height, weight) = (Height::new(Decimal::from(170)), Weight::new(Decimal::from(65)));
//! let surface = bsa::compute(BsaFormula::Boyd, height, weight, None).unwrap();
//! assert_eq!(decimal::half_up(surface.value, 4).to_string(), "1.7618");
//! assert_eq!(surface.steps.len(), 2);
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, product};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::decimal;

const NAME: &str = "boyd";
const FACTOR: Decimal = dec(3_207, 7);
const EXPONENT: Decimal = dec(7_285, 4);
const SLOPE: Decimal = dec(188, 4);
const HEIGHT_EXPONENT: Decimal = dec(3, 1);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Boyd",
    kind: Kind::BodySurface,
    citation: "Boyd E 1935, The Growth of the Surface Area of the Human Body, University of Minnesota Press",
    formula_text: "0.0003207 × (1000 W)^(0.7285 − 0.0188 × log10(1000 W)) × H^0.3",
    unit: "m²",
    valid_range: "newborns to adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(NAME)?, inputs.weight(NAME)?);
    let grams = weight.checked_mul(Decimal::ONE_THOUSAND).ok_or(FormulaError::Overflow { formula: NAME })?;
    let mut sheet = Sheet::new(NAME);
    let put_in = format!("0.7285 − 0.0188 × log10({})", figure(grams));
    let exponent = sheet.step("exponent of the weight", put_in, exponent(grams), "")?;
    let put_in = format!("0.0003207 × {}^{} × {}^0.3", figure(grams), figure(exponent), figure(height));
    sheet.step(super::label(NAME), put_in, value(grams, exponent, height), "m²")?;
    sheet.finish("check the height and the weight")
}

fn exponent(grams: Decimal) -> Option<Decimal> {
    EXPONENT.checked_sub(SLOPE.checked_mul(decimal::log10(grams)?)?)
}

fn value(grams: Decimal, exponent: Decimal, height: Decimal) -> Option<Decimal> {
    product(&[FACTOR, decimal::pow(grams, exponent)?, decimal::pow(height, HEIGHT_EXPONENT)?])
}
