//! From what a person asks to events, a preview, or a refusal. Pure: the day and the person come in as
//! arguments, nothing is stored here.
//!
//! Three outcomes. A *refusal* cannot be answered away: the same administration twice, a day that has
//! not come, a level the protocol does not allow. A *question* is one or more warnings, each waiting
//! for a reason under its code or, where it says CONFIRM, for an act. Otherwise there are *events*, with a preview of everything that moves.
//!
//! What really happened can always be recorded: a dose that no plan holds, a wrong day, an overdose are
//! questions, never refusals. Nothing here makes up for a missed dose.

mod acts;
mod asked;
mod changes;
pub mod code;
pub mod codes;
mod command;
mod confirm;
mod correct;
mod correction;
mod dates;
mod day_findings;
mod findings;
mod give;
mod held;
mod infused;
mod measure;
mod prepare;
mod preview;
pub mod reasons;
mod scope;
mod supply;
mod unverified;
mod verify_findings;
mod verify_visit;
mod warn;

pub use asked::{AskedDose, AskedFigure, TypedFigure, VisitToVerify};
pub use command::{Change as DoseChange, Command, Scope};
pub use confirm::{Confirmation, Replies};
pub use correction::Correction;
pub use dates::of_start;
pub use findings::{hidden_character, not_approved, not_checked};
pub use preview::{Affected, Change, Preview, changes as differences};
pub use verify_visit::{may_verify, not_typed, visit_to_verify};

use crate::calendar::{Date, Site};
use crate::course::event::{Answer, Entry, Event, NotGiven, Undone};
use crate::course::{Folded, fold};
use crate::finding::{Finding, Lift, Severity};
use crate::plan::{self, Options, Plan};
use crate::regimen::Regimen;

/// An event to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposed {
    /// The day it happened, or holds from.
    pub effective: Date,
    /// What happened.
    pub event: Event,
    /// The warnings answered with it.
    pub answers: Vec<Answer>,
}

/// What comes of a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// To be recorded, once the preview has been seen.
    Events(Vec<Proposed>, Preview),
    /// Warnings without an answer; the preview shows what they are about.
    Asks(Vec<Finding>, Preview),
    /// Not to be recorded.
    Refused(Finding),
}

/// Everything a decision rests on.
pub struct Context<'a> {
    /// The record.
    pub folded: &'a Folded,
    /// The plan it makes; `None` while something blocks calculating.
    pub plan: Option<&'a Plan>,
    /// The regimen in force.
    pub regimen: &'a Regimen,
    /// The site.
    pub site: &'a Site,
    /// What the caller chose about the plan.
    pub options: Options,
    /// Who asks.
    pub who: &'a str,
    /// Today.
    pub now: Date,
    /// Answers to warnings, and what was confirmed.
    pub replies: Replies<'a>,
}

/// What an act makes of a command: events, and what is worth asking about each.
struct Draft {
    events: Vec<(Date, Event)>,
    asks: Vec<Finding>,
    /// Whether it tells what really happened: a plan that then blocks is no reason to refuse it.
    fact: bool,
    /// The regimen that would be in force, where the act changes it.
    regimen: Option<Box<Regimen>>,
}

impl Draft {
    fn one(effective: Date, event: Event) -> Self {
        Self { events: vec![(effective, event)], asks: Vec::new(), fact: false, regimen: None }
    }

    fn fact(mut self) -> Self {
        self.fact = true;
        self
    }

    /// Whether it is a decision about days to come, which can be taken otherwise.
    fn moves(&self) -> bool {
        let delays = |event: &Event| match event {
            Event::Corrected(by) => matches!(*by.event, Event::Delayed(_)),
            event => matches!(event, Event::Delayed(_)),
        };
        !self.fact || self.events.iter().any(|(_, event)| delays(event))
    }

    fn asking(mut self, findings: impl IntoIterator<Item = Finding>) -> Self {
        self.asks.extend(findings);
        self
    }
}

/// Decides.
pub fn decide(context: &Context<'_>, command: &Command) -> Decision {
    let typed = code::typed(context.who, context.replies).map_or(Ok(()), Err);
    match typed.and_then(|()| draft(context, command)).and_then(|draft| weigh(context, draft)) {
        Ok(decision) => decision,
        Err(finding) => Decision::Refused(finding),
    }
}

fn draft(context: &Context<'_>, command: &Command) -> Result<Draft, Finding> {
    match command {
        Command::Measure { on, measured } => measure::measure(context, *on, measured),
        Command::Give { scope, on, dose, partly, second, product, times, reason } => {
            let (on, dose, partly, second, reason) = (*on, *dose, *partly, *second, reason.as_deref());
            give::give(context, &give::Giving { scope, on, dose, partly, second, product, times, reason })
        }
        Command::Hold { scope, reason } => acts::not_given(context, scope, reason, Event::Held),
        Command::Omit { scope, reason, missed } => {
            let missed = *missed;
            acts::not_given(context, scope, reason, |one| Event::Omitted(NotGiven { missed, ..one }))
        }
        Command::Delay { phase, cycle, days, reason, required } => {
            acts::delay(context, phase.as_deref(), *cycle, *days, reason, *required)
        }
        Command::Change { drug, phase, from, to, reason } => {
            changes::change(context, drug, (phase.as_deref(), *from), *to, reason)
        }
        Command::Criteria { phase, cycle, day, met, found } => {
            acts::criteria(context, phase.as_deref(), *cycle, *day, *met, found)
        }
        Command::DoubleCheck { scope, typed, ticks } => verify_visit::double_check(context, scope, typed, ticks),
        Command::Prepare { scope, on, product, reason } => {
            prepare::prepare(context, scope, *on, product, reason.as_deref())
        }
        Command::Expose { drug, before } => acts::expose(context, drug, before),
        Command::Supply { scope, act, count, on, product, reason } => {
            let (act, count, on) = (*act, *count, *on);
            supply::supply(context, &supply::Happened { scope, act, count, on, product, reason: reason.as_deref() })
        }
        Command::Move { to, reason } => correct::move_to(context, to, reason),
        Command::Stop { drug, on, reason } => acts::stop(context, drug.as_deref(), *on, reason),
        Command::Note { text, on, what } => acts::note(context, text, *on, *what),
        Command::Correct { entry, event, effective, reason } => {
            correct::correct(context, *entry, event, *effective, reason)
        }
        Command::Undo { entry, reason } => correct::undo(context, *entry, reason),
        Command::Redact { entry, reason } => correct::redact(context, *entry, reason),
        Command::Verify { entry, agrees, differences } => correct::verify(context, *entry, *agrees, differences),
    }
}

/// What the record would be with the events in it.
fn after(context: &Context<'_>, draft: &Draft) -> Result<Folded, Finding> {
    let mut entries: Vec<Entry> = context.folded.history.iter().map(|told| told.entry.clone()).collect();
    for (place, (effective, event)) in (1..).zip(&draft.events) {
        entries.push(Entry {
            seq: context.folded.last.saturating_add(place),
            effective: *effective,
            recorded: String::new(),
            who: context.who.to_owned(),
            event: event.clone(),
            answers: context.replies.confirmed.iter().map(Confirmation::in_trial).collect(),
            today: None,
            origin: String::new(),
        });
    }
    fold(&entries).map_err(|error| findings::not_folded(&error))
}

/// Plans what would be, tells what changes, and asks for what has no answer.
fn weigh(context: &Context<'_>, mut draft: Draft) -> Result<Decision, Finding> {
    let folded = after(context, &draft)?;
    let regimen = draft.regimen.as_deref().unwrap_or(context.regimen);
    // A corrected enrolment is questioned as the first one was.
    let enrols = |event: &Event| matches!(event, Event::Corrected(by) if matches!(*by.event, Event::Enrolled(_)));
    let recorded = !draft.events.iter().any(|(_, event)| enrols(event));
    let planned = plan::plan(regimen, &folded.course, context.site, Options { recorded, ..context.options });
    let mut preview = Preview::default();
    let mut asks = std::mem::take(&mut draft.asks);
    let texts = draft.events.iter().flat_map(|(_, event)| event.texts());
    asks.extend(code::personal(texts.chain(code::reasons(context.replies))));
    let corrected_figures = corrected_figures(context, &draft);
    match (planned, context.plan) {
        (Ok(new), Some(old)) => {
            preview.changes = preview::changes(regimen, (old, context.folded), (&new, &folded));
            preview.findings = new.findings.iter().filter(|finding| !old.findings.contains(finding)).cloned().collect();
            asks.extend(warn::raised(regimen, old, &new, &draft));
            asks.extend(dates::delays(old, &new, &draft.events));
            match dates::cycle_order(old, &new) {
                Some(block) if draft.moves() => return Err(block),
                order => asks.extend(order.map(|finding| Finding { severity: Severity::Warn, ..finding })),
            }
        }
        (Ok(new), None) => preview.findings.clone_from(&new.findings),
        (Err(findings), Some(_)) => match findings.iter().find(|finding| finding.severity == Severity::Block) {
            Some(block) if !draft.fact => return Err(block.clone()),
            Some(block) => asks.push(Finding { severity: Severity::Warn, ..block.clone() }),
            None => asks.extend(findings.into_iter().filter(|finding| finding.severity == Severity::Confirm)),
        },
        (Err(_), None) => {}
    }
    preview.changes.splice(0..0, corrected_figures);
    let new = preview.findings.iter().filter(|finding| finding.severity == Severity::Warn).cloned();
    // A decision about a dose is confirmed by a second person, what has happened is not.
    let confirms = |finding: Finding| match finding.lift() {
        Some(Lift::Second(_)) if !draft.fact => Finding { severity: Severity::Confirm, ..finding },
        _ => finding,
    };
    asks.extend(new.map(confirms));
    let asks = raised(context, &draft, asks)?;
    Ok(answered(context, draft, asks, preview))
}

/// What is asked, as the site raises it: what has happened is recorded with a reason whatever the site asks, anything else is
/// refused where it is raised to BLOCK.
fn raised(context: &Context<'_>, draft: &Draft, asks: Vec<Finding>) -> Result<Vec<Finding>, Finding> {
    let own: Vec<Severity> = asks.iter().map(|finding| finding.severity).collect();
    let mut asks = context.site.grades.raised(asks);
    for (finding, own) in asks.iter_mut().zip(own).filter(|(finding, own)| finding.severity != *own) {
        if draft.fact {
            finding.severity = finding.severity.max(Severity::Warn.min(own));
        } else if finding.severity == Severity::Block {
            return Err(finding.clone());
        }
    }
    Ok(asks)
}

/// The figures that a correction changes, old beside new.
fn corrected_figures(context: &Context<'_>, draft: &Draft) -> Vec<Change> {
    let corrected = draft.events.iter().filter_map(|(_, event)| match event {
        Event::Corrected(by) => Some((by, context.folded.now(by.entry)?)),
        _ => None,
    });
    let differences = corrected.flat_map(|(by, (was_on, was))| {
        let (was, is) = (was.stated(was_on), by.event.stated(by.effective));
        let old = move |name: &str| was.iter().find(|(one, _)| *one == name).map(|(_, text)| text.clone());
        let entry = by.entry;
        is.into_iter().filter_map(move |(of, new)| {
            let old = old(of).unwrap_or_default();
            (old != new).then_some(Change { what: Affected::Entry(entry), of, old, new })
        })
    });
    differences.collect()
}

fn answered(context: &Context<'_>, draft: Draft, asks: Vec<Finding>, preview: Preview) -> Decision {
    let (asks, notes): (Vec<Finding>, Vec<Finding>) = asks.into_iter().partition(|finding| finding.severity.asks());
    let mut preview = preview;
    preview.findings.extend(notes);
    let answer = |finding: &Finding| context.replies.answer(finding);
    let mut open: Vec<Finding> = Vec::new();
    for finding in asks.iter().filter(|finding| answer(finding).is_none()) {
        if !open.contains(finding) {
            open.push(finding.clone());
        }
    }
    if !open.is_empty() {
        return Decision::Asks(open, preview);
    }
    let mut answers: Vec<Answer> = Vec::new();
    for kept in asks.iter().chain(&preview.findings).filter_map(answer) {
        if !answers.contains(&kept) {
            answers.push(kept);
        }
    }
    // All answers stand with the first event of a command.
    let events = draft.events.into_iter().enumerate().map(|(place, (effective, event))| Proposed {
        effective,
        event,
        answers: if place == 0 { answers.clone() } else { Vec::new() },
    });
    Decision::Events(events.collect(), preview)
}

/// The undoing of an entry that nobody can read: all that is known of it is its place.
pub fn undo_unread(entry: u64, reason: &str, who: &str, now: Date, replies: Replies<'_>) -> Result<Proposed, Finding> {
    code::typed(who, replies).map_or(Ok(()), Err)?;
    let reason = reasoned(reason)?;
    let asked = code::personal([reason.as_str()].into_iter().chain(code::reasons(replies)));
    let answers = match &asked {
        Some(finding) => vec![replies.answer(finding).ok_or_else(|| finding.clone())?],
        None => Vec::new(),
    };
    Ok(Proposed { effective: now, event: Event::Undone(Undone { entry, reason }), answers })
}

/// A day that has not come cannot be told of.
fn past(context: &Context<'_>, on: Date) -> Result<Date, Finding> {
    if on <= context.now {
        return Ok(on);
    }
    Err(findings::future_date(on, context.now))
}

/// A reason is there, and holds nothing personal.
fn reasoned(reason: &str) -> Result<String, Finding> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(findings::no_reason());
    }
    code::text(reason).map_or_else(|| Ok(reason.to_owned()), Err)
}
