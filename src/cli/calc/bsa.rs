//! `posology calc bsa`.

use super::report::{Outcome, Sheet};
use super::{ALL, names};
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Body, Echo, Facts};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::bsa::BsaFormula;
use crate::plausibility::Policy;

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
    let known = args.facts.known(&mut echo)?;
    let inputs = known.inputs(&mut echo)?;
    // A surface alone doses nobody: what needs a rule for infants is the dose.
    let policy = Policy { body_surface_dosing: true, infant_rule: true, ..Policy::default() };
    let findings = measure::guard(
        &measure::measurements(&inputs, &known),
        &policy,
        &mut Asked::of(&args.confirming, known.subject(), output),
    )?;
    let sheet = Sheet { echo: &echo, findings: &findings };
    let outcome = |formula: &BsaFormula| Outcome::of(formula.entry(), (formula.entry().compute)(&inputs));
    if args.formula == ALL {
        return sheet.all(&BsaFormula::ALL.iter().map(outcome).collect::<Vec<_>>(), output);
    }
    let formula = BsaFormula::read(&args.formula).map_err(|error| Failure::usage(error.to_string()))?;
    sheet.one(&outcome(&formula), output)
}
