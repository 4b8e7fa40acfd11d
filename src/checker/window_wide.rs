//! R078.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::Stated;

rule! {
    /// A window around day 1 as wide as the cycle.
    ///
    /// A visit must belong to one cycle. Where the window of one reaches the planned day of the next, nobody can say which was given.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// window = { early = "7 days", late = "7 days" }
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// window = { early = "3 days", late = "3 days" }
    /// source = "trial"
    /// ```
    WINDOW_WIDE, "window-wide", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (place, phase) in context.cycles() {
        let Stated::Is(room) = phase.cycle.window else { continue };
        if room.early.saturating_add(room.late) >= phase.cycle.length {
            let length = phase.cycle.length;
            let text = format!(
                "a window of {} days early and {} days late is as wide as the cycle of {length} days",
                room.early, room.late
            );
            findings.push(RULE.finding(text).at(place, "windows meet").help("write the protocol's window in days"));
        }
    }
}
