//! Doses into a vein that run in less than the shortest time in use.

use crate::finding::{Field, Figure, Finding, Lift, Severity};
use crate::plausibility::codes;
use crate::regimen::Regimen;
use crate::regimen::largest::RunsShort;

use super::{AdministrationState, Plan, second_person};

/// Each drug once, by the shortest length that the file gives it.
pub(super) fn findings(regimen: &Regimen, plan: &Plan) -> Vec<Finding> {
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for one in plan.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let Some(drug) = plan.drug_of(regimen, one).filter(|drug| !told.contains(&drug.id.as_str())) else { continue };
        let Some(RunsShort { severity, least, minutes, how }) = drug.runs_short(Some(one.dose.amount)) else {
            continue;
        };
        told.push(&drug.id);
        let text = format!("{} {how}: the shortest time in use is {}.", drug.full_name(), least.words());
        let lift = if severity == Severity::Confirm { second_person::types(drug, one) } else { Lift::Reason };
        let finding = Finding::new(severity, codes::INFUSION_SHORT, text).field(Field::Dose);
        findings.push(
            finding
                .help("read the length of the infusion in the protocol once more")
                .asking(Some(Figure::Value(minutes)), lift),
        );
    }
    findings
}
