//! `posology subject move`: another version of the regimen, seen before it is taken.

use crate::cli::{Output, regimen};
use crate::decide::Command;
use crate::failure::Failure;
use crate::present;
use crate::subjects;

use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    /// The regimen's new version: an id in the library, or a path
    regimen: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.writing.library()?;
    let entry = library.find(&args.regimen)?;
    let to = regimen::require_valid(&entry)?;
    let store = args.writing.store()?;
    let opened = subjects::open(&store, &args.code, &library)?;
    for change in present::diff(opened.regimen.alone(), &to) {
        output.message(&change.told());
    }
    drop(store);
    let command = Command::Move { to: Box::new((*to).clone()), reason: args.reason.clone() };
    args.writing.carry_out_on(&args.code, output, &command, &[(to.sha256.clone(), entry.text.to_vec())])
}
