//! Kidney function by a formula, with the weight, the floor and the conversion that were asked for.
//!
//! A formula gives mL/min (absolute) or mL/min/1.73 m² (indexed). A body surface turns the second into the first, and the
//! first into the second where that is asked for. Nothing is converted unasked.

use crate::formula::renal::{RenalFormula, creatinine_floor, indexing};
use crate::formula::weight::{adjusted, devine};
use crate::formula::{Computed, FormulaError, Inputs, Kind, Line};
use crate::quantity::{Bsa, Creatinine, Gfr, Weight};

use super::Outcome;

/// Which weight Cockcroft and Gault is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WeightUsed {
    /// As weighed.
    #[default]
    Actual,
    /// Devine's ideal weight.
    Ideal,
    /// Between the two, by [`Inputs::factor`].
    Adjusted,
}

/// What is known, and how the figure is wanted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kidney {
    /// What the formulas are given.
    pub inputs: Inputs,
    /// The body surface, with how it came about.
    pub surface: Option<(Bsa, Vec<Line>)>,
    /// A lower creatinine is raised to it.
    pub floor: Option<Creatinine>,
    /// The weight of Cockcroft and Gault.
    pub weight: WeightUsed,
    /// The figure is wanted per 1.73 m².
    pub indexed: bool,
}

impl Kidney {
    /// The figure as it is wanted.
    pub fn compute(&self, formula: RenalFormula) -> Outcome {
        Outcome::of(formula.entry(), self.raw(formula).and_then(|raw| self.converted(formula, raw)))
    }

    /// The same without the floor.
    #[must_use]
    pub fn bare(&self) -> Self {
        Self { floor: None, ..self.clone() }
    }

    /// The figure of the creatinine as it was measured, where the floor has raised it.
    pub fn without_floor(&self, formula: RenalFormula) -> Option<Computed> {
        let raised = creatinine_floor::apply(self.inputs.creatinine?, self.floor).ok()?.0 != self.inputs.creatinine?;
        self.bare().compute(formula).result.ok().filter(|_| raised)
    }

    /// The formula's own figure, with the floor and the weight it was asked to use.
    pub fn raw(&self, formula: RenalFormula) -> Result<Computed, FormulaError> {
        let surface = self.surface.as_ref().map(|(bsa, _)| *bsa);
        let mut inputs = Inputs { bsa: surface.or(self.inputs.bsa), ..self.inputs };
        let mut before = Vec::new();
        if let Some(creatinine) = inputs.creatinine {
            let (used, line) = creatinine_floor::apply(creatinine, self.floor)?;
            inputs.creatinine = Some(used);
            before.extend(line);
        }
        if formula == RenalFormula::CockcroftGault
            && let Some(weight) = self.other_weight()?
        {
            inputs.weight = Some(Weight::new(weight.value));
            before.extend(weight.steps);
        }
        if formula == RenalFormula::Wright {
            before.extend(self.surface.iter().flat_map(|(_, lines)| lines.clone()));
        }
        Ok(after(before, (formula.entry().compute)(&inputs)?))
    }

    fn other_weight(&self) -> Result<Option<Computed>, FormulaError> {
        match self.weight {
            WeightUsed::Actual => Ok(None),
            WeightUsed::Ideal => devine::compute(&self.inputs).map(Some),
            WeightUsed::Adjusted => adjusted::compute(&self.inputs).map(Some),
        }
    }

    fn converted(&self, formula: RenalFormula, raw: Computed) -> Result<Computed, FormulaError> {
        let convert = match (formula.entry().kind, self.indexed, &self.surface) {
            (Kind::RenalAbsolute, true, _) => &indexing::INDEX,
            (Kind::RenalIndexed, false, Some(_)) => &indexing::DEINDEX,
            _ => return Ok(raw),
        };
        let gfr = if self.indexed { Gfr::Absolute(raw.value) } else { Gfr::Indexed(raw.value) };
        let bsa = self.surface.as_ref().map(|(bsa, _)| *bsa);
        let last = (convert.compute)(&Inputs { gfr: Some(gfr), bsa, ..self.inputs })?;
        let shown = self.surface.iter().filter(|_| formula != RenalFormula::Wright);
        let steps = raw.steps.into_iter().chain(shown.flat_map(|(_, lines)| lines.clone())).collect();
        Ok(after(steps, Computed { cautions: raw.cautions, ..last }))
    }
}

/// A result with the steps that led up to it.
fn after(mut before: Vec<Line>, computed: Computed) -> Computed {
    before.extend(computed.steps);
    Computed { steps: before, ..computed }
}
