//! R040.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;

/// The one that is made to be swallowed, too.
const ORAL: &str = "vinorelbine";

pub const RULE: Rule = Rule::checked(codes::VINCA, "vinca-route", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let Some((name, route)) = figures::vinca(drug).zip(drug.route.as_ref()) else { continue };
        let meant = match route.value.as_str() {
            "intravenous" | "unknown" | "site" => true,
            "oral" => name == ORAL,
            _ => false,
        };
        if !meant {
            let text = format!("{name} by the {} route is fatal or does lasting harm", route.value);
            let finding = RULE.finding(text).at(route.span.clone(), "never for a vinca alkaloid");
            findings.push(finding.help("vinca alkaloids are for intravenous use only: route = \"intravenous\""));
        }
    }
}
