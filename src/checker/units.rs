//! R044.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{At, DrugDef, TextOr};
use crate::quantity::{Amount, ProtocolDose};

pub const RULE: Rule = Rule::checked(codes::UNITS, "units-mixed", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs() {
        let all = figures::doses(drug);
        let Some((_, dose)) = all.first().copied() else { continue };
        for at in amounts(drug) {
            let other = Amount::read(at.value.split(" in ").next().unwrap_or_default());
            if other.is_ok_and(|amount| amount.unit.dimension() != dose.unit.dimension()) {
                tell(findings, at, dose);
            }
        }
        // The rows of a table are compared where they are read.
        let in_table = |at: &At<String>| drug.table.as_ref().is_some_and(|rows| rows.span.contains(&at.span.start));
        for (at, _) in all.iter().filter(|(at, other)| !in_table(at) && other.unit.dimension() != dose.unit.dimension())
        {
            tell(findings, at, dose);
        }
    }
}

fn tell(findings: &mut Vec<Finding>, at: &At<String>, dose: ProtocolDose) {
    let text = format!("\"{}\" does not convert into the unit of the dose, {}", at.value, dose.unit);
    findings
        .push(RULE.finding(text).at(at.span.clone(), "another kind of unit").help("write it in the unit of the dose"));
}

/// Amounts that are compared with the dose.
fn amounts(drug: &DrugDef) -> Vec<&At<String>> {
    let mut all: Vec<&At<String>> = Vec::new();
    match &drug.cap {
        Some(TextOr::Text(at)) => all.push(at),
        Some(TextOr::Table(rows)) => all.extend(rows.value.0.iter().filter_map(|row| row.dose.as_ref())),
        None => {}
    }
    if let Some(TextOr::Table(round)) = &drug.round {
        all.extend([&round.nearest, &round.down_to, &round.up_to_next].into_iter().flatten());
        let bands = round.bands.iter().flat_map(|rows| &rows.value);
        all.extend(bands.flat_map(|band| band.from.iter().chain(&band.give)));
    }
    if let Some(maximum) = &drug.maximum {
        all.extend([&maximum.dose, &maximum.day, &maximum.cycle].into_iter().flatten());
    }
    all.extend(&drug.vial);
    all.extend(drug.tablets.iter().flat_map(|list| &list.value));
    all
}
