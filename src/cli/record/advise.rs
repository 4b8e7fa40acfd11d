//! `posology subject advise`: the modification tables, with what the record knows of the subject.

use crate::cli::Output;
use crate::cli::regimen::advise::{Found, nothing, tell, told_all};
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::regimen::advice::{Topic, advise};
use crate::subjects;

use super::open::{Reading, today};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    #[command(flatten)]
    found: Found,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    if args.found.is_empty() {
        return Err(nothing());
    }
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let opened = subjects::open(&store, &args.code, &library)?;
    let mut facts = subjects::known(&opened.folded.course, opened.plan.as_ref().ok(), today()?);
    args.found.add(&mut facts)?;
    let mut advice = advise(&opened.regimen, &facts);
    // What the record holds was questioned and answered when it was recorded.
    let said = |finding: &Finding| matches!(finding.field.as_deref(), Some("lab" | "uln"));
    advice.doubts.retain(|finding| finding.severity != Severity::Warn || said(finding));
    tell(&opened.regimen, &advice, output)?;
    let counts = advice.open.iter().any(|one| one.topic == Topic::Occurrence) && !output.is_json();
    let before = subjects::words::modifications(&opened.folded);
    if counts && !before.is_empty() {
        output.line("")?;
        output.line("On record so far, for you to count:")?;
        before.iter().try_for_each(|line| output.line(line))?;
    }
    told_all(&advice)
}
