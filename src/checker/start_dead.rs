//! R088.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;

pub const RULE: Rule = Rule::checked(codes::START_DEAD, "starting-dose-unreachable", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let rows = def.start.iter().flat_map(|list| &list.value);
        for (at, (row, start)) in rows.zip(&drug.dosing.starts).enumerate() {
            let dead = drug.dosing.starts.iter().take(at).any(|earlier| earlier.when.covers(&start.when));
            if dead {
                let finding =
                    RULE.finding("an earlier row takes everybody this row is for").at(row.span.clone(), "never used");
                findings.push(finding.help("put the narrower condition first, or correct its limits"));
            }
        }
    }
}
