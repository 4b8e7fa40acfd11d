//! What happened to doses and cycles that were not given, home doses, criteria, the end.

use crate::calendar::Date;
use crate::course::event::{Before, Criteria, Delayed, Event, Exposure, NotGiven, Note, Stopped, SupplyAct};
use crate::course::{CycleKey, Key, Noted};
use crate::finding::{Finding, Remedy};
use crate::plan::Administration;
use crate::regimen::{Drug, Role};

use super::code::dose_in_text;
use super::command::Scope;
use super::scope::{administrations_in_scope, cycle, drug};
use super::{Context, Draft, dates, findings, past, reasoned};

pub(super) fn not_given(
    context: &Context<'_>,
    scope: &Scope,
    reason: &str,
    event: impl FnOnce(NotGiven) -> Event,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let keys: Vec<Key> = administrations_in_scope(context, scope)?.into_iter().map(|one| one.key.clone()).collect();
    if keys.is_empty() {
        let finding = findings::not_planned(context.regimen, scope);
        return Err(in_run(context, scope).map_or(finding.clone(), |help| finding.help(help)));
    }
    let given = context.folded.delivered.iter().find(|one| keys.contains(&one.given.key));
    if let Some(one) = given {
        return Err(findings::given_on(context.regimen, one));
    }
    let not_given = NotGiven { keys, scope: scope.words(context.regimen), reason, missed: false };
    Ok(Draft::one(context.now, event(not_given)).fact())
}

/// A day within a run of home doses: the run is one administration, under its first day.
fn in_run(context: &Context<'_>, scope: &Scope) -> Option<Remedy> {
    let day = scope.day?;
    let whole = Scope { day: None, part: None, ..scope.clone() };
    let mut runs = administrations_in_scope(context, &whole).ok()?.into_iter();
    let holds =
        |one: &&Administration| one.run.as_ref().is_some_and(|run| (one.key.day..=run.through_day).contains(&day));
    let one = runs.find(holds)?;
    Some(findings::run_is_one(&one.key.named(context.regimen).drug(), one.key.day, one.run.as_ref()?.through_day))
}

pub(super) fn delay(
    context: &Context<'_>,
    phase: Option<&str>,
    number: u32,
    days: i32,
    reason: &str,
    required: bool,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    delay_bounds(days)?;
    let cycle = cycle(context, phase, number)?;
    if begun(context, &cycle) {
        return Err(findings::cycle_begun(context.regimen.cycle_word, number));
    }
    if let Some(later) = later(context, &cycle) {
        return Err(findings::later_begun(context.regimen.cycle_word, later, number));
    }
    let delayed = Delayed { cycle, days, reason, required };
    Ok(Draft::one(context.now, Event::Delayed(delayed)))
}

/// A delay that can be meant.
pub(super) fn delay_bounds(days: i32) -> Result<(), Finding> {
    if (-60..=400).contains(&days) {
        return Ok(());
    }
    Err(findings::delay_range(days))
}

/// Whether the day 1 of a cycle is a fact. A drug with a clock of its own says nothing about it.
fn begun(context: &Context<'_>, cycle: &CycleKey) -> bool {
    let planned = context.plan.and_then(|plan| plan.cycles.iter().find(|one| one.key() == *cycle));
    planned.is_some_and(|one| one.begun) || taken(context, cycle)
}

/// Whether home doses of a cycle were taken.
fn taken(context: &Context<'_>, cycle: &CycleKey) -> bool {
    let mut supplies = context.folded.supplies.iter();
    supplies.any(|(_, one)| one.act == SupplyAct::Taken && one.key.phase == cycle.0 && one.key.cycle == cycle.1)
}

/// A later cycle in which something was given.
fn later(context: &Context<'_>, cycle: &CycleKey) -> Option<u32> {
    let cycles = &context.plan?.cycles;
    let mut after = cycles.iter().skip_while(|one| one.key() != *cycle).skip(1);
    after.find(|one| one.begun || taken(context, &one.key())).map(|one| one.number)
}

pub(super) fn criteria(
    context: &Context<'_>,
    phase: Option<&str>,
    number: u32,
    day: i32,
    met: bool,
    found: &str,
) -> Result<Draft, Finding> {
    let found = reasoned(found)?;
    let cycle = cycle(context, phase, number)?;
    Ok(Draft::one(context.now, Event::Criteria(Criteria { cycle, day, met, found })).fact())
}

pub(super) fn expose(context: &Context<'_>, word: &str, before: &Before) -> Result<Draft, Finding> {
    let limit = context.regimen.lifetimes.iter().find(|limit| limit.is_meant(word));
    let drug = match limit {
        Some(limit) => limit.name.clone(),
        None => drug(context.regimen, word)?.id.clone(),
    };
    Ok(Draft::one(context.now, Event::Exposure(Exposure { drug, before: before.clone() })).fact())
}

pub(super) fn stop(context: &Context<'_>, word: Option<&str>, on: Date, reason: &str) -> Result<Draft, Finding> {
    past(context, on)?;
    let reason = reasoned(reason)?;
    let course = &context.folded.course;
    if let Some((stopped, why)) = &course.stopped {
        return Err(findings::stopped_already("Treatment", *stopped, why));
    }
    let drug = word.map(|word| drug(context.regimen, word)).transpose()?;
    if let Some(drug) = drug {
        let name = context.regimen.name_of(&drug.id, None, 1);
        if let Some((stopped, why)) = course.stopped_drugs.get(&drug.id) {
            return Err(findings::stopped_already(&name, *stopped, why));
        }
        let goes_on = |one: &Drug| {
            one.role == Role::Treatment && one.id != drug.id && !course.stopped_drugs.contains_key(&one.id)
        };
        if drug.role == Role::Treatment && !context.regimen.drugs().any(goes_on) {
            return Err(findings::last_drug(&name));
        }
    }
    let drug = drug.map(|drug| drug.id.clone());
    let asks = dates::of_stop(context, drug.as_deref(), on)?;
    Ok(Draft::one(on, Event::Stopped(Stopped { reason, drug })).fact().asking(asks))
}

pub(super) fn note(context: &Context<'_>, text: &str, on: Option<Date>, what: Option<Noted>) -> Result<Draft, Finding> {
    let on = past(context, on.unwrap_or(context.now))?;
    let reason = reasoned(text)?;
    let asks = dose_in_text(&reason);
    Ok(Draft::one(on, Event::Note(Note { reason, what })).fact().asking(asks))
}
