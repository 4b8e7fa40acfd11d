//! What a library says of regimen files, one sentence a function; the codes are in `codes`.

use std::ops::Range;

use crate::finding::{Field, Finding, Remedy};
use crate::quantity::number::shown;
use crate::regimen::Said;

use super::codes as c;

/// The file cannot be opened.
pub(super) fn unreadable(error: &str) -> Finding {
    Finding::block(c::UNREADABLE, error)
}

/// The approvals on record cannot be read.
pub(super) fn approvals_unreadable(error: &str) -> Finding {
    Finding::warn(c::APPROVAL, format!("no approval counts: {error}"))
}

/// What a draft says of itself beyond what it is.
pub(super) fn claims_more(said: Said, standing: usize, needed: usize) -> Option<Finding> {
    let text = format!(
        "the file calls itself {}, and {standing} of {needed} approvals of this content are on record: it counts as a draft",
        said.word()
    );
    let finding = match said {
        Said::Draft | Said::Retired => return None,
        Said::Reviewed => Finding::note(c::APPROVAL, text),
        Said::Approved => Finding::warn(c::APPROVAL, text),
    };
    Some(finding.help(Remedy::of([Field::Approval], "two different people approve it")))
}

/// Why nothing is said of the worked examples.
pub(super) fn examples_not_run() -> Finding {
    Finding::note(c::EXAMPLES_NOT_RUN, "worked examples not run: correct the errors above first")
        .help("correct what blocks, and check the file again")
}

/// A name one letter off one that the shipped regimens have.
pub(super) fn drug_spelling(name: &str, near: &str, span: Range<usize>) -> Finding {
    let text = format!("\"{}\" is one letter off {near}, which the shipped regimens have", shown(name));
    Finding::note(c::DRUG_SPELLING, text)
        .at(span, format!("did you mean {near}?"))
        .help(format!("write name = \"{near}\" if that is the drug; another drug of this name stays as it is"))
}
