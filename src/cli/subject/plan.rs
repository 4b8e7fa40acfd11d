//! `posology subject plan`: a subject's plan as the record makes it, in any format.

use crate::cli::Output;
use crate::cli::write::{Beside, Target};
use crate::failure::Failure;
use crate::study::Chosen;
use crate::subjects::{self, Opened, words};

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

/// The study and the site: those that are named now, else those of the enrolment. Another study is told.
fn of_the_record(opened: &Opened, chosen: Chosen, output: &mut Output) -> Chosen {
    let Some((study, site)) = opened.folded.enrolled_in() else { return chosen };
    if let (Some(named), Some(own)) = (&chosen.code, &study)
        && named != own
    {
        output.message(&format!("WARN: {} is enrolled in study {own}, and {named} is named here", opened.code));
    }
    Chosen { code: chosen.code.or(study), site: chosen.site.or(site), ..chosen }
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let opened = subjects::open(&store, &args.code, &library)?;
    opened.plan.as_ref().map_err(|findings| Failure::blocked(findings.clone()))?;
    let schedule = opened.schedule(library.site()).ok_or_else(|| Failure::store("there is no plan".to_owned()))?;
    let verification = words::verification(&opened.folded, &store);
    let kept = Some((opened.code.clone(), verification));
    let chosen = of_the_record(&opened, args.reading.chosen()?, output);
    let beside = Beside { chosen, data: Some(args.reading.folder()?), kept };
    args.target.write(&schedule, beside, output)
}
