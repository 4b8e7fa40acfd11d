//! R078.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Stated;

pub const RULE: Rule = Rule::checked(codes::WINDOW_WIDE, "window-wide", Severity::Warn, check);

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
