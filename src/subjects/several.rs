//! Several commands as one step: a visit in which every drug is its own entry, or doses of the past.

use crate::calendar::Site;
use crate::course::event::Entry;
use crate::decide::{self, Command, Decision, Preview, Proposed};
use crate::failure::Failure;
use crate::finding::Finding;

use super::{Actor, Opened, decide as one, from_entries};

/// Decides on commands one after the other, each on what the ones before would make of the record.
/// All questions come at once; the preview runs from the record as it is to the record as it would be.
pub fn several(opened: &Opened, site: &Site, actor: &Actor, commands: &[Command]) -> Result<Decision, Failure> {
    let mut entries: Vec<Entry> = opened.folded.history.iter().map(|told| told.entry.clone()).collect();
    let (mut events, mut open): (Vec<Proposed>, Vec<Finding>) = (Vec::new(), Vec::new());
    let mut findings = Vec::new();
    let mut now = opened.clone();
    for command in commands {
        let (proposed, preview) = match bold(&now, site, actor, command, &mut open) {
            Decision::Events(proposed, preview) => (proposed, preview),
            refused => return Ok(refused),
        };
        for finding in preview.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        for one in proposed {
            entries.push(entry(&one, entries.last().map_or(1, |last| last.seq + 1), actor));
            events.push(one);
        }
        now = from_entries(&opened.code, &entries, &opened.regimen, site)?;
    }
    let changes = match (&opened.plan, &now.plan) {
        (Ok(old), Ok(new)) => decide::differences(old, new),
        _ => Vec::new(),
    };
    let preview = Preview { changes, findings };
    Ok(if open.is_empty() { Decision::Events(events, preview) } else { Decision::Asks(open, preview) })
}

/// Decides as if every question were answered, and keeps those that are not.
fn bold(now: &Opened, site: &Site, actor: &Actor, command: &Command, open: &mut Vec<Finding>) -> Decision {
    let mut trial = actor.clone();
    loop {
        match one(now, site, &trial, command) {
            Decision::Asks(asks, _)
                if asks.iter().any(|ask| !trial.accepted.iter().any(|(code, _)| code == ask.code)) =>
            {
                trial.accepted.extend(asks.iter().map(|ask| (ask.code.to_owned(), "-".to_owned())));
                open.extend(asks);
            }
            decision => return decision,
        }
    }
}

fn entry(one: &Proposed, seq: u64, actor: &Actor) -> Entry {
    Entry {
        seq,
        effective: one.effective,
        recorded: String::new(),
        who: actor.who.clone(),
        event: one.event.clone(),
        answers: one.answers.clone(),
    }
}
