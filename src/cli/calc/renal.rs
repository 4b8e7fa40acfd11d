//! `posology calc renal`.
//!
//! A formula gives mL/min (absolute) or mL/min/1.73 m² (indexed). `--indexed` asks for the second; a
//! `--bsa` without it asks for the first. Nothing is converted unasked.

use clap::ValueEnum;

use super::report::{Besides, Outcome, Sheet, failure};
use super::{ALL, names};
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Echo, Facts, Kidney};
use crate::cli::measure::Asked as Confirm;
use crate::cli::{Output, json, measure};
use crate::failure::Failure;
use crate::formula::renal::{RenalFormula, creatinine_floor, indexing};
use crate::formula::weight::{adjusted, devine};
use crate::formula::{Computed, FormulaError, Inputs, Kind, Line, bsa::BsaFormula};
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Bsa, Creatinine, Decimal, Gfr, QuantityError, Weight, number};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: Facts<Kidney>,
    #[command(flatten)]
    confirming: Confirming,
    /// Which formula; `renal` computes all, `crcl` cockcroft-gault
    #[arg(long, value_parser = names(RenalFormula::ALL.iter().map(|formula| formula.name())))]
    formula: Option<String>,
    /// Which weight Cockcroft and Gault is given.
    #[arg(long, value_enum, default_value_t = WeightType::Actual)]
    weight_type: WeightType,
    /// The share of the excess weight that an adjusted weight counts, such as 0.4.
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true, value_parser = number::parse)]
    factor: Option<Decimal>,
    /// Raise a lower creatinine to this figure first: "0.7 mg/dL".
    #[arg(long, value_name = "C", allow_negative_numbers = true, value_parser = Creatinine::read)]
    floor: Option<Creatinine>,
    /// Body surface in m², or the formula to compute it from height and weight; turns an indexed result into mL/min.
    #[arg(long, value_name = "BSA", allow_negative_numbers = true, value_parser = Surface::read)]
    bsa: Option<Surface>,
    /// Give the result per 1.73 m², through --bsa where the formula gives mL/min.
    #[arg(long)]
    indexed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WeightType {
    Actual,
    Ideal,
    Adjusted,
}

/// `usual` is the formula where none was named.
pub(super) fn run(args: &Args, usual: &str, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let known = args.facts.known(&mut echo)?;
    let (factor, floor) = (args.factor, args.floor);
    let inputs = Inputs { factor, ..known.inputs(&mut echo)? };
    let policy = Policy { creatinine_floor: floor.map(|floor| echo.note("floor", floor)), ..Policy::default() };
    let measured = measure::measurements(&inputs, &known);
    let mut confirm = Confirm::of(&args.confirming, known.subject(), output);
    measure::stop(&measured, &policy, &mut confirm)?;
    let bsa = args.bsa.map(|surface| surface.compute(&inputs, &mut echo)).transpose()?;
    let asked = Asked { inputs: Inputs { bsa: bsa.as_ref().map(|(bsa, _)| *bsa), ..inputs }, bsa, floor, args };
    asked.answer(args.formula.as_deref().unwrap_or(usual), &measured, &policy, &echo, confirm)
}

/// A body surface: typed, or by a formula.
#[derive(Debug, Clone, Copy)]
pub(super) enum Surface {
    Typed(Bsa),
    By(BsaFormula),
}

impl Surface {
    /// `1.75`, `1.75 m2`, or a formula's name.
    pub(super) fn read(text: &str) -> Result<Self, QuantityError> {
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

    /// The figure, noted; of a formula with its working.
    pub(super) fn compute(self, inputs: &Inputs, echo: &mut Echo) -> Result<(Bsa, Vec<Line>), Failure> {
        match self {
            Surface::Typed(bsa) => Ok((echo.note("body surface", bsa), Vec::new())),
            Surface::By(formula) => {
                let computed = (formula.entry().compute)(inputs).map_err(|error| failure(&error))?;
                let name = formula.name();
                echo.note("body surface", format!("{} {} ({name})", json::figure(computed.value), computed.unit));
                Ok((Bsa::new(computed.value), computed.steps))
            }
        }
    }
}

/// Everything that was asked for.
struct Asked<'a> {
    inputs: Inputs,
    bsa: Option<(Bsa, Vec<Line>)>,
    floor: Option<Creatinine>,
    args: &'a Args,
}

impl Asked<'_> {
    fn answer(
        &self,
        name: &str,
        measured: &Measurements,
        policy: &Policy,
        echo: &Echo,
        mut confirm: Confirm<'_>,
    ) -> Result<(), Failure> {
        if name == ALL {
            let findings = measure::guard(measured, policy, &mut confirm)?;
            let outcomes: Vec<Outcome> = RenalFormula::ALL.iter().map(|formula| self.compute(*formula)).collect();
            return Sheet { echo, findings: &findings }.all(&outcomes, confirm.output);
        }
        let formula = RenalFormula::read(name).map_err(|error| Failure::usage(error.to_string()))?;
        self.fits(formula)?;
        if formula == RenalFormula::CockcroftGault && plausibility::is_child(measured) {
            let failure = Failure::refused("Cockcroft and Gault's formula is not defined below 18 years");
            return Err(failure.hint("for a child take bedside-schwartz, with the height: --formula bedside-schwartz"));
        }
        // The estimate is looked at before a floor raises the creatinine and before it is converted.
        let raw = self.bare().raw(formula).map_err(|error| failure(&error))?;
        let is_gfr = formula.entry().kind != Kind::CarboplatinClearance;
        let measured = Measurements { estimated_gfr: is_gfr.then_some(raw.value), ..*measured };
        let findings = measure::guard(&measured, policy, &mut confirm)?;
        let besides = Besides { without_floor: self.without_floor(formula), ..Besides::default() };
        Sheet { echo, findings: &findings }.one_with(&self.compute(formula), &besides, confirm.output)
    }

    /// The figure of the creatinine as it was measured, where the floor has raised it.
    fn without_floor(&self, formula: RenalFormula) -> Option<Computed> {
        let raised = creatinine_floor::apply(self.inputs.creatinine?, self.floor).ok()?.0 != self.inputs.creatinine?;
        self.bare().compute(formula).result.ok().filter(|_| raised)
    }

    /// The same without the floor.
    fn bare(&self) -> Self {
        Asked { floor: None, bsa: self.bsa.clone(), ..*self }
    }

    /// Options that the formula would not use are refused rather than ignored.
    fn fits(&self, formula: RenalFormula) -> Result<(), Failure> {
        let name = formula.name();
        if self.args.weight_type != WeightType::Actual && formula != RenalFormula::CockcroftGault {
            return Err(Failure::usage(format!("--weight-type belongs to cockcroft-gault; {name} has its own weight")));
        }
        let converts = self.args.indexed || (self.bsa.is_some() && formula.entry().kind == Kind::CarboplatinClearance);
        if converts && formula.entry().kind == Kind::CarboplatinClearance {
            return Err(Failure::usage(format!(
                "{name} gives the clearance of carboplatin, which is not a GFR to convert"
            )));
        }
        Ok(())
    }

    fn compute(&self, formula: RenalFormula) -> Outcome {
        Outcome::of(formula.entry(), self.raw(formula).and_then(|raw| self.converted(formula, raw)))
    }

    /// The formula's own figure, with the floor and the weight it was asked to use.
    fn raw(&self, formula: RenalFormula) -> Result<Computed, FormulaError> {
        let mut inputs = self.inputs;
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
            before.extend(self.bsa.iter().flat_map(|(_, lines)| lines.clone()));
        }
        Ok(after(before, (formula.entry().compute)(&inputs)?))
    }

    fn other_weight(&self) -> Result<Option<Computed>, FormulaError> {
        match self.args.weight_type {
            WeightType::Actual => Ok(None),
            WeightType::Ideal => devine::compute(&self.inputs).map(Some),
            WeightType::Adjusted => adjusted::compute(&self.inputs).map(Some),
        }
    }

    fn converted(&self, formula: RenalFormula, raw: Computed) -> Result<Computed, FormulaError> {
        let convert = match (formula.entry().kind, self.args.indexed, &self.bsa) {
            (Kind::RenalAbsolute, true, _) => &indexing::INDEX,
            (Kind::RenalIndexed, false, Some(_)) => &indexing::DEINDEX,
            _ => return Ok(raw),
        };
        let gfr = if self.args.indexed { Gfr::Absolute(raw.value) } else { Gfr::Indexed(raw.value) };
        let last = (convert.compute)(&Inputs { gfr: Some(gfr), ..self.inputs })?;
        let surface = self.bsa.iter().filter(|_| formula != RenalFormula::Wright).flat_map(|(_, lines)| lines.clone());
        let steps = raw.steps.into_iter().chain(surface).collect();
        Ok(after(steps, Computed { cautions: raw.cautions, ..last }))
    }
}

/// A result with the steps that led up to it.
fn after(mut before: Vec<Line>, computed: Computed) -> Computed {
    before.extend(computed.steps);
    Computed { steps: before, ..computed }
}
