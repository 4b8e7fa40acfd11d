//! R089.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Role;

pub const RULE: Rule = Rule::checked(codes::DRUG_UNTRIED, "drug-in-no-example", Severity::Warn, check);

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
