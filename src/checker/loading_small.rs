//! R081.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::ProtocolDose;

pub const RULE: Rule = Rule::checked(codes::LOADING_SMALL, "loading-not-larger", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        // A row of a table that brings its own says both figures side by side.
        let Some(loading) = drug.loading.as_ref().filter(|_| own(def)) else { continue };
        let not_above =
            |full: &ProtocolDose| figures::compared(loading.dose, *full).is_some_and(std::cmp::Ordering::is_le);
        if let Some(full) = drug.full_doses().into_iter().find(not_above) {
            let place = def.loading.as_ref().map_or_else(|| def.span.clone(), |table| table.span.clone());
            let text = format!("the loading dose of {} is not above the dose of {full}", loading.dose);
            findings.push(RULE.finding(text).at(place, "not larger").help("exchange the two, or leave `loading` out"));
        }
    }
}

fn own(def: &DrugDef) -> bool {
    def.loading.as_ref().is_some_and(|loading| loading.dose.is_some())
}
