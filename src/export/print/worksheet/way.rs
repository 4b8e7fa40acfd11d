//! The way of a visit on its worksheet: what is on record of it, and a line to write on for what is not. One line of text:
//! a sheet that runs over onto a second page is read on its first.

use crate::present::{DoseRow, Schedule, VisitRow};

use super::super::document::Block;

/// Where a name and a date are written by hand.
const LINE: &str = "_____________";

/// Cleared, verified, prepared, given.
pub(super) fn steps(schedule: &Schedule, first: &DoseRow) -> Block {
    let of = |visit: &&VisitRow| (&visit.phase, visit.cycle, visit.day) == (&first.phase, first.cycle, first.day);
    let visit = schedule.visits.iter().find(of);
    let said = |step: fn(&VisitRow) -> Option<&String>| visit.and_then(step).map_or(LINE, String::as_str);
    Block::Text(format!(
        "Cleared: {}. Verified: {}. Prepared: {}. Given: {LINE}.",
        said(|visit| visit.cleared.as_ref()),
        said(|visit| visit.verified.as_ref()),
        said(|visit| visit.prepared.as_ref()),
    ))
}
