//! Everything worth knowing about a plan, the gravest first.

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::model::{Model, Scroll};
use crate::tui::rich::{Line, Role};

use super::finding;

/// The messages.
pub fn lines(model: &Model) -> Vec<Line> {
    let findings = model.session.iter().flat_map(|session| &session.findings);
    let mut lines: Vec<Line> = findings.flat_map(|one| [finding(one), Line::empty()]).collect();
    lines.pop();
    if lines.is_empty() {
        lines.push(Line::new("There is nothing to tell.", Role::Muted));
    }
    lines
}

/// Draws them.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, scroll: Scroll) {
    let inside = canvas.pane(area, "Messages", true);
    canvas.lines(inside, &lines(model), scroll.0);
}
