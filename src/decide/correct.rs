//! Entries about entries: corrections, undoing, a second person's check.

use crate::calendar::{Date, days_between, plus_days};
use crate::course::event::{Corrected, Event, Moved, Pinned, Redacted, Undone, Verified};
use crate::course::fold::{EntryStatus, HistoryEntry};
use crate::course::{CycleKey, Folded, Key};
use crate::finding::{Finding, Severity};
use crate::plan;
use crate::plausibility;

use crate::regimen::Status;
use crate::regimen::{Regimen, genotype};
use crate::writing::same_person;

use super::{Context, Draft, acts, changes, dates, findings, give, measure, past, reasoned, verify_findings};

fn entry<'a>(context: &'a Context<'_>, seq: u64) -> Result<&'a HistoryEntry, Finding> {
    context.folded.entry(seq).ok_or_else(|| findings::no_such_entry(seq))
}

pub(super) fn correct(
    context: &Context<'_>,
    seq: u64,
    event: &Event,
    effective: Date,
    reason: &str,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let event = &with_its_end(context, seq, respelled(context, event), effective);
    let item = entry(context, seq)?;
    if let EntryStatus::UndoneBy(by) = item.status {
        return Err(findings::undone_not_corrected(seq, by));
    }
    let original = match &item.entry.event {
        Event::Corrected(corrected) => &corrected.event,
        other => other,
    };
    if original.kind() != event.kind() {
        return Err(findings::other_kind(seq, original, event));
    }
    if context.folded.now(seq) == Some((effective, event)) {
        return Err(findings::nothing_corrected(seq, event));
    }
    if matches!(event, Event::DoubleChecked(_)) {
        return Err(verify_findings::check_not_corrected(seq));
    }
    if matches!(event, Event::Undone(_) | Event::Verified(_) | Event::Redacted(_)) {
        return Err(findings::about_another_entry(seq));
    }
    past(context, effective)?;
    if let Event::Given(given) = event
        && let Some(other) = context.folded.recorded.get(&given.key).filter(|other| **other != seq)
        && context.folded.delivered.iter().any(|one| one.seq == *other && one.given.key == given.key)
        && original_key(original) != Some(&given.key)
    {
        return Err(findings::in_another_entry(given.key.named(context.regimen), *other));
    }
    let asks = bounds(context, seq, event, effective)?;
    let corrected = Corrected { entry: seq, event: Box::new(event.clone()), effective, reason };
    let draft = Draft::one(context.now, Event::Corrected(corrected)).asking(asks);
    if matches!(event, Event::Enrolled(_)) {
        enrolment(context, &draft)?;
    }
    // A level that cannot be planned is no fact: it was never given.
    Ok(if matches!(event, Event::Changed(_)) { draft } else { draft.fact() })
}

/// The genotype of an enrolment as enrolling would spell it.
fn respelled(context: &Context<'_>, event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::Enrolled(enrolled) = &mut event {
        enrolled.genotype = enrolled.genotype.take().map(|typed| genotype::spelled(context.regimen, &typed));
    }
    event
}

/// A dose of another day ended as many days later or earlier, where nobody typed when.
fn with_its_end(context: &Context<'_>, seq: u64, mut event: Event, effective: Date) -> Event {
    if let (Event::Given(given), Some((was_on, Event::Given(was)))) = (&mut event, context.folded.now(seq))
        && given.times == was.times
    {
        let days = days_between(was_on, effective);
        given.times.stop_on = given.times.stop_on.and_then(|on| plus_days(on, days));
    }
    event
}

/// What the original command would refuse or ask, a correction to it refuses and asks.
fn bounds(context: &Context<'_>, seq: u64, event: &Event, effective: Date) -> Result<Vec<Finding>, Finding> {
    let (was_on, now) = context.folded.now(seq).unzip();
    let other_day = was_on.is_some_and(|was| was != effective);
    if let Some(text) = event.reason().filter(|text| now.and_then(Event::reason) != Some(*text)) {
        reasoned(text)?;
    }
    match (event, now) {
        (Event::Changed(changed), _) => changes::bounds_of(context, changed).map(|()| Vec::new()),
        (Event::Delayed(delayed), _) => acts::delay_bounds(delayed.days).map(|()| Vec::new()),
        (Event::Given(given), Some(Event::Given(was))) => {
            give::hours(context, &given.times, effective)?;
            let other_dose = given.dose != was.dose;
            let dose = if other_dose { give::differs_from_planned(context, given) } else { None };
            let (key, planned) = (&given.key, given.planned_on);
            let day = dates::Dose { key, on: effective, planned, entry: Some(seq) };
            let days = if other_day { dates::of_dose(context, &day)? } else { Vec::new() };
            Ok(dose.into_iter().chain(days).collect())
        }
        (Event::Stopped(stopped), _) if other_day => {
            Ok(dates::of_stop(context, stopped.drug.as_deref(), effective)?.into_iter().collect())
        }
        (Event::Supply(_), _) if other_day => {
            Ok(dates::long_before(context, "What happened to home doses", effective).into_iter().collect())
        }
        (Event::Enrolled(enrolled), Some(Event::Enrolled(was))) if enrolled.start != was.start => {
            Ok(dates::of_start(context.now, enrolled.start).into_iter().collect())
        }
        (Event::Measured(measured), _) => {
            // The wrong figure is not what the right one is compared with.
            let undone = Event::Undone(Undone { entry: seq, reason: String::new() });
            let folded = super::after(context, &Draft::one(context.now, undone))?;
            measure::plausible(&Context { folded: &folded, ..*context }, effective, measured)
        }
        _ => Ok(Vec::new()),
    }
}

/// Figures that enrolling would refuse are refused. Whom the regimen does not take is a fact, and so is what a dose
/// then lacks: that is asked about.
fn enrolment(context: &Context<'_>, draft: &Draft) -> Result<(), Finding> {
    let inputs = |folded: &Folded| plan::inputs(context.regimen, &folded.course, context.options);
    let known = inputs(context.folded);
    let new = inputs(&super::after(context, draft)?);
    let refused = |finding: &Finding| {
        finding.severity == Severity::Block
            && ![plan::codes::NOT_ELIGIBLE, plausibility::codes::CHILD].contains(&finding.code)
            && !known.contains(finding)
    };
    new.into_iter().find(refused).map_or(Ok(()), Err)
}

fn original_key(event: &Event) -> Option<&crate::course::Key> {
    match event {
        Event::Given(given) => Some(&given.key),
        _ => None,
    }
}

pub(super) fn undo(context: &Context<'_>, seq: u64, reason: &str) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let item = entry(context, seq)?;
    if let EntryStatus::UndoneBy(by) = item.status {
        return Err(findings::undone_already(seq, by));
    }
    if matches!(item.entry.event, Event::Enrolled(_)) {
        return Err(findings::enrolment_stays());
    }
    if matches!(item.entry.event, Event::Redacted(_)) {
        return Err(findings::redaction_stays());
    }
    if let Event::Moved(moved) = &item.entry.event
        && let Some(key) = recorded_since(context, &moved.from)
    {
        return Err(findings::begun_on_it(key.named(context.regimen), seq));
    }
    Ok(Draft::one(context.now, Event::Undone(Undone { entry: seq, reason })).fact())
}

/// Anything on record of a cycle or a later one.
fn recorded_since<'a>(context: &'a Context<'_>, from: &CycleKey) -> Option<&'a crate::course::Key> {
    let rank = |phase: &Option<String>, cycle: u32| {
        let phases = &context.regimen.phases;
        (phases.iter().position(|one| one.id == *phase).unwrap_or(usize::MAX), cycle)
    };
    let delivered = context.folded.delivered.iter().map(|one| &one.given.key);
    let mut all = delivered.chain(context.folded.recorded.keys());
    all.find(|key| rank(&key.phase, key.cycle) >= rank(&from.0, from.1))
}

/// The texts of an entry are taken away for good; its figures stay. Nothing brings them back, a redaction undone neither.
pub(super) fn redact(context: &Context<'_>, seq: u64, reason: &str) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let item = entry(context, seq)?;
    let taken = |one: &HistoryEntry| matches!(&one.entry.event, Event::Redacted(redacted) if redacted.entry == seq);
    if context.folded.history.iter().any(taken) {
        return Err(findings::redacted_already(seq));
    }
    if item.entry.event.texts().is_empty() && item.entry.answers.is_empty() {
        return Err(findings::no_text(seq, &item.entry.event));
    }
    let redacted = Redacted { entry: seq, texts: Vec::new(), reason };
    Ok(Draft::one(context.now, Event::Redacted(redacted)).fact().asking([findings::gone_for_good(seq)]))
}

pub(super) fn verify(context: &Context<'_>, seq: u64, agrees: bool, differences: &[String]) -> Result<Draft, Finding> {
    let item = entry(context, seq)?;
    if let Some(finding) = findings::not_checked(context.regimen) {
        return Err(finding);
    }
    if let Some(own) = typed(context, item).find(|item| same_person(&item.entry.who, context.who)) {
        let corrected = matches!(own.entry.event, Event::Corrected(_));
        return Err(findings::same_person(seq, corrected, &own.entry.who, context.who));
    }
    let verified = Verified { entry: seq, agrees, differences: differences.to_vec() };
    Ok(Draft::one(context.now, Event::Verified(verified)).fact())
}

/// Everything that was typed of an entry: the entry itself, and every correction of it.
pub(super) fn typed<'a>(context: &'a Context<'_>, item: &'a HistoryEntry) -> impl Iterator<Item = &'a HistoryEntry> {
    let root = |item: &HistoryEntry| {
        let mut seq = item.entry.seq;
        while let Some(Event::Corrected(one)) = context.folded.entry(seq).map(|item| &item.entry.event) {
            if one.entry >= seq {
                break;
            }
            seq = one.entry;
        }
        seq
    };
    let of = root(item);
    context.folded.history.iter().filter(move |one| root(one) == of)
}

/// Another version of the regimen holds from the first cycle on of which nothing is on record. What was
/// given stays as it was given; every drug it names must be in the new version too.
pub(super) fn move_to(context: &Context<'_>, to: &Regimen, reason: &str) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    if to.sha256 == context.folded.regimen.sha256 {
        return Err(findings::same_version(to));
    }
    if to.status == Status::Retired {
        return Err(findings::retired(to));
    }
    let has = |key: &Key| {
        let phase = to.phases.iter().find(|phase| phase.id == key.phase);
        phase.is_some_and(|phase| phase.drugs.iter().any(|drug| drug.id == key.drug))
    };
    let delivered = context.folded.delivered.iter().map(|one| &one.given.key);
    if let Some(key) = delivered.chain(context.folded.recorded.keys()).find(|key| !has(key)) {
        return Err(findings::other_drugs(to, key.named(context.regimen)));
    }
    let to_pin = Pinned { id: to.id.clone(), version: to.version.clone(), sha256: to.sha256.clone() };
    let from = untouched(context);
    let both = to.following(context.regimen, from.0.as_deref(), from.1);
    let moved = Moved { to: to_pin, from, reason };
    let raised = super::changes::raised_by(context, &both);
    let mut draft = Draft::one(context.now, Event::Moved(moved)).asking(raised);
    draft.regimen = Some(Box::new(both));
    draft = draft.asking(findings::not_approved(to));
    Ok(draft)
}

/// The cycle after the last of which anything is on record; the first where there is none.
fn untouched(context: &Context<'_>) -> CycleKey {
    let phases = &context.regimen.phases;
    let rank = |key: &CycleKey| (phases.iter().position(|phase| phase.id == key.0).unwrap_or(usize::MAX), key.1);
    let recorded = context.folded.recorded.keys().map(|key| (key.phase.clone(), key.cycle));
    let last = recorded.chain(context.folded.treated()).max_by_key(|key| rank(key));
    let Some(last) = last else { return (phases.first().and_then(|phase| phase.id.clone()), 1) };
    let cycles = context.plan.map(|plan| plan.cycles.as_slice()).unwrap_or_default();
    let after = cycles.iter().map(plan::PlannedCycle::key).find(|key| rank(key) > rank(&last));
    after.unwrap_or_else(|| (last.0.clone(), last.1.saturating_add(1)))
}
