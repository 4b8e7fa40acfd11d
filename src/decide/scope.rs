//! Which drug, cycle and administrations a person means.

use crate::course::CycleKey;
use crate::finding::Finding;
use crate::plan::Administration;
use crate::quantity::number;
use crate::regimen::Drug;
use crate::regimen::Regimen;

use super::Context;
use super::command::Scope;

/// The drug a word names.
pub(super) fn drug<'r>(regimen: &'r Regimen, word: &str) -> Result<&'r Drug, Finding> {
    regimen.drug_called(word).ok_or_else(|| {
        let mut ids: Vec<&str> = regimen.drugs().map(|drug| drug.id.as_str()).collect();
        ids.dedup();
        let text = format!("{} has no drug \"{}\"; it has {}.", regimen.name, number::shown(word), ids.join(", "));
        Finding::block("unknown-drug", text).field("drug")
    })
}

/// The cycle meant by a number, and by a phase where the number alone does not say.
pub(super) fn cycle(context: &Context<'_>, phase: Option<&str>, number: u32) -> Result<CycleKey, Finding> {
    let refuse = |text: String, help: String| Err(Finding::block("no-such-cycle", text).field("cycle").help(help));
    if phase.is_some_and(|phase| !context.regimen.phases.iter().any(|known| known.id.as_deref() == Some(phase))) {
        let known: Vec<&str> = context.regimen.phases.iter().filter_map(|phase| phase.id.as_deref()).collect();
        let text = format!("{} has no phase \"{}\".", context.regimen.name, number::shown(phase.unwrap_or_default()));
        return refuse(
            text,
            format!(
                "it has {}",
                if known.is_empty() { "one phase without a name".to_owned() } else { known.join(", ") }
            ),
        );
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
        (Some(_), Some(_)) => {
            refuse(format!("Cycle {number} stands in several phases."), "name the phase with --phase".to_owned())
        }
        (None, _) => {
            let last = plan.cycles.iter().map(|cycle| cycle.number).max().unwrap_or(0);
            refuse(format!("The plan has no cycle {number}."), format!("it has cycles 1 through {last}"))
        }
    }
}

/// The planned administrations a scope means.
pub(super) fn meant<'a>(context: &Context<'a>, scope: &Scope) -> Result<Vec<&'a Administration>, Finding> {
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
