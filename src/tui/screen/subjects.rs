//! The record: who there is, and what waits.

use ratatui::layout::Rect;

use crate::calendar;
use crate::subjects::{Listed, WorklistItem};
use crate::tui::canvas::Canvas;
use crate::tui::model::{Model, SubjectsView};
use crate::tui::record::Register;
use crate::tui::rich::{Line, Role};

/// How far ahead what waits is looked for, in days.
pub const WITHIN: i32 = 7;

/// Draws it: subjects above, what waits below.
pub fn draw(model: &Model, view: &SubjectsView, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(register) = &model.record.register else {
        let inside = canvas.pane(area, "Subjects", true);
        canvas.lines(Rect { x: inside.x + 1, ..inside }, &[unread(model)], 0);
        return;
    };
    let wanted = u16::try_from(register.subjects.len().max(2) + 2).unwrap_or(u16::MAX);
    let top = Rect { height: wanted.min(area.height / 2).max(3).min(area.height), ..area };
    let bottom = Rect { y: area.y + top.height, height: area.height - top.height, ..area };
    people(register, view, canvas, top);
    if bottom.height >= 3 {
        let title = format!("Due within {WITHIN} days, overdue, out of window, held");
        let inside = canvas.pane(bottom, &title, false);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        // Each item takes a line or more: behind these nothing is seen.
        let seen = view.scroll.saturating_add(inside.height.into());
        let lines: Vec<Line> = warnings(model).chain(worklist_lines(register, seen)).collect();
        canvas.lines(inside, &lines, view.scroll);
    }
}

/// What its user should know about the record itself, above everything that waits.
fn warnings(model: &Model) -> impl Iterator<Item = Line> {
    model.record.told().into_iter().map(|text| Line::new(format!("▲\u{a0}{text}"), Role::Warn).hang(2))
}

fn unread(model: &Model) -> Line {
    match &model.record.trouble {
        Some(trouble) => Line::new(trouble.clone(), Role::Block),
        None => Line::new("Reading the record …", Role::Muted),
    }
}

fn people(register: &Register, view: &SubjectsView, canvas: &mut Canvas<'_>, area: Rect) {
    let title = match register.subjects.len() {
        1 => "1 subject".to_owned(),
        count => format!("{count} subjects"),
    };
    let inside = canvas.pane(area, &title, true);
    if register.subjects.is_empty() {
        let text = "Nobody is enrolled yet: Esc shows the regimens; enrol from a plan with j.";
        canvas.lines(Rect { x: inside.x + 1, ..inside }, &[Line::new(text, Role::Text)], 0);
    }
    canvas.rows_made(inside, register.subjects.len(), view.at, &|at| {
        let (mark, role) = if at == view.at { ("▶", Role::Focus) } else { ("\u{a0}", Role::Text) };
        let line = |one| Line::new(format!("{mark}{}", line(register, one, inside.width)), role).hang(12);
        register.subjects.get(at).map(line).into_iter().collect()
    });
}

/// Code, how it stands, what comes next, regimen; the regimen goes first where there is no room.
fn line(register: &Register, one: &Listed, columns: u16) -> String {
    let next = one.next.as_deref().unwrap_or("nothing planned");
    let way = one.way.map(|way| way.word()).filter(|word| *word != "planned");
    let status = || way.map_or_else(|| one.status.clone(), str::to_owned);
    let status = register.worst.get(&one.code).map_or_else(status, |word| format!("▲ {word}"));
    let text = format!("{:<10} {status:<20} next {next}", one.code);
    if columns >= 100 { format!("{text:<66} {} v{}", one.regimen, one.version) } else { text }
}

/// What waits, by date; at most so many.
pub fn worklist_lines(register: &Register, most: usize) -> Vec<Line> {
    if register.worklist.is_empty() {
        return vec![Line::new("Nothing waits.", Role::Muted)];
    }
    register.worklist.iter().take(most).map(item_line).collect()
}

fn item_line(one: &WorklistItem) -> Line {
    let role = match one.word() {
        "due" => Role::Text,
        "held" => Role::Note,
        _ => Role::Warn,
    };
    let date = calendar::with_weekday(one.date).replace(' ', "\u{a0}");
    let mut line = Line::new(format!("{date}\u{a0} "), Role::Text).and(format!("{}  ", one.subject), Role::Title);
    line = line.and(format!("{}  ", one.status_words().replace(' ', "\u{a0}")), role).and(one.what.clone(), Role::Text);
    if !one.dose.is_empty() {
        line = line.and(format!(", {}", one.dose.replace(' ', "\u{a0}")), Role::Dose);
        line = line.and(format!("  window {}", one.window_words()), Role::Muted);
    }
    if let Some(delay) = &one.delay {
        line = line.and(format!("  {}", delay.replace(' ', "\u{a0}")), Role::Muted);
    }
    if let Some(way) = &one.way {
        line = line.and(
            format!("  {}", way.word().replace(' ', "\u{a0}")),
            if way.is_barred() { Role::Block } else { Role::Text },
        );
        let missing: Vec<String> = way.missing().iter().map(|one| one.replace(' ', "\u{a0}")).collect();
        if !missing.is_empty() {
            line = line.and(format!("  missing: {}", missing.join(", ")), Role::Muted);
        }
    }
    if one.stale.is_some() {
        line = line.and(format!("  ▲ weight {}", one.weight_words()), Role::Warn);
    }
    line.hang(17)
}

/// Everything as text.
pub fn plain(model: &Model, view: &SubjectsView) -> Vec<Line> {
    let Some(register) = &model.record.register else { return vec![unread(model)] };
    let people = register.subjects.iter().enumerate().map(|(at, one)| {
        let mark = if at == view.at { "> " } else { "  " };
        Line::new(format!("{mark}{}", line(register, one, 100)), Role::Text)
    });
    people.chain([Line::empty()]).chain(warnings(model)).chain(worklist_lines(register, usize::MAX)).collect()
}
