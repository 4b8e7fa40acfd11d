//! `posology audit …`: the record as it was written, whether it is whole, and what is kept of it outside.

mod affected;
mod copies;
mod seal;
mod show;
mod verify;
mod witness;

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
    /// Every event as it was written
    Show(show::Args),
    /// Whether anything was changed, removed or reordered, and with what that was compared
    Verify(verify::Args),
    /// The state of the record as a file, for a monitor to take away; `audit verify` compares with it
    Seal(seal::Args),
    /// A file in another folder or share that is told the state of the record at every write
    Witness(witness::Args),
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::Affected(args) => affected::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Verify(args) => verify::run(args, output),
        Command::Seal(args) => seal::run(args, output),
        Command::Witness(args) => witness::run(args, output),
    }
}
