//! R126.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::plausibility::doses;
use crate::quantity::number::shown;
use crate::regimen::{Drug, substance};

pub const RULE: Rule = Rule::checked(codes::STRENGTH_WORD, "strength-as-unknown", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(at) = def.strength_as.as_ref().filter(|at| !is_known(drug, &at.value)) else { continue };
        let text =
            format!("\"{}\" is no salt, base, form or substance that a strength is expressed as", shown(&at.value));
        let finding = RULE.finding(text).at(at.span.clone(), "known to no list");
        findings.push(
            finding.help("write the word of the label, such as \"free base\", \"hydrochloride\" or the substance"),
        );
    }
}

/// A salt or a form, a word of the drug's own name, or a substance of the list of largest doses.
fn is_known(drug: &Drug, text: &str) -> bool {
    let names = drug.name.to_lowercase();
    let own: Vec<&str> = names.split(|letter: char| !letter.is_alphanumeric()).collect();
    let listed = |word: &str| doses::table().most.iter().any(|row| row.drug == word);
    let known = |word: &str| word == "free" || substance::is_salt_or_form(word) || own.contains(&word) || listed(word);
    let text = text.to_lowercase();
    listed(&text) || text.split_whitespace().all(known)
}
