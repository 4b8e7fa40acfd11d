//! `posology calc …`: one formula at a time, with its working.

mod auc;
mod bmi;
mod bsa;
mod date;
mod dose;
mod renal;
mod report;
mod round;
mod weight;

use super::Output;
use crate::failure::Failure;
use crate::formula;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Body surface area.
    #[command(after_help = "Example: posology calc bsa --height 170cm --weight 65kg")]
    Bsa(bsa::Args),
    /// Body-mass index.
    #[command(after_help = "Example: posology calc bmi --height 170cm --weight 65kg")]
    Bmi(bmi::Args),
    /// Ideal, adjusted and lean body weight.
    #[command(after_help = "Example: posology calc weight --height 170cm --weight 65kg --sex female")]
    Weight(weight::Args),
    /// Ideal body weight (Devine).
    #[command(after_help = "Example: posology calc ibw --height 170cm --sex female")]
    Ibw(weight::Args),
    /// Kidney function.
    #[command(
        visible_alias = "gfr",
        after_help = "Example: posology calc renal --creatinine 0.8mg/dL --age 54 --sex female --weight 65kg"
    )]
    Renal(renal::Args),
    /// Creatinine clearance (Cockcroft and Gault).
    #[command(after_help = "Example: posology calc crcl --creatinine 0.8mg/dL --age 54 --sex female --weight 65kg")]
    Crcl(renal::Args),
    /// The dose of carboplatin for a target AUC (Calvert).
    #[command(visible_alias = "calvert", after_help = "Example: posology calc auc --target 5 --gfr \"90 mL/min\"")]
    Auc(auc::Args),
    /// A dose per m² or per kg, rounded, with vials and volume.
    Dose(dose::Args),
    /// Dates: so much later, the days between two, a window.
    #[command(visible_alias = "dates")]
    Date(date::Args),
    /// Rounding of a dose to a step.
    #[command(after_help = "Example: posology calc round 147mg --to 5mg")]
    Round(round::Args),
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::Bsa(args) => bsa::run(args, output),
        Command::Bmi(args) => bmi::run(args, output),
        Command::Weight(args) => weight::run(args, ALL, output),
        Command::Ibw(args) => weight::run(args, formula::weight::devine::ENTRY.name, output),
        Command::Renal(args) => renal::run(args, ALL, output),
        Command::Crcl(args) => renal::run(args, formula::renal::cockcroft_gault::ENTRY.name, output),
        Command::Auc(args) => auc::run(args, output),
        Command::Dose(args) => dose::run(args, output),
        Command::Date(args) => date::run(args, output),
        Command::Round(args) => round::run(args, output),
    }
}

/// What `--formula` takes to print every formula side by side.
const ALL: &str = "all";

/// The names `--formula` takes.
fn names(formulas: impl Iterator<Item = &'static str>) -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(formulas.chain([ALL]))
}
