//! R128.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::largest::RunsShort;

pub const RULE: Rule = Rule::checked(codes::INFUSION_SHORT, "infusion-too-fast", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(RunsShort { severity, least, how, .. }) = drug.runs_short_in_file() else { continue };
        let place = def.over.as_ref().map_or_else(|| def.span.clone(), |over| over.span().clone());
        let text = format!("{} {how}: the shortest time in use is {}", drug.full_name(), least.words());
        let help = if severity == Severity::Confirm {
            "read the length in the source once more; as it stands a second person confirms it for each subject"
        } else {
            "read the length in the source once more"
        };
        findings.push(RULE.finding(text).at(place, "shorter than it is given").help(help));
    }
}
