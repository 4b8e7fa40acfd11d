//! What the worker says of the record, shown.

use crate::finding::Severity;
use crate::tui::model::{Effect, HistoryView, Model, PlanView, Report, Screen};
use crate::tui::screen::plan::days;
use crate::tui::screen::subjects;

use super::commands::{decide_again, refresh, show_last_entry};
use super::{OpenSubject, Recorded, Register, visit};

/// What the worker said of the record. A lock stays above whatever opens.
pub fn on_reply(model: &mut Model, report: Report) -> Vec<Effect> {
    let lock = model.stack.pop_if(|screen| matches!(screen, Screen::Locked(_)));
    let effects = handle_reply(model, report);
    if let Some(lock) = lock {
        model.notice = None;
        model.stack.push(lock);
    }
    effects
}

fn handle_reply(model: &mut Model, report: Report) -> Vec<Effect> {
    match report {
        Report::Subjects(Ok(register)) => show_register(model, register),
        Report::Subjects(Err(trouble)) => {
            // Nothing that was read before is shown of a record that cannot be trusted now.
            model.record.register = None;
            model.record.trouble = Some(trouble);
        }
        Report::Checked(Err(trouble)) => {
            model.record.register = None;
            model.record.trouble = Some(trouble);
        }
        Report::Checked(Ok(warnings)) => {
            // Who looks at the list sees it there.
            if !matches!(model.stack.last(), Some(Screen::Subjects(_))) {
                told(model, &warnings);
            }
            model.record.warnings = warnings;
        }
        // Somebody who has gone on to another form meanwhile is not taken away from it.
        Report::Opened(_) if !model.stack.iter().any(|screen| matches!(screen, Screen::Subjects(_))) => {}
        Report::Opened(Ok(subject)) => show_subject(model, &subject),
        Report::Opened(Err(why)) => model.notify(Severity::Block, why),
        Report::Recorded(outcome) => return handle_outcome(model, outcome),
        _ => {}
    }
    Vec::new()
}

/// What became of the act that was sent to the record.
fn handle_outcome(model: &mut Model, outcome: Recorded) -> Vec<Effect> {
    match outcome {
        Recorded::Done(subject, warnings) if !is_shown(model, &subject) => {
            model.notify(Severity::Note, format!("{}: recorded.", subject.code()));
            told(model, &warnings);
            return refresh(model);
        }
        Recorded::Done(subject, warnings) => {
            let new = model.open_subject().is_none();
            show_subject(model, &subject);
            if subject.0.planned.is_some() {
                let text = if new { "enrolled, and from now on recorded" } else { "recorded" };
                model.notify(Severity::Note, format!("{}: {text}. i shows everything on record.", subject.code()));
            }
            show_check(model, &subject);
            told(model, &warnings);
            return refresh(model);
        }
        Recorded::Raced(subject) => raced(model, &subject),
        Recorded::Asks(findings) => {
            if let Some(Screen::Act(view)) = model.stack.last_mut() {
                view.busy = false;
                view.asked = findings;
            }
            decide_again(model);
            model.notify(Severity::Warn, "Nothing was recorded yet: the record asks something first.");
        }
        Recorded::Unread(text) => {
            // Whatever is in the form may stand already: it is not offered again.
            model.stack.retain(|screen| !matches!(screen, Screen::Act(view) if view.busy));
            model.notify(Severity::Block, text);
            return refresh(model);
        }
        Recorded::Failed(why) => {
            if let Some(Screen::Act(view)) = model.stack.last_mut() {
                view.busy = false;
            }
            model.notify(Severity::Block, format!("Nothing was recorded. {why}"));
        }
    }
    Vec::new()
}

/// What came of a check; of a double check both columns stand under its entry.
fn show_check(model: &mut Model, subject: &OpenSubject) {
    let Some((severity, text)) = visit::result(subject) else { return };
    if visit::is_double_check(subject) {
        show_last_entry(model);
    }
    model.notify(severity, text);
}

/// Somebody else recorded meanwhile: the form is decided on the record as it is now.
fn raced(model: &mut Model, subject: &OpenSubject) {
    if let Some(session) = &mut model.session
        && session.subject.as_ref().is_some_and(|before| before.code() == subject.code())
    {
        *session = subject.session();
    }
    if let Some(Screen::Act(view)) = model.stack.last_mut() {
        view.busy = false;
    }
    decide_again(model);
    let code = subject.code();
    let text = format!(
        "Nothing of this was recorded: somebody else recorded of {code} meanwhile. Below stands what would change now."
    );
    model.notify(Severity::Warn, text);
}

/// Whether the screens are still about the subject of which something was recorded.
fn is_shown(model: &Model, subject: &OpenSubject) -> bool {
    let waits = |screen: &Screen| matches!(screen, Screen::Act(view) if view.busy);
    let same = model.open_subject().is_some_and(|before| before.code() == subject.code());
    same || model.stack.iter().any(waits)
}

fn show_register(model: &mut Model, register: Register) {
    model.record.trouble = None;
    model.record.register = Some(register);
    subjects::again(model);
}

/// Tells what is wrong around the record, behind what is told already.
fn told(model: &mut Model, warnings: &[String]) {
    if warnings.is_empty() {
        return;
    }
    let before = model.notice.take();
    let severity = before.as_ref().map_or(Severity::Warn, |notice| match notice.severity {
        Severity::Note => Severity::Warn,
        graver => graver,
    });
    let texts = before.map(|notice| notice.text).into_iter().chain(warnings.iter().cloned());
    model.notify(severity, texts.collect::<Vec<_>>().join(" · "));
}

/// A subject that was opened: its plan, or why there is none.
fn show_subject(model: &mut Model, subject: &OpenSubject) {
    let cursor = model.plan_view().map(|view| view.cursor);
    let cursor = cursor.map(|cursor| match (model.planned(), &subject.0.planned) {
        (Some(old), Some(new)) => crate::tui::screen::plan::followed(&old.plan, &new.plan, cursor),
        _ => cursor,
    });
    let before = model.plan_view().cloned();
    let same = model.open_subject().is_some_and(|before| before.code() == subject.code());
    model.session = Some(subject.session());
    // Whatever else stands there is of another subject, or of this one as it was.
    model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Safety(_) | Screen::Subjects(_)));
    let Some(planned) = &subject.0.planned else {
        let at = subject.0.opened.folded.history.len().saturating_sub(1);
        model.stack.push(Screen::History(HistoryView { at, ..HistoryView::default() }));
        model.notify(
            Severity::Block,
            "The plan is blocked; below stands why. What really happened can still be recorded.",
        );
        return;
    };
    let opening = model.record.opening.take();
    let cursor = cursor.filter(|_| same).or(opening).unwrap_or_else(|| days::first_open(planned, model.today));
    model.stack.push(Screen::Plan(PlanView::again(before.as_ref(), cursor)));
}
