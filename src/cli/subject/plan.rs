//! `posology subject plan`: a subject's plan as the record makes it, in any format.

use crate::cli::Output;
use crate::cli::write::{Beside, Target};
use crate::failure::Failure;
use crate::subjects::{self, words};

use super::open::Reading;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let opened = subjects::open(&store, &args.code, &library)?;
    opened.plan.as_ref().map_err(|findings| Failure::blocked(findings.clone()))?;
    let schedule = opened.schedule(library.site()).ok_or_else(|| Failure::store("there is no plan".to_owned()))?;
    let head = store.head();
    let verification = words::verification(&opened.folded, head.count, &head.hash);
    let kept = Some((opened.code.clone(), verification));
    let beside = Beside { chosen: args.reading.chosen()?, data: Some(args.reading.folder()?), kept };
    args.target.write(&schedule, beside, output)
}
