//! The sheet a formula writes its steps on, and arithmetic over decimals that may leave their range.

use rust_decimal::Decimal;

pub use crate::quantity::number::figure;

use super::{Computed, FormulaError, Line};
use crate::quantity::{Creatinine, lab::CreatinineUnit};

/// The product of several figures.
pub(super) fn product(factors: &[Decimal]) -> Option<Decimal> {
    factors.iter().try_fold(Decimal::ONE, |product, factor| product.checked_mul(*factor))
}

/// `above` multiplied out, over `below` multiplied out.
pub(super) fn ratio(above: &[Decimal], below: &[Decimal]) -> Option<Decimal> {
    product(above)?.checked_div(product(below)?)
}

/// The steps of one calculation as they are written down.
pub(super) struct Sheet {
    formula: &'static str,
    steps: Vec<Line>,
    cautions: Vec<String>,
}

impl Sheet {
    pub(super) fn new(formula: &'static str) -> Self {
        Self { formula, steps: Vec::new(), cautions: Vec::new() }
    }

    /// Writes a step and hands its value back; `None` is an overflow.
    pub(super) fn step(
        &mut self,
        label: impl Into<String>,
        expression: impl Into<String>,
        value: Option<Decimal>,
        unit: &'static str,
    ) -> Result<Decimal, FormulaError> {
        let value = value.ok_or(FormulaError::Overflow { formula: self.formula })?.normalize();
        self.steps.push(Line { label: label.into(), expression: expression.into(), value, unit });
        Ok(value)
    }

    /// Takes over the steps of another calculation and hands its value back.
    pub(super) fn include(&mut self, other: Computed) -> Decimal {
        self.steps.extend(other.steps);
        self.cautions.extend(other.cautions);
        other.value
    }

    /// Takes over a step that was written elsewhere.
    pub(super) fn include_lines(&mut self, lines: impl IntoIterator<Item = Line>) {
        self.steps.extend(lines);
    }

    /// Adds what a reader must know.
    pub(super) fn caution(&mut self, text: String) {
        self.cautions.push(text);
    }

    /// Cautions when an age is outside the range the formula was made for.
    pub(super) fn made_for_ages(&mut self, age: Decimal, from: u32, below: Option<u32>) {
        let above = below.is_some_and(|below| age >= Decimal::from(below));
        if age >= Decimal::from(from) && !above {
            return;
        }
        let range = match below {
            Some(below) => format!("ages from {from} to below {below}"),
            None => format!("ages from {from}"),
        };
        self.caution(format!("{} was made for {range}; the age is {}", self.formula, figure(age)));
    }

    /// The creatinine in mg/dL, with a step where it was reported otherwise.
    pub(super) fn mg_per_dl(&mut self, creatinine: Creatinine) -> Result<Decimal, FormulaError> {
        let value = creatinine.mg_per_dl();
        match creatinine.unit() {
            CreatinineUnit::MgPerDl => value.ok_or(FormulaError::Overflow { formula: self.formula }),
            CreatinineUnit::UmolPerL => {
                let put_in = format!("{} umol/L ÷ {}", figure(creatinine.value()), figure(creatinine.factor()));
                self.step("creatinine in mg/dL", put_in, value, "mg/dL")
            }
        }
    }

    /// The creatinine in µmol/L, with a step where it was reported otherwise.
    pub(super) fn umol_per_l(&mut self, creatinine: Creatinine) -> Result<Decimal, FormulaError> {
        let value = creatinine.umol_per_l();
        match creatinine.unit() {
            CreatinineUnit::UmolPerL => value.ok_or(FormulaError::Overflow { formula: self.formula }),
            CreatinineUnit::MgPerDl => {
                let put_in = format!("{} mg/dL × {}", figure(creatinine.value()), figure(creatinine.factor()));
                self.step("creatinine in umol/L", put_in, value, "umol/L")
            }
        }
    }

    /// The result is the last step, and must be above zero: no body quantity is not.
    pub(super) fn finish(self, right: &'static str) -> Result<Computed, FormulaError> {
        let formula = self.formula;
        let (value, unit) =
            self.steps.last().map(|line| (line.value, line.unit)).ok_or(FormulaError::Overflow { formula })?;
        if value <= Decimal::ZERO {
            let given = format!("{} {unit}", figure(value));
            return Err(FormulaError::OutOfRange { formula, what: "a result", given, right: right.to_owned() });
        }
        Ok(Computed { value, unit, steps: self.steps, cautions: self.cautions })
    }

    /// The result is the last step, whatever its sign: a dose may be rounded to zero, a difference be negative.
    pub(super) fn finish_dose(self) -> Computed {
        let (value, unit) = self.steps.last().map_or((Decimal::ZERO, ""), |line| (line.value, line.unit));
        Computed { value, unit, steps: self.steps, cautions: self.cautions }
    }
}
