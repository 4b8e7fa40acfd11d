//! `posology subject check`: a second person types an entry again, blind.
//!
//! The entry is not shown. Each figure it holds has to be typed; what differs is shown, and recorded
//! either way: a check that finds something is worth more than one that does not.

use crate::calendar::{self, Date};
use crate::cli::Output;
use crate::cli::facts::{Echo, Enrolment, Facts, Known};
use crate::cli::read;
use crate::decide::Command;
use crate::failure::Failure;
use crate::quantity::Amount;
use crate::subjects::Opened;
use crate::subjects::check::{self, Figures};

use super::of_dose::{ProductArgs, TimesArgs};
use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    /// The dose given
    #[arg(long, value_name = "DOSE", value_parser = Amount::read)]
    dose: Option<Amount>,
    /// The day it happened, of a dose or a measurement
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    #[command(flatten)]
    product: ProductArgs,
    #[command(flatten)]
    times: TimesArgs,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten, next_help_heading = "Of an enrolment or a measurement")]
    facts: Facts<Enrolment>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let known = args.facts.known(&mut Echo::default())?;
    args.writing.perform(&args.code, output, |opened| {
        let typed = typed(args, &known, opened)?;
        let held = check::figures_of(opened, args.entry).map_err(|finding| Failure::blocked(vec![finding]))?;
        let missing: Vec<String> = check::not_typed(&typed, &held).iter().map(|name| format!("--{name}")).collect();
        if !missing.is_empty() {
            let failure = Failure::usage("a check types every figure of the entry again, without seeing it");
            return Err(failure.hint(format!("still to be typed: {}", missing.join(", "))));
        }
        let differences = check::differences(&typed, &held);
        Ok(Command::Verify { entry: args.entry, agrees: differences.is_empty(), differences })
    })
}

/// What the second person typed, as the program writes such things.
fn typed(args: &Args, known: &Known, opened: &Opened) -> Result<Figures, Failure> {
    let mut figures = Figures::new();
    for value in known.values() {
        let (name, text) = check::fact_as_written(opened, value)
            .map_err(|error| read::unreadable(&format!("--{}", value.fact().name()), &error))?;
        figures.push((name, text));
    }
    figures.extend(args.dose.map(|dose| ("dose", dose.to_string())));
    figures.extend(args.product.product().figures());
    figures.extend(args.times.times().figures());
    figures.extend(args.on.map(|on| ("on", calendar::print(on))));
    Ok(figures)
}
