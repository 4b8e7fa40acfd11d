//! Everything that can be recorded of a subject, each act by its letter. No letter is one that moves.

use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::key::{Chord, Key, Motion};
use crate::tui::model::{Effect, Message, Model, Screen};
use crate::tui::record::act::Act;
use crate::tui::record::commands as record;
use crate::tui::rich::{Line, Role};

use super::{delay, stepped};

/// Acts of one kind: a heading, letter and command of each, the words of the menu.
struct Group {
    heading: &'static str,
    rows: &'static [Row],
}

/// Its letter, its command, its words, and what opens it: of a subject on record nothing stands against opening it.
type Row = (char, &'static str, &'static str, fn(&mut Model, Chord) -> Vec<Effect>);

/// In the order of a treatment day.
const GROUPS: &[Group] = &[
    Group {
        heading: "This visit",
        rows: &[
            ('c', "record.criteria", "criteria to treat: met or not", |model, _| record::act(model, Act::Criteria)),
            ('v', "record.verify", "independent double check", record::verify),
            ('p', "record.prepare", "prepared", |model, _| record::act(model, Act::Prepare)),
            ('a', "record.give", "given (administered)", |model, _| record::act(model, Act::Give)),
            ('i', "record.hold", "held (interrupted): date open", |model, _| record::act(model, Act::Hold)),
            ('o', "record.omit", "omitted: never given, dates stay", |model, _| record::act(model, Act::Omit)),
        ],
    },
    Group {
        heading: "The subject",
        rows: &[
            ('b', "record.measure", "body: weight, height, creatinine", |model, _| record::act(model, Act::Measure)),
            ('t', "record.supply", "tablets: out, back, taken", |model, _| record::act(model, Act::Supply)),
            ('x', "record.exposure", "received before (lifetime dose)", |model, _| record::act(model, Act::Expose)),
        ],
    },
    Group {
        heading: "The treatment",
        rows: &[
            ('d', "plan.delay", "delay: day 1 comes later", delay::open),
            ('r', "record.level", "dose level or percentage", |model, _| record::act(model, Act::Level)),
            ('s', "record.stop", "treatment ended", |model, _| record::act(model, Act::Stop)),
            ('m', "record.move", "move to another version", |model, _| record::act(model, Act::Move)),
        ],
    },
    Group {
        heading: "The record",
        rows: &[
            ('n', "record.note", "remark", |model, _| record::act(model, Act::Note)),
            ('e', "record.history", "correct or undo an entry", record::history),
        ],
    },
];

/// Groups of the left half, where there is room for two.
const LEFT: usize = 2;
/// The narrowest window with two columns.
const TWO_COLUMNS: u16 = 76;

/// The letters of the menu.
pub const LETTERS: &[&str] = &["c", "v", "p", "a", "i", "o", "b", "t", "x", "d", "r", "s", "m", "n", "e"];

fn rows() -> impl Iterator<Item = &'static Row> {
    GROUPS.iter().flat_map(|group| group.rows)
}

/// The letter of a command, where the menu has it.
pub fn letter(id: &str) -> Option<char> {
    rows().find(|(_, known, ..)| *known == id).map(|(letter, ..)| *letter)
}

/// Opens the menu; of somebody who is not enrolled yet, the enrolment.
pub fn open(model: &mut Model, _: Chord) -> Vec<Effect> {
    if model.open_subject().is_none() {
        return record::act(model, Act::Enrol);
    }
    let usual = rows().position(|(_, id, ..)| *id == "record.give").unwrap_or(0);
    model.stack.push(Screen::Menu(usual));
    Vec::new()
}

fn run(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some((.., open)) = rows().nth(at) else { return Vec::new() };
    model.stack.pop();
    open(model, Chord::plain(Key::Enter))
}

/// Opens the chosen act.
pub fn chosen(model: &mut Model, _: Chord) -> Vec<Effect> {
    match model.stack.last() {
        Some(Screen::Menu(at)) => run(model, *at),
        _ => Vec::new(),
    }
}

/// Opens the act of a letter.
pub fn letter_pressed(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let at = rows().position(|(letter, ..)| chord.key == Key::Char(*letter));
    at.map_or_else(Vec::new, |at| run(model, at))
}

/// A click on a row: chosen first, opened then.
pub fn row(model: &mut Model, row: usize) -> Vec<Effect> {
    match model.stack.last_mut() {
        Some(Screen::Menu(at)) if *at == row => run(model, row),
        Some(Screen::Menu(at)) => {
            *at = row;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Another act; sideways the other column.
pub fn step(model: &mut Model, chord: Chord) -> Vec<Effect> {
    let count = rows().count();
    let left: usize = GROUPS.iter().take(LEFT).map(|group| group.rows.len()).sum();
    if let Some(Screen::Menu(at)) = model.stack.last_mut() {
        *at = match chord.motion() {
            Some(Motion::Left) => at.checked_sub(left).unwrap_or(*at),
            Some(Motion::Right) if *at < left => (*at + left).min(count - 1),
            Some(Motion::Right) => *at,
            _ => stepped(*at, chord, count, count),
        };
    }
    Vec::new()
}

/// Headings and acts, the chosen one marked; the number of the act beside each.
fn lines(at: usize, groups: std::ops::Range<usize>) -> Vec<(Option<usize>, Line)> {
    let mut nth: usize = GROUPS.iter().take(groups.start).map(|group| group.rows.len()).sum();
    let mut lines = Vec::new();
    for group in GROUPS.iter().take(groups.end).skip(groups.start) {
        if !lines.is_empty() {
            lines.push((None, Line::empty()));
        }
        lines.push((None, Line::new(group.heading, Role::Title)));
        for (letter, _, words, _) in group.rows {
            let (mark, role) = if nth == at { ("▶", Role::Chosen) } else { ("\u{a0}", Role::Text) };
            let line = Line::new(format!("{mark}{letter}"), Role::Key).and(format!("  {words}"), role).hang(4);
            lines.push((Some(nth), line));
            nth += 1;
        }
    }
    lines
}

fn column(lines: &[(Option<usize>, Line)], at: usize, canvas: &mut Canvas<'_>, area: Rect) {
    let here = lines.iter().position(|(nth, _)| *nth == Some(at)).unwrap_or(0);
    let skip = (here + 1).saturating_sub(usize::from(area.height));
    for (y, (nth, line)) in (area.top()..area.bottom()).zip(lines.iter().skip(skip)) {
        let place = Rect { y, height: 1, ..area };
        canvas.lines(place, std::slice::from_ref(line), 0);
        if let Some(nth) = nth {
            canvas.hit(place, Message::Row(*nth));
        }
    }
}

/// Draws it.
pub fn draw(model: &Model, at: usize, canvas: &mut Canvas<'_>, area: Rect) {
    let code = model.open_subject().map_or("", |subject| subject.code());
    let inside = canvas.pane(area, &format!("{code} · Record: one letter"), true);
    let inside = Rect { x: inside.x + 1, width: inside.width.saturating_sub(2), ..inside };
    if inside.width < TWO_COLUMNS - 4 {
        column(&lines(at, 0..GROUPS.len()), at, canvas, inside);
        return;
    }
    let half = inside.width / 2;
    let right = Rect { x: inside.x + half, width: inside.width - half, ..inside };
    column(&lines(at, 0..LEFT), at, canvas, Rect { width: half - 1, ..inside });
    column(&lines(at, LEFT..GROUPS.len()), at, canvas, right);
}

/// The same as text.
pub fn plain(at: usize) -> Vec<Line> {
    lines(at, 0..GROUPS.len()).into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_a_key_of_the_menu_and_none_of_them_moves() {
        let letters: Vec<String> = rows().map(|(letter, ..)| letter.to_string()).collect();
        assert_eq!(letters, LETTERS);
        for (letter, ..) in rows() {
            assert_eq!(Chord::char(*letter).motion(), None, "{letter}");
        }
    }
}
