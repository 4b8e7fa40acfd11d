//! `posology subject advise`: the modification tables, with what the record knows of the subject.

use crate::advice::{ObservationKind, advise};
use crate::cli::Output;
use crate::cli::read::today;
use crate::cli::regimen::advise::{Found, Whom, nothing, report, require_settled};
use crate::failure::Failure;
use crate::finding::{Field, Finding, Severity};
use crate::subjects;

use super::open::Reading;

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
    let mut observed = subjects::known(&opened.folded.course, opened.plan.as_ref().ok(), today()?);
    args.found.add(&opened.regimen, &mut observed)?;
    let mut advice = advise(&opened.regimen, &observed);
    // What the record holds was questioned and answered when it was recorded.
    let said = |finding: &Finding| matches!(finding.field, Some(Field::Lab | Field::UpperLimit));
    advice.implausible.retain(|finding| finding.severity != Severity::Warn || said(finding));
    let stopped = opened.folded.course.stopped.as_ref();
    report(&opened.regimen, &advice, &Whom { observed: &observed, subject: Some(&opened.code), stopped }, output)?;
    let counts = advice.open.iter().any(|one| one.kind == ObservationKind::Occurrence) && !output.is_json();
    let before = subjects::words::modifications(&opened.regimen, &opened.folded);
    if counts && !before.is_empty() {
        output.line("")?;
        output.line("On record so far, for you to count:")?;
        before.iter().try_for_each(|line| output.line(line))?;
    }
    require_settled(&opened.regimen, &advice, Some(&args.code))
}
