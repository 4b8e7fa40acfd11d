//! The export dialog, over the registry of formats.

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use crate::export::{FORMATS, ending};
use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::choices;
use crate::tui::field::TextField;
use crate::tui::formats;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, ExportField, ExportView, Job, Message, Model, PathState, Report, Screen};
use crate::tui::rich::{Line, Role, width, wrap};

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
fn fields(view: &ExportView) -> Vec<ExportField> {
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

fn job(model: &mut Model, path: PathBuf, overwrite: bool) -> Vec<Effect> {
    let generation = model.next_generation();
    let Some(planned) = model.planned().cloned() else { return Vec::new() };
    let Some(view) = view(model) else { return Vec::new() };
    let Some(format) = FORMATS.get(view.format) else { return Vec::new() };
    if let Some(why) = ending::wrong_ending(format, &path) {
        view.focus = ExportField::Path;
        let meant = ending::names(&ending::of_ending(&path));
        model.notify(Severity::Block, format!("{why}. Choose {meant} above, or give the path that ending."));
        return Vec::new();
    }
    let mut said = Vec::new();
    for choice in choices::of(format.id) {
        let text = view.choices.get(choice.option).map_or("", |field| field.text.as_str());
        if let Err(why) = choice.say(&mut crate::export::Options::default(), text) {
            view.focus = ExportField::Choice(choice.option);
            model.notify(Severity::Block, format!("{}: {why}.", choice.label));
            return Vec::new();
        }
        said.push((choice.option, text.to_owned()));
    }
    let code = view.subject.text.trim();
    if let Some(finding) = Some(code).filter(|code| !code.is_empty()).and_then(crate::decide::code::code) {
        view.focus = ExportField::Subject;
        model.notify(Severity::Block, finding.text);
        return Vec::new();
    }
    view.busy = true;
    let subject = (!code.is_empty()).then(|| code.to_owned());
    let (study, format) = (view.study.text.clone(), format.id);
    let record = model.open_subject().cloned();
    let job = Job { generation, path, format, planned, subject, study, choices: said, record, overwrite };
    vec![Effect::Export(Box::new(job))]
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
        // Everything else is told where it was asked for.
        _ => {}
    }
    effects
}

fn state_line(state: &PathState) -> Line {
    match state {
        PathState::Unknown => Line::new("looking …", Role::Muted),
        PathState::Free(path) => Line::new(format!("will be written: {}", path.display()), Role::Muted),
        PathState::Exists(path) => Line::new(format!("▲ a file is there: {}", path.display()), Role::Warn),
        PathState::Wrong(why) => Line::new(format!("✖ {why}"), Role::Block),
    }
}

/// The text of a question that nobody has answered.
static EMPTY: std::sync::LazyLock<TextField> = std::sync::LazyLock::new(TextField::default);

/// Label, text and hint of a field; a field without a hint takes the whole line.
fn input(view: &ExportView, field: ExportField) -> (&'static str, &TextField, &'static str) {
    match field {
        ExportField::Format | ExportField::Path => ("Path", &view.path, ""),
        ExportField::Subject => ("Subject code", &view.subject, "never a name"),
        ExportField::Study => ("Study", &view.study, "its code, or its file"),
        ExportField::Choice(option) => {
            let choice = choices::CHOICES.iter().find(|choice| choice.option == option);
            let text = view.choices.get(option).unwrap_or(&EMPTY);
            choice.map_or(("", text, ""), |choice| (choice.label, text, choice.hint))
        }
    }
}

/// A text that is cut says so; the chosen format's title stands whole under the list.
fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept: String = text.chars().take(columns.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A path is cut in its middle: its ending says what is written.
fn middle_cut(path: &str, columns: usize) -> String {
    let all: Vec<char> = path.chars().collect();
    if all.len() <= columns || columns < 8 {
        return path.to_owned();
    }
    let tail = columns * 2 / 3;
    let head = columns - tail - 1;
    let kept = |part: &[char]| part.iter().collect::<String>();
    format!("{}…{}", kept(all.get(..head).unwrap_or_default()), kept(all.get(all.len() - tail..).unwrap_or_default()))
}

/// Columns of the labels.
const LABEL: u16 = 17;

/// The formats that fit, those for people above those for data, the chosen one in view.
fn draw_formats(view: &ExportView, canvas: &mut Canvas<'_>, area: Rect) {
    let listed = formats::listed(&view.query.text);
    if listed.is_empty() {
        canvas.put(area.x, area.y, area.width, "No format has these words.", Role::Muted);
        return;
    }
    let mut rows: Vec<Result<usize, &str>> = Vec::new();
    let mut group = None;
    for nth in listed {
        let people = FORMATS.get(nth).is_some_and(formats::is_for_people);
        if group != Some(people) {
            group = Some(people);
            rows.push(Err(if people { "For people" } else { "For data" }));
        }
        rows.push(Ok(nth));
    }
    let at = rows.iter().position(|row| *row == Ok(view.format)).unwrap_or(0);
    let first = if at < usize::from(area.height) { 0 } else { at + 1 - usize::from(area.height) };
    let shown = rows.iter().skip(first).take(area.height.into());
    for (y, row) in (area.y..).zip(shown) {
        match row {
            Err(heading) => drop(canvas.put(area.x, y, area.width, heading, Role::Title)),
            Ok(nth) => {
                let here = *nth == view.format;
                let text = FORMATS.get(*nth).map_or_else(String::new, |format| {
                    format!("{} {:<18} {}", if here { "▶" } else { " " }, format.id, format.title)
                });
                let role = if here { Role::Chosen } else { Role::Text };
                canvas.put(area.x, y, area.width, &cut(&text, area.width.into()), role);
                canvas.hit(Rect { y, height: 1, ..area }, Message::Row(*nth));
            }
        }
    }
    canvas.mark_hidden_rows(area, 0, rows.len().saturating_sub(first + usize::from(area.height)));
}

/// Draws it.
pub fn draw(_: &Model, view: &ExportView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Write the plan to a file", true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if inside.height < 4 {
        return;
    }
    let focus = |field: ExportField| if view.focus == field { Role::Focus } else { Role::Muted };
    let asked: Vec<ExportField> = fields(view).into_iter().filter(|field| *field != ExportField::Format).collect();
    let rows = u16::try_from(asked.len()).unwrap_or(4);
    let listed = inside.height.saturating_sub(rows + 5).max(1);
    canvas.put(inside.x, inside.y, inside.width, "Format", focus(ExportField::Format));
    let room = inside.width.saturating_sub(LABEL);
    canvas.field(inside.x + LABEL, inside.y, room.min(30), &view.query, view.focus == ExportField::Format);
    if view.query.text.is_empty() {
        canvas.put(inside.x + LABEL + 2, inside.y, room, "type to filter: calendar, sdtm, labels", Role::Muted);
    }
    draw_formats(view, canvas, Rect { y: inside.y + 1, height: listed, ..inside });
    if let Some(format) = FORMATS.get(view.format) {
        let text = cut(formats::purpose(format), inside.width.into());
        canvas.put(inside.x, inside.y + 1 + listed, inside.width, &text, Role::Muted);
    }
    let mut y = inside.y + 2 + listed;
    for one in asked {
        if y >= inside.bottom() {
            return;
        }
        let (label, text, hint) = input(view, one);
        canvas.put(inside.x, y, inside.width, label, focus(one));
        let room = inside.width.saturating_sub(LABEL);
        let short = if hint.is_empty() { room } else { room.min(20) };
        if one == ExportField::Path && view.focus != one {
            canvas.put(inside.x + LABEL, y, short, &middle_cut(&text.text, short.into()), Role::Text);
        } else {
            canvas.field(inside.x + LABEL, y, short, text, view.focus == one);
        }
        if text.text.is_empty() {
            canvas.put(inside.x + LABEL + 22, y, inside.width.saturating_sub(LABEL + 22), hint, Role::Muted);
        }
        y += 1;
    }
    let rest = Rect { y, height: inside.bottom().saturating_sub(y), ..inside };
    let mut lines = vec![state_line(&view.state)];
    if view.busy {
        lines.push(Line::new("writing …", Role::Muted));
    }
    if view.focus == ExportField::Path {
        lines.extend(view.endings.iter().map(|ending| Line::new(format!("  {ending}"), Role::Muted)));
    }
    let rows: usize = lines.iter().map(|line| wrap(line, inside.width.into()).len()).sum();
    if rest.height > 0 && rows > 0 {
        canvas.lines(rest, &lines, 0);
    }
}

/// Format, path and what is known of it.
pub fn plain(view: &ExportView) -> Vec<Line> {
    let format = FORMATS
        .get(view.format)
        .map_or_else(String::new, |format| format!("{}; {}", format.title, formats::purpose(format)));
    let listed = formats::listed(&view.query.text);
    let names: Vec<&str> = listed.iter().filter_map(|nth| FORMATS.get(*nth)).map(|format| format.id).collect();
    let head = [
        Line::new(format!("Formats: {}", names.join(", ")), Role::Text),
        Line::new(format!("Format: {format}"), Role::Text),
    ];
    let field = |one: ExportField| {
        let (label, text, hint) = input(view, one);
        let hint = if text.text.is_empty() && !hint.is_empty() { format!("({hint})") } else { String::new() };
        Line::new(format!("{label}: {}{hint}", text.text), Role::Text)
    };
    let asked = fields(view).into_iter().filter(|one| *one != ExportField::Format).map(field);
    head.into_iter().chain(asked).chain([state_line(&view.state)]).collect()
}
