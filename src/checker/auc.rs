//! R020.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::{Basis, ProtocolDose};

rule! {
    /// A target AUC beside a dose of another kind in one drug: the dose is `AUC 5`, a reduced or loading dose is in mg/m2, or the other way round.
    ///
    /// AUC 5 is some 500 mg, not 5 mg/m2: one of the two is from another protocol. Another basis is another drug entry.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["AUC 4"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// reduce = { to = ["60 mg/m2"], then = "ask", raise_again = "never" }
    /// source = { trial = ["dose", "route", "days", "over", "reduce"], unverified = ["round"] }
    /// ```
    AUC, "auc-mixed", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let all = figures::doses(drug);
        let Some(auc) = all.first().map(|(_, dose)| dose.basis == Basis::Auc) else { continue };
        let total = drug.cycle_total.as_ref().and_then(|at| Some((at, ProtocolDose::read(&at.value).ok()?)));
        for (at, _) in all.iter().copied().chain(total).filter(|(_, dose)| (dose.basis == Basis::Auc) != auc) {
            let text = format!("\"{}\" stands beside a dose of another kind in one drug", at.value);
            let help = "write the figure as the dose is written; another basis is another drug entry";
            findings.push(RULE.finding(text).at(at.span.clone(), "another kind of dose").help(help));
        }
    }
}
