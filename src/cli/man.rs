//! `posology man [COMMAND…]`: the manual page of the program or of one command, to be filed by a packager
//! or read with `posology man calc bsa | man -l -`.

use super::Output;
use crate::failure::Failure;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The command whose page to print, such as `calc bsa`.
    command: Vec<String>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut command = super::definition();
    command.build();
    for name in &args.command {
        let found = command.find_subcommand(name).cloned();
        command = found.ok_or_else(|| {
            Failure::usage(format!("there is no command \"{}\"", args.command.join(" ")))
                .hint("see posology --help for the commands")
        })?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| Failure::output(&error))?;
    output.bytes(&page)
}
