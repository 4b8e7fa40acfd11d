//! The calculators: what is typed left, every result right, the working of the chosen one below.

use ratatui::layout::Rect;

use crate::finding::{Finding, Severity};
use crate::subject::{Fact, Value};
use crate::tui::calculators::{CalculatorsView, Given, OfRegimen, Row, Section, Topic};
use crate::tui::canvas::Canvas;
use crate::tui::form_field::FieldId;
use crate::tui::key::{Chord, Key};
use crate::tui::model::{Effect, Kind, Message, Model, Screen};
use crate::tui::rich::{Line, Role, width, wrap};

use super::form_fields::FormFields;
use super::{finding, stepped};

fn view(model: &mut Model) -> Option<&mut CalculatorsView> {
    match model.stack.last_mut() {
        Some(Screen::Calculators(view)) => Some(view),
        _ => None,
    }
}

/// Why the calculators do not open now.
pub fn not_now(model: &Model) -> Option<&'static str> {
    match model.kind() {
        Kind::Calculators => Some("they are open"),
        Kind::Safety => Some("the safety statement comes first"),
        _ => None,
    }
}

/// What is known of the body in hand. A second person who types an entry again is shown nothing of the first.
fn given(model: &Model) -> Given {
    let blind = model.stack.iter().any(|screen| matches!(screen, Screen::Act(_)));
    let Some(session) = model.session.as_ref().filter(|_| model.stack.len() > 1) else { return Given::default() };
    let body = session.regimen.body.as_ref();
    let regimen = body.and_then(|body| {
        Some(OfRegimen { name: session.regimen.name.clone(), formula: body.bsa?, places: body.bsa_places })
    });
    if blind {
        return Given { regimen, ..Given::default() };
    }
    let facts = [Fact::Height, Fact::Weight, Fact::Sex, Fact::Age, Fact::Creatinine, Fact::Gfr];
    let (from, texts): (_, Vec<(Fact, String)>) =
        if let (Some(newest), Some(subject)) = (&session.newest, model.open_subject()) {
            let value = |fact| match fact {
                Fact::Age => newest.age_on(model.today).map(Value::Age),
                fact => newest.get(fact),
            };
            let texts = facts.into_iter().filter_map(|fact| Some((fact, value(fact)?.typed())));
            (Some(subject.code().to_owned()), texts.collect())
        } else {
            let text = |fact| session.text(FieldId::Fact(fact)).trim().to_owned();
            let texts = facts.into_iter().map(|fact| (fact, text(fact))).filter(|(_, text)| !text.is_empty());
            (Some("the form".to_owned()), texts.collect())
        };
    Given { from: from.filter(|_| !texts.is_empty()), texts, regimen }
}

/// Opens the calculators; what was typed there before stands there still, unless they are of somebody else now.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    let given = given(model);
    let before = model.calculators.take().filter(|view| view.given == given);
    let view = before.unwrap_or_else(|| Box::new(CalculatorsView::new(given, model.today)));
    model.stack.push(Screen::Calculators(view));
    again(model);
    Vec::new()
}

/// Opens them, or goes on in them, at what somebody came for.
pub fn at(model: &mut Model, topic: Topic) -> Vec<Effect> {
    if model.kind() != Kind::Calculators {
        open(model, Chord::plain(Key::F(7)));
    }
    if let Some(view) = view(model) {
        view.go(topic);
    }
    Vec::new()
}

/// Calculates again.
pub fn again(model: &mut Model) {
    let today = model.today;
    if let Some(view) = view(model) {
        view.again(today);
    }
}

/// The next field; the results behind the last one.
pub fn field(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.move_focus(chord.key == Key::BackTab);
    }
    Vec::new()
}

/// Another result.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        let count = view.results().count();
        view.at = stepped(view.at, chord, 10, count);
    }
    Vec::new()
}

/// Copies the chosen result.
pub fn copy(model: &mut Model, _: Chord) -> Vec<Effect> {
    let today = model.today;
    let copied = view(model).and_then(|view| view.copied(today));
    let said = match copied {
        Some(_) => "Copied the chosen result with its inputs; no code of anybody is in it.",
        None => "There is no result to copy yet.",
    };
    model.notify(Severity::Note, said);
    copied.map(Effect::Copy).into_iter().collect()
}

/// Empties every field.
pub fn clear(model: &mut Model, _: Chord) -> Vec<Effect> {
    let today = model.today;
    if let Some(view) = view(model) {
        view.clear(today);
    }
    Vec::new()
}

/// Draws them.
pub fn draw(view: &CalculatorsView, canvas: &mut Canvas<'_>, area: Rect) {
    // What all of it is not stands above everything: below the working it would be out of sight.
    let top = [Line::new(head(view), Role::Muted), Line::new(crate::present::NOT_AN_ORDER, Role::Muted)];
    let columns = usize::from(area.width.saturating_sub(2));
    let used: usize = top.iter().map(|line| wrap(line, columns).len()).sum();
    let used = u16::try_from(used).unwrap_or(u16::MAX).min(area.height / 3);
    canvas.lines(Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: used, ..area }, &top, 0);
    let area = Rect { y: area.y + used, height: area.height - used, ..area };
    let (left, right) = if area.width >= 72 {
        let columns = (area.width * 2 / 5).clamp(34, 52);
        (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area })
    } else {
        let rows = (area.height / 3).max(5).min(area.height);
        (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
    };
    fields(view).draw("What you know", canvas, left);
    let rows = (right.height / 3).clamp(4, 12).min(right.height);
    let results = Rect { height: right.height - rows, ..right };
    draw_results(view, canvas, results);
    draw_working(view, canvas, Rect { y: results.bottom(), height: rows, ..right });
}

fn fields(view: &CalculatorsView) -> FormFields<'_> {
    FormFields { all: &view.fields, focus: view.focus, findings: &view.findings }
}

fn head(view: &CalculatorsView) -> String {
    let from = view.given.from.as_ref().map(|from| format!(" The body comes from {from}; it can be typed over here."));
    format!("Nothing here is kept.{}", from.unwrap_or_default())
}

/// A row of the screen.
enum Shown<'a> {
    Heading(&'static str),
    Cells(Vec<(usize, &'a Row)>),
    Text(Line),
}

/// Findings that no field shows.
fn loose(view: &CalculatorsView) -> impl Iterator<Item = &Finding> {
    let fields: Vec<_> = view.fields.iter().map(|field| field.id.label().about).collect();
    view.findings.iter().filter(move |one| one.field.as_ref().is_none_or(|field| !fields.contains(field)))
}

/// The figure with what marks it: `◀` used by the regimen, `▲` with a note in its working.
fn answer(row: &Row) -> String {
    let used = if row.used { " ◀" } else { "" };
    let caution = if row.caution { " ▲" } else { "" };
    format!("{}{used}{caution}", row.answer)
}

/// Columns of a title and of an answer in a section.
fn columns(section: &Section) -> (usize, usize) {
    let most = |text: fn(&Row) -> usize| section.rows.iter().map(text).max().unwrap_or(0);
    (most(|row| width(&row.title)), most(|row| width(&answer(row))))
}

fn shown(view: &CalculatorsView, room: usize) -> Vec<(Shown<'_>, usize)> {
    let mut rows: Vec<(Shown<'_>, usize)> = loose(view).map(|one| (Shown::Text(finding(one)), 0)).collect();
    let mut nth = 0;
    for section in &view.sections {
        rows.push((Shown::Heading(section.topic.heading()), 0));
        let (title, answer) = columns(section);
        let each = (room / (title + answer + 4)).clamp(1, 3);
        for some in section.rows.chunks(each) {
            let cells = (nth..).zip(some).collect();
            nth += some.len();
            rows.push((Shown::Cells(cells), title));
        }
        rows.extend(section.note.iter().map(|note| (Shown::Text(Line::new(note.clone(), Role::Muted).indent(1)), 0)));
    }
    rows
}

fn draw_results(view: &CalculatorsView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, "What follows", view.focus.is_none());
    let rows = shown(view, inside.width.into());
    let height = |row: &Shown<'_>| match row {
        Shown::Text(line) => wrap(line, inside.width.into()).len(),
        Shown::Heading(_) | Shown::Cells(_) => 1,
    };
    let holds = |row: &Shown<'_>| matches!(row, Shown::Cells(cells) if cells.iter().any(|(nth, _)| *nth == view.at));
    let chosen = rows.iter().position(|(row, _)| holds(row)).unwrap_or(0);
    // A row or two below the chosen one stay in view.
    let last = (chosen + 2).min(rows.len().saturating_sub(1));
    let mut skip = 0;
    let need = |skip: usize| rows.iter().take(last + 1).skip(skip).map(|(row, _)| height(row)).sum::<usize>();
    while skip < chosen && need(skip) > usize::from(inside.height) {
        skip += 1;
    }
    let (mut y, mut done) = (inside.y, skip);
    for (row, title) in rows.iter().skip(skip) {
        let used = u16::try_from(height(row)).unwrap_or(1);
        if y + used > inside.bottom() {
            break;
        }
        let place = Rect { y, height: used, ..inside };
        match row {
            Shown::Heading(heading) => {
                canvas.put(place.x, y, place.width, heading, Role::Title);
            }
            Shown::Text(line) => {
                canvas.lines(place, std::slice::from_ref(line), 0);
            }
            Shown::Cells(cells) => draw_cells(view, cells, *title, canvas, place),
        }
        y += used;
        done += 1;
    }
    canvas.mark_hidden_rows(inside, skip, rows.len() - done);
}

fn draw_cells(view: &CalculatorsView, cells: &[(usize, &Row)], title: usize, canvas: &mut Canvas<'_>, place: Rect) {
    let section = view.sections.iter().find(|section| cells.iter().any(|(_, row)| section.rows.contains(row)));
    let widest = section.map_or(0, |section| columns(section).1);
    let step = u16::try_from(title + widest + 4).unwrap_or(place.width);
    let mut x = place.x;
    for (nth, row) in cells {
        let room = step.min(place.right().saturating_sub(x));
        let here = *nth == view.at;
        let mark = if here { "▶" } else { " " };
        let role = if here { Role::Chosen } else { Role::Text };
        let used = canvas.put(x, place.y, room, &format!("{mark}{:<title$}  ", row.title), role);
        let role = match (here, row.caution) {
            (true, _) => Role::Chosen,
            (false, true) => Role::Warn,
            (false, false) => Role::Dose,
        };
        canvas.put(x + used, place.y, room.saturating_sub(used), &answer(row), role);
        canvas.hit(Rect { x, y: place.y, width: room, height: 1 }, Message::Row(*nth));
        x = x.saturating_add(step);
    }
}

fn draw_working(view: &CalculatorsView, canvas: &mut Canvas<'_>, area: Rect) {
    let title = view.chosen().map_or_else(|| "Working".to_owned(), |(_, row)| format!("Working: {}", row.title));
    let inside = canvas.pane(area, &title, false);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    canvas.lines(inside, &working(view), 0);
}

/// The working of the chosen result, with its source.
fn working(view: &CalculatorsView) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    if let Some((_, row)) = view.chosen() {
        lines.extend(row.working.iter().map(|step| Line::new(step.clone(), Role::Text).hang(2)));
        lines.extend((!row.source.is_empty()).then(|| Line::new(row.source, Role::Muted).hang(2)));
    }
    lines
}

/// Fields, results and the working of the chosen one.
pub fn plain(model: &Model, view: &CalculatorsView) -> Vec<Line> {
    let notice = format!("{}. {}", crate::calendar::print(model.today), crate::present::NOT_AN_ORDER);
    let mut lines = vec![Line::new(head(view), Role::Muted), Line::new(notice, Role::Muted)];
    lines.extend(fields(view).plain());
    lines.extend(loose(view).map(finding));
    for section in &view.sections {
        lines.push(Line::new(section.topic.heading(), Role::Title));
        for row in &section.rows {
            let used = if row.used { " (used by the regimen)" } else { "" };
            let caution = if row.caution { " (with a note)" } else { "" };
            lines.push(Line::new(format!("{}: {}{used}{caution}", row.title, row.answer), Role::Text).indent(2));
        }
        lines.extend(section.note.iter().map(|note| Line::new(note.clone(), Role::Muted).indent(2)));
    }
    lines.extend(working(view));
    lines
}

/// What a line is taken for, where the program reads lines.
pub fn prompt(model: &Model) -> String {
    let Some(Screen::Calculators(view)) = model.stack.last() else { return String::new() };
    view.focus.map_or_else(
        || "Enter for the first field; copy, clear, back".to_owned(),
        |focus| {
            let label = focus.label();
            format!("{} ({}), or Enter for the next; back", label.label, label.hint)
        },
    )
}
