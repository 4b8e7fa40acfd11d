//! R068.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal, DoseUnit, ProtocolDose};

pub const RULE: Rule = Rule::checked(codes::CISPLATIN, "cisplatin-cycle-dose", Severity::Warn, check);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs().filter(|(def, _)| figures::is(def, "cisplatin")) {
        let doses = drug.cycle_total.zip(drug.dosing.formula());
        let doses = doses.and_then(|(total, one)| total.value.checked_div(one.value)).unwrap_or(Decimal::ONE);
        let totals = figures::per_size(drug, Basis::PerM2).into_iter().filter_map(|dose| {
            let milligrams = dose.value.checked_mul(dose.unit.factor_to(DoseUnit::Mg)?)?;
            Some(ProtocolDose {
                value: milligrams.checked_mul(doses)?.normalize(),
                unit: DoseUnit::Mg,
                basis: Basis::PerM2,
            })
        });
        let Some(total) = totals.max_by_key(|total| total.value).filter(|total| total.value > Decimal::ONE_HUNDRED)
        else {
            continue;
        };
        let at = def.cycle_total.as_ref().or(def.dose.as_ref());
        let place = at.map_or_else(|| def.span.clone(), |at| at.span.clone());
        let text = format!("cisplatin comes to {total} in one cycle; above 100 mg/m2 is rarely used");
        let help = "look at the protocol once more: is this the dose of a day, or of the cycle?";
        findings.push(RULE.finding(text).at(place, "above 100 mg/m2").help(help));
    }
}
