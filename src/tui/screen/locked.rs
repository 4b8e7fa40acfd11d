//! The screen after some minutes without a key: nothing of anybody is shown until somebody says who is there.

use ratatui::layout::Rect;

use crate::finding::Severity;
use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Model, Screen};
use crate::tui::rich::{Line, Role};

const TEXT: &str = "Locked. Nothing is shown and nothing was recorded in the meantime. Whoever goes on from here \
records under the name typed below.";

/// Covers the screen.
pub fn lock(model: &mut Model, _: Chord) -> Vec<Effect> {
    if !matches!(model.stack.last(), Some(Screen::Locked(_))) {
        model.notice = None;
        model.stack.push(Screen::Locked(TextField::default()));
    }
    Vec::new()
}

/// Goes on, under the name typed.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let Some(Screen::Locked(field)) = model.stack.last() else { return Vec::new() };
    let who = field.text.trim().to_owned();
    if who.is_empty() {
        model.notify(Severity::Note, "Type your name or initials, then Enter.");
        return Vec::new();
    }
    if model.record.who != who {
        model.left.clear(); // what was typed there is another person's
    }
    model.record.who = who;
    model.stack.pop();
    crate::tui::record::commands::refresh(model)
}

/// Draws it.
pub fn draw(field: &TextField, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "Locked", true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &lines(), 0);
    let rows =
        u16::try_from(crate::tui::rich::wrap(&Line::new(TEXT, Role::Text), inside.width.into()).len()).unwrap_or(2);
    let y = inside.y + rows + 1;
    if y < inside.bottom() {
        let used = canvas.put(inside.x, y, inside.width, "Who is there: ", Role::Focus);
        canvas.field(inside.x + used, y, inside.width.saturating_sub(used).min(24), field, true);
    }
}

/// The same as text.
pub fn lines() -> Vec<Line> {
    vec![Line::new(TEXT, Role::Text)]
}
