//! `posology calc bmi`.

use super::report::Sheet;
use crate::calculator::Outcome;
use crate::cli::Output;
use crate::cli::confirm::Confirming;
use crate::cli::facts::{Body, Echo, Facts};
use crate::cli::measure::{self, Asked};
use crate::failure::Failure;
use crate::formula::bmi;
use crate::plausibility::Policy;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    facts: Facts<Body>,
    #[command(flatten)]
    confirming: Confirming,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let known = measure::certain(&args.facts, output)?.known(&mut echo)?;
    let inputs = known.inputs(&mut echo)?;
    let policy = Policy::default();
    let findings = measure::guard(
        &measure::measurements(&inputs, &known),
        &policy,
        &mut Asked::of(&args.confirming, known.subject(), output),
    )?;
    let sheet = Sheet { echo: &echo, findings: &findings };
    sheet.one(&Outcome::by(&bmi::ENTRY, &inputs), output)
}
