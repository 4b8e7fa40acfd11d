//! One screen a file: what it draws, what it says in plain text, what its commands do.

pub mod act;
pub mod advice;
pub mod calculators;
pub mod charts;
pub mod compare;
pub mod delay;
pub mod export;
pub mod export_page;
mod fields;
pub mod finder;
pub mod form;
mod form_fields;
pub mod history;
pub mod list;
pub mod locked;
pub mod messages;
pub mod output;
pub mod plan;
pub mod read_back;
pub mod record_menu;
pub mod safety;
pub mod subjects;
pub mod task;
pub mod tasks;
pub mod weights;

use crate::finding::{Finding, Lift, Severity};

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::key::{Chord, Motion};
use super::model::Filter;
use super::rich::{Line, Role};

/// How a severity is shown, beside its word and symbol.
pub fn role_of(severity: Severity) -> Role {
    match severity {
        Severity::Block | Severity::Confirm => Role::Block,
        Severity::Warn => Role::Warn,
        Severity::Note => Role::Note,
    }
}

/// A finding as a line: symbol, word, text, help.
pub fn finding(finding: &Finding) -> Line {
    finding_with(finding, &[])
}

/// The same on a screen that has fields for what is wanted: they are named by their labels.
pub fn finding_with(finding: &Finding, labels: &[&str]) -> Line {
    let head = format!("{} {} ", finding.severity.symbol(), finding.severity.word());
    let mut line = Line::new(head, role_of(finding.severity)).and(finding.text.clone(), Role::Text).hang(2);
    if let Some(help) = finding.wanted() {
        let fields = match labels {
            [] => String::new(),
            [label] => format!(" (field {label})"),
            labels => format!(" (fields {})", labels.join(", ")),
        };
        let act = match finding.lift().filter(|_| finding.severity == Severity::Confirm) {
            Some(Lift::Again(_)) => "; if it is right, type it again in the field below, with the reason",
            Some(Lift::Unit(_)) => "; one key takes the first or the second, as the foot of the screen says",
            Some(Lift::Second(_)) => "; if it is right, a second person confirms it in the fields below",
            _ => "",
        };
        line = line.and(format!("  → {help}{fields}{act}"), Role::Muted);
    }
    line
}

/// A new place in a list of a length after a key that moves: by one, by a page, to either end.
pub fn stepped(at: usize, chord: Chord, page: usize, length: usize) -> usize {
    let page = isize::try_from(page.max(1)).unwrap_or(10);
    match chord.motion() {
        Some(Motion::Up | Motion::Left) => moved(at, -1, length),
        Some(Motion::PageUp) => moved(at, -page, length),
        Some(Motion::PageDown) => moved(at, page, length),
        Some(Motion::First) => 0,
        Some(Motion::Last) => length.saturating_sub(1),
        // A key that the settings gave to the command goes on.
        Some(Motion::Down | Motion::Right) | None => moved(at, 1, length),
    }
}

/// The line in which a list is filtered, with what may be typed while it is empty.
fn query(filter: &Filter, canvas: &mut Canvas<'_>, inside: Rect, hint: &str) {
    canvas.put(inside.x + 1, inside.y, inside.width, "Find ", Role::Title);
    canvas.field(inside.x + 6, inside.y, inside.width.saturating_sub(7), &filter.query, true);
    if filter.query.text.is_empty() {
        canvas.put(inside.x + 8, inside.y, inside.width.saturating_sub(9), hint, Role::Muted);
    }
}

/// A new place in a list of a length.
pub fn moved(at: usize, by: isize, length: usize) -> usize {
    at.saturating_add_signed(by).min(length.saturating_sub(1))
}
