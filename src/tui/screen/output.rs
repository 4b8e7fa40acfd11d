//! What a command said, to be read and copied.

use ratatui::layout::Rect;

use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Model, OutputView, Screen};
use crate::tui::rich::{Line, Role, wrap};

use super::stepped;

/// A line as it was laid out: what stands in columns stays there; what is too long goes on further in.
pub(super) fn verbatim(text: &str, role: Role) -> Line {
    let bare = text.trim_start_matches(' ');
    Line::new(bare, role).indent(text.len() - bare.len()).hang(2)
}

/// What it told, then what it printed.
pub fn lines(view: &OutputView) -> Vec<Line> {
    let role = if view.failed { Role::Block } else { Role::Warn };
    let mut lines: Vec<Line> = view.told.iter().map(|text| verbatim(text, role)).collect();
    if !lines.is_empty() && !view.lines.is_empty() {
        lines.push(Line::empty());
    }
    lines.extend(view.lines.iter().map(|text| verbatim(text, Role::Text)));
    if lines.is_empty() {
        lines.push(Line::new("Done; there is nothing to tell.", Role::Text));
    }
    lines
}

/// Scrolls it.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let (columns, height) = (usize::from(model.size.0.saturating_sub(4)), usize::from(model.size.1.saturating_sub(6)));
    if let Some(Screen::Output(view)) = model.stack.last_mut() {
        let rows: usize = lines(view).iter().map(|line| wrap(line, columns).len()).sum();
        view.scroll = stepped(view.scroll, chord, height, rows.saturating_sub(height) + 1);
    }
    Vec::new()
}

/// Copies everything.
pub fn copy(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Output(view)) = model.stack.last() else { return Vec::new() };
    let lines: Vec<&str> = view.told.iter().chain(view.lines.iter()).map(String::as_str).collect();
    let text = lines.join("\n") + "\n";
    model.notify(Severity::Note, "Copied all of it.");
    vec![Effect::Copy(text)]
}

/// Draws it.
pub fn draw(view: &OutputView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, &view.title, true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &lines(view), view.scroll);
}
