//! Doses by a row that only the rounded kidney function lies in.

use crate::dosing::RowByRounding;
use crate::finding::{Field, Figure, Finding, Lift};
use crate::formula::figure;
use crate::quantity::{Decimal, ProtocolDose, number};
use crate::regimen::{Drug, Regimen};

use super::{AdministrationState, Plan};

/// Each drug once for each kidney function.
pub(super) fn findings(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told: Vec<Finding> = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let Some(row) = &one.dose.by_rounding else { continue };
        let finding = plan.drug_of(regimen, one).map(|drug| finding(drug, row));
        told.extend(finding.filter(|finding| !told.contains(finding)));
    }
    told
}

fn finding(drug: &Drug, row: &RowByRounding) -> Finding {
    let found = match &row.other {
        Some(other) => format!("unrounded it lies in the row of {}", words(other)),
        None => "unrounded it lies in no row".to_owned(),
    };
    let text = format!(
        "{}: the GFR of {} mL/min is rounded to {} and then lies in the row of {}; {found}.",
        drug.full_name(),
        figure(row.found),
        number::print(row.used),
        words(&row.taken),
    );
    let finding = Finding::warn(super::drug_codes::GFR_ROUNDED, text).field(Field::Gfr);
    let help =
        "read in the protocol whether the figure is rounded before it is looked up; else measure the kidney function";
    finding.help(help).asking(Some(Figure::Value(row.found)), Lift::Reason)
}

/// `1,000 mg/m2`, `75 % of 1,000 mg/m2`
fn words((dose, percent): &(ProtocolDose, Option<Decimal>)) -> String {
    match percent {
        Some(percent) => format!("{} % of {dose}", number::print(*percent)),
        None => dose.to_string(),
    }
}
