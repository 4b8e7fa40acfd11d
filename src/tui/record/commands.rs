//! What the keys of the record do.

use std::sync::Arc;

use crate::finding::{Field, Finding, Severity};
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, HistoryView, Model, Pane, Screen, SubjectsView};
use crate::tui::rich::wrap;
use crate::tui::screen::{self, moved, stepped};

use super::Job;
use super::act::{Act, ActView, Outcome};
use super::build::{self, ActContext};
use super::form::{self, FormStart};
use super::visit;

/// The list of subjects, read anew.
pub fn subjects(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if model.asks_before_leaving(chord) {
        return Vec::new();
    }
    model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Safety(_)));
    model.stack.push(Screen::Subjects(SubjectsView::default()));
    screen::subjects::again(model);
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

/// Another row, of the pane the arrows move in; of what is to be recorded, another row of what would change.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    let columns = usize::from(model.size.0.saturating_sub(4));
    let history = model.open_subject().map_or(0, |subject| subject.0.opened.folded.history.len());
    let doses = |model: &Model| model.open_subject().map_or(0, |subject| screen::history::doses(subject).len() * 2);
    let doses = if matches!(model.stack.last(), Some(Screen::History(_))) { doses(model) } else { 0 };
    match model.stack.last_mut() {
        Some(Screen::History(view)) if view.pane == Pane::Detail => {
            view.scroll = stepped(view.scroll, chord, page, doses);
        }
        Some(Screen::History(view)) => view.at = stepped(view.at, chord, page, history),
        Some(Screen::Act(view)) => {
            let rows: usize = screen::act::lines(view).iter().map(|line| wrap(line, columns).len()).sum();
            view.scroll = stepped(view.scroll, chord, page / 2, rows);
        }
        _ => {}
    }
    Vec::new()
}

/// The other pane of the board, of entries and doses.
pub fn pane(model: &mut Model, _: Chord) -> Vec<Effect> {
    match model.stack.last_mut() {
        Some(Screen::Subjects(view)) => view.pane = view.pane.other(),
        Some(Screen::History(view)) => view.pane = view.pane.other(),
        _ => {}
    }
    Vec::new()
}

/// Opens the chosen subject.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Subjects(view)) = model.stack.last_mut() else { return Vec::new() };
    // While words are typed, Enter goes on with what they leave.
    view.filtering = false;
    let Some(Screen::Subjects(view)) = model.stack.last() else { return Vec::new() };
    let chosen = screen::subjects::chosen(model, view).map(|(row, one)| (row.on, one.code.clone()));
    let Some((on, code)) = chosen else { return Vec::new() };
    model.record.opening = on;
    let generation = model.next_generation();
    vec![Effect::Open(generation, code)]
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

pub(super) fn show_last_entry(model: &mut Model) {
    let at = model.open_subject().map_or(0, |subject| subject.0.opened.folded.history.len().saturating_sub(1));
    if !matches!(model.stack.last(), Some(Screen::History(_))) {
        model.stack.push(Screen::History(HistoryView { at, ..HistoryView::default() }));
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
