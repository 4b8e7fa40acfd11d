//! `posology calc auc`: from a GFR, or from a creatinine by way of Cockcroft and Gault.

use super::renal::surface;
use super::report::{Besides, Sheet, failure};
use crate::calculator::carboplatin::{Carboplatin, CarboplatinDose, NoCarboplatin};
use crate::calculator::{Outcome, Surface, kidney_policy};
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Echo, Facts, Kidney as KidneyFacts, Known};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::Inputs;
use crate::quantity::body::Reading;
use crate::quantity::{Creatinine, Decimal, Gfr, QuantityError, number};
use crate::regimen::AucFormula;
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

impl From<DoseFormula> for AucFormula {
    fn from(formula: DoseFormula) -> Self {
        match formula {
            DoseFormula::Calvert => AucFormula::Calvert,
            DoseFormula::Newell => AucFormula::Newell,
        }
    }
}

/// Why there is no dose, with the options that would lead to one.
fn no_dose(why: &NoCarboplatin) -> Failure {
    let refused = || Failure::refused(why.to_string());
    match why {
        NoCarboplatin::Formula(error) => failure(error),
        NoCarboplatin::EstimateOfChild => refused().hint(
            "give a measured GFR: --gfr \"85 mL/min\"; `posology calc gfr --formula bedside-schwartz` estimates one",
        ),
        NoCarboplatin::DoseOfChild => refused().hint(
            "--formula newell counts the body weight (Newell 1993); --formula calvert where the protocol uses it for children",
        ),
        NoCarboplatin::AlreadyAbsolute => {
            Failure::usage("--bsa turns a GFR per 1.73 m² into mL/min, and this GFR is in mL/min already")
        }
        NoCarboplatin::NoKidney => Failure::missing(why.to_string())
            .hint("add --gfr \"90 mL/min\", or --creatinine \"0.8 mg/dL\" with --age, --sex and --weight"),
    }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let target = args.target;
    echo.note("target AUC", number::print(target));
    let cap = (!args.no_cap).then_some(args.cap);
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let inputs = inputs(args, &known, target, &mut echo)?;
    let policy = kidney_policy(args.floor, cap);
    let subject = Subject { gfr: inputs.gfr, ..known.subject() };
    let mut asked = Asked::of(&args.confirming, subject, output);
    // Raw figures first: an indexed GFR is passed as such unless it is about to be de-indexed.
    let mut measured = measure::measurements(&inputs, &known);
    if args.bsa.is_some() {
        measured.auc = None;
    }
    measure::stop(&measured, &policy, &mut asked)?;
    let mut wanted =
        Carboplatin { inputs, surface: None, floor: args.floor, cap, formula: args.formula.map(AucFormula::from) };
    wanted.fits(&measured).map_err(|why| no_dose(&why))?;
    if let Some(typed) = args.bsa {
        if !matches!(inputs.gfr, Some(Gfr::Indexed(_)) | None) {
            return Err(no_dose(&NoCarboplatin::AlreadyAbsolute));
        }
        wanted.surface = inputs.gfr.map(|_| surface(typed, &inputs, &mut echo)).transpose()?;
    }
    let ready = wanted.kidney().map_err(|why| no_dose(&why))?;
    let findings = measure::guard(&wanted.measured(&ready, measured), &policy, &mut asked)?;
    let CarboplatinDose { entry, answer, without_cap, without_floor } =
        wanted.dose(ready).map_err(|error| failure(&error))?;
    let outcome = Outcome::of(entry, Ok(answer));
    Sheet { echo: &echo, findings: &findings }.one_with(&outcome, &Besides { without_cap, without_floor }, output)
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
