//! What is about to be recorded: its fields above, everything it would change below.

use ratatui::layout::Rect;

use crate::decide::{Preview, reasons};
use crate::finding::{Finding, Lift, Severity};
use crate::subjects::words::{self, ChangeLine};
use crate::tui::canvas::Canvas;
use crate::tui::model::{Model, Screen};
use crate::tui::record::act::{Act, ActField, ActView, FieldKind, Outcome};
use crate::tui::rich::{Line, Role, width};

use super::fields::{self, Row};
use super::{finding, finding_with};

const LABEL: u16 = 20;
/// In the place of a figure that is being typed again.
const HIDDEN: &str = "not shown while it is typed again";

/// Draws it.
pub fn draw(model: &Model, view: &ActView, canvas: &mut Canvas<'_>, area: Rect) {
    let subject = model.session.as_ref().and_then(|session| session.subject.as_ref());
    let subject = subject.map_or_else(String::new, |subject| format!("{} · ", subject.code()));
    let title = format!("{subject}{}", view.act.title(model.cycle_word()));
    let (top, bottom) = fields::split(view.fields.len(), area.height * 3 / 5, area);
    let inside = canvas.pane(top, &title, true);
    let rows = rows(view);
    // A drug's name is never cut: what follows "irinotecan" is what tells it from another drug.
    let longest = rows.iter().filter(|row| !row.above).map(|row| width(row.label)).max().unwrap_or(0) + 3;
    let label = u16::try_from(longest).unwrap_or(u16::MAX).max(LABEL).min(inside.width * 3 / 5);
    fields::draw(&rows, view.focus, label, canvas, inside);
    if bottom.height < 3 {
        return;
    }
    let inside = canvas.pane(bottom, heading(view), false);
    let rest = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    let lines = lines(view);
    canvas.lines(rest, &lines, view.scroll);
}

fn heading(view: &ActView) -> &'static str {
    match &view.outcome {
        Outcome::Open(_, preview) if !preview.changes.is_empty() => "Still to be typed, and what would change",
        Outcome::Open(..) => "Still to be typed",
        Outcome::Refused(_) => "Not to be recorded",
        Outcome::Asks(..) => "Questions to answer, and what would change",
        Outcome::Ready(..) => "What would change: F2 records it",
    }
}

fn rows(view: &ActView) -> Vec<Row<'_>> {
    let row = |(at, field): (usize, &'_ ActField)| under(view, field, at == view.focus);
    let under = view.fields.iter().enumerate().map(row);
    let rows = view.fields.iter().enumerate().zip(under);
    rows.map(|((at, field), under)| Row { hidden: view.is_hidden(field), ..as_row(at, field, under) }).collect()
}

fn as_row(at: usize, field: &ActField, under: Option<Line>) -> Row<'_> {
    let above = matches!(field.kind, FieldKind::Answer(_) | FieldKind::Confirm(_));
    Row { at, label: &field.label, above, text: &field.text, optional: field.optional, hidden: false, under }
}

/// What stands under a field: the fault, what was read, a hint.
fn under(view: &ActView, field: &ActField, focus: bool) -> Option<Line> {
    if view.is_hidden(field) {
        return None;
    }
    match (&field.fault, &field.echo) {
        (Some(fault), _) => Some(Line::new(fault.clone(), Role::Block).indent(2)),
        (None, Some(echo)) => Some(Line::new(echo.clone(), Role::Muted).indent(2)),
        _ if focus => Some(Line::new(hint(field), Role::Muted).indent(2)),
        _ => None,
    }
}

/// What may be typed: of a reason those to choose from by number.
fn hint(field: &ActField) -> String {
    match field.kind.answers() {
        Some(code) => format!("{}; or in your words", reasons::listed(code)),
        None => field.hint.to_owned(),
    }
}

/// Fields and what is made of them, as text.
pub fn plain(model: &Model, view: &ActView) -> Vec<Line> {
    let field = |field: &ActField| {
        let fault = field.fault.as_ref().map_or_else(String::new, |fault| format!("  BLOCK {fault}"));
        let text = if view.is_hidden(field) { HIDDEN } else { field.text.text.as_str() };
        Line::new(format!("{}: {text}{fault}", field.label), Role::Text)
    };
    let head = [Line::new(view.act.title(model.cycle_word()), Role::Title)];
    let foot = [Line::empty(), Line::new(heading(view), Role::Title)];
    head.into_iter().chain(view.fields.iter().map(field)).chain(foot).chain(lines(view)).collect()
}

/// What to type now, where lines are typed.
pub fn prompt(model: &Model) -> String {
    let Some(Screen::Act(view)) = model.stack.last() else { return String::new() };
    let field =
        view.fields.get(view.focus).map_or_else(String::new, |field| format!("{} ({})", field.label, hint(field)));
    if matches!(view.outcome, Outcome::Ready(..)) { format!("\"record\" records this; or {field}") } else { field }
}

/// What is made of the fields.
pub fn lines(view: &ActView) -> Vec<Line> {
    match &view.outcome {
        Outcome::Open(missing, _) if missing.is_empty() => {
            vec![Line::new("Correct the field marked above.", Role::Text)]
        }
        Outcome::Open(missing, preview) => {
            // Who may not check a visit is told before anything is typed.
            let told = remarks(view).filter(|_| matches!(view.act, Act::Verify(_)));
            std::iter::once(Line::new(missing.join(", "), Role::Text)).chain(told).chain(changes(preview)).collect()
        }
        Outcome::Refused(one) => vec![asked(view, one)],
        Outcome::Asks(asks, preview) => {
            asks.iter().map(|one| asked(view, one)).chain(remarks(view)).chain(changes(preview)).collect()
        }
        Outcome::Ready(events, preview) => {
            let entries = if events.len() == 1 { "entry" } else { "entries" };
            let head = Line::new(format!("{} {entries} would be recorded.", events.len()), Role::Title);
            std::iter::once(head).chain(remarks(view)).chain(changes(preview)).collect()
        }
    }
}

/// A refusal or a question, with the fields of this screen that its remedy is typed into.
fn asked(view: &ActView, one: &Finding) -> Line {
    let wanted = one.remedy.iter().flat_map(|remedy| &remedy.fields);
    let labels: Vec<&str> = wanted.filter_map(|field| Some(view.field_for(field)?.label.as_str())).collect();
    let line = finding_with(one, &labels);
    // Here a reason can be given; on a plan that nobody records there is no field for one.
    match one.lift() {
        Some(Lift::Reason) if one.severity == Severity::Warn => {
            line.and("; if it is right, give the reason", Role::Muted)
        }
        _ => line,
    }
}

/// What else is worth seeing: how another version differs.
fn remarks(view: &ActView) -> impl Iterator<Item = Line> {
    view.remarks.iter().map(|text| Line::new(text.clone(), Role::Text).hang(4))
}

fn changes(preview: &Preview) -> Vec<Line> {
    let mut lines: Vec<Line> = words::grouped(&preview.changes).iter().map(change).collect();
    // What is told again and again is told once, below what would change.
    let notes: Vec<&Finding> = preview.findings.iter().filter(|one| !one.severity.asks()).collect();
    let mut told: Vec<&str> = Vec::new();
    for one in &notes {
        let code = one.code.name();
        if told.contains(&code) {
            continue;
        }
        told.push(code);
        let more = notes.iter().filter(|other| other.code.name() == code).count() - 1;
        let line = finding(one);
        lines.push(if more > 0 { line.and(format!("  (and {more} more like this)"), Role::Muted) } else { line });
    }
    lines
}

fn change(one: &ChangeLine) -> Line {
    let line = Line::new(format!("{} ", one.what), Role::Text).hang(4);
    match (one.old.as_str(), one.new.as_str()) {
        ("", new) => line.and(format!("now {}: ", one.of), Role::Muted).and(new, Role::Changed),
        (old, "") => line.and("no longer planned, was ", Role::Muted).and(old, Role::Text),
        (old, new) => line
            .and(format!("{}: ", one.of), Role::Muted)
            .and(old, Role::Text)
            .and("\u{a0}→ ", Role::Muted)
            .and(new, Role::Changed),
    }
}
