//! R062.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::substance;

pub const RULE: Rule = Rule::checked(codes::ABBREVIATION, "drug-abbreviated", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for name in context.drugs().filter_map(|drug| drug.name.as_ref()) {
        let lower = name.value.to_lowercase();
        let Some((_, full)) = substance::SHORT.iter().find(|(short, _)| *short == lower) else { continue };
        let text = format!("\"{}\" is an abbreviation, which somebody reads as another drug", name.value);
        let help = format!("write name = \"{full}\", and the short form under `also`");
        findings.push(RULE.finding(text).at(name.span.clone(), "abbreviated").help(help));
    }
}
