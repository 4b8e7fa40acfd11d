//! Entries about entries: corrections, undoing, a second person's check.

use crate::calendar::Date;
use crate::course::event::{Corrected, Event, Undone, Verified};
use crate::course::fold::{Standing, Told};
use crate::finding::Finding;

use super::{Context, Draft, past, reasoned};

fn entry<'a>(context: &'a Context<'_>, seq: u64) -> Result<&'a Told, Finding> {
    context.folded.entry(seq).ok_or_else(|| {
        let text = format!("There is no entry {seq} for this subject.");
        Finding::block("no-such-entry", text).field("entry").help("`posology subject show CODE --history` lists them")
    })
}

pub(super) fn correct(
    context: &Context<'_>,
    seq: u64,
    event: &Event,
    effective: Date,
    reason: &str,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let told = entry(context, seq)?;
    if let Standing::UndoneBy(by) = told.standing {
        let text = format!("Entry {seq} was undone by entry {by}; there is nothing to correct.");
        return Err(Finding::block("undone", text).field("entry").help("record it afresh"));
    }
    let original = match &told.entry.event {
        Event::Corrected(corrected) => &corrected.event,
        other => other,
    };
    if original.kind() != event.kind() {
        let text = format!("Entry {seq} says {}; it cannot be corrected to {}.", original.kind(), event.kind());
        return Err(Finding::block("other-kind", text).field("entry").help("undo it, and record what happened"));
    }
    if matches!(event, Event::Undone(_) | Event::Verified(_)) {
        let text = format!("Entry {seq} is about another entry and cannot be corrected.");
        return Err(Finding::block("other-kind", text).field("entry").help("undo it"));
    }
    if matches!(event, Event::Given(_) | Event::Measured(_) | Event::Stopped(_)) {
        past(context, effective)?;
    }
    if let Event::Given(given) = event
        && let Some(other) = context.folded.deeds.get(&given.key).filter(|other| **other != seq)
        && context.folded.delivered.iter().any(|one| one.seq == *other && one.given.key == given.key)
        && original_key(original) != Some(&given.key)
    {
        let text = format!("{} stands in entry {other} already.", given.key);
        return Err(Finding::block("already-given", text).field("entry").help("correct that entry instead"));
    }
    let corrected = Corrected { entry: seq, event: Box::new(event.clone()), effective, reason };
    Ok(Draft::one(context.now, Event::Corrected(corrected)).fact())
}

fn original_key(event: &Event) -> Option<&crate::course::Key> {
    match event {
        Event::Given(given) => Some(&given.key),
        _ => None,
    }
}

pub(super) fn undo(context: &Context<'_>, seq: u64, reason: &str) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let told = entry(context, seq)?;
    if let Standing::UndoneBy(by) = told.standing {
        let text = format!("Entry {seq} was undone by entry {by} already.");
        return Err(Finding::block("undone", text).field("entry").help(format!("to have it back, undo entry {by}")));
    }
    if matches!(told.entry.event, Event::Enrolled(_)) {
        let text = "An enrolment is not undone: everything else in the record rests on it.";
        return Err(Finding::block("enrolment", text).field("entry").help("correct it, or stop treatment"));
    }
    Ok(Draft::one(context.now, Event::Undone(Undone { entry: seq, reason })).fact())
}

pub(super) fn verify(context: &Context<'_>, seq: u64, agrees: bool, differences: &[String]) -> Result<Draft, Finding> {
    let told = entry(context, seq)?;
    if told.entry.who == context.who {
        let text = format!("Entry {seq} was typed by {}; a check is a second person's.", context.who);
        return Err(Finding::block("same-person", text).field("who").help("let somebody else type it again"));
    }
    let verified = Verified { entry: seq, agrees, differences: differences.to_vec() };
    Ok(Draft::one(context.now, Event::Verified(verified)).fact())
}
