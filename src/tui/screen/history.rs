//! What is on record of a subject: every entry, doses given, planned and delivered.

use ratatui::layout::Rect;

use crate::course::event::Event;
use crate::course::fold::{EntryStatus, HistoryEntry};
use crate::regimen::Regimen;
use crate::subjects::words;
use crate::tui::canvas::Canvas;
use crate::tui::model::{HistoryView, Model, Pane};
use crate::tui::record::OpenSubject;
use crate::tui::rich::{Line, Role, wrap};

use super::finding;

/// Draws it: entries above, the doses below.
pub fn draw(model: &Model, view: &HistoryView, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(subject) = model.open_subject() else { return };
    let history = &subject.0.opened.folded.history;
    let regimen = &subject.0.opened.regimen;
    let entries = history.iter().enumerate().map(|(nth, item)| entry(regimen, item, nth == view.at));
    let (entries, doses): (Vec<Vec<Line>>, Vec<Line>) = (entries.collect(), doses(subject));
    let (above, below) = (needed(entries.iter().flatten(), area.width), needed(&doses, area.width));
    // What is below gives up room that the entries need, down to a third of the screen.
    let most = area.height.saturating_sub(below.min((area.height / 3).max(3)));
    let top = Rect { height: above.min(most).max(4).min(area.height), ..area };
    let inside = canvas.pane(top, &format!("On record of {}", subject.code()), view.pane == Pane::Calendar);
    canvas.rows(inside, &entries, view.at);
    let bottom = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
    if bottom.height >= 3 {
        let inside = canvas.pane(bottom, "Planned and delivered", view.pane == Pane::Detail);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        canvas.lines(inside, &doses, view.scroll);
    }
}

/// How many rows a pane of this width needs for its lines, with its frame.
fn needed<'a>(lines: impl IntoIterator<Item = &'a Line>, width: u16) -> u16 {
    let inside = usize::from(width.saturating_sub(4));
    let rows: usize = lines.into_iter().map(|line| wrap(line, inside).len()).sum();
    u16::try_from(rows + 2).unwrap_or(u16::MAX)
}

/// An entry; the chosen one with who recorded it and what was answered.
fn entry(regimen: &Regimen, item: &HistoryEntry, chosen: bool) -> Vec<Line> {
    let (mark, role) = if chosen { ("▶", Role::Focus) } else { ("\u{a0}", role(item)) };
    let text = words::history(regimen, item);
    // Spaces in front would be dropped, and the columns jump.
    let (number, rest) = text.split_at(text.len() - text.trim_start().len());
    let text = format!("{mark}{}{rest}", number.replace(' ', "\u{a0}"));
    let mut lines = vec![Line::new(text, role).hang(20)];
    if chosen {
        lines.extend(words::provenance(regimen, item).into_iter().map(|line| Line::new(line, Role::Muted).indent(20)));
    }
    lines
}

fn role(item: &HistoryEntry) -> Role {
    if item.status == EntryStatus::Holds { Role::Text } else { Role::Muted }
}

/// Doses given, sums, dose intensity; findings where the plan is blocked.
pub fn doses(subject: &OpenSubject) -> Vec<Line> {
    let contents = &subject.0;
    let regimen = &contents.opened.regimen;
    let text = |text: String| Line::new(text, Role::Text).hang(2);
    let imported = words::imported(&contents.opened.folded).into_iter().map(|line| Line::new(line, Role::Note).hang(2));
    let ledger = contents.ledger.as_ref().map(|ledger| words::ledger(regimen, ledger)).unwrap_or_default();
    let mut lines: Vec<Line> = imported.chain(ledger.into_iter().map(text)).collect();
    lines.extend(words::limits(&contents.opened.limits()).into_iter().map(text));
    let home = crate::subjects::home(&contents.opened);
    if !home.is_empty() {
        lines.extend([Line::empty(), Line::new("Doses at home", Role::Title)]);
        lines.extend(home.into_iter().map(text));
    }
    if let Err(findings) = &contents.opened.plan {
        lines.extend(findings.iter().map(finding));
    }
    let given = words::given(regimen, &contents.opened.folded);
    if !given.is_empty() {
        lines.extend([Line::empty(), Line::new("Given", Role::Title)]);
        lines.extend(given.into_iter().map(text));
    }
    lines
}

/// Everything as text.
pub fn plain(model: &Model, view: &HistoryView) -> Vec<Line> {
    let Some(subject) = model.open_subject() else { return Vec::new() };
    let regimen = &subject.0.opened.regimen;
    let one = |(nth, item): (usize, &HistoryEntry)| {
        let mark = if nth == view.at { "> " } else { "  " };
        let line = Line::new(format!("{mark}{}", words::history(regimen, item)), Role::Text);
        // Both columns of a double check, as they stand on the screen.
        let under = words::provenance(regimen, item).into_iter().map(|line| Line::new(line, Role::Muted).indent(6));
        let told = nth == view.at && matches!(item.entry.event, Event::DoubleChecked(_));
        std::iter::once(line).chain(under.filter(move |_| told)).collect::<Vec<_>>()
    };
    let entries = subject.0.opened.folded.history.iter().enumerate().flat_map(one);
    entries.chain([Line::empty()]).chain(doses(subject)).collect()
}
