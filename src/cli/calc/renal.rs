//! `posology calc renal`.
//!
//! A formula gives mL/min (absolute) or mL/min/1.73 m² (indexed). `--indexed` asks for the second; a
//! `--bsa` without it asks for the first. Nothing is converted unasked.

use clap::ValueEnum;

use super::report::{Besides, Sheet, failure};
use super::{ALL, names};
use crate::calculator::carboplatin::NoCarboplatin;
use crate::calculator::kidney::{Kidney, WeightUsed};
use crate::calculator::{Outcome, Surface};
use crate::cli::confirm::Confirming;
use crate::cli::facts::{self, Echo, Facts};
use crate::cli::measure::Asked as Confirm;
use crate::cli::{Output, measure};
use crate::failure::Failure;
use crate::formula::renal::RenalFormula;
use crate::formula::{Inputs, Kind, Line};
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::{Bsa, Creatinine, Decimal, number};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: Facts<facts::Kidney>,
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
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let (factor, floor) = (args.factor, args.floor);
    let inputs = Inputs { factor, ..known.inputs(&mut echo)? };
    let policy = Policy { creatinine_floor: floor.map(|floor| echo.note("floor", floor)), ..Policy::default() };
    let measured = measure::measurements(&inputs, &known);
    let mut confirm = Confirm::of(&args.confirming, known.subject(), output);
    measure::stop(&measured, &policy, &mut confirm)?;
    let surface = args.bsa.map(|asked| surface(asked, &inputs, &mut echo)).transpose()?;
    let kidney = Kidney { inputs, surface, floor, weight: args.weight_type.into(), indexed: args.indexed };
    let asked = Asked { kidney, args };
    asked.answer(args.formula.as_deref().unwrap_or(usual), &measured, &policy, &echo, confirm)
}

/// The body surface that was asked for, noted; of a formula with its working.
pub(super) fn surface(surface: Surface, inputs: &Inputs, echo: &mut Echo) -> Result<(Bsa, Vec<Line>), Failure> {
    let (bsa, lines) = surface.compute(inputs).map_err(|error| failure(&error))?;
    let written = match surface {
        Surface::Typed(bsa) => bsa.to_string(),
        Surface::By(formula) => format!("{} {} ({})", number::result(bsa.value()), Bsa::UNIT, formula.name()),
    };
    echo.note("body surface", written);
    Ok((bsa, lines))
}

/// Everything that was asked for.
struct Asked<'a> {
    kidney: Kidney,
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
            let outcomes: Vec<Outcome> =
                RenalFormula::ALL.iter().map(|formula| self.kidney.compute(*formula)).collect();
            return Sheet { echo, findings: &findings }.all(&outcomes, confirm.output);
        }
        let formula = RenalFormula::read(name).map_err(|error| Failure::usage(error.to_string()))?;
        self.fits(formula)?;
        if formula == RenalFormula::CockcroftGault && plausibility::is_child(measured) {
            let failure = Failure::refused(NoCarboplatin::EstimateOfChild.to_string());
            return Err(failure.hint("for a child take bedside-schwartz, with the height: --formula bedside-schwartz"));
        }
        // The estimate is looked at before a floor raises the creatinine and before it is converted.
        let raw = self.kidney.bare().raw(formula).map_err(|error| failure(&error))?;
        let is_gfr = formula.entry().kind != Kind::CarboplatinClearance;
        let measured = Measurements { estimated_gfr: is_gfr.then_some(raw.value), ..*measured };
        let findings = measure::guard(&measured, policy, &mut confirm)?;
        let besides = Besides { without_floor: self.kidney.without_floor(formula), ..Besides::default() };
        Sheet { echo, findings: &findings }.one_with(&self.kidney.compute(formula), &besides, confirm.output)
    }

    /// Options that the formula would not use are refused rather than ignored.
    fn fits(&self, formula: RenalFormula) -> Result<(), Failure> {
        let name = formula.name();
        if self.args.weight_type != WeightType::Actual && formula != RenalFormula::CockcroftGault {
            return Err(Failure::usage(format!("--weight-type belongs to cockcroft-gault; {name} has its own weight")));
        }
        let converts =
            self.args.indexed || (self.kidney.surface.is_some() && formula.entry().kind == Kind::CarboplatinClearance);
        if converts && formula.entry().kind == Kind::CarboplatinClearance {
            return Err(Failure::usage(format!(
                "{name} gives the clearance of carboplatin, which is not a GFR to convert"
            )));
        }
        Ok(())
    }
}

impl From<WeightType> for WeightUsed {
    fn from(typed: WeightType) -> Self {
        match typed {
            WeightType::Actual => WeightUsed::Actual,
            WeightType::Ideal => WeightUsed::Ideal,
            WeightType::Adjusted => WeightUsed::Adjusted,
        }
    }
}
