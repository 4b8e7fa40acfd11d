//! The export dialog, over the registry of formats.

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use crate::calendar;
use crate::export::FORMATS;
use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, ExportField, ExportView, Job, Message, Model, PathState, Report, Screen};
use crate::tui::rich::{Line, Role, width, wrap};

use super::moved;

fn view(model: &mut Model) -> Option<&mut ExportView> {
    match model.stack.last_mut() {
        Some(Screen::Export(view)) => Some(view),
        _ => None,
    }
}

/// Opens the dialog with a path in the current folder.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(planned) = model.planned() else { return Vec::new() };
    let start = calendar::iso(planned.course.start);
    let id = model.session.as_ref().map_or_else(String::new, |session| session.regimen.id.clone());
    let ending = FORMATS.first().map_or("", |format| format.extension);
    let path = model.folder.join(format!("{id}-{start}.{ending}"));
    let view = ExportView { path: TextField::with(path.display().to_string()), ..ExportView::default() };
    model.stack.push(Screen::Export(view));
    check(model)
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
        let back = matches!(chord.key, Key::BackTab | Key::Up);
        view.focus = match (view.focus, back) {
            (ExportField::Format, false) | (ExportField::Path, true) => ExportField::Subject,
            (ExportField::Subject, false) | (ExportField::Format, true) => ExportField::Path,
            (ExportField::Path, false) | (ExportField::Subject, true) => ExportField::Format,
        };
    }
    Vec::new()
}

/// Another format; the path's ending follows. Below the list, up and down go from field to field.
pub fn choose(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if view(model).is_some_and(|view| view.focus != ExportField::Format) {
        return field(model, chord);
    }
    if let Some(view) = view(model) {
        let back = matches!(chord.key, Key::Left | Key::Up);
        view.format = moved(view.format, if back { -1 } else { 1 }, FORMATS.len());
    }
    reformat(model)
}

/// Gives the path the format's ending.
pub fn reformat(model: &mut Model) -> Vec<Effect> {
    if let Some(view) = view(model)
        && let Some(format) = FORMATS.get(view.format)
    {
        let path = Path::new(&view.path.text).with_extension(format.extension);
        view.path = TextField::with(path.display().to_string());
    }
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
    view.busy = true;
    let code = view.subject.text.trim();
    let subject = (!code.is_empty()).then(|| code.to_owned());
    vec![Effect::Export(Box::new(Job { generation, path, format: format.id, planned, subject, overwrite }))]
}

/// What the worker found out or did.
pub fn on_reply(model: &mut Model, report: Report) {
    match report {
        Report::Path { state, endings } => {
            if let Some(view) = view(model) {
                (view.state, view.endings) = (state, endings);
            }
        }
        Report::Exported(Ok((path, notes))) => {
            if view(model).is_some() {
                model.stack.pop();
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
}

fn state_line(state: &PathState) -> Line {
    match state {
        PathState::Unknown => Line::new("looking …", Role::Muted),
        PathState::Free(path) => Line::new(format!("will be written: {}", path.display()), Role::Muted),
        PathState::Exists(path) => Line::new(format!("▲ a file is there: {}", path.display()), Role::Warn),
        PathState::Wrong(why) => Line::new(format!("✖ {why}"), Role::Block),
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

/// Draws it.
pub fn draw(_: &Model, view: &ExportView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Write the plan to a file", true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if inside.height < 4 {
        return;
    }
    let focus = |field: ExportField| if view.focus == field { Role::Focus } else { Role::Muted };
    let spare = inside.height.saturating_sub(7);
    canvas.put(inside.x, inside.y, inside.width, "Format", focus(ExportField::Format));
    let listed = u16::try_from(FORMATS.len()).unwrap_or(1).min(spare.max(1));
    let first = (view.format + 1).saturating_sub(usize::from(listed));
    for (y, (nth, format)) in (inside.y + 1..).zip(FORMATS.iter().enumerate().skip(first).take(listed.into())) {
        let here = nth == view.format;
        let text = format!("{} {:<18} {}", if here { "▶" } else { " " }, format.id, format.title);
        let text = cut(&text, inside.width.into());
        canvas.put(inside.x, y, inside.width, &text, if here { Role::Chosen } else { Role::Text });
        canvas.hit(Rect { y, height: 1, ..inside }, Message::Row(nth));
        if here && text.ends_with('…') {
            canvas.put(inside.x + 2, inside.y + 1 + listed, inside.width.saturating_sub(9), format.title, Role::Muted);
        }
    }
    if first + usize::from(listed) < FORMATS.len() {
        let x = inside.right().saturating_sub(6);
        canvas.put(x, inside.y + 1 + listed, 6, "↓ more", Role::Muted);
    }
    let mut y = inside.y + 2 + listed;
    if y >= inside.bottom() {
        return;
    }
    canvas.put(inside.x, y, inside.width, "Subject code", focus(ExportField::Subject));
    canvas.field(
        inside.x + 14,
        y,
        inside.width.saturating_sub(14).min(20),
        &view.subject,
        view.focus == ExportField::Subject,
    );
    if view.subject.text.is_empty() {
        canvas.put(inside.x + 36, y, inside.width.saturating_sub(36), "never a name", Role::Muted);
    }
    y += 1;
    if y >= inside.bottom() {
        return;
    }
    canvas.put(inside.x, y, inside.width, "Path", focus(ExportField::Path));
    canvas.field(inside.x + 14, y, inside.width.saturating_sub(14), &view.path, view.focus == ExportField::Path);
    y += 1;
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
    let format = FORMATS.get(view.format).map_or("", |format| format.title);
    let names: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
    vec![
        Line::new(format!("Formats: {}", names.join(", ")), Role::Text),
        Line::new(format!("Format: {format}"), Role::Text),
        Line::new(format!("Path: {}", view.path.text), Role::Text),
        state_line(&view.state),
    ]
}
