//! Moving about in a plan.

use crate::calendar::{Date, days_between, plus_days};
use crate::plan::Plan;
use crate::tui::field::TextField;
use crate::tui::key::{Chord, Key, Motion};
use crate::tui::model::{Effect, Model, Pane, PlanView, Screen, Scroll, Shape};
use crate::tui::rich::wrap;
use crate::tui::screen::{finder, moved, stepped};
use crate::tui::session::Planned;

use super::filter::Filter;
use super::{days, detail};

fn view(model: &mut Model) -> Option<&mut PlanView> {
    match model.stack.last_mut() {
        Some(Screen::Plan(view)) => Some(view),
        _ => None,
    }
}

/// Stands on another day.
pub fn go(model: &mut Model, date: Date) -> Vec<Effect> {
    if let Some(view) = view(model)
        && (1900..=2200).contains(&date.year())
    {
        view.cursor = date;
        view.scroll = 0;
    }
    Vec::new()
}

/// Where the visit that a day has went in another plan; the day itself where it has none, or none any more.
pub fn followed(old: &Plan, new: &Plan, day: Date) -> Date {
    let mut here = old.administrations.iter().filter(|one| one.date == day);
    let moved = here.find_map(|one| new.administrations.iter().find(|other| other.key == one.key));
    moved.map_or(day, |one| one.date)
}

fn jump(model: &mut Model, to: impl Fn(&Planned, Date) -> Option<Date>) -> Vec<Effect> {
    let cursor = model.plan_view().map(|view| view.cursor);
    let date = cursor.and_then(|cursor| to(model.planned()?, cursor));
    date.map_or_else(Vec::new, |date| go(model, date))
}

/// Arrows: a day, a week; in the matrix a visit, a cycle; in the list a visit; in the detail pane a row.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let Some(now) = view(model).cloned() else { return Vec::new() };
    let today = model.today;
    let motion = chord.motion().unwrap_or(Motion::Right);
    let (back, along) = (motion.is_back(), matches!(motion, Motion::Left | Motion::Right));
    match (now.pane, now.shape) {
        (Pane::Detail, _) => read_on(model, chord),
        (_, Shape::Months) => {
            let days = if along { 1 } else { 7 };
            jump(model, |_, cursor| plus_days(cursor, if back { -days } else { days }))
        }
        (_, Shape::Matrix) if !along => jump(model, |planned, cursor| same_day(planned, today, cursor, back)),
        _ if back => previous(model, chord),
        _ => next(model, chord),
    }
}

/// The same day of the cycle before or after.
fn same_day(planned: &Planned, today: Date, cursor: Date, back: bool) -> Option<Date> {
    let cycles = &planned.plan.cycles;
    let here = cycles.iter().rposition(|cycle| cycle.actual <= cursor).unwrap_or(0);
    let offset = days_between(cycles.get(here)?.actual, cursor);
    let there = cycles.get(if back { here.checked_sub(1)? } else { here + 1 })?;
    let wanted = plus_days(there.actual, offset)?;
    let busy = days::busy(planned, today).into_iter().filter(|date| there.actual <= *date && *date <= there.last_day);
    busy.min_by_key(|date| days_between(*date, wanted).abs())
}

/// Rows of the pane of the day, in so wide a window.
fn detail_rows(model: &Model) -> usize {
    let (Some(planned), Some(view)) = (model.planned(), model.plan_view()) else { return 0 };
    let columns = super::detail_columns(model.size.0, view);
    detail::lines(model, planned, view).iter().map(|line| wrap(line, columns).len()).sum()
}

/// Another row of the pane of the day.
fn read_on(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let (rows, page) = (detail_rows(model), usize::from(model.size.1 / 2));
    if let Some(view) = view(model) {
        view.scroll = stepped(view.scroll, chord, page, rows);
    }
    Vec::new()
}

fn reads(model: &Model) -> bool {
    model.plan_view().is_some_and(|view| view.pane == Pane::Detail)
}

/// The wheel scrolls the detail pane.
pub fn wheel(model: &mut Model, by: isize) {
    let rows = detail_rows(model);
    if let Some(view) = view(model) {
        view.scroll = moved(view.scroll, by, rows);
    }
}

/// Days with something to do that the filter leaves.
fn wanted(planned: &Planned, today: Date, filter: &Filter) -> Vec<Date> {
    let busy = days::busy(planned, today);
    if filter.is_empty() {
        return busy;
    }
    let left = filter.days(planned);
    busy.into_iter().filter(|date| left.get(date).is_some_and(days::Day::busy)).collect()
}

/// The next day with something to do.
pub fn next(model: &mut Model, _: Chord) -> Vec<Effect> {
    let (today, filter) = (model.today, Filter::of_plan(model));
    jump(model, |planned, cursor| wanted(planned, today, &filter).into_iter().find(|date| *date > cursor))
}

/// The day before with something to do.
pub fn previous(model: &mut Model, _: Chord) -> Vec<Effect> {
    let (today, filter) = (model.today, Filter::of_plan(model));
    jump(model, |planned, cursor| wanted(planned, today, &filter).into_iter().rev().find(|date| *date < cursor))
}

/// The first day.
pub fn first(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if reads(model) {
        return read_on(model, chord);
    }
    let (today, filter) = (model.today, Filter::of_plan(model));
    jump(model, |planned, _| wanted(planned, today, &filter).first().copied())
}

/// The last day.
pub fn last(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if reads(model) {
        return read_on(model, chord);
    }
    let (today, filter) = (model.today, Filter::of_plan(model));
    jump(model, |planned, _| wanted(planned, today, &filter).last().copied())
}

/// Today.
pub fn today(model: &mut Model, _: Chord) -> Vec<Effect> {
    let today = model.today;
    go(model, today)
}

/// A month on or back.
pub fn month(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if reads(model) {
        return read_on(model, chord);
    }
    let by = if chord.key == Key::PageUp { -1 } else { 1 };
    jump(model, |_, cursor| cursor.checked_add(jiff::Span::new().try_months(by).ok()?).ok())
}

/// Day 1 of the cycle before or after.
pub fn cycle_step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let back = chord == Chord::char('[');
    jump(model, |planned, cursor| {
        let mut dates = planned.plan.cycles.iter().map(|cycle| cycle.actual);
        if back { dates.rfind(|date| *date < cursor) } else { dates.find(|date| *date > cursor) }
    })
}

/// Day 1 of cycle 1 to 9.
pub fn cycle(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let Key::Char(digit) = chord.key else { return Vec::new() };
    let number = digit.to_digit(10);
    jump(model, |planned, _| planned.plan.cycles.iter().find(|cycle| Some(cycle.number) == number).map(|c| c.actual))
}

/// Types the words by which the list and the matrix are filtered. Months show everything: they become the list.
pub fn filter(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        if view.shape == Shape::Months {
            view.shape = Shape::Agenda;
        }
        view.pane = Pane::Calendar;
        view.filtering = true;
    }
    Vec::new()
}

/// Why there is no filter to keep.
pub fn not_filtering(model: &Model) -> Option<&'static str> {
    let typed = model.plan_view().is_some_and(|view| view.filtering);
    (!typed).then_some("no filter is being typed; / begins one")
}

/// The filter as it is typed stays, and the arrows move in what it leaves.
pub fn keep(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.filtering = false;
    }
    let filter = Filter::of_plan(model);
    let here = model
        .planned()
        .zip(model.plan_view())
        .is_some_and(|(planned, view)| filter.days(planned).get(&view.cursor).is_some_and(days::Day::busy));
    if here { Vec::new() } else { next(model, Chord::plain(Key::Down)) }
}

/// Months, matrix, list.
pub fn shape(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.shape = match view.shape {
            Shape::Months => Shape::Matrix,
            Shape::Matrix => Shape::Agenda,
            Shape::Agenda => Shape::Months,
        };
        view.pane = Pane::Calendar;
    }
    Vec::new()
}

/// Opens or closes the working; in a narrow window it shows the pane it stands in.
pub fn working(model: &mut Model, _: Chord) -> Vec<Effect> {
    let narrow = model.size.0 < super::TWO_PANES;
    if let Some(view) = view(model) {
        let hidden = narrow && view.pane == Pane::Calendar;
        view.working = !view.working || hidden;
        view.scroll = 0;
        if hidden {
            view.pane = Pane::Detail;
        }
    }
    Vec::new()
}

/// Takes the filter away, if there is one; then closes the working, if it is open; a narrow window shows the calendar
/// again.
pub fn close_detail(model: &mut Model) -> bool {
    let narrow = model.size.0 < super::TWO_PANES;
    let Some(view) = view(model) else { return false };
    if view.filtering || !view.filter.text.is_empty() {
        (view.filtering, view.filter) = (false, TextField::default());
        return true;
    }
    if !view.working {
        return false;
    }
    view.working = false;
    view.scroll = 0;
    if narrow {
        view.pane = Pane::Calendar;
    }
    true
}

/// The other pane.
pub fn pane(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.pane = view.pane.other();
    }
    Vec::new()
}

/// Back to the form.
pub fn edit(model: &mut Model, _: Chord) -> Vec<Effect> {
    // The plan stays below: one step back shows it, as the form says now.
    model.stack.push(Screen::Form);
    Vec::new()
}

/// Back to the finder, to look for something else.
pub fn find(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.truncate(1);
    if let Some(Screen::Finder(finder)) = model.stack.last_mut() {
        finder.query = TextField::default();
    }
    finder::search(model);
    Vec::new()
}

/// Everything worth knowing.
pub fn messages(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.push(Screen::Messages(Scroll::default()));
    Vec::new()
}

/// The regimen in sentences, above the form or the plan.
pub fn read_back(model: &mut Model, _: Chord) -> Vec<Effect> {
    model.stack.push(Screen::ReadBack(Scroll::default()));
    Vec::new()
}

/// The day as text, to the clipboard.
pub fn copy(model: &mut Model, _: Chord) -> Vec<Effect> {
    let (Some(planned), Some(view), Some(session)) = (model.planned(), model.plan_view(), &model.session) else {
        return Vec::new();
    };
    let head = format!(
        "{} v{} {}",
        session.regimen.name,
        session.regimen.version,
        session.regimen.status.word().to_uppercase()
    );
    let mut lines = vec![head, super::subject(session, super::shown(model), true).plain()];
    lines.extend(detail::lines(model, planned, view).iter().map(crate::tui::rich::Line::plain));
    lines.push(crate::present::NOT_AN_ORDER.to_owned());
    model.notify(crate::finding::Severity::Note, "Copied this day to the clipboard.");
    vec![Effect::Copy(lines.join("\n"))]
}
