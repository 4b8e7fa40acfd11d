//! R042.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::ProtocolDose;

pub const RULE: Rule = Rule::checked(codes::LADDER, "ladder-rises", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        // Beside a table `dose` is the formula it was made from, which nobody gets: R096 looks at the rows.
        let Some(mut above) = figures::dose(drug).filter(|_| drug.table.is_none()) else { continue };
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
