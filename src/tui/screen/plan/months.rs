//! Months as a grid: cycle and day in the cell, windows, today, closures; several months where there
//! is room.

use crate::regimen::CycleWord;
use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::calendar::{Date, plus_days};
use crate::tui::canvas::Canvas;
use crate::tui::model::{Message, Model, Pane, PlanView};
use crate::tui::rich::{Line, Role, Span, width, wrap};
use crate::tui::session::Planned;

use super::days::{self, Day};

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// Rows of one month with its frame: title and foot, weekdays, six weeks of two rows.
const TALL: u16 = 15;
/// The same with one row a week.
const FLAT: u16 = 9;
/// The narrowest month of which several stand side by side.
pub(super) const NARROW: u16 = 44;
/// A month as wide as it is still read at a glance.
pub(super) const WIDE: u16 = 58;

/// As many months as there is room for, the first with the day it stands on.
pub(super) fn draw(model: &Model, planned: &Planned, view: &PlanView, canvas: &mut Canvas<'_>, area: Rect) {
    let legend = legend(area, model.open_subject().is_some(), !planned.plan.ends.is_empty());
    let below = u16::try_from(legend.len()).unwrap_or(0);
    let grid = Rect { height: area.height - below, ..area };
    let across = (grid.width / NARROW).max(1);
    let down = (grid.height / TALL).max(1);
    let (columns, rows) = (grid.width / across, TALL.min(grid.height / down));
    let days = days::days(planned);
    let mut first = start(view.cursor, planned, across * down);
    for nth in 0..across * down {
        let place = Rect {
            x: grid.x + (nth % across) * columns,
            y: grid.y + (nth / across) * rows,
            width: columns,
            height: rows,
        };
        let shown = Month { model, view, days: &days, first };
        shown.draw(canvas, place, nth == 0);
        let Some(next) = month_after(first) else { break };
        first = next;
    }
    let y = (grid.y + rows * down).min(area.bottom().saturating_sub(below));
    for (y, row) in (y..).zip(&legend) {
        canvas.spans(area.x + 1, y, area.width.saturating_sub(1), row);
    }
}

/// What the signs mean, in as many rows as the month leaves.
fn legend(area: Rect, recorded: bool, ends: bool) -> Vec<Vec<Span>> {
    let signs = super::days::SIGNS.map(|sign| format!("{}  ", sign.replace(' ', "\u{a0}"))).concat();
    // The overdue stands on the strip above; where nothing is recorded, nothing is.
    let recorded = if recorded { format!("▲\u{a0}overdue  {signs}") } else { String::new() };
    let ends = if ends { "end\u{a0}of\u{a0}an\u{a0}infusion  " } else { "" };
    let words = format!(
        "•\u{a0}one a drug  ━┥\u{a0}window  ?\u{a0}if\u{a0}treatment\u{a0}goes\u{a0}on  *\u{a0}today  ~\u{a0}home  {ends}{recorded}+\u{a0}test  !\u{a0}closed"
    );
    let mut rows = wrap(&Line::new(words, Role::Muted), usize::from(area.width.saturating_sub(1)));
    // A month with two rows a week is worth more than the last of the signs.
    let month = if area.height >= TALL { TALL } else { FLAT };
    rows.truncate(usize::from(area.height.saturating_sub(month)));
    rows
}

/// The first month shown: that of the day, so that the months do not jump while the day moves inside them.
fn start(cursor: Date, planned: &Planned, shown: u16) -> Date {
    let month = |date: Date| date.first_of_month();
    let begin = planned.plan.cycles.first().map_or(cursor, |cycle| cycle.actual);
    let (mut first, cursor) = (month(begin), month(cursor));
    if cursor < first {
        return cursor;
    }
    loop {
        let mut last = first;
        for _ in 1..shown {
            last = month_after(last).unwrap_or(last);
        }
        if cursor <= last {
            return first;
        }
        match month_after(last) {
            Some(next) => first = next,
            None => return cursor,
        }
    }
}

fn month_after(first: Date) -> Option<Date> {
    plus_days(first.last_of_month(), 1)
}

struct Month<'a> {
    model: &'a Model,
    view: &'a PlanView,
    days: &'a BTreeMap<Date, Day>,
    first: Date,
}

impl Month<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect, focus: bool) {
        let name = usize::try_from(self.first.month() - 1).ok().and_then(|at| NAMES.get(at)).unwrap_or(&"");
        let title = format!("{name} {}", self.first.year());
        let inside = canvas.pane(area, &title, focus && self.view.pane == Pane::Calendar);
        if inside.width < 21 || inside.height < 2 {
            return;
        }
        let cell = (inside.width / 7).min(12);
        let tall = if inside.height >= TALL - 2 { 2 } else { 1 };
        self.weekdays(canvas, inside, cell);
        let mut date = Some(self.first);
        let offset = self.column(self.first);
        for nth in 0..i16::from(self.first.days_in_month()) {
            let Some(day) = date else { break };
            let place = u16::try_from(nth).unwrap_or(0) + offset;
            let (x, y) = (inside.x + (place % 7) * cell, inside.y + 1 + (place / 7) * tall);
            if y < inside.bottom() {
                let height = tall.min(inside.bottom() - y);
                self.day(canvas, Rect { x, y, width: cell, height }, day);
            }
            date = plus_days(day, 1);
        }
    }

    fn column(&self, date: Date) -> u16 {
        let monday = date.weekday().to_monday_zero_offset();
        let shift = i8::from(self.model.settings.sunday);
        u16::try_from((monday + shift) % 7).unwrap_or(0)
    }

    fn weekdays(&self, canvas: &mut Canvas<'_>, inside: Rect, cell: u16) {
        let shift = if self.model.settings.sunday { 6 } else { 0 };
        for nth in 0..7_u16 {
            let name = DAYS.get((usize::from(nth) + shift) % 7).unwrap_or(&"");
            canvas.put(inside.x + nth * cell + 1, inside.y, 2, name, Role::Muted);
        }
    }

    fn day(&self, canvas: &mut Canvas<'_>, cell: Rect, date: Date) {
        let here = date == self.view.cursor;
        let empty = Day::default();
        let day = self.days.get(&date).unwrap_or(&empty);
        let closed = self.model.site.closures.reason(date).is_some();
        let pointer = if here { "▶" } else { " " };
        let today = if date == self.model.today { "*" } else { "" };
        let home = if day.home { "~" } else { "" };
        let role = match (here, date == self.model.today, closed && !day.busy()) {
            (true, ..) => Role::Chosen,
            (_, true, _) => Role::Today,
            (_, _, true) => Role::Closed,
            _ => Role::Text,
        };
        if cell.height >= 2 {
            let room = usize::from(cell.width).saturating_sub(3 + home.len() + today.len());
            let dots = dots(day.doses.len(), room);
            let used = canvas.put(cell.x, cell.y, cell.width, &format!("{pointer}{:>2}", date.day()), role);
            let marks = [(dots.as_str(), Role::Dose), (home, Role::Home), (today, Role::Today)];
            marks.into_iter().fold(used, |used, (mark, role)| {
                used + canvas.put(cell.x + used, cell.y, cell.width.saturating_sub(used), mark, role)
            });
            self.second_row(canvas, Rect { y: cell.y + 1, ..cell }, date, day);
        } else {
            let (code, kind) = code(day, self.model.cycle_word(), usize::from(cell.width) - 1);
            let role = if code.is_empty() || here { role } else { kind };
            let text = format!("{pointer}{:>2}{}{}", date.day(), sign(day, date == self.model.today), day.maybe());
            canvas.put(cell.x, cell.y, cell.width, &text, role);
        }
        canvas.hit(cell, Message::Day(date));
    }

    /// What the day is called, and the bar of the window that goes on through it.
    fn second_row(&self, canvas: &mut Canvas<'_>, cell: Rect, date: Date, day: &Day) {
        let (code, kind) = code(day, self.model.cycle_word(), usize::from(cell.width) - 1);
        // A window that begins before its dose goes on to it.
        let in_window = |next: &Day| next.window || (day.window && !next.doses.is_empty());
        let begins = day.window || !day.doses.is_empty();
        let goes_on = begins && plus_days(date, 1).and_then(|next| self.days.get(&next)).is_some_and(in_window);
        let from = canvas.put(cell.x + 1, cell.y, cell.width.saturating_sub(1), &code, kind) + 1;
        let space = usize::from(cell.width.saturating_sub(from));
        let bar = match (day.window, goes_on) {
            (_, true) if code.is_empty() => "━".repeat(space + 1),
            (_, true) => "━".repeat(space),
            (true, false) if code.is_empty() => format!("{}┥", "━".repeat(space / 2)),
            _ => return,
        };
        let x = cell.x + if code.is_empty() { 0 } else { from };
        canvas.put(x, cell.y, cell.width.saturating_sub(x - cell.x), &bar, Role::Window);
    }
}

/// A dot for each drug; `…` behind them where there are more than there is room for.
fn dots(doses: usize, columns: usize) -> String {
    if doses <= columns { "•".repeat(doses) } else { format!("{}…", "•".repeat(columns.saturating_sub(1))) }
}

/// One sign for a day where there is no row for its code.
fn sign(day: &Day, today: bool) -> &'static str {
    let signs = [
        (day.busy() && day.closed.is_some(), "!"),
        (!day.mark.is_empty(), day.mark),
        (!day.doses.is_empty(), "•"),
        (day.busy(), "+"),
        (today, "*"),
        (day.window, "━"),
        (day.home, "~"),
    ];
    signs.iter().find(|(is, _)| *is).map_or("", |(_, sign)| sign)
}

/// `C2D1` with what else there is, in so many columns.
fn code(day: &Day, word: CycleWord, columns: usize) -> (String, Role) {
    let closed = if day.closed.is_some() { "!" } else { "" };
    let more = if day.tests.is_empty() { "" } else { "+" };
    if !day.doses.is_empty()
        && let Some((cycle, number)) = day.code
    {
        let (mark, maybe) = (day.mark, day.maybe());
        let full = format!("{}{maybe}{mark}{more}{closed}", word.on_day(cycle, number));
        let text = if width(&full) <= columns { full } else { format!("D{number}{maybe}{mark}{more}{closed}") };
        return (text, Role::Dose);
    }
    if !day.ends.is_empty() {
        return (format!("end{}{more}{closed}", day.maybe()), Role::Test);
    }
    if !day.tests.is_empty() {
        return (format!("test{closed}"), Role::Test);
    }
    (String::new(), Role::Text)
}
