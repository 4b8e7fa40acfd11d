//! A body surface that is typed, or made by a formula.

use crate::formula::{FormulaError, Inputs, Line, bsa::BsaFormula};
use crate::quantity::{Bsa, QuantityError, number};

/// Where a body surface comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Somebody has it.
    Typed(Bsa),
    /// Of height and weight.
    By(BsaFormula),
}

impl Surface {
    /// Reads `1.75`, `1.75 m2`, or a formula's name.
    pub fn read(text: &str) -> Result<Self, QuantityError> {
        if let Ok(formula) = BsaFormula::read(text) {
            return Ok(Surface::By(formula));
        }
        let right = "square metres such as 1.75, or a formula such as mosteller";
        let parts = number::split(text, right)?;
        if !matches!(parts.unit, "" | "m2" | "m²") || parts.value.is_zero() {
            return Err(QuantityError::new(text, "is not a body surface", right));
        }
        Ok(Surface::Typed(Bsa::new(parts.value)))
    }

    /// The figure; of a formula with its working.
    pub fn compute(self, inputs: &Inputs) -> Result<(Bsa, Vec<Line>), FormulaError> {
        match self {
            Surface::Typed(bsa) => Ok((bsa, Vec::new())),
            Surface::By(formula) => {
                let computed = (formula.entry().compute)(inputs)?;
                Ok((Bsa::new(computed.value), computed.steps))
            }
        }
    }
}
