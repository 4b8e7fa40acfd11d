//! Mosteller: the square root that fits on a pocket calculator, and the usual choice of protocols.
//!
//! Mosteller RD 1987, N Engl J Med 317:1098. Body surface in m² = √(H × W ÷ 3600), with W in kg and H in cm.
//! Made for: children and adults. Refuses a missing height or weight and figures no body has.
//! Swapping height and weight leaves it unchanged, so it cannot reveal that mistake.
//!
//! ```
//! use posology::formula::bsa::{self, BsaFormula};
//! use posology::quantity::{Decimal, Height, Weight};
//! let (height, weight) = (Height::new(Decimal::from(180)), Weight::new(Decimal::from(80)));
//! let surface = bsa::compute(BsaFormula::Mosteller, height, weight, None).unwrap();
//! assert_eq!(surface.value, Decimal::from(2));
//! ```

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, ratio};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need, dec};
use crate::quantity::decimal;

const NAME: &str = "mosteller";
const DIVISOR: Decimal = dec(3_600, 0);

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Mosteller",
    kind: Kind::BodySurface,
    citation: "Mosteller RD 1987, N Engl J Med 317:1098",
    formula_text: "√(H × W ÷ 3600)",
    unit: "m²",
    valid_range: "children and adults",
    needs: &[Need::Height, Need::Weight],
    compute,
};

/// Computes it.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(NAME)?, inputs.weight(NAME)?);
    let put_in = format!("√({} cm × {} kg ÷ 3,600)", figure(height), figure(weight));
    let mut sheet = Sheet::new(NAME);
    let value = ratio(&[height, weight], &[DIVISOR]).and_then(decimal::sqrt);
    sheet.step(super::label(NAME), put_in, value, "m²")?;
    sheet.finish("check the height and the weight")
}
