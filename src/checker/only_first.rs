//! R091.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::CountKind;

rule! {
    /// Worked examples that never leave the first cycle.
    ///
    /// The length of a cycle, the number of cycles and every date after the first are then tried by nothing.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[example]]
    /// expect = [{ cycle = 1, day = 1, drug = "study-drug", dose = "123 mg" }]
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[example]]
    /// expect = [{ cycle = 6, day = 1, date = 2027-02-15, drug = "study-drug", dose = "123 mg" }]
    /// ```
    ONLY_FIRST, "examples-stop-at-cycle-1", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    let once = regimen.phases.iter().all(|phase| phase.cycle.count.kind == CountKind::Planned(1));
    let mut expected = regimen.examples.iter().flat_map(|example| &example.expect);
    let later = expected.any(|expect| expect.cycle > 1 || regimen.phases.len() > 1);
    let Some(example) = context.definition.example.first() else { return };
    if !later && !once {
        let finding =
            RULE.finding("no worked example reaches the second cycle").at(example.span.clone(), "cycle 1 only");
        findings.push(finding.help("add a row of a later cycle with its date, such as the last one"));
    }
}
