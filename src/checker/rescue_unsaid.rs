//! R121.

use crate::checker::{Context, Rule, figures};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::quantity::{Basis, Decimal};

pub const RULE: Rule = Rule::checked(codes::RESCUE_UNSAID, "rescue-unsaid", Severity::Block, check);

/// Methotrexate from this dose on needs its rescue (mg/m²).
const HIGH_DOSE: Decimal = Decimal::from_parts(500, 0, 0, false, 0);

fn check(context: &Context, findings: &mut Vec<Finding>) {
    let Some(regimen) = context.regimen else { return };
    for (def, drug) in context.pairs().filter(|(def, _)| figures::is(def, "methotrexate")) {
        let high = figures::per_size(drug, Basis::PerM2).iter().any(|dose| dose.value >= HIGH_DOSE);
        if !high || regimen.has_rescue(drug) {
            continue;
        }
        let place = def.dose.as_ref().map_or_else(|| def.span.clone(), |at| at.span.clone());
        let text = format!("{} from 500 mg/m2 on kills without its rescue, and the file has none", drug.full_name());
        let finding = RULE.finding(text).at(place, "no rescue");
        findings.push(finding.help(
            "add the row of folinic acid, or say where it stands: rescue = \"folinic acid from hour 24, not in this file\"",
        ));
    }
}
