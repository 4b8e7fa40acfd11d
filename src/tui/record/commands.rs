//! What the keys of the record do.

use std::sync::Arc;

use crate::finding::{Field, Finding, Severity};
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, HistoryView, Model, PlanView, Report, Screen, SubjectsView};
use crate::tui::screen::moved;
use crate::tui::screen::plan::days;

use super::act::{Act, ActView, Outcome};
use super::build::{self, ActContext};
use super::form::{self, FormStart};
use super::visit;
use super::{Job, OpenSubject, Recorded, Register};

/// The list of subjects, read anew.
pub fn subjects(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Safety(_)));
    model.stack.push(Screen::Subjects(SubjectsView::default()));
    refresh(model)
}

/// With subjects stored the program opens on them; the safety statement still comes first.
pub fn at_start(model: &mut Model) -> Vec<Effect> {
    let first = model.stack.len().min(1);
    model.stack.insert(first, Screen::Subjects(SubjectsView::default()));
    refresh(model)
}

/// Reads the list again.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    let generation = model.next_generation();
    vec![Effect::Subjects(generation)]
}

/// Another row; pages scroll what waits.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let (by, page) = match chord.key {
        Key::Up => (-1, false),
        Key::PageUp => (-8, true),
        Key::PageDown => (8, true),
        _ => (1, false),
    };
    let people = model.record.register.as_ref().map_or(0, |register| register.subjects.len());
    let waits = model.record.register.as_ref().map_or(0, |register| register.worklist.len());
    let history = model.open_subject().map_or(0, |subject| subject.0.opened.folded.history.len());
    match model.stack.last_mut() {
        Some(Screen::Subjects(view)) if page => view.scroll = moved(view.scroll, by, waits),
        Some(Screen::Subjects(view)) => view.at = moved(view.at, by, people),
        Some(Screen::History(view)) if page => view.scroll = view.scroll.saturating_add_signed(by),
        Some(Screen::History(view)) => view.at = moved(view.at, by, history),
        Some(Screen::Act(view)) => view.scroll = view.scroll.saturating_add_signed(by),
        _ => {}
    }
    Vec::new()
}

/// Opens the chosen subject.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Subjects(view)) = model.stack.last() else { return Vec::new() };
    let chosen = model.record.register.as_ref().and_then(|register| register.subjects.get(view.at));
    let Some(code) = chosen.map(|one| one.code.clone()) else { return Vec::new() };
    let generation = model.next_generation();
    vec![Effect::Open(generation, code)]
}

/// A subject that was opened: its plan, or why there is none.
fn show_subject(model: &mut Model, subject: &OpenSubject) {
    let cursor = model.plan_view().map(|view| view.cursor);
    let cursor = cursor.map(|cursor| match (model.planned(), &subject.0.planned) {
        (Some(old), Some(new)) => crate::tui::screen::plan::followed(&old.plan, &new.plan, cursor),
        _ => cursor,
    });
    let (shape, working) = model.plan_view().map_or_else(Default::default, |view| (view.shape, view.working));
    let same = model.open_subject().is_some_and(|before| before.code() == subject.code());
    model.session = Some(subject.session());
    // Whatever else stands there is of another subject, or of this one as it was.
    model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Safety(_) | Screen::Subjects(_)));
    let Some(planned) = &subject.0.planned else {
        let at = subject.0.opened.folded.history.len().saturating_sub(1);
        model.stack.push(Screen::History(HistoryView { at, scroll: 0 }));
        model.notify(
            Severity::Block,
            "The plan is blocked; below stands why. What really happened can still be recorded.",
        );
        return;
    };
    let cursor = cursor.filter(|_| same).unwrap_or_else(|| days::first_open(planned, model.today));
    let pane = crate::tui::model::Pane::default();
    model.stack.push(Screen::Plan(PlanView { cursor, shape, working, pane, scroll: 0 }));
}

/// Opens the screen of an act.
pub fn act(model: &mut Model, act: Act) -> Vec<Effect> {
    let Some(session) = &model.session else { return Vec::new() };
    let cursor = model.plan_view().map_or(model.today, |view| view.cursor);
    let context = context(model, session);
    let view = match &session.subject {
        Some(subject) => {
            let start = FormStart { subject, cursor, today: model.today, who: &model.record.who, site: &model.site };
            build::view(act, start, context)
        }
        None => build::enrolment(&model.record.who, context),
    };
    model.stack.push(Screen::Act(Box::new(view)));
    Vec::new()
}

/// Opens the double check of the visit under the cursor. What cannot be checked is refused before anything is typed.
pub fn verify(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(subject) = model.open_subject() else { return Vec::new() };
    let cursor = model.plan_view().map_or(model.today, |view| view.cursor);
    let start = FormStart { subject, cursor, today: model.today, who: "", site: &model.site };
    let Some(visit) = form::open_visit(start) else {
        model.notify(Severity::Block, "The plan has no open dose: a double check comes before the dose.");
        return Vec::new();
    };
    match visit::asked(subject, &model.site, model.today, &visit) {
        Ok(_) => act(model, Act::Verify(visit)),
        Err(finding) => refuse(model, &finding),
    }
}

/// Told at the first key, with what to do.
fn refuse(model: &mut Model, finding: &Finding) -> Vec<Effect> {
    let approves = finding.remedy.as_ref().is_some_and(|remedy| remedy.fields.contains(&Field::Approval));
    let id = model.open_subject().map_or_else(String::new, |subject| subject.0.opened.regimen.id.clone());
    let help = finding.wanted().map(|help| format!(" → {help}")).unwrap_or_default();
    let command = format!(": posology regimen approve {id}; then open the subject again");
    model.notify(finding.severity, format!("{}{help}{}", finding.text, if approves { command.as_str() } else { "" }));
    Vec::new()
}

fn context<'a>(model: &'a Model, session: &'a crate::tui::session::Session) -> ActContext<'a> {
    ActContext {
        subject: session.subject.as_ref(),
        session,
        site: &model.site,
        study: &model.study,
        regimens: &model.regimens,
        today: model.today,
        set: model.record.today_set.as_deref(),
    }
}

/// Decides again after a key.
pub fn decide_again(model: &mut Model) {
    let Some(Screen::Act(mut view)) = model.stack.pop() else { return };
    if let Some(session) = &model.session {
        build::decide(&mut view, context(model, session));
    }
    model.stack.push(Screen::Act(view));
}

/// The next or the previous field.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(Screen::Act(view)) = model.stack.last_mut() {
        let by = if matches!(chord.key, Key::BackTab | Key::Up) { -1 } else { 1 };
        view.focus = moved(view.focus, by, view.fields.len());
    }
    Vec::new()
}

/// The next empty field; at the end it says which key records.
pub fn enter(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Act(view)) = model.stack.last_mut() else { return Vec::new() };
    let open = |field: &crate::tui::record::act::ActField| {
        field.fault.is_some() || (!field.optional && field.text.text.trim().is_empty())
    };
    let after =
        (view.focus + 1..view.fields.len()).chain(0..=view.focus).find(|at| view.fields.get(*at).is_some_and(open));
    match (after, &view.outcome) {
        (Some(at), _) => view.focus = at,
        (None, Outcome::Ready(..)) => {
            model.notify(Severity::Note, "Nothing is recorded yet: look at what would change, then F2 records it.");
        }
        (None, _) => model.notify(Severity::Note, "This cannot be recorded as it is: the message says why."),
    }
    Vec::new()
}

/// Records what is ready.
pub fn record(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Act(view)) = model.stack.last() else { return Vec::new() };
    let Some(job) = job(model, view) else {
        model.notify(Severity::Warn, "There is nothing to record yet: fill in what is missing, answer what is asked.");
        return Vec::new();
    };
    model.record.who.clone_from(&job.actor.who);
    if let Some(Screen::Act(view)) = model.stack.last_mut() {
        view.busy = true;
    }
    let generation = model.next_generation();
    vec![Effect::Record(generation, Box::new(job))]
}

fn job(model: &Model, view: &ActView) -> Option<Job> {
    let Outcome::Ready(events, _) = &view.outcome else { return None };
    let session = model.session.as_ref().filter(|_| !view.busy)?;
    let actor = build::actor(view, context(model, session));
    let (code, last, text) = if let Some(subject) = &session.subject {
        // Another version's text is kept as the first one was.
        let version = view.text(&super::act::FieldKind::Version);
        let moved = (view.act == Act::Move).then(|| super::more::version(&model.regimens, version).ok()).flatten();
        let text = moved.and_then(|file| Some((file.regimen?.sha256.clone(), file.text)));
        (subject.code().to_owned(), subject.0.opened.folded.last, text)
    } else {
        let hash = session.regimen.sha256.clone();
        let files = model.regimens.0.iter().filter_map(|entry| entry.file_if_read());
        let held = files.filter(|file| file.regimen.as_ref().is_some_and(|regimen| regimen.sha256 == hash));
        let text = held.map(|file| Arc::clone(&file.text)).next()?;
        (view.text(&super::act::FieldKind::Subject).to_owned(), 0, Some((hash, text)))
    };
    Some(Job { code, last, events: events.clone(), actor, text })
}

/// The history, on its last entry.
pub fn history(model: &mut Model, _: Chord) -> Vec<Effect> {
    show_last_entry(model);
    Vec::new()
}

fn show_last_entry(model: &mut Model) {
    let at = model.open_subject().map_or(0, |subject| subject.0.opened.folded.history.len().saturating_sub(1));
    if !matches!(model.stack.last(), Some(Screen::History(_))) {
        model.stack.push(Screen::History(HistoryView { at, scroll: 0 }));
    }
}

/// The entry the history stands on.
pub fn chosen(model: &Model) -> Option<u64> {
    let Some(Screen::History(view)) = model.stack.last() else { return None };
    Some(model.open_subject()?.0.opened.folded.history.get(view.at)?.entry.seq)
}

/// Undoes the chosen entry, after a preview.
pub fn undo(model: &mut Model, _: Chord) -> Vec<Effect> {
    chosen(model).map_or_else(Vec::new, |entry| act(model, Act::Undo(entry)))
}

/// Takes the texts of the chosen entry away, after a preview.
pub fn redact(model: &mut Model, _: Chord) -> Vec<Effect> {
    chosen(model).map_or_else(Vec::new, |entry| act(model, Act::Redact(entry)))
}

/// Corrects the chosen entry, after a preview.
pub fn correct(model: &mut Model, _: Chord) -> Vec<Effect> {
    chosen(model).map_or_else(Vec::new, |entry| act(model, Act::Correct(entry)))
}

/// A second person types the chosen entry again, without seeing it.
pub fn check_again(model: &mut Model, _: Chord) -> Vec<Effect> {
    let draft = model.open_subject().and_then(|subject| crate::decide::not_checked(&subject.0.opened.regimen));
    match (draft, chosen(model)) {
        (Some(draft), _) => refuse(model, &draft),
        (None, Some(entry)) => act(model, Act::Check(entry)),
        (None, None) => Vec::new(),
    }
}

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
        Recorded::Raced(subject, why) => raced(model, &subject, &why),
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
fn raced(model: &mut Model, subject: &OpenSubject, why: &str) {
    if let Some(session) = &mut model.session
        && session.subject.as_ref().is_some_and(|before| before.code() == subject.code())
    {
        *session = subject.session();
    }
    if let Some(Screen::Act(view)) = model.stack.last_mut() {
        view.busy = false;
    }
    decide_again(model);
    model.notify(Severity::Warn, format!("{why} Nothing of this was recorded; below stands what would change now."));
}

/// Whether the screens are still about the subject of which something was recorded.
fn is_shown(model: &Model, subject: &OpenSubject) -> bool {
    let waits = |screen: &Screen| matches!(screen, Screen::Act(view) if view.busy);
    let same = model.open_subject().is_some_and(|before| before.code() == subject.code());
    same || model.stack.iter().any(waits)
}

fn show_register(model: &mut Model, register: Register) {
    if let Some(Screen::Subjects(view)) = model.stack.last_mut() {
        view.at = moved(view.at, 0, register.subjects.len());
    }
    model.record.trouble = None;
    model.record.register = Some(register);
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
