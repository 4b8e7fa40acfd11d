//! `posology calc auc`: from a GFR, or from a creatinine by way of Cockcroft and Gault.

use super::renal::surface;
use super::report::{Besides, Outcome, Sheet, failure};
use crate::cli::Output;
use crate::cli::measure::{self, Echo, Person, Size};
use crate::failure::Failure;
use crate::formula::renal::{cockcroft_gault, creatinine_floor, indexing};
use crate::formula::{Computed, Inputs, Line, calvert};
use crate::plausibility::{Measurements, Policy};
use crate::quantity::{Creatinine, Decimal, Gfr, number};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The target AUC in mg/mL × min, such as 5.
    #[arg(long, visible_alias = "auc", value_name = "AUC", allow_negative_numbers = true)]
    target: String,
    /// Kidney function: "90 mL/min"; a bare number is mL/min. An indexed one also needs --bsa.
    #[arg(long, value_name = "GFR", allow_negative_numbers = true, conflicts_with = "creatinine")]
    gfr: Option<String>,
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    person: Person,
    /// Serum creatinine with its unit, to estimate the GFR by Cockcroft and Gault: "0.8 mg/dL".
    #[arg(long, value_name = "C", allow_negative_numbers = true)]
    creatinine: Option<String>,
    /// Raise a lower creatinine to this figure first: "0.7 mg/dL".
    #[arg(long, value_name = "C", requires = "creatinine", allow_negative_numbers = true)]
    floor: Option<String>,
    /// Body surface in m², or the formula for it: turns a GFR per 1.73 m² into mL/min.
    #[arg(long, value_name = "BSA", allow_negative_numbers = true)]
    bsa: Option<String>,
    /// The GFR above which no more is counted, in mL/min (FDA 2010, for an estimated GFR).
    #[arg(long, value_name = "GFR", default_value = "125", allow_negative_numbers = true, conflicts_with = "no_cap")]
    cap: String,
    /// Count all of the GFR: for one that was measured, where the protocol says so.
    #[arg(long)]
    no_cap: bool,
}

/// A kidney function ready to dose by, and how it came about.
struct Kidney {
    gfr: Gfr,
    steps: Vec<Line>,
    cautions: Vec<String>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let target = number::parse(&args.target).map_err(|error| measure::unreadable("--target", &error))?;
    echo.note("target AUC", number::print(target));
    let cap = number::parse(&args.cap).map_err(|error| measure::unreadable("--cap", &error))?;
    let cap = (!args.no_cap).then_some(cap);
    let (inputs, remeasured) = inputs(args, target, &mut echo)?;
    let floor = measure::read("--floor", args.floor.as_ref(), Creatinine::read)?;
    let policy = Policy { remeasured, creatinine_floor: floor, gfr_cap: cap, ..Policy::default() };
    // Raw figures first: an indexed GFR is passed as such unless it is about to be de-indexed.
    let mut measured = measure::measurements(&inputs);
    if args.bsa.is_some() {
        measured.auc = None;
    }
    measure::stop(&measured, &policy)?;
    let kidney = kidney(args, &inputs, floor, &mut echo)?;
    let raw = unfloored(&inputs, floor);
    let estimated = inputs.gfr.is_none().then(|| raw.as_ref().unwrap_or(&kidney).gfr.value());
    let measured =
        Measurements { estimated_gfr: estimated, gfr: inputs.gfr.map(|_| kidney.gfr), auc: Some(target), ..measured };
    let findings = measure::guard(&measured, &policy, output)?;
    let dose = |kidney: &Kidney, cap| calvert::dose(target, kidney.gfr, cap).map_err(|error| failure(&error));
    let answer = dose(&kidney, cap)?;
    let uncapped = dose(&kidney, None)?;
    let unfloored = raw.map(|kidney| dose(&kidney, cap)).transpose()?;
    let besides = Besides {
        without_cap: Some(uncapped).filter(|uncapped| uncapped.value != answer.value),
        without_floor: unfloored,
    };
    let steps = kidney.steps.into_iter().chain(answer.steps).collect();
    let cautions = kidney.cautions.into_iter().chain(answer.cautions).collect();
    let outcome = Outcome::of(&calvert::ENTRY, Ok(Computed { steps, cautions, ..answer }));
    Sheet { echo: &echo, findings: &findings }.one_with(&outcome, &besides, output)
}

/// The kidney function of the creatinine as it was measured, where the floor has raised it.
fn unfloored(inputs: &Inputs, floor: Option<Creatinine>) -> Option<Kidney> {
    let measured = inputs.creatinine?;
    let (used, _) = creatinine_floor::apply(measured, floor).ok()?;
    if used == measured { None } else { estimated(measured, inputs, None).ok() }
}

fn inputs(args: &Args, target: Decimal, echo: &mut Echo) -> Result<(Inputs, bool), Failure> {
    let size = args.size.read(echo)?;
    let (sex, age) = args.person.read(echo)?;
    let creatinine = measure::creatinine(args.creatinine.as_ref(), echo)?;
    let gfr = args.gfr.as_ref().map(|text| gfr(text, echo)).transpose()?;
    let inputs = Inputs {
        height: size.height,
        weight: size.weight,
        sex,
        age,
        creatinine,
        gfr: gfr.map(|gfr| echo.note("GFR", gfr)),
        target_auc: Some(target),
        ..Inputs::default()
    };
    Ok((inputs, size.remeasured))
}

/// A bare figure is mL/min, and the echo says so.
fn gfr(text: &str, echo: &mut Echo) -> Result<Gfr, Failure> {
    if let Ok(bare) = number::parse(text)
        && bare > Decimal::ZERO
    {
        echo.converted.push(format!("GFR {} is taken as mL/min, not per 1.73 m²", number::print(bare)));
        return Ok(Gfr::Absolute(bare));
    }
    Gfr::read(text).map_err(|error| measure::unreadable("--gfr", &error))
}

fn kidney(args: &Args, inputs: &Inputs, floor: Option<Creatinine>, echo: &mut Echo) -> Result<Kidney, Failure> {
    match (inputs.gfr, inputs.creatinine) {
        (Some(gfr @ Gfr::Indexed(_)), _) if args.bsa.is_some() => {
            let text = args.bsa.as_deref().unwrap_or_default();
            let (bsa, mut steps) = surface(text, inputs, echo)?;
            let (gfr, computed) = indexing::deindex(gfr, bsa).map_err(|error| failure(&error))?;
            steps.extend(computed.steps);
            Ok(Kidney { gfr, steps, cautions: computed.cautions })
        }
        (Some(_), _) if args.bsa.is_some() => {
            Err(Failure::usage("--bsa turns a GFR per 1.73 m² into mL/min, and this GFR is in mL/min already"))
        }
        (Some(gfr), _) => Ok(Kidney { gfr, steps: Vec::new(), cautions: Vec::new() }),
        (None, Some(creatinine)) => estimated(creatinine, inputs, floor),
        (None, None) => Err(Failure::missing("calvert needs the GFR, or a creatinine to estimate it from")
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
