//! `posology study`: the study's file, made, checked, shown.

mod check;
mod new;
mod show;

use std::path::Path;

use clap::Subcommand;

use crate::failure::Failure;
use crate::study::code_fault;

use super::{Output, schemas};

/// Options of `posology study`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a study file, with a namespace of its own
    New(new::Args),
    /// Check a study file: every problem at once, with what to write instead
    Check(check::Args),
    /// Show what a study file says, and what its patients' sheets lack
    Show(show::Args),
    /// Print the JSON Schema of study files, for editors
    Schema,
}

/// A file that is not there and is called as a study is: the code was typed in the place of the file.
#[allow(clippy::disallowed_methods, reason = "looks whether the file is there")]
fn code_for_file(path: &Path, failure: Failure) -> Failure {
    let code = path.to_str().filter(|code| !path.exists() && !code.contains('.') && code_fault(code).is_none());
    match code {
        Some(code) => failure.hint(format!(
            "name the study's file, such as {}.toml; posology study new {code} makes one",
            code.to_lowercase()
        )),
        None => failure,
    }
}

/// Runs one of them.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::New(args) => new::run(args, output),
        Command::Check(args) => check::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Schema => output.bytes(schemas::STUDY.as_bytes()),
    }
}
