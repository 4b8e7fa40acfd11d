//! The form most body-surface formulas share: factor × W^a × H^b.

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure, product};
use crate::formula::{Computed, FormulaError, Inputs};
use crate::quantity::decimal;

/// The three constants of one formula.
pub(super) struct Power {
    pub(super) factor: Decimal,
    pub(super) weight: Decimal,
    pub(super) height: Decimal,
}

pub(super) fn power_law(name: &'static str, power: &Power, inputs: &Inputs) -> Result<Computed, FormulaError> {
    let (height, weight) = (inputs.height(name)?, inputs.weight(name)?);
    let put_in = format!(
        "{} × {}^{} × {}^{}",
        figure(power.factor),
        figure(weight),
        figure(power.weight),
        figure(height),
        figure(power.height)
    );
    let mut sheet = Sheet::new(name);
    sheet.step(super::label(name), put_in, value(power, weight, height), "m²")?;
    sheet.finish("check the height and the weight")
}

fn value(power: &Power, weight: Decimal, height: Decimal) -> Option<Decimal> {
    product(&[power.factor, decimal::pow(weight, power.weight)?, decimal::pow(height, power.height)?])
}
