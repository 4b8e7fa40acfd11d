//! R041.

use crate::checker::{Context, figures};
use crate::finding::Finding;
use crate::quantity::Basis;

/// Drugs that most protocols cap.
const CAPPED: &[&str] = &["vincristine"];

rule! {
    /// A drug that is as a rule capped, dosed by body size, without a `cap`.
    ///
    /// Vincristine by body surface is capped in most protocols. Where the protocol has no cap, `cap = "none"` says that somebody looked.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vincristine"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "vincristine"
    /// cap = "2 mg"
    /// source = { trial = ["dose", "route", "days", "over", "cap"], unverified = ["round"] }
    /// ```
    KNOWN_CAP, "cap-missing", Block, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| drug.cap.is_none()) {
        let Some(name) = drug.name.as_ref().filter(|_| CAPPED.iter().any(|capped| figures::is(drug, capped))) else {
            continue;
        };
        let sized = figures::doses(drug).iter().any(|(_, dose)| matches!(dose.basis, Basis::PerM2 | Basis::PerKg));
        if sized && !context.definition.pruned.iter().any(|pruned| pruned.table == drug.span && pruned.key == "cap") {
            let text = format!("{} is dosed by body size and has no `cap`", name.value);
            let finding = RULE.finding(text).at(name.span.clone(), "as a rule capped");
            findings.push(
                finding.help("write the protocol's cap, such as cap = \"2 mg\", or cap = \"none\" where it has none"),
            );
        }
    }
}
