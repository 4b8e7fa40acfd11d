//! Several commands as one step: a visit in which every drug is its own entry, or doses of the past.

use crate::calendar::Site;
use crate::course::event::{Entry, How};
use crate::decide::{self, Command, Confirmation, Decision, Preview, Proposed};
use crate::failure::Failure;
use crate::finding::{Finding, Lift};
use crate::quantity::Amount;

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
            // What was only supposed to be answered is asked.
            let supposed = finding.question.is_some() && open.iter().any(|one: &Finding| one.code == finding.code);
            if !findings.contains(&finding) && !supposed {
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
        (Ok(old), Ok(new)) => decide::differences(&now.regimen, (old, &opened.folded), (new, &now.folded)),
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
                if asks.iter().any(|ask| trial.replies().answer(ask).is_none() && !is_unit(ask)) =>
            {
                let supposed = asks.iter().filter(|ask| trial.replies().answer(ask).is_none());
                let codes: Vec<String> = supposed.map(|ask| ask.code.name().to_owned()).collect();
                let reason = || "-".to_owned();
                trial.accepted.extend(codes.iter().map(|code| (code.clone(), reason())));
                let doses = asks.iter().filter_map(dose_in_question).collect::<Vec<_>>();
                let second = |code: String| Confirmation {
                    code,
                    how: How::Second,
                    second: None,
                    doses: doses.clone(),
                    reason: reason(),
                };
                trial.confirmed.extend(codes.into_iter().map(second));
                open.extend(asks);
            }
            decision => return decision,
        }
    }
}

/// What a second person would type.
fn dose_in_question(ask: &Finding) -> Option<(String, Amount)> {
    match ask.lift() {
        Some(Lift::Second(Some(dose))) => Some((dose.drug.clone(), *dose.doses.first()?)),
        _ => None,
    }
}

/// No supposed answer gives a figure its unit.
fn is_unit(ask: &Finding) -> bool {
    matches!(ask.lift(), Some(Lift::Unit(_)))
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
        origin: String::new(),
        today: actor.set.clone(),
    }
}
