//! Where screens draw: a buffer, a theme, and the places that answer a click.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::model::Message;
use super::rich::{Line, Role, Span, width, wrap};
use super::theme::Theme;
use crate::writing::visible;

/// A place that answers a click, and with what.
pub type Hits = Vec<(Rect, Message)>;

/// Where screens draw.
pub struct Canvas<'a> {
    /// Cells.
    pub buffer: &'a mut Buffer,
    /// Looks.
    pub theme: Theme,
    /// Places that answer a click.
    pub hits: Hits,
    /// Where the terminal's own cursor stands.
    pub cursor: Option<Position>,
}

impl Canvas<'_> {
    /// Puts a text at a place, at most so many columns; gives the columns used.
    pub fn put(&mut self, x: u16, y: u16, most: u16, text: &str, role: Role) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return 0;
        }
        let text = visible(text).replace('\u{a0}', " "); // it held words together; the screen has plain spaces
        let (end, _) = self.buffer.set_stringn(x, y, text, usize::from(most), self.theme.style(role));
        end.saturating_sub(x)
    }

    /// Pieces one behind the other; gives the columns used.
    pub fn spans(&mut self, x: u16, y: u16, most: u16, spans: &[Span]) -> u16 {
        let mut used = 0;
        for (text, role) in spans {
            used += self.put(x.saturating_add(used), y, most.saturating_sub(used), text, *role);
        }
        used
    }

    /// Wrapped lines from a row on; gives how many rows there are in all.
    pub fn lines(&mut self, area: Rect, lines: &[Line], scroll: usize) -> usize {
        let rows: Vec<Vec<Span>> = lines.iter().flat_map(|line| wrap(line, area.width.into())).collect();
        let scroll = scroll.min(rows.len().saturating_sub(usize::from(area.height).max(1)));
        for (y, row) in (area.top()..area.bottom()).zip(rows.iter().skip(scroll)) {
            self.spans(area.x, y, area.width, row);
        }
        if area.width > 8 && area.height > 0 {
            let below = rows.len().saturating_sub(scroll + usize::from(area.height));
            if below > 0 {
                let more = format!(" ↓ {} more ", below + 1);
                let columns = u16::try_from(width(&more)).unwrap_or(0);
                let row = Rect { y: area.bottom() - 1, height: 1, ..area };
                self.blank(row);
                self.put(area.right().saturating_sub(columns), row.y, columns, &more, Role::Muted);
            }
        }
        rows.len()
    }

    /// A frame with a title; gives what is inside.
    pub fn pane(&mut self, area: Rect, title: &str, focus: bool) -> Rect {
        let area = area.intersection(self.buffer.area);
        if area.width < 3 || area.height < 3 {
            return Rect { width: 0, height: 0, ..area };
        }
        let role = if focus { Role::Focus } else { Role::Border };
        let inside = usize::from(area.width) - 2;
        let bar = "─".repeat(inside);
        self.put(area.x, area.y, area.width, &format!("╭{bar}╮"), role);
        self.put(area.x, area.bottom() - 1, area.width, &format!("╰{bar}╯"), role);
        for y in area.y + 1..area.bottom() - 1 {
            self.put(area.x, y, 1, "│", role);
            self.put(area.right() - 1, y, 1, "│", role);
        }
        if !title.is_empty() && inside > 4 {
            let shown: String = title.chars().take(inside - 3).collect();
            self.put(
                area.x + 1,
                area.y,
                area.width - 2,
                &format!(" {shown} "),
                if focus { Role::Focus } else { Role::Title },
            );
        }
        Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// A list whose rows take as many lines as they need, with the chosen row in view; each answers a click.
    pub fn rows(&mut self, area: Rect, rows: &[Vec<Line>], at: usize) {
        self.rows_made(area, rows.len(), at, &|nth| rows.get(nth).cloned().unwrap_or_default());
    }

    /// The same of a list of any length: only the rows that are seen are made.
    pub fn rows_made(&mut self, area: Rect, count: usize, at: usize, row: &dyn Fn(usize) -> Vec<Line>) {
        let height = |lines: &[Line]| lines.iter().map(|line| wrap(line, area.width.into()).len()).sum::<usize>();
        let mut skip = at.min(count.saturating_sub(1));
        let mut used = height(&row(skip));
        while let Some(before) = skip.checked_sub(1) {
            used += height(&row(before));
            if used > area.height.into() {
                break;
            }
            skip = before;
        }
        let (mut y, mut shown) = (area.y, skip);
        for nth in skip..count {
            let lines = row(nth);
            let (needed, room) = (u16::try_from(height(&lines)).unwrap_or(u16::MAX), area.bottom().saturating_sub(y));
            // A row that is seen in part is not seen: it is counted among those below.
            if room == 0 || needed > room && y > area.y {
                break;
            }
            let used = needed.min(room);
            shown = nth + 1;
            let place = Rect { y, height: used, ..area };
            self.lines(place, &lines, 0);
            self.hit(place, Message::Row(nth));
            y += used;
        }
        self.mark_hidden_rows(area, skip, count - shown);
    }

    /// On the frame around a list: how many of its rows are above it, and below.
    pub fn mark_hidden_rows(&mut self, inside: Rect, above: usize, below: usize) {
        let edges = [(above, '↑', inside.y.checked_sub(1)), (below, '↓', Some(inside.bottom()))];
        for (count, arrow, y) in edges {
            let text = format!(" {arrow} {count} more ");
            let columns = u16::try_from(width(&text)).unwrap_or(u16::MAX);
            let at = inside.right().checked_sub(columns + 1).filter(|at| *at > inside.x);
            if let (Some(x), Some(y), true) = (at, y, count > 0) {
                self.put(x, y, columns, &text, Role::Muted);
            }
        }
    }

    /// Empties a place.
    pub fn blank(&mut self, area: Rect) {
        for y in area.top()..area.bottom() {
            self.put(area.x, y, area.width, &" ".repeat(area.width.into()), Role::Text);
        }
    }

    /// A text field; the part around its cursor when it is longer than its place.
    pub fn field(&mut self, x: u16, y: u16, most: u16, field: &super::field::TextField, focus: bool) {
        let columns = usize::from(most.max(1)) - 1;
        let skip = if focus { field.cursor.saturating_sub(columns) } else { 0 };
        let shown: String = field.text.chars().skip(skip).take(columns + 1).collect();
        let padded = format!("{shown:<columns$} ");
        self.put(x, y, most, &padded, if focus { Role::Field } else { Role::Text });
        if focus && most > 0 {
            let at = u16::try_from(field.cursor - skip).unwrap_or(0).min(most - 1);
            self.cursor = Some(Position { x: x.saturating_add(at), y });
        }
    }

    /// Answers a click on a place.
    pub fn hit(&mut self, area: Rect, message: Message) {
        self.hits.push((area, message));
    }
}
