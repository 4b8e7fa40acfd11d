//! `posology completions SHELL`.

use clap_complete::Shell;

use super::Output;
use crate::failure::Failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell to print them for.
    shell: Shell,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::definition(), "posology", &mut script);
    output.bytes(&script)
}
