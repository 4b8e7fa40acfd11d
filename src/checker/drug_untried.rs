//! R089.

use crate::checker::Context;
use crate::finding::Finding;
use crate::regimen::Role;

rule! {
    /// A treatment drug that no worked example gives.
    ///
    /// What no example gives, nobody worked out: a slip in its dose or its days passes unseen.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[drug]]
    ///
    /// [[drug]]
    /// name = "nimotuzumab"
    /// dose = "400 mg"
    /// route = "intravenous"
    /// over = "unknown"
    /// days = [1]
    /// source = "trial"
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[drug]]
    ///
    /// [[drug]]
    /// name = "nimotuzumab"
    /// dose = "400 mg"
    /// route = "intravenous"
    /// over = "unknown"
    /// days = [1]
    /// source = "trial"
    ///
    /// [[example]]
    /// expect = [{ cycle = 1, day = 1, date = 2026-12-07, drug = "study-drug" }, { cycle = 6, day = 1, date = 2027-02-15, drug = "nimotuzumab" }]
    /// ```
    DRUG_UNTRIED, "drug-in-no-example", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    let expected: Vec<&str> =
        regimen.examples.iter().flat_map(|example| &example.expect).map(|expect| expect.drug.as_str()).collect();
    for (def, drug) in context.pairs().filter(|(_, drug)| drug.role == Role::Treatment) {
        let entries = regimen.drugs().filter(|other| other.name == drug.name).count();
        let tried = expected.iter().any(|name| *name == drug.id || (*name == drug.name && entries == 1));
        if !tried {
            let place = def.name.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
            let text = format!("no worked example gives {}", drug.id);
            let finding = RULE.finding(text).at(place, "worked out by nobody");
            findings.push(finding.help("add a row to an [[example]], worked out by hand"));
        }
    }
}
