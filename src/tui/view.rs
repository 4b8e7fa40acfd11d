//! The whole screen: header, the visible screen, a message, the keys that work now.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::canvas::{Canvas, Hits};
use super::command;
use super::header::{fits, header_spans};
use super::model::{Kind, Message, Model, Screen};
use super::rich::{Line, Role, Span, width, wrap};
use super::screen;
use super::theme::{Theme, ascii};

/// The smallest window in which anything is drawn.
pub const SMALLEST: (u16, u16) = (20, 5);

/// Draws a model; gives the places that answer a click.
pub fn view(model: &Model, frame: &mut Frame<'_>) -> Hits {
    let (hits, cursor) = draw(model, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    hits
}

/// Draws a model into cells.
pub fn draw(model: &Model, buffer: &mut Buffer) -> (Hits, Option<Position>) {
    let area = buffer.area;
    let mut canvas = Canvas { buffer, theme: model.settings.theme, hits: Hits::new(), cursor: None };
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let text = format!(
            "Posology needs {} × {}; this window has {} × {}.",
            SMALLEST.0, SMALLEST.1, area.width, area.height
        );
        canvas.lines(area, &[Line::new(text, Role::Text)], 0);
    } else {
        whole(model, &mut canvas, area);
    }
    let Canvas { hits, cursor, .. } = canvas;
    if model.settings.theme == Theme::HighContrast {
        ground(buffer);
    }
    if model.settings.ascii {
        plain_symbols(buffer);
    }
    (hits, cursor.filter(|at| area.contains(*at)))
}

fn whole(model: &Model, canvas: &mut Canvas<'_>, area: Rect) {
    let top = header(model, canvas, area);
    let foot = footer(model, canvas, area, area.height.saturating_sub(top));
    let height = area.height.saturating_sub(top + foot);
    let body = Rect { y: area.y + top, height, ..area };
    if body.height == 0 {
        return;
    }
    match model.stack.last() {
        Some(Screen::Safety(scroll)) => screen::safety::draw(canvas, body, *scroll),
        Some(Screen::Finder(finder)) => screen::finder::draw(model, finder, canvas, body),
        Some(Screen::Form) => screen::form::draw(model, canvas, body),
        Some(Screen::Plan(view)) => screen::plan::draw(model, view, canvas, body),
        Some(Screen::Menu(at)) => screen::record_menu::draw(model, *at, canvas, body),
        Some(Screen::Messages(scroll)) => screen::messages::draw(model, canvas, body, *scroll),
        Some(Screen::ReadBack(scroll)) => screen::read_back::draw(model, canvas, body, *scroll),
        Some(Screen::Compare(compare)) => screen::compare::draw(model, compare, canvas, body),
        Some(Screen::Advice(view)) => screen::advice::draw(model, view, canvas, body),
        Some(Screen::Delay(delay)) => screen::delay::draw(model, delay, canvas, body),
        Some(Screen::Export(export)) => screen::export_page::draw(model, export, canvas, body),
        Some(Screen::Charts(charts)) => screen::charts::draw(model, *charts, canvas, body),
        Some(Screen::Subjects(view)) => screen::subjects::draw(model, view, canvas, body),
        Some(Screen::History(view)) => screen::history::draw(model, view, canvas, body),
        Some(Screen::Act(view)) => screen::act::draw(model, view, canvas, body),
        Some(Screen::Calculators(view)) => screen::calculators::draw(view, canvas, body),
        Some(Screen::Tasks(filter)) => screen::tasks::draw(model, filter, canvas, body),
        Some(Screen::Task(view)) => screen::task::draw(view, canvas, body),
        Some(Screen::Output(view)) => screen::output::draw(view, canvas, body),
        Some(Screen::Locked(field)) => screen::locked::draw(field, canvas, body),
        Some(Screen::Help(filter)) => screen::list::draw_help(model, filter, canvas, body),
        Some(Screen::Palette(filter)) => screen::list::draw_palette(model, filter, canvas, body),
        None => {}
    }
}

/// One row, or more where it does not fit; gives the rows used.
fn header(model: &Model, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
    let (left, right) = header_spans(model);
    let long = |spans: &[Span]| spans.iter().map(|(text, _)| width(text)).sum::<usize>();
    if fits(&left, &right, area.width) {
        canvas.spans(area.x + 1, area.y, area.width - 2, &left);
        let columns = u16::try_from(long(&right)).unwrap_or(0);
        canvas.spans(area.right().saturating_sub(columns + 1), area.y, columns, &right);
        return 1;
    }
    // On the plan the day stands in the row below, with the cycle.
    let right = if model.kind() == Kind::Plan { Vec::new() } else { right };
    let mut lines = vec![Line { spans: left, ..Line::default() }, Line { spans: right, ..Line::default() }];
    lines.retain(|line| !line.spans.is_empty());
    let rows: Vec<Vec<Span>> = lines.iter().flat_map(|line| wrap(line, usize::from(area.width) - 2)).collect();
    let most = usize::from(area.height / 4).max(1);
    for (y, row) in (area.y..).zip(rows.iter().take(most)) {
        canvas.spans(area.x + 1, y, area.width - 2, row);
    }
    u16::try_from(rows.len().min(most)).unwrap_or(1)
}

/// The message, if there is one, and the keys that work now; gives the rows used.
fn footer(model: &Model, canvas: &mut Canvas<'_>, area: Rect, room: u16) -> u16 {
    let columns = usize::from(area.width) - 2;
    let keys = keys(model, columns, if area.height >= 12 { 2 } else { 1 });
    let notice = model.notice.as_ref().map(|notice| {
        let text = format!("{} {}  {}", notice.severity.symbol(), notice.severity.word(), notice.text);
        wrap(&Line::new(text, screen::role_of(notice.severity)), columns)
    });
    let notice = notice.unwrap_or_default();
    let most = usize::from(room.saturating_sub(1));
    let said = notice.len().min(most.saturating_sub(1).max(1)).min(most);
    let listed = keys.len().min(most - said);
    let used = u16::try_from(said + listed).unwrap_or(0);
    let mut y = area.bottom() - used;
    for row in notice.iter().take(said) {
        canvas.spans(area.x + 1, y, area.width - 2, row);
        y += 1;
    }
    for row in keys.iter().take(listed) {
        let mut x = area.x + 1;
        for (label, word, id) in row {
            let start = x;
            x += canvas.put(x, y, area.right().saturating_sub(x), label, Role::Key);
            x += canvas.put(x, y, area.right().saturating_sub(x), &format!(" {word}  "), Role::Muted);
            canvas.hit(Rect { x: start, y, width: x - start, height: 1 }, Message::Command(id));
        }
        y += 1;
    }
    used
}

type Hint = (String, &'static str, &'static str);

/// Hints in as many rows as are allowed; those for every screen are kept, others left out at the end.
fn keys(model: &Model, columns: usize, rows: usize) -> Vec<Vec<Hint>> {
    let hints = command::hints(model);
    let size = |label: &str, word: &str| width(label) + width(word) + 3;
    let (common, own): (Vec<_>, Vec<_>) = hints.into_iter().partition(|(command, _)| command.on.is_empty());
    let kept: usize = common.iter().map(|(command, label)| size(label, command.short)).sum();
    let mut lines: Vec<Vec<Hint>> = vec![Vec::new()];
    let mut used = 0;
    let mut place = |command: &'static command::Command, label: String, keep: usize| {
        let length = size(&label, command.short);
        let last = lines.len() == rows;
        if used + length + if last { keep } else { 0 } > columns + 2 {
            if last {
                return;
            }
            lines.push(Vec::new());
            used = 0;
        }
        used += length;
        if let Some(line) = lines.last_mut() {
            line.push((label, command.short, command.id));
        }
    };
    for (command, label) in own {
        place(command, label, kept);
    }
    for (command, label) in common {
        place(command, label, 0);
    }
    lines
}

/// White on black, whatever the terminal's own colours are.
fn ground(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        cell.set_bg(ratatui::style::Color::Black);
    }
}

/// Puts ASCII in the place of everything else.
fn plain_symbols(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if !cell.symbol().is_ascii() {
            let plain = ascii(cell.symbol());
            cell.set_symbol(plain);
        }
    }
}
