//! Help and the palette: the command table as searchable lists.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::command::{COMMANDS, Command, all_labels};
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Filter, Kind, Model, Screen, Scroll};
use crate::tui::rich::{Line, Role, width};
use crate::tui::task::Task;
use crate::tui::update;

use super::{moved, query, stepped};

/// The screen below help or the palette.
fn below(model: &Model) -> Kind {
    let mut under = model.clone();
    while matches!(under.kind(), Kind::Help | Kind::Palette) && under.stack.len() > 1 {
        under.stack.pop();
    }
    under.kind()
}

fn fits(command: &Command, keys: &str, query: &str) -> bool {
    let text = format!("{} {} {} {keys}", command.title, command.places(), command.id).to_lowercase();
    query.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// Commands whose words fit; those of the screen below come first.
fn commands(model: &Model, query: &str, only_here: bool) -> Vec<(&'static Command, String, bool)> {
    let kind = below(model);
    let all = COMMANDS.iter().map(|command| {
        let keys = all_labels(&model.settings, command);
        (command, keys, command.applies(kind))
    });
    let mut found: Vec<_> =
        all.filter(|(command, keys, here)| (*here || !only_here) && fits(command, keys, query)).collect();
    found.sort_by_key(|(_, _, here)| !here);
    found
}

/// Commands that make no sense chosen from a list: moves, and the list itself.
fn choosable(command: &Command) -> bool {
    !command.id.starts_with("list.")
        && !command.id.starts_with("palette.")
        && command.id.rsplit('.').next() != Some("move")
}

/// A row of the palette.
enum Choice<'m> {
    /// A command of the interface, with its keys.
    Command(&'static Command, String),
    /// One of the command line, which opens as a form.
    Task(&'m Arc<Task>),
}

fn palette_rows<'m>(model: &'m Model, query: &str) -> Vec<Choice<'m>> {
    let mut rows = commands(model, query, true);
    rows.retain(|(command, _, _)| choosable(command));
    let tasks = model.tasks.iter().filter(|task| !query.is_empty() && task.fits(query));
    rows.into_iter().map(|(command, keys, _)| Choice::Command(command, keys)).chain(tasks.map(Choice::Task)).collect()
}

/// Opens help.
pub fn help(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.kind() != Kind::Help {
        model.stack.push(Screen::Help(Filter::default()));
    }
    Vec::new()
}

/// Opens the palette.
pub fn palette(model: &mut Model, _: Chord) -> Vec<Effect> {
    if !matches!(model.kind(), Kind::Palette | Kind::Safety) {
        model.stack.push(Screen::Palette(Filter::default()));
    }
    Vec::new()
}

/// After the filter changed.
pub fn reset(model: &mut Model) {
    if let Some(Screen::Help(filter) | Screen::Palette(filter)) = model.stack.last_mut() {
        filter.at = 0;
    }
}

/// Scrolls what scrolls, chooses where there is a choice.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    let rows = length(model);
    if let Some(at) = place(model) {
        *at = stepped(*at, chord, page, rows);
    }
    Vec::new()
}

/// Scrolls or chooses by so many rows.
pub fn scroll(model: &mut Model, by: isize) {
    let rows = length(model);
    if let Some(at) = place(model) {
        *at = moved(*at, by, rows);
    }
}

/// Where the visible list stands.
fn place(model: &mut Model) -> Option<&mut usize> {
    match model.stack.last_mut()? {
        Screen::Safety(Scroll(at)) | Screen::Messages(Scroll(at)) | Screen::ReadBack(Scroll(at)) => Some(at),
        Screen::Compare(compare) => Some(&mut compare.scroll),
        Screen::Advice(view) => Some(&mut view.scroll),
        Screen::Delay(delay) => Some(&mut delay.scroll),
        Screen::Help(filter) | Screen::Palette(filter) => Some(&mut filter.at),
        _ => None,
    }
}

/// Rows of what is scrolled.
fn length(model: &Model) -> usize {
    match model.stack.last() {
        Some(Screen::Safety(_)) => super::safety::lines().len(),
        Some(Screen::Messages(_)) => super::messages::lines(model).len() * 2,
        Some(Screen::ReadBack(_)) => super::read_back::lines(model).len() * 2,
        Some(Screen::Compare(compare)) => super::compare::lines(model, compare).len(),
        Some(Screen::Advice(view)) => super::advice::lines(model, view).len() * 2,
        Some(Screen::Delay(delay)) => super::delay::lines(model, delay).len(),
        Some(Screen::Help(filter)) => commands(model, &filter.query.text, false).len(),
        Some(Screen::Palette(filter)) => palette_rows(model, &filter.query.text).len(),
        _ => 0,
    }
}

/// Runs the chosen command on the screen below.
pub fn run(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Palette(filter)) = model.stack.last() else { return Vec::new() };
    let rows = palette_rows(model, &filter.query.text);
    match rows.get(filter.at) {
        Some(Choice::Command(command, _)) => {
            let id = command.id;
            model.stack.pop();
            update::run(model, id)
        }
        Some(Choice::Task(task)) => {
            let task = Arc::clone(task);
            model.stack.pop();
            super::tasks::open_form(model, &task)
        }
        None => Vec::new(),
    }
}

/// A click on a row of the visible list.
pub fn row(model: &mut Model, row: usize) -> Vec<Effect> {
    match model.stack.last_mut() {
        Some(Screen::Finder(finder)) if finder.at == row => return update::run(model, "finder.open"),
        Some(Screen::Finder(finder)) => finder.at = row.min(finder.found.len().saturating_sub(1)),
        Some(Screen::Palette(filter)) if filter.at == row => return update::run(model, "palette.run"),
        Some(Screen::Tasks(filter)) if filter.at == row => return update::run(model, "tasks.open"),
        Some(Screen::Help(filter) | Screen::Palette(filter) | Screen::Tasks(filter)) => filter.at = row,
        Some(Screen::Task(view)) => view.focus = row.min(view.fields.len().saturating_sub(1)),
        Some(Screen::Subjects(view)) if view.at == row => return update::run(model, "subjects.open"),
        Some(Screen::Subjects(view)) => view.at = row,
        Some(Screen::History(view)) => view.at = row,
        Some(Screen::Calculators(view)) => view.at = row,
        Some(Screen::Menu(_)) => return super::record_menu::row(model, row),
        Some(Screen::Act(view)) => view.focus = row.min(view.fields.len().saturating_sub(1)),
        Some(Screen::Advice(view)) => view.focus = row.min(view.fields.len().saturating_sub(1)),
        Some(Screen::Export(export)) => {
            export.format = row;
            return super::export::reformat(model);
        }
        _ => {}
    }
    Vec::new()
}

/// Every command, those of the screen below first.
pub fn help_lines(model: &Model, filter: &Filter) -> Vec<Line> {
    let mut lines = Vec::new();
    for (command, keys, _) in commands(model, &filter.query.text, false) {
        let keys = format!("{keys}{}", " ".repeat(18_usize.saturating_sub(width(&keys))));
        let line = Line::new(keys, Role::Key).and(format!(" {}", command.title), Role::Text);
        lines.push(line.and(format!("  ({})", command.places()), Role::Muted).hang(19));
    }
    if lines.is_empty() {
        lines.push(Line::new("No command has these words.", Role::Muted));
    }
    lines
}

/// Draws help.
pub fn draw_help(model: &Model, filter: &Filter, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Every key", true);
    if inside.height < 3 {
        return;
    }
    query(filter, canvas, inside, "type a word: delay, export, chart");
    let rest =
        Rect { x: inside.x + 1, y: inside.y + 2, width: inside.width.saturating_sub(2), height: inside.height - 2 };
    let lines: Vec<Line> = help_lines(model, filter).into_iter().skip(filter.at).collect();
    canvas.lines(rest, &lines, 0);
}

/// Draws the palette.
pub fn draw_palette(model: &Model, filter: &Filter, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Commands", true);
    if inside.height < 3 {
        return;
    }
    query(filter, canvas, inside, "type a word, Enter runs it");
    let rows = palette_rows(model, &filter.query.text);
    let under = under(model);
    let row = |(nth, choice): (usize, &Choice<'_>)| {
        let (title, keys, why) = match choice {
            Choice::Command(command, keys) => (command.title, keys.as_str(), (command.why_not)(&under)),
            Choice::Task(task) => (task.about.as_str(), task.row.path, None),
        };
        let (mark, role) = match (nth == filter.at, why) {
            (true, _) => ("▶", Role::Chosen),
            (false, None) => ("\u{a0}", Role::Text),
            (false, Some(_)) => ("\u{a0}", Role::Muted),
        };
        let why = why.map_or_else(String::new, |why| format!("  ({why})"));
        // The reason takes a second row only where somebody stands.
        let fits = width(title) + width(&why) + width(keys) + 6 <= usize::from(inside.width);
        let why = if fits || nth == filter.at { why } else { String::new() };
        let title = format!("{mark} {title}").replace(' ', "\u{a0}");
        let keys = keys.replace(' ', "\u{a0}");
        vec![Line::new(title, role).and(why, role).hang(4).right(keys, Role::Key)]
    };
    let lines: Vec<Vec<Line>> = rows.iter().enumerate().map(row).collect();
    let place = Rect { y: inside.y + 2, height: inside.height - 2, width: inside.width.saturating_sub(1), ..inside };
    canvas.rows(place, &lines, filter.at);
    if rows.is_empty() {
        canvas.put(inside.x + 1, inside.y + 2, inside.width, "No command has these words.", Role::Muted);
    }
}

fn under(model: &Model) -> Model {
    let mut under = model.clone();
    under.stack.pop();
    under
}
