//! R042.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::ProtocolDose;

rule! {
    /// A ladder of reduced doses that does not fall.
    ///
    /// Each step must be below the one before, and the first below the dose: steps in the wrong order raise the dose of a patient who had toxicity. Steps in another basis (a flat dose below mg/m2) are compared for somebody of 1.75 m2 and 70 kg, and in each plan for its subject.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["50 mg/m2", "60 mg/m2"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["60 mg/m2", "50 mg/m2"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    LADDER, "ladder-rises", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let Some(mut above) = figures::dose(drug) else { continue };
        for at in figures::ladder(drug) {
            let Ok(step) = ProtocolDose::read(&at.value) else { continue };
            if figures::compared(step, above).is_some_and(std::cmp::Ordering::is_ge) {
                let text = format!("the step {step} is not below {above}");
                let finding = RULE.finding(text).at(at.span.clone(), "does not fall");
                findings.push(finding.help("list the steps from the highest dose to the lowest"));
            }
            above = step;
        }
    }
}
