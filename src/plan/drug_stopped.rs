//! One drug is stopped for good while the others go on.

use crate::calendar;
use crate::course::Course;
use crate::finding::Finding;
use crate::regimen::Regimen;

use super::Plan;

/// Each drug that was stopped, with its last day and the reason.
pub(super) fn findings(regimen: &Regimen, course: &Course, plan: &Plan) -> Vec<Finding> {
    let told = course.stopped_drugs.iter().map(|(drug, (last, why))| {
        let cycle = plan.cycles.last().map_or(1, |cycle| cycle.number);
        let name = regimen.name_of(drug, plan.cycles.last().and_then(|cycle| cycle.phase_id.as_deref()), cycle);
        let last = calendar::with_weekday(*last);
        let text = format!("{name} was stopped for good, last day {last} ({why}): its later doses are not planned.");
        Finding::note(super::drug_codes::DRUG_STOPPED, text)
    });
    told.collect()
}
