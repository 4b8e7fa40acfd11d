//! R099.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::substance;

pub const RULE: Rule = Rule::checked(codes::ODD_LETTER, "odd-letter-in-name", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let names = drug.name.iter().chain(&drug.id).chain(&drug.formulation);
        for (at, odd) in names.filter_map(|at| Some((at, substance::odd_letter(&at.value)?))) {
            let text = format!("\"{}\" holds {}, which no rule about a drug can read", seen(&at.value), called(odd));
            let finding = RULE.finding(text).at(at.span.clone(), "not plain letters");
            findings.push(
                finding
                    .help("write the international generic name in plain letters; other spellings stand under `also`"),
            );
        }
    }
}

/// The name with what cannot be seen made visible.
fn seen(name: &str) -> String {
    let shown = |c: char| {
        if substance::odd_letter(&c.to_string()).is_some() { format!("[{}]", code(c)) } else { c.to_string() }
    };
    name.chars().take(60).map(shown).collect()
}

fn called(c: char) -> String {
    if c.is_alphanumeric() {
        format!("\"{c}\" ({})", code(c))
    } else {
        format!("a sign that may not be seen ({})", code(c))
    }
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
