//! R081.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::ProtocolDose;

pub const RULE: Rule = Rule::checked(codes::LOADING_SMALL, "loading-not-larger", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        // A row of a table that brings its own says both figures side by side.
        let Some(loading) = drug.dosing.loading.as_ref().and_then(|loading| loading.dose) else { continue };
        let not_above = |full: &ProtocolDose| figures::compared(loading, *full).is_some_and(std::cmp::Ordering::is_le);
        if let Some(full) = drug.dosing.bases().iter().map(|one| one.dose).find(not_above) {
            let place = def.loading.as_ref().map_or_else(|| def.span.clone(), |table| table.span.clone());
            let text = format!("the loading dose of {loading} is not above the dose of {full}");
            findings.push(RULE.finding(text).at(place, "not larger").help("exchange the two, or leave `loading` out"));
        }
    }
}
