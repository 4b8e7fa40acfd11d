//! R079.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Stated;

pub const RULE: Rule = Rule::checked(codes::DELAY_SHORT, "delay-below-window", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (place, phase) in context.cycles() {
        let (Stated::Is(room), Some(longest)) = (phase.cycle.window, phase.cycle.longest_delay) else { continue };
        if longest < room.late {
            let text = format!("the longest delay is {longest} days, and the window alone allows {}", room.late);
            findings.push(
                RULE.finding(text).at(place, "one of the two is wrong").help("correct `longest_delay` or `window`"),
            );
        }
    }
}
