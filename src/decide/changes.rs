//! Dose levels and percentages: never up without the protocol's word, never below the ladder, never
//! under a dose that was given.

use crate::course::event::{Changed, Event};
use crate::course::{CycleKey, Reduction};
use crate::finding::Finding;
use crate::plan::PlannedCycle;
use crate::quantity::{Decimal, number};
use crate::regimen::model::{Drug, Regimen, Setting};

use super::command::Change;
use super::{Context, Draft, reasoned, scope};

pub(super) fn change(
    context: &Context<'_>,
    drug: &str,
    from: (Option<&str>, u32),
    to: Change,
    reason: &str,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let drug = scope::drug(context.regimen, drug)?;
    let cycle = scope::cycle(context, from.0, from.1)?;
    treated(context, drug, &cycle)?;
    let (level, percent) = match to {
        Change::Level(level) => (Some(level), None),
        Change::Percent(percent) => (None, Some(percent)),
    };
    bounds(drug, to)?;
    let asks = raise(context, drug, &cycle, to)?;
    let event = Event::Changed(Changed { drug: drug.id.clone(), from: cycle, level, percent, reason });
    Ok(Draft::one(context.now, event).asking(asks))
}

fn treated(context: &Context<'_>, drug: &Drug, from: &CycleKey) -> Result<(), Finding> {
    let rank = |key: &CycleKey| {
        (context.regimen.phases.iter().position(|phase| phase.id == key.0).unwrap_or(usize::MAX), key.1)
    };
    let given = context
        .folded
        .delivered
        .iter()
        .map(|one| &one.given.key)
        .find(|key| key.drug == drug.id && rank(&(key.phase.clone(), key.cycle)) >= rank(from));
    match given {
        None => Ok(()),
        Some(key) => {
            let text = format!(
                "{key} was given already; a change from cycle {} on would alter what was planned for it.",
                from.1
            );
            let help =
                format!("let the change begin with a later cycle, such as --from {}", key.cycle.saturating_add(1));
            Err(Finding::block("already-given", text).field("from").help(help))
        }
    }
}

fn bounds(drug: &Drug, to: Change) -> Result<(), Finding> {
    let refuse = |code, text: String, help: &str| Err(Finding::block(code, text).field("level").help(help));
    match to {
        Change::Level(level) if level > 0 => refuse(
            "level-above-zero",
            format!("Level {level} is above the assigned dose; levels are 0, -1, -2 …"),
            "an escalation cohort is not a level; it is assigned at enrolment",
        ),
        Change::Percent(percent) if percent <= Decimal::ZERO => refuse(
            "percent",
            format!("{} % of {} is no dose.", number::print(percent), drug.full_name()),
            "omit the dose, or stop treatment",
        ),
        Change::Percent(percent) if percent > Decimal::ONE_HUNDRED => refuse(
            "percent",
            format!("{} % of {} is above the protocol's dose.", number::print(percent), drug.full_name()),
            "give a percentage up to 100",
        ),
        _ => Ok(()),
    }
}

/// Whether it raises the dose anywhere from that cycle on, and what the regimen says to that.
fn raise(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Result<Option<Finding>, Finding> {
    let Some(cycle) = rises(context, drug, from, to) else { return Ok(None) };
    let never = drug.ladder.as_ref().is_some_and(|ladder| ladder.raise_again == Some(false));
    let allowed = drug.ladder.as_ref().is_some_and(|ladder| ladder.raise_again == Some(true));
    let text = format!("This raises the dose of {} again from cycle {cycle} on", drug.full_name());
    if never {
        let text = format!("{text}, and the regimen says that a reduced dose is never raised (raise_again).");
        return Err(Finding::block("raise-again", text).field("level").help(MENDING));
    }
    if context.regimen.setting == Setting::Trial && !allowed {
        let text = format!("{text}; a trial allows only the changes its protocol lists, and this is none of them.");
        return Err(Finding::block("raise-again", text).field("level").help(MENDING));
    }
    let code = "raise-again";
    Ok((!allowed).then(|| Finding::warn(code, format!("{text}, and the regimen does not say whether it may."))))
}

const MENDING: &str = "if the lower level was recorded in error, undo that entry; a higher dose really given is recorded with `given --dose`";

/// The first cycle in which the level, or the percentage, would be higher than it is.
fn rises(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Option<u32> {
    let reductions = &context.folded.course.reductions;
    let cycles = &context.plan?.cycles;
    cycles.iter().filter(|cycle| reached(context.regimen, from, cycle)).find_map(|cycle| {
        let (level, percent) = force(context.regimen, reductions, &drug.id, cycle);
        let up = match to {
            Change::Level(new) => new > level,
            Change::Percent(new) => new > percent,
        };
        up.then_some(cycle.number)
    })
}

fn force(regimen: &Regimen, reductions: &[Reduction], drug: &str, cycle: &PlannedCycle) -> (i32, Decimal) {
    let held = reductions.iter().filter(|one| one.drug == drug && reached(regimen, &one.from, cycle));
    held.fold((0, Decimal::ONE_HUNDRED), |(level, percent), one| {
        (one.level.unwrap_or(level), one.percent.unwrap_or(percent))
    })
}

fn reached(regimen: &Regimen, from: &CycleKey, cycle: &PlannedCycle) -> bool {
    let phase = regimen.phases.iter().position(|phase| phase.id == from.0);
    phase.is_some_and(|phase| (phase, from.1) <= (cycle.phase, cycle.number))
}
