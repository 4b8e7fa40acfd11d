//! R091.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::CountKind;

pub const RULE: Rule = Rule::checked(codes::ONLY_FIRST, "examples-stop-at-cycle-1", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    let once = regimen.phases.iter().all(|phase| phase.cycle.count.kind == CountKind::Planned(1));
    let mut expected = regimen.examples.iter().flat_map(crate::regimen::Example::expected);
    let later = expected.any(|expect| expect.cycle > 1 || regimen.phases.len() > 1);
    let Some(example) = context.definition.example.first() else { return };
    if !later && !once {
        let finding =
            RULE.finding("no worked example reaches the second cycle").at(example.span.clone(), "cycle 1 only");
        findings.push(finding.help("add a row of a later cycle with its date, such as the last one"));
    }
}
