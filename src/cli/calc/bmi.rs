//! `posology calc bmi`.

use super::report::{Outcome, Sheet};
use crate::cli::Output;
use crate::cli::measure::{self, AgeArgs, Echo, Size};
use crate::failure::Failure;
use crate::formula::{Inputs, bmi};
use crate::plausibility::Policy;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    size: Size,
    #[command(flatten)]
    age: AgeArgs,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let size = args.size.read(&mut echo)?;
    let age = args.age.read(&mut echo)?;
    let inputs = Inputs { height: size.height, weight: size.weight, age, ..Inputs::default() };
    let policy = Policy { remeasured: size.remeasured, ..Policy::default() };
    let findings = measure::guard(&measure::measurements(&inputs), &policy, output)?;
    let sheet = Sheet { echo: &echo, findings: &findings };
    sheet.one(&Outcome::of(&bmi::ENTRY, bmi::compute(&inputs)), output)
}
