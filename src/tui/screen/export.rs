//! The export dialog, over the registry of formats.

use std::path::{Path, PathBuf};

use crate::export::{FORMATS, ending};
use crate::finding::Severity;
use crate::tui::choices;
use crate::tui::field::TextField;
use crate::tui::formats;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, ExportField, ExportView, Job, Model, OutputView, PathState, Report, Screen};

use super::stepped;

fn view(model: &mut Model) -> Option<&mut ExportView> {
    match model.stack.last_mut() {
        Some(Screen::Export(view)) => Some(view),
        _ => None,
    }
}

/// Opens the dialog for the plan in hand: its subject, its study, a path in the current folder.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.planned().is_none() {
        return Vec::new();
    }
    let subject = model.open_subject().map_or("", |subject| subject.code());
    let study = model.study.code.as_deref().unwrap_or_default();
    let last = model.last_format.and_then(|last| FORMATS.iter().position(|format| format.id == last));
    let format = last.or_else(|| formats::listed("").first().copied()).unwrap_or(0);
    let (subject, study) = (TextField::with(subject), TextField::with(study));
    let view = ExportView { format, subject, study, ..ExportView::default() };
    model.stack.push(Screen::Export(view));
    propose(model);
    check(model)
}

/// Gives the path the name of what is chosen, unless another one was typed.
fn propose(model: &mut Model) {
    let (folder, start) = (model.folder.clone(), model.planned().map(|planned| planned.course.start));
    let id = model.session.as_ref().map_or_else(String::new, |session| session.regimen.id.clone());
    let (Some(view), Some(start)) = (view(model), start) else { return };
    let Some(format) = FORMATS.get(view.format) else { return };
    if view.path.text == view.proposed {
        let name = format.proposed_name(Some(view.subject.text.trim()), &id, start);
        view.proposed = folder.join(name).display().to_string();
        view.path = TextField::with(view.proposed.clone());
    } else {
        let path = Path::new(&view.path.text).with_extension(format.extension);
        view.path = TextField::with(path.display().to_string());
    }
}

/// After a text has changed: the list follows its filter, the proposed name the subject.
pub fn typed(model: &mut Model) -> Vec<Effect> {
    let Some(view) = view(model) else { return Vec::new() };
    match view.focus {
        ExportField::Format => {
            let listed = formats::listed(&view.query.text);
            if let Some(first) = listed.first().filter(|_| !listed.contains(&view.format)) {
                view.format = *first;
            }
            propose(model);
        }
        ExportField::Subject => propose(model),
        ExportField::Study | ExportField::Choice(_) | ExportField::Path => {}
    }
    check(model)
}

/// The fields of the chosen format, in order.
pub(super) fn fields(view: &ExportView) -> Vec<ExportField> {
    let before = [ExportField::Format, ExportField::Subject, ExportField::Study];
    let id = FORMATS.get(view.format).map_or("", |format| format.id);
    let asked = choices::of(id).map(|choice| ExportField::Choice(choice.option));
    before.into_iter().chain(asked).chain([ExportField::Path]).collect()
}

/// Asks the worker about the path, after it changed.
pub fn check(model: &mut Model) -> Vec<Effect> {
    let generation = model.next_generation();
    let Some(view) = view(model) else { return Vec::new() };
    view.asked = false;
    view.state = PathState::Unknown;
    vec![Effect::Check { generation, path: view.path.text.clone() }]
}

/// Another field.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        let fields = fields(view);
        let step = if matches!(chord.key, Key::BackTab | Key::Up) { fields.len() - 1 } else { 1 };
        let at = fields.iter().position(|field| *field == view.focus).unwrap_or(0);
        view.focus = fields.get((at + step) % fields.len()).copied().unwrap_or_default();
    }
    Vec::new()
}

/// Another format; the path's ending follows. Below the list, up and down go from field to field.
pub fn choose(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if view(model).is_some_and(|view| view.focus != ExportField::Format) {
        return field(model, chord);
    }
    if let Some(view) = view(model) {
        let listed = formats::listed(&view.query.text);
        let at = listed.iter().position(|nth| *nth == view.format).unwrap_or(0);
        view.format = listed.get(stepped(at, chord, 8, listed.len())).copied().unwrap_or(view.format);
    }
    reformat(model)
}

/// Gives the path the name of the format.
pub fn reformat(model: &mut Model) -> Vec<Effect> {
    propose(model);
    check(model)
}

/// Puts the first ending behind the path.
pub fn complete(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model)
        && let Some(ending) = view.endings.first().cloned()
    {
        view.path = TextField::with(ending);
        view.focus = ExportField::Path;
    }
    check(model)
}

/// Writes the file; asks where one of that name is there.
pub fn write(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(view) = view(model) else { return Vec::new() };
    match view.state.clone() {
        PathState::Free(path) => job(model, path, false),
        PathState::Exists(path) => {
            view.asked = true;
            let text = format!("{} is there already. Ctrl-R replaces it; or type another name.", path.display());
            model.notify(Severity::Warn, text);
            Vec::new()
        }
        PathState::Wrong(why) => {
            model.notify(Severity::Block, why);
            Vec::new()
        }
        PathState::Unknown => check(model),
    }
}

/// Replaces the file that is there, once it was asked about.
pub fn replace(model: &mut Model, _: Chord) -> Vec<Effect> {
    match view(model).map(|view| (view.asked, view.state.clone())) {
        Some((true, PathState::Exists(path))) => job(model, path, true),
        _ => Vec::new(),
    }
}

/// Shows the first rows of what would be written.
pub fn look(model: &mut Model, _: Chord) -> Vec<Effect> {
    let path = view(model).map(|view| PathBuf::from(view.path.text.trim()));
    let job = path.and_then(|path| made(model, path, false));
    job.map(|job| Effect::Look(Box::new(job))).into_iter().collect()
}

fn job(model: &mut Model, path: PathBuf, overwrite: bool) -> Vec<Effect> {
    let Some(job) = made(model, path, overwrite) else { return Vec::new() };
    if let Some(view) = view(model) {
        view.busy = true;
    }
    vec![Effect::Export(Box::new(job))]
}

/// What is to be written, from the fields; none where one of them is wrong, which has the focus then.
fn made(model: &mut Model, path: PathBuf, overwrite: bool) -> Option<Job> {
    let generation = model.next_generation();
    let planned = model.planned().cloned()?;
    let view = view(model)?;
    let format = FORMATS.get(view.format)?;
    if let Some(why) = ending::wrong_ending(format, &path) {
        view.focus = ExportField::Path;
        let meant = ending::names(&ending::of_ending(&path));
        model.notify(Severity::Block, format!("{why}. Choose {meant} above, or give the path that ending."));
        return None;
    }
    let mut said = Vec::new();
    for choice in choices::of(format.id) {
        let text = view.choices.get(choice.option).map_or("", |field| field.text.as_str());
        if let Err(why) = choice.say(&mut crate::export::Options::default(), text) {
            view.focus = ExportField::Choice(choice.option);
            model.notify(Severity::Block, format!("{}: {why}.", choice.label));
            return None;
        }
        said.push((choice.option, text.to_owned()));
    }
    let code = view.subject.text.trim();
    if let Some(finding) = Some(code).filter(|code| !code.is_empty()).and_then(crate::decide::code::code) {
        view.focus = ExportField::Subject;
        model.notify(Severity::Block, finding.text);
        return None;
    }
    let subject = (!code.is_empty()).then(|| code.to_owned());
    let (study, format) = (view.study.text.clone(), format.id);
    let record = model.open_subject().cloned();
    Some(Job { generation, path, format, planned, subject, study, choices: said, record, overwrite })
}

/// What the worker found out or did.
pub fn on_reply(model: &mut Model, report: Report) -> Vec<Effect> {
    let mut effects = Vec::new();
    match report {
        Report::Path { state, endings } => {
            if let Some(view) = view(model) {
                (view.state, view.endings) = (state, endings);
            }
        }
        Report::Exported(Ok((path, notes))) => {
            if let Some(format) = view(model).and_then(|view| FORMATS.get(view.format)) {
                model.stack.pop();
                model.last_format = Some(format.id);
                effects.push(Effect::KeepFormat(format.id));
            }
            if let Some(session) = &mut model.session {
                session.exported = true;
            }
            // What leads astray is told first.
            let worst = notes.iter().map(|note| note.severity).min().unwrap_or(Severity::Note);
            let told: Vec<String> = notes.iter().map(ToString::to_string).collect();
            let written = format!("Written: {}", path.display());
            model.notify(worst, [told, vec![written]].concat().join(" · "));
        }
        Report::Exported(Err(why)) => {
            if let Some(view) = view(model) {
                view.busy = false;
            }
            model.notify(Severity::Block, why);
        }
        Report::Looked(Ok(ran)) if view(model).is_some() => {
            let title = view(model).and_then(|view| FORMATS.get(view.format)).map_or("", |format| format.title);
            model.stack.push(Screen::Output(OutputView {
                title: format!("First rows: {title}"),
                told: ran.told.lines().map(str::to_owned).collect(),
                failed: false,
                lines: ran.text.lines().map(str::to_owned).collect(),
                scroll: 0,
            }));
        }
        Report::Looked(Err(why)) => model.notify(Severity::Block, why),
        // Everything else is told where it was asked for.
        _ => {}
    }
    effects
}
