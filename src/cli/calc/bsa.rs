//! `posology calc bsa`.

use super::report::Sheet;
use super::{ALL, names};
use crate::calculator::{Outcome, surface_policy};
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Body, Echo, Facts};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::bsa::BsaFormula;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: Facts<Body>,
    #[command(flatten)]
    confirming: Confirming,
    /// Which formula.
    #[arg(long, default_value = "mosteller", value_parser = names(BsaFormula::ALL.iter().map(|formula| formula.name())))]
    formula: String,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let inputs = known.inputs(&mut echo)?;
    let policy = surface_policy();
    let findings = measure::guard(
        &measure::measurements(&inputs, &known),
        &policy,
        &mut Asked::of(&args.confirming, known.subject(), output),
    )?;
    let sheet = Sheet { echo: &echo, findings: &findings };
    let outcome = |formula: &BsaFormula| Outcome::by(formula.entry(), &inputs);
    if args.formula == ALL {
        return sheet.all(&BsaFormula::ALL.iter().map(outcome).collect::<Vec<_>>(), output);
    }
    let formula = BsaFormula::read(&args.formula).map_err(|error| Failure::usage(error.to_string()))?;
    sheet.one(&outcome(&formula), output)
}
