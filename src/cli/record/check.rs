//! `posology subject check`: a second person types an entry again, blind.
//!
//! The entry is not shown. Each figure it holds has to be typed; what differs is shown, and recorded
//! either way: a check that finds something is worth more than one that does not.

use crate::cli::Output;
use crate::cli::measure::{Echo, Size, unreadable};
use crate::decide::Command;
use crate::failure::Failure;
use crate::subjects::Opened;
use crate::subjects::check::{self, Figures};

use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    #[command(flatten)]
    size: Size,
    /// Sex, as the formulas use it: female or male
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// Completed years at the start
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    age: Option<String>,
    /// Serum creatinine with its unit
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    creatinine: Option<String>,
    /// Measured kidney function with its unit
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    gfr: Option<String>,
    /// Genotype, the gene with both alleles: "UGT1A1*1/*28"
    #[arg(long, value_name = "GENOTYPE")]
    genotype: Option<String>,
    /// A laboratory result with its unit: "platelets 180 10^9/L" (may be repeated)
    #[arg(long, value_name = "TEST FIGURE UNIT")]
    lab: Vec<String>,
    /// The first day of treatment, of an enrolment
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// The dose given
    #[arg(long, value_name = "DOSE")]
    dose: Option<String>,
    /// The day it happened, of a dose or a measurement
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    args.writing.perform(&args.code, output, |opened| {
        let typed = typed(args, opened)?;
        let held = check::held(opened, args.entry).map_err(|finding| Failure::blocked(vec![finding]))?;
        let missing: Vec<String> = check::missing(&typed, &held).iter().map(|name| format!("--{name}")).collect();
        if !missing.is_empty() {
            let failure = Failure::usage("a check types every figure of the entry again, without seeing it");
            return Err(failure.hint(format!("still to be typed: {}", missing.join(", "))));
        }
        let differences = check::differences(&typed, &held);
        Ok(Command::Verify { entry: args.entry, agrees: differences.is_empty(), differences })
    })
}

/// What the second person typed, as the program writes such things.
fn typed(args: &Args, opened: &Opened) -> Result<Figures, Failure> {
    let lab = (!args.lab.is_empty()).then(|| args.lab.join("; "));
    let all = [
        ("height", args.size.height.as_ref()),
        ("weight", args.size.weight.as_ref()),
        ("sex", args.sex.as_ref()),
        ("age", args.age.as_ref()),
        ("creatinine", args.creatinine.as_ref()),
        ("gfr", args.gfr.as_ref()),
        ("genotype", args.genotype.as_ref()),
        ("lab", lab.as_ref()),
        ("dose", args.dose.as_ref()),
        ("start", args.start.as_ref()),
        ("on", args.on.as_ref()),
    ];
    args.size.read(&mut Echo::default())?;
    let mut figures = Figures::new();
    for (name, text) in all {
        let Some(text) = text else { continue };
        let figure = check::figure(opened, name, text).map_err(|error| unreadable(&format!("--{name}"), &error))?;
        figures.push((name, figure));
    }
    Ok(figures)
}
