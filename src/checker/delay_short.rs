//! R079.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::Stated;

rule! {
    /// A longest delay shorter than the late side of the window.
    ///
    /// The window is room without a reason, the longest delay the limit of a delay with one. The second cannot be the smaller.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [cycle]
    /// longest_delay = "2 days"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [cycle]
    /// longest_delay = "14 days"
    /// source = "trial"
    /// ```
    DELAY_SHORT, "delay-below-window", Warn, check
}

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
