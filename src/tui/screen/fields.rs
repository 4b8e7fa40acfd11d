//! Fields one below the other, with what stands under each, for the screens on which several things are typed.

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::model::Message;
use crate::tui::rich::{Line, Role, width, wrap};

/// A field as it is drawn.
pub(super) struct Row<'a> {
    /// Its place among the screen's fields; a click says it.
    pub at: usize,
    /// Its label.
    pub label: &'a str,
    /// Whether the label is a sentence, with a row of its own above the field.
    pub above: bool,
    /// Its text.
    pub text: &'a TextField,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Whether it is being typed again and not to be seen.
    pub hidden: bool,
    /// What stands under it: a fault, what was read, a hint.
    pub under: Option<Line>,
}

/// Fields beside what follows from them where there is room; above it, with at most `most` rows, where there is not.
pub(super) fn split(fields: usize, most: u16, area: Rect) -> (Rect, Rect) {
    if area.width >= 100 {
        let columns = (area.width / 2).min(64);
        return (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area });
    }
    let wanted = u16::try_from(fields + 4).unwrap_or(u16::MAX);
    let rows = wanted.min(most).max(4).min(area.height);
    (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

/// Draws them, the one with the focus in view.
pub(super) fn draw(rows: &[Row<'_>], focus: usize, label: u16, canvas: &mut Canvas<'_>, inside: Rect) {
    let under = |row: &Row<'_>| row.under.as_ref().map_or(0, |line| wrap(line, inside.width.into()).len());
    let height = |row: &Row<'_>| 1 + usize::from(row.above) + under(row);
    let place = rows.iter().position(|row| row.at == focus).unwrap_or(0);
    let mut skip = 0;
    let need = |skip: usize| rows.iter().take(place + 1).skip(skip).map(height).sum::<usize>();
    while skip < place && need(skip) > usize::from(inside.height) {
        skip += 1;
    }
    let (mut y, mut shown) = (inside.y, skip);
    for row in rows.iter().skip(skip) {
        if y >= inside.bottom() {
            break;
        }
        shown += 1;
        if row.above {
            name(row, row.at == focus, row.label, canvas, Rect { y, height: 1, ..inside });
            y += 1;
        }
        if y < inside.bottom() {
            one(row, row.at == focus, label, canvas, Rect { y, height: 1, ..inside });
            y += 1;
        }
        if let Some(line) = &row.under {
            let used = u16::try_from(under(row)).unwrap_or(0).min(inside.bottom().saturating_sub(y));
            canvas.lines(Rect { y, height: used, ..inside }, std::slice::from_ref(line), 0);
            y += used;
        }
    }
    canvas.mark_hidden_rows(inside, skip, rows.len() - shown);
}

fn name(row: &Row<'_>, focus: bool, text: &str, canvas: &mut Canvas<'_>, place: Rect) {
    let mark = if focus { "▶" } else { " " };
    let role = if focus { Role::Focus } else { Role::Text };
    let text = cut(&format!("{mark}{text}"), place.width.into());
    canvas.put(place.x, place.y, place.width, &text, role);
    canvas.hit(place, Message::Row(row.at));
}

fn one(row: &Row<'_>, focus: bool, label: u16, canvas: &mut Canvas<'_>, place: Rect) {
    if !row.above {
        let columns = label.saturating_sub(1).min(place.width);
        name(row, focus, row.label, canvas, Rect { width: columns, ..place });
    }
    let room = place.width.saturating_sub(label + 1);
    if row.hidden {
        canvas.put(place.x + label, place.y, room, "not shown while it is typed again", Role::Muted);
    } else if !focus && row.optional && row.text.text.is_empty() {
        canvas.put(place.x + label, place.y, room, "may stay empty", Role::Muted);
    } else {
        canvas.field(place.x + label, place.y, room, row.text, focus);
    }
    canvas.hit(place, Message::Row(row.at));
}

/// A label that is longer than its place ends in an ellipsis.
fn cut(label: &str, columns: usize) -> String {
    if width(label) <= columns {
        return label.to_owned();
    }
    let kept: String = label.chars().take(columns.saturating_sub(1)).collect();
    format!("{kept}…")
}
