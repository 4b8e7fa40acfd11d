//! Dose levels and percentages: never up without the protocol's word, never below the ladder, never
//! under a dose that was given.

use crate::course::event::{Changed, Event};
use crate::course::{CycleKey, Reduction};
use crate::dosing::Dose;
use crate::finding::Finding;

use crate::plan::{self, Administration, AdministrationState};
use crate::quantity::{Amount, Decimal, number};
use crate::regimen::{Drug, Regimen, Setting};

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
    let event = Event::Changed(Changed { drug: drug.id.clone(), from: cycle.clone(), level, percent, reason });
    let draft = Draft::one(context.now, event);
    let asks = raise(context, drug, &cycle, to, &draft)?;
    let both = both(context, drug, &cycle, to);
    Ok(draft.asking(asks.into_iter().chain(both)))
}

/// A level and a percentage hold together: the percentage is taken of the dose of the level.
fn both(context: &Context<'_>, drug: &Drug, from: &CycleKey, to: Change) -> Option<Finding> {
    let reductions = &context.folded.course.reductions;
    let (level, percent) = force(context.regimen, reductions, &drug.id, rank(context.regimen, from));
    let (level, percent) = match to {
        Change::Level(new) => (new, percent),
        Change::Percent(new) => (level, new),
    };
    let text = format!(
        "{} is then at level {level} and at {} % of that level's dose, both together.",
        drug.full_name(),
        number::print(percent)
    );
    let help = "where one was meant in place of the other, set the other to 0 or 100% too";
    let together = level != 0 && percent != Decimal::ONE_HUNDRED;
    together.then(|| Finding::warn("level-and-percent", text).field("level").help(help))
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
        Change::Level(level) if (10..=100).contains(&level) => refuse(
            "level-above-zero",
            format!("Level {level} is no level of {}; levels are 0, -1, -2 …", drug.full_name()),
            &format!("did you mean {level} %? Then write {level}%"),
        ),
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
    let text = format!("This raises the dose of {} again from cycle {cycle} on", drug.full_name());
    if never {
        let text = format!("{text}, and the regimen says that a reduced dose is never raised (raise_again).");
        return Err(Finding::block("raise-again", text).field("level").help(MENDING));
    }
    if context.regimen.setting == Setting::Trial && !allowed {
        let text = format!("{text}; a trial allows only the changes its protocol lists, and this is none of them.");
        return Err(Finding::block("raise-again", text).field("level").help(MENDING));
    }
    let why = match (stepped, allowed) {
        (Some(_), true) => return Ok(None),
        (Some(_), false) => "and the regimen does not say whether it may",
        (None, _) => "although neither the level nor the percentage rises",
    };
    Ok(Some(Finding::warn("raise-again", format!("{text}, {why}."))))
}

const MENDING: &str = "if the lower level was recorded in error, undo that entry; a higher dose really given is recorded with `given --dose`";

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
            let text = format!(
                "The dose of {drug} was reduced, and {} version {} raises it from cycle {} on: {} instead of {}.",
                to.name, to.version, one.key.cycle, one.dose.amount, was.dose.amount,
            );
            told.push((drug, Finding::warn("raise-again", text).field("level")));
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
    let regimen = context.regimen;
    let up = |at: (usize, u32)| {
        let (level, percent) = force(regimen, &context.folded.course.reductions, &drug.id, at);
        match to {
            Change::Level(new) => new > level,
            Change::Percent(new) => new > percent,
        }
    };
    let first = rank(regimen, from);
    let cycles = context.plan.map_or(&[][..], |plan| plan.cycles.as_slice());
    let all = std::iter::once(first).chain(cycles.iter().map(|cycle| (cycle.phase, cycle.number)));
    all.filter(|at| *at >= first).find(|at| up(*at)).map(|(_, number)| number)
}

fn force(regimen: &Regimen, reductions: &[Reduction], drug: &str, at: (usize, u32)) -> (i32, Decimal) {
    let held = reductions.iter().filter(|one| one.drug == drug && rank(regimen, &one.from) <= at);
    held.fold((0, Decimal::ONE_HUNDRED), |(level, percent), one| {
        (one.level.unwrap_or(level), one.percent.unwrap_or(percent))
    })
}

/// The place of a cycle in the regimen.
fn rank(regimen: &Regimen, key: &CycleKey) -> (usize, u32) {
    (regimen.phases.iter().position(|phase| phase.id == key.0).unwrap_or(usize::MAX), key.1)
}
