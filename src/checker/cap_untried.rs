//! R092.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::CAP_UNTRIED, "cap-in-no-example", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, drug) in context
        .pairs()
        .filter(|(_, drug)| !drug.caps.is_empty() && drug.dosing.options().any(|one| one.dose.flat().is_none()))
    {
        let mut expected = regimen.examples.iter().flat_map(crate::regimen::Example::expected);
        let tried = expected.any(|expect| {
            (expect.drug == drug.id || expect.drug == drug.name) && expect.dose().is_some_and(|dose| at_cap(drug, dose))
        });
        if !tried {
            let text = format!("no worked example reaches the cap of {}", drug.id);
            let finding = RULE.finding(text).at(figures::cap_place(def), "tried by nothing");
            findings.push(finding.help("add an [[example]] with a subject large enough to be capped"));
        }
    }
}

/// The capped dose, or what rounding makes of it.
fn at_cap(drug: &Drug, dose: crate::quantity::Amount) -> bool {
    let near = |cap: crate::quantity::Amount| {
        let apart = dose.value.checked_sub(cap.value).map(|apart| apart.abs());
        apart.zip(cap.value.checked_div(crate::quantity::Decimal::from(20))).is_some_and(|(apart, most)| apart <= most)
    };
    drug.caps.iter().filter_map(|cap| cap.dose.in_unit(dose.unit)).any(near)
}
