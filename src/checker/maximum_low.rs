//! R084.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Amount, Basis, Decimal, ProtocolDose};
use crate::regimen::Drug;

pub const RULE: Rule = Rule::checked(codes::MAXIMUM_LOW, "maximum-low", Severity::Block, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(table) = &def.maximum else { continue };
        let each = [drug.maximum.dose, drug.maximum.day, drug.maximum.cycle];
        let doses: Vec<ProtocolDose> = drug.dosing.bases().iter().map(|one| one.dose).collect();
        for maximum in each.into_iter().flatten() {
            let Some(dose) = doses.iter().find(|dose| below(drug, **dose, maximum)) else { continue };
            let text = format!("a maximum of {maximum} stands in the way of a dose of {dose}");
            let finding = RULE.finding(text).at(table.span.clone(), "too low to give anything");
            findings.push(finding.help("correct the maximum or the dose"));
        }
    }
}

fn below(drug: &Drug, dose: ProtocolDose, maximum: Amount) -> bool {
    let size = match dose.basis {
        Basis::Flat | Basis::PerM2 => Decimal::ONE,
        Basis::PerKg => Decimal::from(40),
        Basis::Auc => return false,
    };
    let smallest = dose.value.checked_mul(size);
    let capped = drug.caps.iter().filter_map(|cap| cap.dose.in_unit(dose.unit)).map(|cap| cap.value).min();
    let smallest = smallest.map(|smallest| capped.map_or(smallest, |cap| cap.min(smallest)));
    maximum.in_unit(dose.unit).zip(smallest).is_some_and(|(maximum, smallest)| maximum.value < smallest)
}
