//! Dose levels and percentages: never up without the protocol's word, never below the ladder, never
//! under a dose that was given.

use crate::course::CycleKey;
use crate::course::event::{Changed, Event};
use crate::dosing::Dose;
use crate::finding::{Finding, Severity};

use crate::plan::{self, Administration, AdministrationState};
use crate::quantity::{Amount, Decimal};
use crate::regimen::{Drug, Regimen, Setting};

use super::command::Change;
use super::findings::{self, Rise};
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
    let event = Event::Changed(Changed { drug: drug.id.clone(), from: cycle.clone(), level, percent, reason });
    let draft = Draft::one(context.now, event);
    let asks = raise(context, drug, &cycle, to, &draft)?;
    let both = both(context, drug, &cycle, to);
    let same = in_force(context, drug, &cycle, to);
    Ok(draft.asking(asks.into_iter().chain(both).chain(same)))
}

/// A level and a percentage hold together: the percentage is taken of the dose of the level.
fn both(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Option<Finding> {
    let (level, percent) = force(context, drug, rank(context.regimen, from));
    let (level, percent) = match to {
        Change::Level(new) => (new, percent),
        Change::Percent(new) => (level, new),
    };
    let together = level != 0 && percent != Decimal::ONE_HUNDRED;
    together.then(|| findings::level_and_percent(drug, level, percent))
}

/// Whether a change, corrected, is one that could have been recorded.
pub(super) fn bounds_of(context: &Context<'_>, changed: &Changed) -> Result<(), Finding> {
    let drug = scope::drug(context.regimen, &changed.drug)?;
    changed.level.map_or(Ok(()), |level| bounds(drug, Change::Level(level)))?;
    changed.percent.map_or(Ok(()), |percent| bounds(drug, Change::Percent(percent)))
}

fn treated(context: &Context<'_>, drug: &Drug, from: &CycleKey) -> Result<(), Finding> {
    let rank = |key: &CycleKey| rank(context.regimen, key);
    let given = context
        .folded
        .delivered
        .iter()
        .map(|one| &one.given.key)
        .find(|key| key.drug == drug.id && rank(&(key.phase.clone(), key.cycle)) >= rank(from));
    given.map_or(Ok(()), |key| Err(findings::given_since(key.named(context.regimen), from)))
}

fn bounds(drug: &Drug, to: Change) -> Result<(), Finding> {
    match to {
        Change::Level(level) if (10..=100).contains(&level) => Err(findings::level_or_percent(drug, level)),
        Change::Level(level) if level > 0 => Err(findings::level_above_zero(level)),
        Change::Percent(percent) if percent <= Decimal::ZERO => Err(findings::percent_of_nothing(drug, percent)),
        Change::Percent(percent) if percent > Decimal::ONE_HUNDRED => {
            Err(findings::percent_above_protocol(drug, percent))
        }
        _ => Ok(()),
    }
}

/// Whether it raises the dose anywhere from that cycle on, and what the regimen says to that.
fn raise(
    context: &Context<'_>,
    drug: &Drug,
    from: &CycleKey,
    to: Change,
    draft: &Draft,
) -> Result<Option<Finding>, Finding> {
    let stepped = steps_up(context, drug, from, to);
    let up = stepped.map_or_else(|| higher_dose(context, drug, draft), |cycle| Ok(Some(cycle)))?;
    let Some(cycle) = up else { return Ok(None) };
    // A start or a row of the table may have a ladder of its own: the strictest counts.
    let never = drug.dosing.ladders().any(|ladder| ladder.raise_again == Some(false));
    let allowed =
        drug.dosing.ladders().next().is_some() && drug.dosing.ladders().all(|ladder| ladder.raise_again == Some(true));
    let trial = context.regimen.setting == Setting::Trial;
    let rise = match (never, allowed) {
        (true, _) => Rise::Forbidden,
        (false, false) if trial => Rise::NotListed,
        (false, true) if stepped.is_some() => return Ok(None),
        (false, false) if stepped.is_some() => Rise::Unsaid,
        (false, _) => Rise::Indirect,
    };
    let finding = findings::raised_again(context.regimen.cycle_word, drug, cycle, rise);
    if finding.severity == Severity::Block { Err(finding) } else { Ok(Some(finding)) }
}

/// The first cycle in which a dose would be higher than it is. Levels alone do not tell: a start may lie below a level, and
/// a step before the full dose below both.
fn higher_dose(context: &Context<'_>, drug: &Drug, draft: &Draft) -> Result<Option<u32>, Finding> {
    let Some(old) = context.plan else { return Ok(None) };
    let folded = super::after(context, draft)?;
    // What cannot be planned is refused with its reason later.
    let Ok(new) = plan::plan(context.regimen, &folded.course, context.site, context.options) else { return Ok(None) };
    let planned = |one: &&Administration| one.key.drug == drug.id && one.state == AdministrationState::Projected;
    let up = new.administrations.iter().filter(planned).find(|one| {
        // Another date may bring another step or a loading dose, whatever the level.
        let same = |was: &&Administration| was.key == one.key && was.date == one.date;
        old.administrations.iter().find(same).is_some_and(|was| higher(&was.dose, &one.dose))
    });
    Ok(up.map(|one| one.key.cycle))
}

/// Doses of reduced drugs that another text of the regimen would raise, each drug once.
pub(super) fn raised_by(context: &Context<'_>, to: &Regimen) -> Vec<Finding> {
    let Some(old) = context.plan else { return Vec::new() };
    let course = &context.folded.course;
    // What cannot be planned is refused with its reason later.
    let Ok(new) = plan::plan(to, course, context.site, context.options) else { return Vec::new() };
    let mut told: Vec<(&str, Finding)> = Vec::new();
    for one in new.administrations.iter().filter(|one| one.state == AdministrationState::Projected) {
        let drug = one.key.drug.as_str();
        let reduced = course.reductions.iter().any(|reduction| reduction.drug == drug);
        let Some(was) = old.administrations.iter().find(|was| was.key == one.key).filter(|_| reduced) else { continue };
        if higher(&was.dose, &one.dose) && told.iter().all(|(known, _)| *known != drug) {
            told.push((
                drug,
                findings::raised_by_version(&one.key.named(to).drug(), to, one.key.cycle, (&was.dose, &one.dose)),
            ));
        }
    }
    told.into_iter().map(|(_, finding)| finding).collect()
}

/// Whether a dose is above the one before: both halves of a day where they differ.
fn higher(was: &Dose, is: &Dose) -> bool {
    let day = |dose: &Dose| match dose.parts {
        Some((morning, evening)) => {
            let evening = evening.in_unit(morning.unit)?;
            Some((morning.value.checked_add(evening.value)?, morning.unit))
        }
        None => Some((dose.amount.value.checked_mul(Decimal::TWO)?, dose.amount.unit)),
    };
    let (Some((was, unit)), Some((is, other))) = (day(was), day(is)) else { return false };
    let is = Amount { value: is, unit: other }.in_unit(unit);
    is.is_some_and(|is| is.value > was)
}

/// The first cycle in which the level, or the percentage, would be higher than it is. It may be only days or the
/// interval that rise.
fn steps_up(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Option<u32> {
    let up = |at: (usize, u32)| {
        let (level, percent) = force(context, drug, at);
        match to {
            Change::Level(new) => new > level,
            Change::Percent(new) => new > percent,
        }
    };
    cycles_from(context, from).find(|at| up(*at)).map(|(_, number)| number)
}

/// A change to what is in force already, in every cycle that it is for: nobody would ever see what it did.
fn in_force(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Option<Finding> {
    let same = |at: (usize, u32)| {
        let (level, percent) = force(context, drug, at);
        match to {
            Change::Level(new) => new == level,
            Change::Percent(new) => new == percent,
        }
    };
    cycles_from(context, from).all(same).then(|| findings::in_force_already(context.regimen.cycle_word, drug, from, to))
}

/// The places of a cycle and of all that are planned after it.
fn cycles_from<'c>(context: &'c Context<'_>, from: &CycleKey) -> impl Iterator<Item = (usize, u32)> + use<'c> {
    let first = rank(context.regimen, from);
    let cycles = context.plan.map_or(&[][..], |plan| plan.cycles.as_slice());
    let all = std::iter::once(first).chain(cycles.iter().map(|cycle| (cycle.phase, cycle.number)));
    all.filter(move |at| *at >= first)
}

fn force(context: &Context<'_>, drug: &Drug, at: (usize, u32)) -> (i32, Decimal) {
    let force = plan::reduced(context.regimen, &context.folded.course.reductions, &drug.id, at);
    (force.level, force.percent.unwrap_or(Decimal::ONE_HUNDRED))
}

/// The place of a cycle in the regimen.
fn rank(regimen: &Regimen, key: &CycleKey) -> (usize, u32) {
    (regimen.phases.iter().position(|phase| phase.id == key.0).unwrap_or(usize::MAX), key.1)
}
