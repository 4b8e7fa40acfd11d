//! R062.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::substance;

rule! {
    /// A drug named by an abbreviation.
    ///
    /// `MTX` is methotrexate to some and mitoxantrone to others. Names are written in full (ISMP, error-prone abbreviations; NCI CTEP, guidelines for treatment regimen expression and nomenclature); the short form may stand under `also`.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    /// name = "5-FU"
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    /// name = "fluorouracil"
    /// also = ["5-FU"]
    /// id = "study-drug"
    /// source = "trial"
    /// ```
    ABBREVIATION, "drug-abbreviated", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let lower = name.value.to_lowercase();
        let Some((_, full)) = substance::SHORT.iter().find(|(short, _)| *short == lower) else { continue };
        let text = format!("\"{}\" is an abbreviation, which somebody reads as another drug", name.value);
        let help = format!("write name = \"{full}\", and the short form under `also`");
        findings.push(RULE.finding(text).at(name.span.clone(), "abbreviated").help(help));
    }
}
