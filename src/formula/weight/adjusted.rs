//! Adjusted body weight: the ideal weight and a stated share of what lies above it.
//!
//! No single primary paper; the aminoglycoside literature is usually cited (Bauer LA et al. 1983, Eur J Clin
//! Pharmacol 24:643-647). In kg: ideal + factor × (W − ideal). The factor has no default: 0.4 is usual, 0.25
//! and 0.3 are in use. The ideal weight is Devine's unless another is given. It is applied as asked, also to
//! a weight below the ideal one. Made for: obese adults. Refuses a missing weight or factor, and a factor
//! outside 0 to 1.
//!
//! ```
//! use posology::formula::{Inputs, weight::adjusted};
//! use posology::quantity::{Decimal, Weight};
//! let inputs = Inputs {
//!     weight: Some(Weight::read("100").unwrap()),
//!     ideal: Some(Weight::read("60").unwrap()),
//!     factor: Some(Decimal::new(4, 1)),
//!     ..Inputs::default()
//! };
//! assert_eq!(adjusted::compute(&inputs).unwrap().value, Decimal::from(76));
//! ```

use rust_decimal::Decimal;

use super::devine;
use crate::formula::sheet::{Sheet, figure};
use crate::formula::{Computed, Entry, FormulaError, Inputs, Kind, Need};

const NAME: &str = "adjusted";

/// What is published about it.
pub const ENTRY: Entry = Entry {
    name: NAME,
    title: "Adjusted",
    kind: Kind::BodyWeight,
    citation: "no single primary paper; usually Bauer LA et al. 1983, Eur J Clin Pharmacol 24:643-647",
    formula_text: "ideal + factor × (W − ideal)",
    unit: "kg",
    valid_range: "obese adults",
    needs: &[Need::Weight, Need::Height, Need::Sex, Need::Factor],
    compute,
};

/// Computes it. Height and sex are not asked for when the ideal weight is given.
pub fn compute(inputs: &Inputs) -> Result<Computed, FormulaError> {
    let weight = inputs.weight(NAME)?;
    let factor = factor(inputs)?;
    let mut sheet = Sheet::new(NAME);
    let ideal = match inputs.ideal {
        Some(ideal) => ideal.value(),
        None => sheet.include(ideal(inputs)?),
    };
    let put_in = format!("{0} + {1} × ({2} − {0})", figure(ideal), figure(factor), figure(weight));
    let value = || ideal.checked_add(factor.checked_mul(weight.checked_sub(ideal)?)?);
    sheet.step("adjusted body weight", put_in, value(), "kg")?;
    sheet.finish("check the weights")
}

fn ideal(inputs: &Inputs) -> Result<Computed, FormulaError> {
    inputs.height(NAME)?;
    inputs.sex(NAME)?;
    devine::compute(inputs)
}

fn factor(inputs: &Inputs) -> Result<Decimal, FormulaError> {
    let factor = inputs.factor.ok_or(FormulaError::Missing { formula: NAME, input: Need::Factor })?;
    if factor >= Decimal::ZERO && factor <= Decimal::ONE {
        return Ok(factor);
    }
    let right = "give a share from 0 to 1, such as 0.4".to_owned();
    Err(FormulaError::OutOfRange { formula: NAME, what: "a factor", given: figure(factor), right })
}
