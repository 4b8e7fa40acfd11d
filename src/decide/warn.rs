//! Warnings that come from comparing what was planned with what would be.

use crate::course::event::Event;
use crate::finding::Finding;
use crate::plan::{Administration, AdministrationState, Plan};
use crate::quantity::Decimal;
use crate::regimen::Regimen;

use super::{Draft, findings};

/// A dose that nothing but an undone or corrected entry raises; a day outside its own window.
pub(super) fn raised(regimen: &Regimen, old: &Plan, new: &Plan, draft: &Draft) -> Vec<Finding> {
    let mut asks = Vec::new();
    let corrects = draft.events.iter().any(|(_, event)| matches!(event, Event::Corrected(_) | Event::Undone(_)));
    if corrects && let Some(one) = new.administrations.iter().find(|one| rises(old, one)) {
        asks.push(findings::raises_level(one.key.named(regimen)));
    }
    for (_, event) in &draft.events {
        if let Event::Given(given) = event {
            let one = new.administrations.iter().find(|one| one.key == given.key);
            asks.extend(one.and_then(|one| outside(regimen, new, one)));
        }
    }
    asks
}

fn rises(old: &Plan, one: &Administration) -> bool {
    let percent = |one: &Administration| one.dose.percent.unwrap_or(Decimal::ONE_HUNDRED);
    let up = |was: &Administration| was.dose.level < one.dose.level || percent(was) < percent(one);
    one.state == AdministrationState::Projected && old.administrations.iter().any(|was| was.key == one.key && up(was))
}

/// Later days of a cycle have windows of their own; those of day 1 are told by the plan, once a cycle.
fn outside(regimen: &Regimen, plan: &Plan, one: &Administration) -> Option<Finding> {
    let cycle = plan.cycles.iter().find(|cycle| cycle.phase == one.phase && cycle.number == one.key.cycle)?;
    let window = one.window.filter(|window| !window.holds(one.date))?;
    if cycle.actual == one.date {
        return None;
    }
    Some(findings::outside_window(one.key.named(regimen), one.date, window))
}
