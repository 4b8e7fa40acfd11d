//! The regimen read back: a sentence for every figure, to be compared with the protocol.

use ratatui::layout::Rect;

use crate::present::{Sentence, read_back};
use crate::tui::canvas::Canvas;
use crate::tui::model::{Model, Scroll};
use crate::tui::rich::{Line, Role};

/// The sentences, each thing under its name.
pub fn lines(model: &Model) -> Vec<Line> {
    let Some(session) = &model.session else { return Vec::new() };
    let mut lines =
        vec![Line::new("Whoever holds the protocol looks each figure up there, without seeing the file.", Role::Muted)];
    for passage in read_back(&session.regimen) {
        lines.push(Line::empty());
        lines.push(Line::new(passage.about, Role::Title));
        lines.extend(passage.sentences.iter().flat_map(sentence));
    }
    lines
}

fn sentence(one: &Sentence) -> Vec<Line> {
    let mut lines = vec![Line::new(format!("[ ] {}", one.text), Role::Text)];
    let doubt = one.conflict.as_ref().map(|said| format!("    SOURCES DISAGREE: {said}"));
    let doubt = doubt.or_else(|| one.unverified.then(|| "    UNVERIFIED".to_owned()));
    match (doubt, &one.from) {
        (Some(doubt), _) => lines.push(Line::new(doubt, Role::Warn)),
        (None, Some(from)) => lines.push(Line::new(format!("    {from}"), Role::Muted)),
        (None, None) => {}
    }
    lines
}

/// Draws them.
pub fn draw(model: &Model, canvas: &mut Canvas<'_>, area: Rect, scroll: Scroll) {
    let inside = canvas.pane(area, "Regimen read back", true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &lines(model), scroll.0);
}
