//! What the program is and is not: shown once, before anything else.

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Model, Screen, Scroll};
use crate::tui::rich::{Line, Role, wrap};

const STATEMENT: &[(&str, &str)] = &[
    (
        "What it is for",
        "Posology calculates dosing schedules for people who run clinical studies: from a regimen file, a height and a \
         weight to every dated dose, with each step of how it came about.",
    ),
    (
        "A qualified person checks every dose",
        "What it shows is calculated from what was entered and is not an order. Check the dose, the date and the \
         regimen file against the protocol before anything is given.",
    ),
    (
        "It is not a medical device",
        "It has not been assessed or cleared as a medical device anywhere. Software that calculates doses may be one \
         where you use it: the organisation using it decides that and documents it.",
    ),
    ("Files marked DRAFT", "Nobody has approved them for use. Values no source gives are marked unverified."),
    (
        "Subjects",
        "Enter subject codes, never names. Nothing is sent anywhere. What you only calculate is kept nowhere unless you \
         write it to a file. Of a subject you enrol, everything you enter is kept in the folder of records: figures, \
         dates, doses, reasons, and who entered them.",
    ),
];

/// The statement.
pub fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    for (title, text) in STATEMENT {
        lines.push(Line::new(*title, Role::Title));
        lines.push(Line::new(*text, Role::Text).indent(2));
        lines.push(Line::empty());
    }
    lines.pop();
    lines
}

/// Draws it.
pub fn draw(canvas: &mut Canvas<'_>, area: Rect, scroll: Scroll) {
    let width = area.width.min(84);
    let inside = canvas.pane(Rect { width, ..area }, "Before you begin", true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let mut lines = lines();
    let tall: usize = lines.iter().map(|line| wrap(line, inside.width.into()).len()).sum();
    if tall > usize::from(inside.height) {
        lines.retain(|line| *line != Line::empty());
    }
    canvas.lines(inside, &lines, scroll.0);
}

/// Goes on to the finder, and remembers it.
pub fn accept(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.retain(|screen| !matches!(screen, Screen::Safety(_)));
    vec![Effect::Remember]
}
