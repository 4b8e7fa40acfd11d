//! Several commands as one step: a visit in which every drug is its own entry, or doses of the past.

use crate::calendar::Site;
use crate::course::event::Entry;
use crate::decide::{self, Command, Decision, Preview, Proposed};
use crate::failure::Failure;
use crate::finding::Finding;

use super::{Actor, Opened, decide as one, from_entries};

/// Decides on commands one after the other, each on what the ones before would make of the record.
/// All questions come at once; the preview runs from the record as it is to the record as it would be.
/// `mark` may say of a question or a refusal which command it is about, by its place among them.
pub fn several(
    opened: &Opened,
    site: &Site,
    actor: &Actor,
    commands: &[Command],
    mark: impl Fn(usize, Finding) -> Finding,
) -> Result<Decision, Failure> {
    let mut entries: Vec<Entry> = opened.folded.history.iter().map(|told| told.entry.clone()).collect();
    let (mut events, mut open): (Vec<Proposed>, Vec<Finding>) = (Vec::new(), Vec::new());
    let mut findings = Vec::new();
    let mut now = opened.clone();
    for (place, command) in commands.iter().enumerate() {
        let mut asked = Vec::new();
        let decision = bold(&now, site, actor, command, &mut asked);
        open.extend(asked.into_iter().map(|finding| mark(place, finding)));
        let (proposed, preview) = match decision {
            Decision::Events(proposed, preview) => (proposed, preview),
            Decision::Refused(finding) => return Ok(Decision::Refused(mark(place, finding))),
            asks @ Decision::Asks(..) => return Ok(asks),
        };
        for finding in preview.findings {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        for one in proposed {
            entries.push(as_entry(&one, entries.last().map_or(1, |last| last.seq + 1), actor));
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
                if asks.iter().any(|ask| !trial.accepted.iter().any(|(code, _)| code == ask.code.name())) =>
            {
                trial.accepted.extend(asks.iter().map(|ask| (ask.code.name().to_owned(), "-".to_owned())));
                open.extend(asks);
            }
            decision => return decision,
        }
    }
}

/// What is proposed, as if it had been recorded.
pub fn as_entry(one: &Proposed, seq: u64, actor: &Actor) -> Entry {
    Entry {
        seq,
        effective: one.effective,
        recorded: String::new(),
        who: actor.who.clone(),
        event: one.event.clone(),
        answers: one.answers.clone(),
        today: actor.set.clone(),
    }
}
