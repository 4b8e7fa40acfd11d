//! `posology subject prepared`: what the pharmacy made, from which kit and lot.

use crate::calendar::Date;
use crate::cli::Output;
use crate::cli::read::{self, today};
use crate::decide::Command;
use crate::failure::Failure;

use super::acts::ScopeArgs;
use super::of_dose::ProductArgs;
use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// The day of the preparation; today where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    #[command(flatten)]
    product: ProductArgs,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let on = args.on.map_or_else(today, Ok)?;
    let (scope, product, reason) = (args.scope.scope(), args.product.product(), args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Prepare { scope, on, product, reason })
}
