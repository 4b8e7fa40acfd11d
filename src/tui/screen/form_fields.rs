//! Fields with what stands under each, on the screens on which a body is typed: the subject form, the calculators.

use ratatui::layout::Rect;

use crate::finding::Finding;
use crate::tui::canvas::Canvas;
use crate::tui::confirming;
use crate::tui::form_field::{Field, FieldId};
use crate::tui::model::Message;
use crate::tui::rich::{Line, Role, wrap};

use super::finding;

const LABEL: u16 = 17;
/// In the place of a figure that is being typed again.
const HIDDEN: &str = "not shown while it is typed again";

/// The fields of a form, the one with the focus, and what was found about what is typed.
pub(super) struct FormFields<'a> {
    /// In order.
    pub all: &'a [Field],
    /// The one that is typed in; none while something else has the focus.
    pub focus: Option<FieldId>,
    /// Each is shown under the field it is about.
    pub findings: &'a [Finding],
}

impl FormFields<'_> {
    fn is_hidden(&self, id: FieldId) -> bool {
        confirming::is_hidden(self.all, self.focus, id)
    }

    /// Draws them in a pane, the one with the focus in view.
    pub(super) fn draw(&self, title: &str, canvas: &mut Canvas<'_>, area: Rect) {
        let inside = canvas.pane(area, title, self.focus.is_some());
        let rows: Vec<(&Field, Vec<Line>)> = self.all.iter().map(|field| (field, self.under(field))).collect();
        let height = |lines: &[Line]| lines.iter().map(|line| wrap(line, inside.width.into()).len()).sum::<usize>() + 1;
        let at = self.all.iter().position(|field| Some(field.id) == self.focus).unwrap_or(0);
        let mut skip = 0;
        let need = |skip: usize| rows.iter().take(at + 1).skip(skip).map(|(_, lines)| height(lines)).sum::<usize>();
        while skip < at && need(skip) > usize::from(inside.height) {
            skip += 1;
        }
        let (mut y, mut shown) = (inside.y, skip);
        for (field, lines) in rows.iter().skip(skip) {
            if y >= inside.bottom() {
                break;
            }
            shown += 1;
            self.one(field, canvas, Rect { y, height: 1, ..inside });
            y += 1;
            let used = wrap_rows(lines, inside.width);
            let rest = Rect { y, height: used.min(inside.bottom().saturating_sub(y)), ..inside };
            canvas.lines(rest, lines, 0);
            y = y.saturating_add(used);
        }
        canvas.mark_hidden_rows(inside, skip, rows.len() - shown);
    }

    fn one(&self, field: &Field, canvas: &mut Canvas<'_>, row: Rect) {
        let focus = self.focus == Some(field.id);
        let label = field.id.label();
        let mark = if focus { "▶" } else { " " };
        let role = if focus { Role::Focus } else { Role::Text };
        canvas.put(row.x, row.y, LABEL.min(row.width), &format!("{mark}{}", label.label), role);
        let room = row.width.saturating_sub(LABEL);
        let unit = u16::try_from(label.unit.chars().count()).unwrap_or(0);
        let field_room = if unit > 0 { room.saturating_sub(unit + 2).min(20) } else { room.saturating_sub(1).min(40) };
        if self.is_hidden(field.id) {
            canvas.put(row.x + LABEL, row.y, room, HIDDEN, Role::Muted);
            return;
        }
        canvas.field(row.x + LABEL, row.y, field_room, &field.text, focus);
        let typed_unit = field.text.text.contains(|c: char| c.is_ascii_alphabetic());
        if !typed_unit {
            canvas.put(row.x + LABEL + field_room + 1, row.y, unit, label.unit, Role::Muted);
        }
        if !focus && !field.needed && field.text.text.is_empty() {
            canvas.put(row.x + LABEL, row.y, room, "may stay empty", Role::Muted);
        }
        canvas.hit(row, Message::Field(field.id));
    }

    /// What stands under a field: the fault, what was read, what was found; a hint while it is empty.
    fn under(&self, field: &Field) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.is_hidden(field.id) {
            return lines;
        }
        if let Some(fault) = &field.fault {
            lines.push(Line::new(fault.clone(), Role::Block).indent(2));
        } else if let Some(echo) = &field.echo {
            lines.push(Line::new(echo.clone(), Role::Muted).indent(2));
        } else if field.text.text.is_empty() && self.focus == Some(field.id) {
            lines.push(Line::new(field.id.label().hint, Role::Muted).indent(2));
        }
        let about = field.id.label().about;
        let beside = self.findings.iter().filter(|one| one.field.as_ref() == Some(&about));
        lines.extend(beside.map(|one| finding(one).indent(2)));
        lines
    }

    /// The same as text.
    pub(super) fn plain(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for field in self.all {
            let label = field.id.label();
            let text = if self.is_hidden(field.id) { HIDDEN } else { field.text.text.as_str() };
            lines.push(Line::new(format!("{}: {text} {}", label.label, label.unit), Role::Text));
            lines.extend(self.under(field));
        }
        lines
    }
}

fn wrap_rows(lines: &[Line], columns: u16) -> u16 {
    u16::try_from(lines.iter().map(|line| wrap(line, columns.into()).len()).sum::<usize>()).unwrap_or(u16::MAX)
}
