//! A command as a form: its arguments left, what it does and what it said right.

use ratatui::layout::Rect;

use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, Model, OutputView, RegimenList, Screen};
use crate::tui::record::commands as record;
use crate::tui::rich::{Line, Role, width};
use crate::tui::task::{Ask, Changes, Ran, Stage, TaskView};

use super::fields::{self, Row};
use super::stepped;

fn view(model: &mut Model) -> Option<&mut TaskView> {
    match model.stack.last_mut() {
        Some(Screen::Task(view)) => Some(view),
        _ => None,
    }
}

/// After a text has changed.
pub fn typed(model: &mut Model) {
    if let Some(view) = view(model) {
        view.typed();
    }
}

/// The form is closed: what is typed stands there still when it is opened again.
pub fn leave(model: &mut Model, view: TaskView) {
    model.left.retain(|one| one.task != view.task);
    model.left.push(TaskView { stage: Stage::Typing, said: Vec::new(), ..view });
}

/// The next field, or the one before.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.move_focus(matches!(chord.key, Key::BackTab | Key::Up));
    }
    Vec::new()
}

/// Scrolls what stands beside the fields.
pub fn page(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    if let Some(view) = view(model) {
        view.scroll = stepped(view.scroll, chord, page, lines(view).len());
    }
    Vec::new()
}

/// Empties every field.
pub fn clear(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        *view = TaskView::new(view.task.clone(), |_| None);
    }
    Vec::new()
}

/// Runs the command; what changes something is looked at first, and run by the same key then.
pub fn run(model: &mut Model, _: Chord) -> Vec<Effect> {
    let generation = model.generation + 1;
    let Some(view) = view(model).filter(|view| !matches!(view.stage, Stage::Reading | Stage::Running)) else {
        return Vec::new();
    };
    let Some(mut words) = view.words() else { return Vec::new() };
    let mut changes = view.task.row.changes;
    view.scroll = 0;
    if view.asks_first() {
        view.stage = Stage::Reading;
        (words, changes) = (view.first_words().unwrap_or(words), Changes::Nothing);
    } else {
        view.stage = Stage::Running;
    }
    let who = view.text("who").to_owned();
    if !who.is_empty() {
        model.record.who = who;
    }
    model.next_generation();
    vec![Effect::Task { generation, words, changes }]
}

/// What the command said: to be read where it said something, beside the fields where it was refused.
pub fn on_reply(model: &mut Model, generation: u64, ran: &Ran, regimens: Option<RegimenList>) -> Vec<Effect> {
    let lock = model.stack.pop_if(|screen| matches!(screen, Screen::Locked(_)));
    let effects = told(model, generation, ran, regimens);
    model.stack.extend(lock);
    effects
}

fn told(model: &mut Model, generation: u64, ran: &Ran, regimens: Option<RegimenList>) -> Vec<Effect> {
    let waits = generation == model.generation;
    let Some(Screen::Task(view)) = model.stack.last_mut().filter(|_| waits) else {
        let (severity, how) = if ran.failed { (Severity::Warn, "was not done") } else { (Severity::Note, "is done") };
        model.notify(severity, format!("The command that was left running {how}. {}", ran.told.trim()));
        return record::refresh(model);
    };
    if view.stage == Stage::Reading {
        view.stage = Stage::Seen;
        view.said = ran.told.lines().chain(ran.text.lines()).map(str::to_owned).collect();
        return Vec::new();
    }
    if ran.failed && ran.text.trim().is_empty() {
        view.refused(ran);
        return Vec::new();
    }
    view.stage = Stage::Typing;
    view.said.clear();
    let (title, changes) = (view.task.about.clone(), view.task.row.changes);
    let effects = if ran.failed { Vec::new() } else { changed(model, changes, regimens) };
    model.stack.push(Screen::Output(OutputView {
        title,
        told: ran.told.lines().map(str::to_owned).collect(),
        failed: ran.failed,
        lines: ran.text.lines().map(str::to_owned).collect(),
        scroll: 0,
    }));
    effects
}

/// Behind a command that changed something nothing is shown of what was there before.
fn changed(model: &mut Model, changes: Changes, regimens: Option<RegimenList>) -> Vec<Effect> {
    match changes {
        Changes::Nothing => Vec::new(),
        Changes::Record => {
            if model.open_subject().is_some() {
                model.session = None;
                model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Tasks(_) | Screen::Task(_)));
            }
            record::refresh(model)
        }
        Changes::Regimens => {
            model.stack.retain(|screen| matches!(screen, Screen::Finder(_) | Screen::Tasks(_) | Screen::Task(_)));
            model.session = None;
            model.regimens = regimens.unwrap_or_else(|| model.regimens.clone());
            if let Some(Screen::Finder(finder)) = model.stack.first_mut() {
                let at = finder.at;
                super::finder::search(model);
                if let Some(Screen::Finder(finder)) = model.stack.first_mut() {
                    finder.at = super::moved(at, 0, finder.found.len());
                }
            }
            vec![Effect::Read(model.regimens.clone())]
        }
    }
}

/// Draws it.
pub fn draw(view: &TaskView, canvas: &mut Canvas<'_>, area: Rect) {
    let (top, bottom) = fields::split(view.fields.len(), area.height * 3 / 5, area);
    let inside = canvas.pane(top, &view.task.about, true);
    let rows: Vec<Row<'_>> = view.task.asks.iter().zip(&view.fields).enumerate().map(|one| row(view, one)).collect();
    let label = rows.iter().map(|row| width(row.label)).max().unwrap_or(0) + 3;
    let label = u16::try_from(label).unwrap_or(u16::MAX).max(16).min(inside.width * 3 / 5);
    if rows.is_empty() {
        canvas.put(inside.x + 1, inside.y, inside.width, "Nothing is asked: F2 runs it.", Role::Text);
    }
    fields::draw(&rows, view.focus, label, canvas, inside);
    if bottom.height >= 3 {
        let inside = canvas.pane(bottom, heading(view), false);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        canvas.lines(inside, &lines(view), view.scroll);
    }
}

fn row<'v>(view: &'v TaskView, (at, (ask, text)): (usize, (&'v Ask, &'v TextField))) -> Row<'v> {
    let under = match view.faults.get(at) {
        Some(Some(fault)) => Some(Line::new(fault.clone(), Role::Block).indent(2)),
        _ if at == view.focus => Some(Line::new(help(ask), Role::Muted).indent(2)),
        _ => None,
    };
    Row { at, label: &ask.label, above: false, text, optional: !ask.needed, hidden: false, under }
}

/// What an argument is for, and what may be typed.
fn help(ask: &Ask) -> String {
    let parts = [ask.help.clone(), ask.hint()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn heading(view: &TaskView) -> &'static str {
    match view.stage {
        Stage::Typing if view.said.is_empty() => "What it does",
        Stage::Typing => "It was not done",
        Stage::Reading => "Reading what is there now …",
        Stage::Seen => "What is there now: look at it, then F2 does it",
        Stage::Running => "Running …",
    }
}

/// What stands beside the fields.
fn lines(view: &TaskView) -> Vec<Line> {
    let said = |role| view.said.iter().map(move |text| super::output::verbatim(text, role));
    match view.stage {
        Stage::Typing if !view.said.is_empty() => said(Role::Block).collect(),
        Stage::Seen => said(Role::Text).collect(),
        _ => {
            let first = (view.task.row.changes != Changes::Nothing)
                .then(|| Line::new("What is there now is shown before anything is changed.", Role::Muted));
            let same = format!("On the command line: posology {}", view.task.row.path);
            [Line::new(view.task.about.clone(), Role::Text)]
                .into_iter()
                .chain(first)
                .chain([Line::empty(), Line::new(same, Role::Muted)])
                .collect()
        }
    }
}

/// Fields and what was said, as text.
pub fn plain(view: &TaskView) -> Vec<Line> {
    let field = |(nth, (ask, text)): (usize, (&Ask, &TextField))| {
        let fault = view.faults.get(nth).and_then(Option::as_ref);
        let fault = fault.map_or_else(String::new, |fault| format!("  BLOCK {fault}"));
        Line::new(format!("{}: {}{fault}", ask.label, text.text), Role::Text)
    };
    let fields = view.task.asks.iter().zip(&view.fields).enumerate().map(field);
    let head = [Line::new(view.task.about.clone(), Role::Title)];
    head.into_iter().chain(fields).chain([Line::new(heading(view), Role::Title)]).chain(lines(view)).collect()
}

/// What to type now, where lines are typed.
pub fn prompt(model: &Model) -> String {
    let Some(Screen::Task(view)) = model.stack.last() else { return String::new() };
    let field =
        view.task.asks.get(view.focus).map_or_else(String::new, |ask| format!("{} ({}); ", ask.label, help(ask)));
    format!("{field}Enter for the next, \"run\" does it; back")
}
