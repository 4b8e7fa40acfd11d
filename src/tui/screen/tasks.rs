//! The commands that have no screen of their own, by what they are about.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Filter, Kind, Model, Screen};
use crate::tui::rich::{Line, Role};
use crate::tui::task::{Task, TaskView};

use super::{query, stepped};

/// Those that fit what is typed.
fn found<'m>(model: &'m Model, filter: &Filter) -> Vec<&'m Arc<Task>> {
    model.tasks.iter().filter(|task| task.fits(&filter.query.text)).collect()
}

/// Opens the list.
pub fn list(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.kind() != Kind::Tasks {
        model.stack.push(Screen::Tasks(Filter::default()));
    }
    Vec::new()
}

/// After the filter changed.
pub fn reset(model: &mut Model) {
    if let Some(Screen::Tasks(filter)) = model.stack.last_mut() {
        filter.at = 0;
    }
}

/// Another row.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    let count = match model.stack.last() {
        Some(Screen::Tasks(filter)) => found(model, filter).len(),
        _ => 0,
    };
    if let Some(Screen::Tasks(filter)) = model.stack.last_mut() {
        filter.at = stepped(filter.at, chord, page, count);
    }
    Vec::new()
}

/// Opens the form of the chosen one.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Tasks(filter)) = model.stack.last() else { return Vec::new() };
    let chosen = found(model, filter).get(filter.at).map(|task| Arc::clone(task));
    chosen.map_or_else(Vec::new, |task| open_form(model, &task))
}

/// Opens the form of a command: as it was left, else with what is known here filled in.
pub fn open_form(model: &mut Model, task: &Arc<Task>) -> Vec<Effect> {
    let left = model.left.iter().position(|view| view.task == *task).map(|at| model.left.remove(at));
    let known = |id: &str| match id {
        "code" | "subject" => model.open_subject().map(|subject| subject.code().to_owned()),
        "who" => Some(model.record.who.clone()).filter(|who| !who.is_empty()),
        "regimen" if task.row.path != "audit affected" => {
            model.session.as_ref().map(|session| session.regimen.id.clone())
        }
        _ => None,
    };
    let view = left.unwrap_or_else(|| TaskView::new(Arc::clone(task), known));
    model.stack.push(Screen::Task(Box::new(view)));
    Vec::new()
}

/// Draws the list.
pub fn draw(model: &Model, filter: &Filter, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "More commands", true);
    if inside.height < 3 {
        return;
    }
    query(filter, canvas, inside, "type a word: backup, diff, deviations");
    let tasks = found(model, filter);
    let rows: Vec<Vec<Line>> = (0..tasks.len()).map(|nth| row(&tasks, nth, filter.at)).collect();
    let place = Rect { y: inside.y + 2, height: inside.height - 2, width: inside.width.saturating_sub(1), ..inside };
    canvas.rows(place, &rows, filter.at);
    if rows.is_empty() {
        canvas.put(inside.x + 1, inside.y + 2, inside.width, "No command has these words.", Role::Muted);
    }
}

/// A command; the first of a group below its heading.
fn row(tasks: &[&Arc<Task>], nth: usize, at: usize) -> Vec<Line> {
    let Some(task) = tasks.get(nth) else { return Vec::new() };
    let group = task.row.group;
    let first = nth.checked_sub(1).and_then(|before| tasks.get(before)).is_none_or(|before| before.row.group != group);
    let (mark, role) = if nth == at { ("▶", Role::Chosen) } else { ("\u{a0}", Role::Text) };
    let heading = first.then(|| Line::new(group.heading(), Role::Title));
    let title = Line::new(format!("{mark} {}", task.about), role).hang(4).right(task.row.path, Role::Muted);
    heading.into_iter().chain([title]).collect()
}

/// The list with numbers.
pub fn plain(model: &Model, filter: &Filter) -> Vec<Line> {
    let row = |(nth, task): (usize, &Arc<Task>)| {
        Line::new(format!("{}. {} ({}: {})", nth + 1, task.about, task.row.group.heading(), task.row.path), Role::Text)
    };
    found(model, filter).into_iter().enumerate().map(row).collect()
}
