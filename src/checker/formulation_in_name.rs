//! R064.

use crate::checker::Context;
use crate::finding::Finding;

rule! {
    /// A formulation inside the drug name instead of under `formulation`.
    ///
    /// Liposomal and conventional doxorubicin have been confused again and again, with deaths. The formulation is part of what a drug is: under its own key it is shown everywhere, and no search for the name alone finds the wrong one.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "liposomal irinotecan"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "irinotecan"
    /// formulation = "liposomal"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    FORMULATION, "formulation-in-name", Warn, check
}

const FORMS: &[&str] = &["liposomal", "liposome", "liposomes", "pegylated", "nab", "albumin-bound", "conventional"];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let lower = name.value.to_lowercase();
        let word = lower.split(' ').map(|word| word.strip_prefix("nab-").map_or(word, |_| "nab"));
        let Some(form) = word.into_iter().find(|word| FORMS.contains(word)) else { continue };
        let text = format!("\"{}\" holds a formulation", name.value);
        let help = format!("write the drug alone as `name`, and formulation = \"{form}\"");
        findings.push(RULE.finding(text).at(name.span.clone(), "not part of the name").help(help));
    }
}
