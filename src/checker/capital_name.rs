//! R063.

use crate::checker::Context;
use crate::finding::Finding;

rule! {
    /// A drug name that begins with a capital letter: a brand, or a generic name written like one.
    ///
    /// Generic names are lower case, brands have a capital (NCI CTEP, guidelines for treatment regimen expression and nomenclature). A brand is not a drug: the product belongs under `product`, where two products are told apart.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "Camptosar"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "irinotecan"
    /// product = "Camptosar"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    CAPITAL_NAME, "drug-name-capital", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let mut letters = name.value.chars();
        let capital = letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        if capital {
            let text = format!("\"{}\" is written like a brand; a drug is named by its full generic name", name.value);
            let finding = RULE.finding(text).at(name.span.clone(), "a capital letter");
            findings.push(finding.help("write the generic name in lower case, and the brand under `product`"));
        }
    }
}
