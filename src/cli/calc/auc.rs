//! `posology calc auc`: from a GFR, or from a creatinine by way of Cockcroft and Gault.

use super::renal::Surface;
use super::report::{Besides, Outcome, Sheet, failure};
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Echo, Facts, Kidney as KidneyFacts, Known};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::renal::{cockcroft_gault, creatinine_floor, indexing};
use crate::formula::{Computed, Inputs, Line, calvert, newell};
use crate::plausibility::{self, Measurements, Policy};
use crate::quantity::body::Reading;
use crate::quantity::{Creatinine, Decimal, Gfr, QuantityError, number};
use crate::subject::Subject;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The target AUC in mg/mL × min, such as 5.
    #[arg(long, visible_alias = "auc", value_name = "AUC", allow_negative_numbers = true, value_parser = number::parse)]
    target: Decimal,
    /// The formula of the dose; below 18 years it must be named.
    #[arg(long, value_enum, value_name = "FORMULA")]
    formula: Option<DoseFormula>,
    /// Kidney function: "90 mL/min"; a bare number is mL/min. An indexed one also needs --bsa.
    #[arg(long, value_name = "GFR", allow_negative_numbers = true, conflicts_with = "creatinine", value_parser = gfr)]
    gfr: Option<Reading<Gfr>>,
    #[command(flatten)]
    facts: Facts<KidneyFacts>,
    #[command(flatten)]
    confirming: Confirming,
    /// Raise a lower creatinine to this figure first: "0.7 mg/dL".
    #[arg(long, value_name = "C", requires = "creatinine", allow_negative_numbers = true, value_parser = Creatinine::read)]
    floor: Option<Creatinine>,
    /// Body surface in m², or the formula for it: turns a GFR per 1.73 m² into mL/min.
    #[arg(long, value_name = "BSA", allow_negative_numbers = true, value_parser = Surface::read)]
    bsa: Option<Surface>,
    /// The GFR above which no more is counted, in mL/min (FDA 2010, for an estimated GFR).
    #[arg(long, value_name = "GFR", default_value = "125", allow_negative_numbers = true, conflicts_with = "no_cap")]
    #[arg(value_parser = number::parse)]
    cap: Decimal,
    /// Count all of the GFR: for one that was measured, where the protocol says so.
    #[arg(long)]
    no_cap: bool,
}

/// What makes the dose of the target and the kidney function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum DoseFormula {
    /// AUC × (GFR + 25), of adults
    Calvert,
    /// AUC × (GFR + 0.36 × weight), of children
    Newell,
}

/// The formulas of adults are not used for a child unless they are asked for by name.
fn fits(args: &Args, inputs: &Inputs, measured: &Measurements) -> Result<(), Failure> {
    if !plausibility::is_child(measured) {
        return Ok(());
    }
    if inputs.gfr.is_none() {
        return Err(Failure::refused("Cockcroft and Gault's formula is not defined below 18 years").hint(
            "give a measured GFR: --gfr \"85 mL/min\"; `posology calc gfr --formula bedside-schwartz` estimates one",
        ));
    }
    if args.formula.is_none() {
        return Err(Failure::refused("Calvert's formula was made for adults and is not defined below 18 years").hint(
            "--formula newell counts the body weight (Newell 1993); --formula calvert where the protocol uses it for children",
        ));
    }
    Ok(())
}

/// A kidney function ready to dose by, and how it came about.
struct Kidney {
    gfr: Gfr,
    steps: Vec<Line>,
    cautions: Vec<String>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let target = args.target;
    echo.note("target AUC", number::print(target));
    let cap = (!args.no_cap).then_some(args.cap);
    let known = args.facts.known(&mut echo)?;
    let inputs = inputs(args, &known, target, &mut echo)?;
    let floor = args.floor;
    let policy = Policy { creatinine_floor: floor, gfr_cap: cap, ..Policy::default() };
    let subject = Subject { gfr: inputs.gfr, ..known.subject() };
    let mut asked = Asked::of(&args.confirming, subject, output);
    // Raw figures first: an indexed GFR is passed as such unless it is about to be de-indexed.
    let mut measured = measure::measurements(&inputs, &known);
    if args.bsa.is_some() {
        measured.auc = None;
    }
    measure::stop(&measured, &policy, &mut asked)?;
    fits(args, &inputs, &measured)?;
    let kidney = kidney(args, &inputs, floor, &mut echo)?;
    let raw = unfloored(&inputs, floor);
    let estimated = inputs.gfr.is_none().then(|| raw.as_ref().unwrap_or(&kidney).gfr.value());
    let measured =
        Measurements { estimated_gfr: estimated, gfr: inputs.gfr.map(|_| kidney.gfr), auc: Some(target), ..measured };
    let findings = measure::guard(&measured, &policy, &mut asked)?;
    let newell = args.formula == Some(DoseFormula::Newell);
    let entry = if newell { &newell::ENTRY } else { &calvert::ENTRY };
    let dose = |kidney: &Kidney, cap| {
        let asked = Inputs { gfr: Some(kidney.gfr), gfr_cap: cap, ..inputs };
        (entry.compute)(&asked).map_err(|error| failure(&error))
    };
    let answer = dose(&kidney, cap)?;
    let uncapped = dose(&kidney, None)?;
    let unfloored = raw.map(|kidney| dose(&kidney, cap)).transpose()?;
    let besides = Besides {
        without_cap: Some(uncapped).filter(|uncapped| uncapped.value != answer.value),
        without_floor: unfloored,
    };
    let steps = kidney.steps.into_iter().chain(answer.steps).collect();
    let cautions = kidney.cautions.into_iter().chain(answer.cautions).collect();
    let outcome = Outcome::of(entry, Ok(Computed { steps, cautions, ..answer }));
    Sheet { echo: &echo, findings: &findings }.one_with(&outcome, &besides, output)
}

/// The kidney function of the creatinine as it was measured, where the floor has raised it.
fn unfloored(inputs: &Inputs, floor: Option<Creatinine>) -> Option<Kidney> {
    let measured = inputs.creatinine?;
    let (used, _) = creatinine_floor::apply(measured, floor).ok()?;
    if used == measured { None } else { estimated(measured, inputs, None).ok() }
}

fn inputs(args: &Args, known: &Known, target: Decimal, echo: &mut Echo) -> Result<Inputs, Failure> {
    let inputs = known.inputs(echo)?;
    let gfr = args.gfr.clone().map(|gfr| {
        echo.converted.extend(gfr.converted);
        echo.note("GFR", gfr.value)
    });
    Ok(Inputs { gfr, target_auc: Some(target), ..inputs })
}

/// A bare figure is mL/min, and the echo says so.
fn gfr(text: &str) -> Result<Reading<Gfr>, QuantityError> {
    if let Ok(bare) = number::parse(text)
        && bare > Decimal::ZERO
    {
        let converted = Some(format!("GFR {} is taken as mL/min, not per 1.73 m²", number::print(bare)));
        return Ok(Reading { value: Gfr::Absolute(bare), converted });
    }
    Gfr::read(text).map(|value| Reading { value, converted: None })
}

fn kidney(args: &Args, inputs: &Inputs, floor: Option<Creatinine>, echo: &mut Echo) -> Result<Kidney, Failure> {
    match (inputs.gfr, inputs.creatinine, args.bsa) {
        (Some(gfr @ Gfr::Indexed(_)), _, Some(surface)) => {
            let (bsa, mut steps) = surface.compute(inputs, echo)?;
            let (gfr, computed) = indexing::deindex(gfr, bsa).map_err(|error| failure(&error))?;
            steps.extend(computed.steps);
            Ok(Kidney { gfr, steps, cautions: computed.cautions })
        }
        (Some(_), _, Some(_)) => {
            Err(Failure::usage("--bsa turns a GFR per 1.73 m² into mL/min, and this GFR is in mL/min already"))
        }
        (Some(Gfr::Dialysis), ..) => {
            let caution =
                "carboplatin is dialysed: the hours between the infusion and the session decide what is reached";
            Ok(Kidney { gfr: Gfr::Dialysis, steps: Vec::new(), cautions: vec![caution.to_owned()] })
        }
        (Some(gfr), ..) => Ok(Kidney { gfr, steps: Vec::new(), cautions: Vec::new() }),
        (None, Some(creatinine), _) => estimated(creatinine, inputs, floor),
        (None, None, _) => Err(Failure::missing("calvert needs the GFR, or a creatinine to estimate it from")
            .hint("add --gfr \"90 mL/min\", or --creatinine \"0.8 mg/dL\" with --age, --sex and --weight")),
    }
}

fn estimated(creatinine: Creatinine, inputs: &Inputs, floor: Option<Creatinine>) -> Result<Kidney, Failure> {
    let (used, line) = creatinine_floor::apply(creatinine, floor).map_err(|error| failure(&error))?;
    let computed = cockcroft_gault::compute(&Inputs { creatinine: Some(used), ..*inputs });
    let computed = computed.map_err(|error| failure(&error))?;
    let steps = line.into_iter().chain(computed.steps).collect();
    Ok(Kidney { gfr: Gfr::Absolute(computed.value), steps, cautions: computed.cautions })
}
