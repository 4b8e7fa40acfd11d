//! R061.

use crate::checker::{Context, figures};
use crate::finding::Finding;

rule! {
    /// A dose with a zero behind the decimal point that says nothing.
    ///
    /// `5.0 mg` has been read as 50 mg. Write `5 mg`; the zero before a point (`0.5 mg`) stays (ISMP, error-prone abbreviations, symbols and dose designations; Joint Commission, official "do not use" list).
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70.0 mg/m2"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// dose = "70.5 mg/m2"
    /// source = "trial"
    /// ```
    TRAILING_ZERO, "trailing-zero", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        for at in figures::all(drug).into_iter().filter(|at| trailing(&at.value)) {
            let text = format!("\"{}\" has a zero behind the point that can be read as ten times the dose", at.value);
            findings
                .push(RULE.finding(text).at(at.span.clone(), "trailing zero").help("leave the point and the zero out"));
        }
    }
}

/// Whether the first figure of a text ends in zeros behind its point.
fn trailing(text: &str) -> bool {
    let figure = text.trim_start_matches("AUC ").split(' ').next().unwrap_or_default();
    figure.split_once('.').is_some_and(|(_, decimals)| decimals.ends_with('0'))
}
