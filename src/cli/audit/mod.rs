//! `posology audit …`: the record as it was written, and whether it is whole.

mod affected;
mod copies;
mod show;
mod verify;

use super::Output;
use crate::failure::Failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Subjects and doses that a faulty version of the program, or a faulty regimen text, has calculated
    Affected(affected::Args),
    /// Every event as it was written.
    Show(show::Args),
    /// Whether anything was changed, removed or reordered.
    Verify(verify::Args),
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::Affected(args) => affected::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Verify(args) => verify::run(args, output),
    }
}
