//! The board: a line for each visit that waits, the most urgent first; the chosen one in full below. Nothing is recorded
//! from here: who opens a line stands on the plan of its subject, on its day.

use ratatui::layout::Rect;

use crate::calendar;
use crate::subjects::{Listed, WorklistItem};
use crate::tui::canvas::Canvas;
use crate::tui::field::TextField;
use crate::tui::key::Chord;
use crate::tui::model::{Effect, Model, Pane, Screen, SubjectsView};
use crate::tui::record::Register;
use crate::tui::record::board::{BoardRow, GroupBy, When};
use crate::tui::rich::{Line, Role, width};

use super::stepped;

/// How far ahead what waits is looked for, in days.
pub const WITHIN: i32 = 28;

/// The narrowest window with the drugs in the line, and with the study.
const WITH_DRUGS: u16 = 120;
const WITH_STUDY: u16 = 96;

fn view(model: &mut Model) -> Option<&mut SubjectsView> {
    match model.stack.last_mut() {
        Some(Screen::Subjects(view)) => Some(view),
        _ => None,
    }
}

/// The lines that the filter leaves, in the order of the groups.
pub fn shown(register: &Register, view: &SubjectsView) -> Vec<usize> {
    let words: Vec<String> = view.filter.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |row: &BoardRow| words.iter().all(|word| row.words.contains(word));
    let mut shown: Vec<usize> =
        register.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect();
    if view.group != GroupBy::Day {
        shown.sort_by_cached_key(|row| group(register, view.group, *row));
    }
    shown
}

/// What a line is grouped under.
fn group(register: &Register, by: GroupBy, row: usize) -> String {
    let Some((row, one)) = register.rows.get(row).and_then(|row| Some((row, register.subjects.get(row.subject)?)))
    else {
        return String::new();
    };
    match by {
        GroupBy::Day => row.when.word().to_owned(),
        GroupBy::Study => one.study.clone().unwrap_or_else(|| "no study".to_owned()),
        GroupBy::Regimen => format!("{} v{}", one.regimen, one.version),
    }
}

/// After the list was read or filtered anew.
pub fn again(model: &mut Model) {
    let Some(register) = model.record.register.take() else { return };
    if let Some(view) = view(model) {
        view.shown = shown(&register, view).into();
        view.at = super::moved(view.at, 0, view.shown.len());
        view.scroll = 0;
    }
    model.record.register = Some(register);
}

/// After the filter changed: the first of what it leaves.
pub fn typed(model: &mut Model) {
    if let Some(view) = view(model) {
        view.at = 0;
    }
    again(model);
}

/// Another line; in the pane below another row.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let page = usize::from(model.size.1 / 2);
    let below = match model.stack.last() {
        Some(Screen::Subjects(view)) if view.pane == Pane::Detail => detail(model, view).len() * 2,
        _ => 0,
    };
    if let Some(view) = view(model) {
        if view.pane == Pane::Detail {
            view.scroll = stepped(view.scroll, chord, page, below);
        } else {
            view.at = stepped(view.at, chord, page, view.shown.len());
            view.scroll = 0;
        }
    }
    Vec::new()
}

/// Types what the lines are filtered by.
pub fn filter(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        (view.filtering, view.pane) = (true, Pane::Calendar);
    }
    Vec::new()
}

/// Groups by day, by study, by regimen.
pub fn regroup(model: &mut Model, _: Chord) -> Vec<Effect> {
    if let Some(view) = view(model) {
        view.group = view.group.next();
        view.at = 0;
    }
    again(model);
    Vec::new()
}

/// Takes the filter away, if there is one.
pub fn close_filter(model: &mut Model) -> bool {
    let Some(view) = view(model).filter(|view| view.filtering || !view.filter.text.is_empty()) else { return false };
    (view.filtering, view.filter) = (false, TextField::default());
    again(model);
    true
}

/// The line chosen, with its subject.
pub fn chosen<'m>(model: &'m Model, view: &SubjectsView) -> Option<(&'m BoardRow, &'m Listed)> {
    let register = model.record.register.as_ref()?;
    let row = register.rows.get(*view.shown.get(view.at)?)?;
    Some((row, register.subjects.get(row.subject)?))
}

/// Draws it: the lines above, the chosen one in full below.
pub fn draw(model: &Model, view: &SubjectsView, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(register) = &model.record.register else {
        let inside = canvas.pane(area, "Subjects", true);
        canvas.lines(Rect { x: inside.x + 1, ..inside }, &[unread(model)], 0);
        return;
    };
    let lines = detail(model, view);
    let below = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).clamp(4, (area.height / 3).max(4));
    let below = if area.height > below + 4 { below } else { 0 };
    let top = Rect { height: area.height - below, ..area };
    board(register, view, canvas, top);
    if below > 0 {
        let title = chosen(model, view).map_or_else(String::new, |(_, one)| one.code.clone());
        let bottom = Rect { y: area.y + top.height, height: below, ..area };
        let inside = canvas.pane(bottom, &title, view.pane == Pane::Detail);
        let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
        canvas.lines(inside, &lines, view.scroll);
    }
}

/// `31 subjects · 3 overdue · 5 this week`
fn title(register: &Register, view: &SubjectsView) -> String {
    let people = match register.subjects.len() {
        1 => "1 subject".to_owned(),
        count => format!("{count} subjects"),
    };
    let count = |when: When| register.rows.iter().filter(|row| row.when == when).count();
    let counted = When::ALL.iter().filter(|when| !matches!(when, When::Later | When::Quiet));
    let told = counted.map(|when| (count(*when), when.word())).filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, word)| format!("{count} {word}")).collect();
    let by = if view.group == GroupBy::Day { String::new() } else { format!(" · by {}", view.group.word()) };
    std::iter::once(people).chain(told).collect::<Vec<_>>().join(" · ") + &by
}

fn board(register: &Register, view: &SubjectsView, canvas: &mut Canvas<'_>, area: Rect) {
    let inside = canvas.pane(area, &title(register, view), view.pane == Pane::Calendar);
    let inside = only(view, canvas, inside);
    if register.subjects.is_empty() {
        let text = "Nobody is enrolled yet: Esc shows the regimens; enrol from a plan with r.";
        canvas.lines(Rect { x: inside.x + 1, ..inside }, &[Line::new(text, Role::Text)], 0);
    } else if view.shown.is_empty() {
        let text = "No line has these words. Esc shows them all.";
        canvas.lines(Rect { x: inside.x + 1, ..inside }, &[Line::new(text, Role::Muted)], 0);
    }
    // Only the lines that are seen are made.
    canvas.rows_made(inside, view.shown.len(), view.at, &|at| {
        let Some(row) = view.shown.get(at) else { return Vec::new() };
        let above = at.checked_sub(1).and_then(|before| view.shown.get(before));
        let name = group(register, view.group, *row);
        let heading = above.is_none_or(|above| group(register, view.group, *above) != name);
        let heading = heading.then(|| Line::new(capital(&name), Role::Title));
        heading.into_iter().chain(line(register, *row, at == view.at, inside.width)).collect()
    });
}

/// What the lines are filtered by, above them; gives the area left.
fn only(view: &SubjectsView, canvas: &mut Canvas<'_>, inside: Rect) -> Rect {
    if (!view.filtering && view.filter.text.is_empty()) || inside.height < 3 {
        return inside;
    }
    canvas.put(inside.x + 1, inside.y, inside.width, "Only ", Role::Title);
    canvas.field(inside.x + 6, inside.y, inside.width.saturating_sub(7), &view.filter, view.filtering);
    if view.filter.text.is_empty() {
        let hint = "code, study, drug, regimen, overdue, today";
        canvas.put(inside.x + 8, inside.y, inside.width.saturating_sub(9), hint, Role::Muted);
    }
    Rect { y: inside.y + 1, height: inside.height - 1, ..inside }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text)))).replace(' ', "\u{a0}")
}

/// Subject, study, visit and day, drugs, window left, state, what is missing; what has no room stands below.
fn line(register: &Register, at: usize, here: bool, columns: u16) -> Option<Line> {
    let row = register.rows.get(at)?;
    let one = register.subjects.get(row.subject)?;
    let items: Vec<&WorklistItem> = row.items.iter().filter_map(|at| register.worklist.get(*at)).collect();
    let (mark, role) = if here { ("▶", Role::Focus) } else { ("\u{a0}", Role::Text) };
    let mut line = Line::new(format!("{mark}{}\u{a0}", padded(&one.code, 9)), role).hang(11);
    if columns >= WITH_STUDY {
        line = line.and(padded(one.study.as_deref().unwrap_or(""), 10), Role::Text);
    }
    let Some(first) = items.first() else {
        let next = one.next.as_ref().map_or_else(|| "nothing planned".to_owned(), |next| format!("next {next}"));
        return Some(line.and(format!("{}\u{a0} ", padded(&one.status, 14)), Role::Muted).and(next, Role::Muted));
    };
    if first.status.is_none() {
        return Some(line.and(format!("{}  ", first.status_words()), Role::Block).and(first.what.clone(), Role::Text));
    }
    line = line.and(format!("{} ", padded(&first.visit, 6)), Role::Text);
    line = line.and(format!("{} ", calendar::with_weekday(first.date).replace(' ', "\u{a0}")), Role::Text);
    if columns >= WITH_DRUGS {
        line = line.and(format!("{}\u{a0} ", padded(&drugs(&items), 36)), Role::Drug);
    }
    let state = items.iter().map(|item| state(row, item)).min_by_key(|(rank, ..)| *rank);
    if let Some((_, words, role)) = state {
        line = line.and(format!("{} ", padded(&words, 15)), role);
    }
    // Of a visit with one drug held, the others tell how far it is.
    if let Some(way) = items.iter().find_map(|item| item.way) {
        let role = if way.is_barred() { Role::Block } else { Role::Text };
        line = line.and(format!("{} ", padded(way.word(), 12)), role);
    }
    let missing = missing(&items, columns >= WITH_DRUGS);
    let shown = match missing.as_slice() {
        [first, more @ ..] if columns < WITH_DRUGS && !more.is_empty() => format!("{first} +{}", more.len()),
        all => all.join(", "),
    };
    Some(line.and(shown.replace(' ', "\u{a0}"), if row.when <= When::Today { Role::Warn } else { Role::Muted }))
}

/// How the window of a dose stands, the gravest first.
fn state(row: &BoardRow, item: &WorklistItem) -> (u8, String, Role) {
    match (row.when, row.left) {
        (When::Overdue | When::Stuck, _) => {
            let grave = u8::from(item.word() == "due");
            (grave, item.status_words(), if grave == 0 { Role::Warn } else { Role::Text })
        }
        (When::Today, Some(0)) => (2, "closes today".to_owned(), Role::Warn),
        (When::Today, Some(1)) => (2, "1 day left".to_owned(), Role::Warn),
        (When::Today, Some(left)) => (2, format!("{left} days left"), Role::Text),
        (When::Today, None) => (3, "due".to_owned(), Role::Text),
        _ => {
            let until = item.window.filter(|window| window.latest > item.date);
            let words = until.map_or_else(String::new, |window| format!("to {}", calendar::print_short(window.latest)));
            (4, words, Role::Muted)
        }
    }
}

fn drugs(items: &[&WorklistItem]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for item in items {
        if !names.contains(&item.drug.as_str()) {
            names.push(&item.drug);
        }
    }
    names.join(", ")
}

/// What is missing before the doses are given; where there is room, how old a weight is.
fn missing(items: &[&WorklistItem], room: bool) -> Vec<String> {
    let stale = items.iter().find(|item| item.stale.is_some());
    let weight = stale.map(|item| if room { format!("weight {}", item.weight_words()) } else { "weight".to_owned() });
    let way = items.iter().find_map(|item| item.way).map(|way| way.missing()).unwrap_or_default();
    weight.into_iter().chain(way.into_iter().map(str::to_owned)).collect()
}

/// The chosen line in full: regimen, drugs, window, what is missing, what else waits of the subject. No dose: nothing is
/// prepared from a list.
fn detail(model: &Model, view: &SubjectsView) -> Vec<Line> {
    let mut lines: Vec<Line> = warnings(model).collect();
    let (Some(register), Some((row, one))) = (&model.record.register, chosen(model, view)) else { return lines };
    let labelled =
        |label: &str, text: String, role| Line::new(format!("{label} "), Role::Muted).and(text, role).hang(4);
    let items: Vec<&WorklistItem> = row.items.iter().filter_map(|at| register.worklist.get(*at)).collect();
    let study = one.study.as_ref().map_or_else(String::new, |study| format!("  {study}"));
    lines.push(Line::new(format!("{} v{}{study}  {}", one.regimen, one.version, one.status), Role::Text));
    if let Some(first) = items.first().filter(|first| first.status.is_some()) {
        let when = format!("{} on {}: {}", first.visit, calendar::with_weekday(first.date), first.status_words());
        lines.push(Line::new(when, Role::Title).and(format!("  {}", drugs(&items)), Role::Drug).hang(4));
        lines.push(labelled("Window", first.window_words(), Role::Window));
        lines.extend(first.delay.clone().map(|delay| Line::new(delay, Role::Text)));
        let missing = missing(&items, true);
        if !missing.is_empty() {
            lines.push(labelled("Missing", missing.join(", "), Role::Warn));
        }
    } else if let Some(first) = items.first() {
        lines.push(Line::new(first.what.clone(), Role::Block));
    }
    let others = register.rows.iter().filter(|other| other.subject == row.subject && *other != row);
    let others = others.filter_map(|other| register.worklist.get(*other.items.first()?));
    let others: Vec<String> = others
        .map(|item| format!("{} {}, {}", item.visit, calendar::with_weekday(item.date), item.status_words()))
        .collect();
    if !others.is_empty() {
        lines.push(labelled("Also", others.join("; "), Role::Text));
    }
    lines
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

/// Everything as text, each line with its number.
pub fn plain(model: &Model, view: &SubjectsView) -> Vec<Line> {
    let Some(register) = &model.record.register else { return vec![unread(model)] };
    let mut lines: Vec<Line> = warnings(model).collect();
    lines.push(Line::new(title(register, view), Role::Title));
    let mut before = String::new();
    for (at, row) in view.shown.iter().enumerate() {
        let name = group(register, view.group, *row);
        if name != before {
            lines.push(Line::new(capital(&name), Role::Title));
            before = name;
        }
        let told = line(register, *row, at == view.at, WITH_DRUGS).map(|line| line.plain()).unwrap_or_default();
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(Line::new(format!("{}. {}", at + 1, told.trim_start_matches('▶')), Role::Text));
    }
    if register.subjects.is_empty() {
        lines.push(Line::new("Nobody is enrolled yet: back shows the regimens; enrol from a plan.", Role::Text));
    }
    lines.extend(std::iter::once(Line::empty()).chain(detail(model, view)));
    lines
}
