//! Doses that were put off or left out, and what is given after them.

use crate::course::AdministrationRecord;
use crate::finding::Finding;
use crate::plan::{Administration, AdministrationState, way};
use crate::regimen::Regimen;

use super::{Context, day_findings};

/// That a dose was put off.
pub(super) fn of(context: &Context<'_>, one: &Administration) -> Option<Finding> {
    match context.folded.course.recorded.get(&one.key)? {
        AdministrationRecord::Held(why) => Some(day_findings::was_held(one.key.named(context.regimen), why)),
        _ => None,
    }
}

/// That a dose of the treatment of an earlier cycle, of a drug that is given now, is put off.
pub(super) fn before(context: &Context<'_>, given: &[&Administration]) -> Option<Finding> {
    let plan = context.plan?;
    let mut all = plan.administrations.iter().filter(|one| way::is_treatment(context.regimen, plan, one));
    all.find_map(|one| {
        let AdministrationState::Held(why) = &one.state else { return None };
        let later = |now: &&&Administration| {
            now.key.drug == one.key.drug && (now.phase, now.key.cycle) > (one.phase, one.key.cycle)
        };
        let now = given.iter().find(later)?;
        Some(day_findings::held_before(now.key.named(context.regimen), one.key.named(context.regimen), why))
    })
}

/// That the step before a step up, or before the full dose behind the steps, did not go in, or not whole.
pub(super) fn step_before(context: &Context<'_>, one: &Administration, given: &[&Administration]) -> Option<Finding> {
    let plan = context.plan?;
    let same = |other: &&Administration| other.key.drug == one.key.drug && other.planned.is_some();
    let before = plan.administrations.iter().filter(same).take_while(|other| other.key != one.key).last()?;
    // The full dose behind the steps may be of the next phase.
    if given.iter().any(|other| other.key == before.key) || ![one, before].iter().any(|one| steps(context.regimen, one))
    {
        return None;
    }
    let partly = context.folded.delivered.iter().any(|done| done.given.key == before.key && done.given.partly);
    let what = match &before.state {
        AdministrationState::Given if partly => "went in only in part",
        AdministrationState::Given => return None,
        AdministrationState::Projected => "is not on record",
        AdministrationState::Held(_) => "is held",
        AdministrationState::Omitted(_) => "was omitted",
    };
    let (key, step) = (one.key.named(context.regimen), before.key.named(context.regimen));
    Some(day_findings::step_before(key, step, what))
}

fn steps(regimen: &Regimen, one: &Administration) -> bool {
    let drug = regimen.phases.get(one.phase).and_then(|phase| phase.drugs.get(one.drug));
    drug.is_some_and(|drug| !drug.dosing.ramp.is_empty())
}
