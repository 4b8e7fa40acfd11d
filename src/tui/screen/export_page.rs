//! How the export dialog looks.

use ratatui::layout::Rect;

use crate::export::FORMATS;
use crate::tui::canvas::Canvas;
use crate::tui::choices;
use crate::tui::field::TextField;
use crate::tui::formats;
use crate::tui::model::{ExportField, ExportView, Message, Model, PathState};
use crate::tui::rich::{Line, Role, width, wrap};

use super::export::fields;

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
pub fn draw(model: &Model, view: &ExportView, canvas: &mut Canvas<'_>, area: Rect) {
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
        let site = model.study.site.as_ref().filter(|_| one == ExportField::Study).map(|site| format!("site {site}"));
        if let Some(beside) = site.or_else(|| text.text.is_empty().then(|| hint.to_owned())) {
            canvas.put(inside.x + LABEL + 22, y, inside.width.saturating_sub(LABEL + 22), &beside, Role::Muted);
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
