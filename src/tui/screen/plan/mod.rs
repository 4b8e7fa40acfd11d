//! The plan: a calendar in three shapes, and beside it what is given on the day it stands on.

mod agenda;
mod body;
pub mod days;
pub mod detail;
mod filter;
mod matrix;
mod months;
mod moves;
mod strip;

pub use moves::{
    close_detail, copy, cycle, cycle_step, edit, filter, find, first, followed, go, keep, last, messages, month, next,
    not_filtering, pane, previous, read_back, shape, step, today, wheel, working,
};

use ratatui::layout::Rect;

use crate::calendar::{self, Date};
use crate::finding::Severity;
use crate::present::words;
use crate::regimen::CycleWord;
use crate::tui::canvas::Canvas;
use crate::tui::header::header_fits;
use crate::tui::model::{Message, Model, Pane, PlanView, Shape};
use crate::tui::rich::{Line, Role, Span, wrap};
use crate::tui::session::{Planned, Session};

/// Below this one pane at a time is shown.
const TWO_PANES: u16 = 60;

/// Below this the calendar needs every row.
const LEAST_BELOW: u16 = 10;

/// Columns of the day beside the months, in a wide window.
const BESIDE: u16 = 46;

/// Phase, cycle and day of a date.
fn cycle_words(session: &Session, planned: &Planned, date: Date) -> Option<String> {
    let cycle = planned.plan.cycles.iter().rev().find(|cycle| cycle.actual <= date && date <= cycle.last_day)?;
    let phase = session.regimen.phases.get(cycle.phase)?;
    let name = phase.name.as_ref().or(phase.id.as_ref());
    let name = name.map_or_else(String::new, |name| format!("{name} · "));
    let offset = calendar::days_between(cycle.actual, date);
    let day = offset + 1 - phase.cycle.days.offset(1);
    let count = match cycle.word {
        // Weeks are numbered as they pass, and not by how many there are.
        CycleWord::Week => String::new(),
        _ => format!(" of {}", words::many(phase.cycle.count)),
    };
    Some(format!("{name}{}{count} · day {day}", cycle.named()))
}

/// Draws the plan.
pub fn draw(model: &Model, view: &PlanView, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(session) = &model.session else { return };
    let Some(planned) = &session.planned else {
        let text = "There is no plan: something typed about the subject is missing or wrong. Press e to correct it.";
        canvas.lines(area, &[Line::new(text, Role::Block)], 0);
        return;
    };
    let area = draw_subject(model, session, canvas, area);
    let area = draw_strip(model, planned, view, canvas, area);
    let (left, right) = split(area, view);
    if let Some(left) = left {
        draw_calendar(model, planned, view, canvas, left);
    }
    if let Some(right) = right {
        let title = if view.working { "How it came about" } else { "This day" };
        let inside = canvas.pane(right, title, view.pane == Pane::Detail);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        canvas.lines(inside, &detail::lines(model, planned, view), view.scroll);
    }
}

/// The course of the treatment, where the calendar below keeps its room; gives the area left.
fn draw_strip(model: &Model, planned: &Planned, view: &PlanView, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    if area.height < LEAST_BELOW + strip::ROWS || area.width < TWO_PANES || planned.plan.cycles.len() < 2 {
        return area;
    }
    let (x, columns) = (area.x + 1, area.width - 2);
    let recorded = model.open_subject().is_some();
    let strip = strip::strip(planned, view.cursor, model.today, recorded, columns);
    for (nth, cell) in (0..).zip(&strip.cells) {
        let place = Rect { x: x + nth * strip.columns, y: area.y, width: strip.columns, height: strip::ROWS };
        let role = if cell.here { Role::Chosen } else { cell.role };
        let bar = if cell.window { "━┥" } else { "" };
        let line = "─".repeat(place.width.into());
        let pieces = [(cell.label.as_str(), role), (bar, Role::Window), (&line, Role::Border)];
        pieces
            .into_iter()
            .fold(0, |used, (text, role)| used + canvas.put(place.x + used, place.y, place.width - used, text, role));
        canvas.put(place.x, place.y + 1, place.width - 1, &cell.day(place.width), Role::Muted);
        canvas.hit(place, Message::Day(cell.on));
    }
    // Cycles that are not shown.
    for (more, at, sign) in [(strip.before, area.x, "◂"), (strip.after, area.right() - 1, "▸")] {
        if more {
            canvas.put(at, area.y, 1, sign, Role::Muted);
        }
    }
    Rect { y: area.y + strip::ROWS, height: area.height - strip::ROWS, ..area }
}

fn split(area: Rect, view: &PlanView) -> (Option<Rect>, Option<Rect>) {
    if area.width < TWO_PANES {
        return match view.pane {
            Pane::Calendar => (Some(area), None),
            Pane::Detail => (None, Some(area)),
        };
    }
    let left = match (view.shape, area.width) {
        (Shape::Months, columns) if columns < 100 => 44.min(area.width - 28),
        // Two months side by side, as soon as the day beside them keeps its room.
        (Shape::Months, columns) if columns >= 2 * months::NARROW + BESIDE => (columns - BESIDE).min(3 * months::WIDE),
        (Shape::Months, columns) => (columns - BESIDE).min(columns * 3 / 5).max(52),
        (_, columns) => columns * 11 / 20,
    };
    (Some(Rect { width: left, ..area }), Some(Rect { x: area.x + left, width: area.width - left, ..area }))
}

/// Columns of the text of the day, in so wide a window.
fn detail_columns(columns: u16, view: &PlanView) -> usize {
    let area = Rect { x: 0, y: 0, width: columns, height: 1 };
    let (_, right) = split(area, &PlanView { pane: Pane::Detail, ..view.clone() });
    usize::from(right.map_or(columns, |right| right.width).saturating_sub(4))
}

fn draw_calendar(model: &Model, planned: &Planned, view: &PlanView, canvas: &mut Canvas<'_>, area: Rect) {
    let focus = view.pane == Pane::Calendar;
    match view.shape {
        Shape::Months => months::draw(model, planned, view, canvas, area),
        Shape::Matrix => matrix::draw(model, planned, view, canvas, canvas_pane(canvas_title(view), focus, area)),
        Shape::Agenda => agenda::draw(model, planned, view, canvas, canvas_pane(canvas_title(view), focus, area)),
    }
}

/// A pane that is still to be drawn.
#[derive(Clone, Copy)]
pub(super) struct Framed {
    title: &'static str,
    focus: bool,
    area: Rect,
}

fn canvas_pane(title: &'static str, focus: bool, area: Rect) -> Framed {
    Framed { title, focus, area }
}

fn canvas_title(view: &PlanView) -> &'static str {
    match view.shape {
        Shape::Months => "Calendar",
        Shape::Matrix => "Doses by day",
        Shape::Agenda => "Day by day",
    }
}

/// The place in the plan and the subject, in one row or more; gives the area left.
fn draw_subject(model: &Model, session: &Session, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    let row = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let columns = usize::from(row.width);
    let lines = if header_fits(model, area.width) {
        let first = [here(model, session), subject(session, shown(model), true).spans].concat();
        let (first, status) = (Line { spans: first, ..Line::default() }, status(session, true));
        let together = [first.spans.clone(), vec![("   ".to_owned(), Role::Text)], status.spans.clone()].concat();
        let together = Line { spans: together, ..Line::default() };
        if wrap(&together, columns).len() == 1 { vec![together] } else { vec![first, status] }
    } else {
        vec![crowded(model, session)]
    };
    let used: usize = lines.iter().map(|line| wrap(line, columns).len()).sum();
    let used = u16::try_from(used).unwrap_or(u16::MAX).min(area.height / 4);
    canvas.lines(Rect { height: used, ..row }, &lines, 0);
    Rect { y: area.y + used, height: area.height - used, ..area }
}

/// Phase, cycle and day.
fn here(model: &Model, session: &Session) -> Vec<Span> {
    let place = session.planned.as_ref().zip(model.plan_view());
    let words = place.and_then(|(planned, view)| cycle_words(session, planned, view.cursor));
    words.map(|words| (format!("{words}   "), Role::Title)).into_iter().collect()
}

/// Everything behind one another in as few rows as there can be, no piece torn.
fn crowded(model: &Model, session: &Session) -> Line {
    let day = model.plan_view().map(|view| (calendar::with_weekday(view.cursor), Role::Text));
    // The start is day 1 of the calendar below; the body-mass index stands on the form.
    let known = subject(session, shown(model), false).spans.into_iter().chain(status(session, false).spans);
    let pieces = day.into_iter().chain(here(model, session)).chain(known);
    let mut line = Line::default();
    for (text, role) in pieces.filter(|(text, _)| !text.trim().is_empty()) {
        // A label stays with its figure.
        let gap = if line.spans.last().is_some_and(|(last, _)| last.ends_with('\u{a0}')) { "" } else { "  " };
        let gap = if line.spans.is_empty() { "" } else { gap };
        let label = if text.ends_with(' ') && role == Role::Muted { "\u{a0}" } else { "" };
        line.spans.push((gap.to_owned(), Role::Text));
        line.spans.push((format!("{}{label}", text.trim().replace(' ', "\u{a0}")), role));
    }
    line
}

/// The day the plan stands on.
fn shown(model: &Model) -> Option<Date> {
    model.plan_view().map(|view| view.cursor)
}

/// `170 cm   65 kg   BSA 1.75 m²   BMI 22.5 kg/m²   from C3: 58 kg`: what the doses of the day are made from, and what
/// changes after it; the body-mass index where all is told.
pub fn subject(session: &Session, day: Option<Date>, whole: bool) -> Line {
    let mut line = Line::default();
    let mut add = |label: &str, text: String| {
        let gap = if line.spans.is_empty() { "" } else { "   " };
        let space = if label.is_empty() { "" } else { " " };
        line.spans.push((format!("{gap}{label}{space}"), Role::Muted));
        line.spans.push((text, Role::Text));
    };
    if let Some(planned) = &session.planned {
        let body = body::in_force(session, planned, day.unwrap_or(planned.course.start));
        body.height.iter().for_each(|height| add("", height.to_string()));
        body.weight.iter().for_each(|weight| add("", weight.to_string()));
        body.bsa.iter().for_each(|bsa| add("BSA", bsa.to_string()));
        body.bmi.iter().filter(|_| whole).for_each(|bmi| add("BMI", bmi.to_string()));
        if let Some(later) = body.later {
            line.spans.push(("   ".to_owned(), Role::Muted));
            line.spans.push((later, Role::Changed));
        }
    }
    line
}

/// The start (where all is told), delays in use, counts of messages.
pub fn status(session: &Session, whole: bool) -> Line {
    let mut line = Line::default();
    if let Some(planned) = session.planned.as_ref().filter(|_| whole) {
        line = Line::new("start ", Role::Muted)
            .and(calendar::print(planned.course.start), Role::Text)
            .and("   ", Role::Text);
    }
    line.spans.extend(session.tried_delays().map(|text| (format!("{text} (u takes it back)   "), Role::Changed)));
    for severity in Severity::ALL {
        let count = session.findings.iter().filter(|one| one.severity == severity).count();
        if count > 0 {
            // What is only worth knowing is told quietly.
            let (text, role) = match (severity, count) {
                (Severity::Note, 1) => ("1 note   ".to_owned(), Role::Muted),
                (Severity::Note, count) => (format!("{count} notes   "), Role::Muted),
                _ => (format!("{} {count} {}   ", severity.symbol(), severity.word()), super::role_of(severity)),
            };
            line.spans.push((text, role));
        }
    }
    let unverified = session.regimen.unverified().len();
    if unverified > 0 {
        let figures = if unverified == 1 { "figure" } else { "figures" };
        line.spans.push((format!("{unverified} {figures} not verified"), Role::Muted));
    }
    line
}

/// The plan as text, for `--plain`.
pub fn plain(model: &Model, view: &PlanView) -> Vec<Line> {
    let Some((session, planned)) =
        model.session.as_ref().and_then(|session| Some((session, session.planned.as_ref()?)))
    else {
        return Vec::new();
    };
    let mut lines = vec![subject(session, Some(view.cursor), true), status(session, true), Line::empty()];
    lines.extend(agenda::lines(planned, &filter::Filter::default()).into_iter().map(|(_, line)| line));
    lines.push(Line::empty());
    lines.extend(detail::lines(model, planned, view));
    lines
}
