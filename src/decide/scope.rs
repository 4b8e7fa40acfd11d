//! Which drug, cycle and administrations a person means.

use crate::course::CycleKey;
use crate::finding::{Field, Finding};
use crate::plan::{self, Administration};
use crate::regimen::Drug;
use crate::regimen::Regimen;

use super::command::Scope;
use super::{Context, findings};

/// The drug a word names.
pub(super) fn drug<'r>(regimen: &'r Regimen, word: &str) -> Result<&'r Drug, Finding> {
    regimen.drug_called(word).map_err(|why| plan::no_one_drug(regimen, word, &why).field(Field::Drug))
}

/// The cycle meant by a number, and by a phase where the number alone does not say.
pub(super) fn cycle(context: &Context<'_>, phase: Option<&str>, number: u32) -> Result<CycleKey, Finding> {
    let known = |phase: &&str| context.regimen.phases.iter().any(|known| known.id.as_deref() == Some(*phase));
    if let Some(unknown) = phase.filter(|phase| !known(phase)) {
        return Err(findings::no_such_phase(context.regimen, unknown));
    }
    let Some(plan) = context.plan else {
        let first = context.regimen.phases.first().and_then(|phase| phase.id.clone());
        return Ok((phase.map(str::to_owned).or(first), number));
    };
    let fits = |cycle: &&crate::plan::PlannedCycle| {
        cycle.number == number && phase.is_none_or(|phase| cycle.phase_id.as_deref() == Some(phase))
    };
    let mut found = plan.cycles.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(cycle), None) => Ok(cycle.key()),
        (Some(_), Some(_)) => Err(findings::several_phases(context.regimen.cycle_word, number)),
        (None, _) => {
            let last = plan.cycles.iter().map(|cycle| cycle.number).max().unwrap_or(0);
            Err(findings::no_such_cycle(context.regimen, number, last))
        }
    }
}

/// The planned administrations a scope means.
pub(super) fn administrations_in_scope<'a>(
    context: &Context<'a>,
    scope: &Scope,
) -> Result<Vec<&'a Administration>, Finding> {
    let (phase, number) = cycle(context, scope.phase.as_deref(), scope.cycle)?;
    let drug = scope.drug.as_ref().map(|word| drug(context.regimen, word)).transpose()?;
    let Some(plan) = context.plan else { return Ok(Vec::new()) };
    let fits = |one: &&Administration| {
        one.planned.is_some()
            && one.key.phase == phase
            && one.key.cycle == number
            && scope.day.is_none_or(|day| one.key.day == day)
            && drug.is_none_or(|drug| one.key.drug == drug.id)
            && scope.part.is_none_or(|part| one.key.part == Some(part))
    };
    Ok(plan.administrations.iter().filter(fits).collect())
}
