//! The way of a visit on its worksheet, where something is on record of it: what is, and a line to write on for what is not.
//! A sheet without such a record stays as short as it was: one that runs over onto a second page is read on its first.

use crate::present::{DoseRow, Schedule, VisitRow};

use super::super::document::Block;

/// Where a name and a date are written by hand.
const LINE: &str = "_____________";

/// Cleared, verified, prepared, given.
pub(super) fn steps(schedule: &Schedule, first: &DoseRow) -> Option<Block> {
    let of = |visit: &&VisitRow| (&visit.phase, visit.cycle, visit.day) == (&first.phase, first.cycle, first.day);
    let visit = schedule.visits.iter().find(of)?;
    let said = |step: fn(&VisitRow) -> Option<&String>| step(visit).map_or(LINE, String::as_str);
    Some(Block::Text(format!(
        "Cleared: {}. Verified: {}. Prepared: {}. Given: {LINE}.",
        said(|visit| visit.cleared.as_ref()),
        said(|visit| visit.verified.as_ref()),
        said(|visit| visit.prepared.as_ref()),
    )))
}
