//! R072.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::{DoseUnit, ProtocolDose};

pub const RULE: Rule = Rule::checked(codes::ACTIVITY_UNITS, "mass-for-units", Severity::Block, check);

const IN_UNITS: &[&str] = &[
    "bleomycin",
    "asparaginase",
    "crisantaspase",
    "pegaspargase",
    "calaspargase pegol",
    "heparin",
    "insulin",
    "aldesleukin",
];

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for drug in context.drugs().filter(|drug| in_units(drug)) {
        let mass = |dose: &ProtocolDose| dose.unit.dimension() == DoseUnit::Mg.dimension();
        if let Some((at, dose)) = figures::doses(drug).into_iter().find(|(_, dose)| mass(dose)) {
            let text = format!("{} is measured in units, and {dose} is a mass", figures::name(drug));
            let finding = RULE.finding(text).at(at.span.clone(), "a mass");
            findings.push(finding.help("write the protocol's figure in units; never convert it yourself"));
        }
    }
}

/// Every insulin, and the others by their own name.
fn in_units(drug: &DrugDef) -> bool {
    IN_UNITS.iter().any(|name| figures::is(drug, name)) || figures::substance(drug).starts_with("insulin ")
}
