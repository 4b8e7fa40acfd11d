//! Cycles down, days across: where everything lies at a glance.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::layout::Rect;

use crate::calendar::{self, Date};
use crate::present::DoseState;
use crate::tui::canvas::Canvas;
use crate::tui::model::{Message, Model, PlanView};
use crate::tui::rich::{Line, Role};
use crate::tui::session::Planned;

use super::Framed;
use super::days::mark;
use super::filter::{self, Filter};

/// Columns of the cycle's name; of a cell with day and month, with the year, with the weekday too.
const NAME: u16 = 7;
const CELLS: [u16; 3] = [9, 14, 18];

/// One row a cycle: phase index, number; its days.
type Rows = BTreeMap<(usize, u32), BTreeMap<i32, Cell>>;

/// The date, whether it is certain, how each of its doses stands.
type Cell = (Date, bool, Vec<DoseState>);

fn rows(planned: &Planned, filter: &Filter) -> Rows {
    let mut rows = Rows::new();
    let doses = planned.plan.administrations.iter().zip(&planned.schedule.doses);
    for (one, dose) in doses.filter(|(_, dose)| filter.dose(dose)) {
        let row = rows.entry((one.phase, one.key.cycle)).or_default();
        row.entry(one.key.day).or_insert((one.date, one.certain, Vec::new())).2.push(dose.state());
    }
    let ends = planned.plan.ends.iter().zip(&planned.schedule.ends);
    for (end, _) in ends.filter(|(_, row)| filter.end(row)) {
        rows.entry((end.phase, end.key.cycle)).or_default().entry(end.day).or_insert((
            end.date,
            end.certain,
            Vec::new(),
        ));
    }
    rows
}

/// Draws it, with the day it stands on in view.
pub(super) fn draw(model: &Model, planned: &Planned, view: &PlanView, canvas: &mut Canvas<'_>, framed: Framed) {
    let inside = canvas.pane(framed.area, framed.title, framed.focus);
    let inside = filter::draw(view, canvas, inside);
    if inside.width < NAME + CELLS[0] || inside.height < 3 {
        return;
    }
    let rows = rows(planned, &Filter::of(view));
    let days: BTreeSet<i32> = rows.values().flat_map(|row| row.keys().copied()).collect();
    let days: Vec<i32> = days.into_iter().collect();
    let fits = |cell: &&u16| usize::from(**cell) * days.len() <= usize::from(inside.width - NAME);
    let wide = CELLS.iter().rev().find(fits).copied().unwrap_or(CELLS[0]);
    let room = usize::from((inside.width - NAME) / wide);
    let at = rows.values().find_map(|row| row.iter().find(|(_, (date, ..))| *date == view.cursor)).map(|(day, _)| *day);
    let column = at.and_then(|at| days.iter().position(|day| *day == at)).unwrap_or(0);
    let skip = (column + 1).saturating_sub(room);
    let shown: Vec<i32> = days.iter().copied().skip(skip).take(room).collect();
    for (x, day) in (inside.x + NAME..).step_by(wide.into()).zip(&shown) {
        canvas.put(x + 1, inside.y, wide - 1, &format!("D{day}"), Role::Muted);
    }
    let here = rows.values().position(|row| row.values().any(|(date, ..)| *date == view.cursor)).unwrap_or(0);
    let lines = usize::from(inside.height) - 2;
    let above = (here + 1).saturating_sub(lines);
    let many = model.session.as_ref().is_some_and(|session| session.regimen.phases.len() > 1);
    for (y, ((phase, number), row)) in (inside.y + 1..).zip(rows.iter().skip(above).take(lines)) {
        let name = if many { format!("{}·C{number}", phase + 1) } else { format!("C{number}") };
        canvas.put(inside.x + 1, y, NAME, &name, Role::Title);
        for (x, day) in (inside.x + NAME..).step_by(wide.into()).zip(&shown) {
            let Some(one) = row.get(day) else { continue };
            cell(model, view, canvas, Rect { x, y, width: wide, height: 1 }, one);
        }
    }
    let left_out = days.len() - shown.len();
    let more = if left_out > 0 { format!("   {left_out} more days across") } else { String::new() };
    let signs = super::days::SIGNS.map(|sign| format!("{sign}   ")).concat();
    let recorded = if model.open_subject().is_some() { signs.as_str() } else { "" };
    let legend = Line::new(format!("{recorded}? only if treatment goes on   ! closed{more}"), Role::Muted);
    canvas.lines(Rect { y: inside.bottom() - 1, height: 1, ..inside }, &[legend], 0);
}

fn cell(model: &Model, view: &PlanView, canvas: &mut Canvas<'_>, area: Rect, (date, certain, states): &Cell) {
    let (date, certain, mark) = (*date, *certain, mark(states));
    let closed = if model.site.closures.reason(date).is_some() { "!" } else { "" };
    let maybe = if certain { "" } else { "?" };
    let pointer = if date == view.cursor { "▶" } else { " " };
    let role = if date == view.cursor {
        Role::Chosen
    } else if date == model.today {
        Role::Today
    } else if certain {
        Role::Dose
    } else {
        Role::Text
    };
    let shown = match area.width {
        18.. => calendar::with_weekday(date),
        14.. => calendar::print(date),
        _ => calendar::print_short(date),
    };
    let text = format!("{pointer}{shown}{maybe}{mark}{closed}");
    canvas.put(area.x, area.y, area.width, &text, role);
    canvas.hit(area, Message::Day(date));
}
