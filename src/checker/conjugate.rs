//! R065.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::DrugDef;
use crate::quantity::{Basis, Decimal, DoseUnit};

pub const RULE: Rule = Rule::checked(codes::CONJUGATE, "conjugate-at-antibody-dose", Severity::Block, check);

/// 3.6 mg/kg.
const MOST: Decimal = Decimal::from_parts(36, 0, 0, false, 1);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| conjugate(def)) {
        let above = figures::per_size(drug, Basis::PerKg).into_iter().find(|dose| {
            let milligrams = dose.unit.factor_to(DoseUnit::Mg).and_then(|factor| dose.value.checked_mul(factor));
            milligrams.is_some_and(|value| value > MOST)
        });
        if let Some(dose) = above {
            let place = figures::doses(def)
                .iter()
                .find(|(_, one)| *one == dose)
                .map_or_else(|| def.span.clone(), |(at, _)| at.span.clone());
            let text = format!(
                "{dose} of trastuzumab emtansine is a dose of trastuzumab: the conjugate is given at 3.6 mg/kg"
            );
            let finding = RULE.finding(text).at(place, "above 3.6 mg/kg");
            findings.push(finding.help("correct the dose, or the name of the drug"));
        }
    }
}

/// Also ado-trastuzumab emtansine, and trastuzumab whose formulation is emtansine.
fn conjugate(drug: &DrugDef) -> bool {
    let name = figures::substance(drug);
    name.ends_with("trastuzumab emtansine") || figures::is(drug, "trastuzumab emtansine")
}
