//! The shared middle of the MDRD and CKD-EPI equations: powers of creatinine and age, and coefficients.

use rust_decimal::Decimal;

use crate::formula::sheet::{Sheet, figure};
use crate::formula::{FormulaError, Inputs, Race};
use crate::quantity::{Sex, decimal};

/// A product as it is written and as it is worth.
pub(super) struct Chain {
    written: String,
    value: Option<Decimal>,
}

impl Chain {
    pub(super) fn new(first: Decimal) -> Self {
        Self { written: figure(first), value: Some(first) }
    }

    /// Multiplies by a figure.
    pub(super) fn times(mut self, factor: Decimal) -> Self {
        self.written = format!("{} × {}", self.written, figure(factor));
        self.value = self.value.and_then(|value| value.checked_mul(factor));
        self
    }

    /// Multiplies by a power, a negative exponent written in brackets.
    pub(super) fn times_power(mut self, base: Decimal, exponent: Decimal) -> Self {
        let shown = if exponent < Decimal::ZERO { format!("(−{})", figure(-exponent)) } else { figure(exponent) };
        self.written = format!("{} × {}^{shown}", self.written, figure(base));
        self.value = self.value.and_then(|value| value.checked_mul(decimal::pow(base, exponent)?));
        self
    }

    /// Multiplies by the coefficient for women.
    pub(super) fn if_female(self, sex: Sex, factor: Decimal) -> Self {
        if sex == Sex::Female { self.times(factor) } else { self }
    }

    /// Multiplies by the race coefficient, only where one was asked for.
    pub(super) fn if_black(self, inputs: &Inputs, factor: Decimal) -> Self {
        if inputs.race == Some(Race::Black) { self.times(factor) } else { self }
    }

    /// Writes it down as a step.
    pub(super) fn write(self, sheet: &mut Sheet, label: String, unit: &'static str) -> Result<Decimal, FormulaError> {
        sheet.step(label, self.written, self.value, unit)
    }
}

/// The unit of an indexed result.
pub(super) const INDEXED: &str = "mL/min/1.73 m²";

pub(super) fn label(name: &str) -> String {
    format!("kidney function ({name})")
}
