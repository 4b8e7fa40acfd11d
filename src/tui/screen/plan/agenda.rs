//! Day by day, as a list.

use ratatui::layout::Rect;

use crate::calendar::{self, Date};
use crate::present::DoseState;
use crate::tui::canvas::Canvas;
use crate::tui::model::{Message, Model, PlanView};
use crate::tui::rich::{Line, Role, wrap};
use crate::tui::session::Planned;

use super::Framed;
use super::days::Day;
use super::filter::{self, Filter};

/// One line a day with something to do.
pub fn lines(planned: &Planned, filter: &Filter) -> Vec<(Date, Line)> {
    let days = filter.days(planned);
    days.iter().filter(|(_, day)| day.busy()).map(|(date, day)| (*date, line(planned, *date, day))).collect()
}

fn line(planned: &Planned, date: Date, day: &Day) -> Line {
    let mut line = Line::new(calendar::with_weekday(date), Role::Title).hang(4);
    if let Some((cycle, number)) = day.code {
        let code = planned.schedule.regimen.cycle_word.on_day(cycle, number);
        line = line.and(format!("  {code}{}", day.maybe()), Role::Text);
    }
    if let Some(why) = &day.closed {
        line = line.and(format!("  ! closed ({why})"), Role::Note);
    }
    for row in day.doses.iter().filter_map(|row| planned.schedule.doses.get(*row)) {
        line = line
            .and(format!("  {} ", row.shown_apart()), Role::Drug)
            .and(row.portion().to_string().replace(' ', "\u{a0}"), Role::Dose);
        if row.state() != DoseState::Projected {
            line = line.and(format!("\u{a0}{}", row.state().word()), Role::Title);
        }
        if let Some(run) = row.run() {
            line = line.and(format!(" ({})", run.words()), Role::Home);
        }
    }
    for row in day.ends.iter().filter_map(|row| planned.schedule.ends.get(*row)) {
        line = line.and(format!("  {}: {}", row.shown, row.visit), Role::Test);
    }
    for row in day.tests.iter().filter_map(|row| planned.schedule.assessments.get(*row)) {
        line = line.and(format!("  + {}", row.name), Role::Test);
    }
    line
}

/// Draws it, with the day it stands on in view.
pub(super) fn draw(model: &Model, planned: &Planned, view: &PlanView, canvas: &mut Canvas<'_>, framed: Framed) {
    let inside = canvas.pane(framed.area, framed.title, framed.focus);
    let inside = filter::draw(view, canvas, inside);
    if inside.height == 0 || inside.width < 4 {
        return;
    }
    let text = Rect { x: inside.x + 2, width: inside.width.saturating_sub(3), ..inside };
    let lines = lines(planned, &Filter::of(view));
    let here = lines.iter().rposition(|(date, _)| *date <= view.cursor).unwrap_or(0);
    let tall = |line: &Line| wrap(line, text.width.into()).len();
    let mut first = 0;
    while first < here
        && lines.iter().take(here + 1).skip(first).map(|(_, line)| tall(line)).sum::<usize>() > usize::from(text.height)
    {
        first += 1;
    }
    let mut y = text.y;
    for (nth, (date, line)) in lines.iter().enumerate().skip(first) {
        if y >= text.bottom() {
            break;
        }
        let rows = u16::try_from(tall(line)).unwrap_or(1).min(text.bottom() - y);
        let place = Rect { y, height: rows, ..text };
        for (y, row) in (y..).zip(wrap(line, text.width.into()).iter().take(rows.into())) {
            canvas.spans(text.x, y, text.width, row);
        }
        if nth == here {
            canvas.put(inside.x, y, 1, "▶", Role::Chosen);
        }
        if *date == model.today {
            canvas.put(inside.x + 1, y, 1, "*", Role::Today);
        }
        canvas.hit(place, Message::Day(*date));
        y += rows;
    }
}
