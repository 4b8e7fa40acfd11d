//! The picture of a schedule: cycles, days, drugs and windows, as shapes that SVG and PDF draw alike.

use crate::calendar::{self, Date, Window, days_between};
use crate::present::{DoseRow, DoseState, Schedule};

use super::super::shared;

/// A picture, in points; y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timeline {
    /// What it shows, in words, for readers who cannot see it.
    pub(crate) words: String,
    /// Height at a width of [`WIDTH`].
    pub(crate) height: f32,
    /// What is drawn, back to front.
    pub(crate) shapes: Vec<Shape>,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A filled box.
    Box { x: f32, y: f32, width: f32, height: f32, ink: Ink },
    /// A standing square, for what is not a dose.
    Diamond { x: f32, y: f32, half: f32 },
    /// Words; `x` is the left end.
    Text { x: f32, y: f32, size: f32, words: String },
}

/// How dark a box is; the four stay apart on a black-and-white printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Every second cycle.
    Ground,
    /// A window.
    Window,
    /// A projected dose that may not come.
    Open,
    /// A dose.
    Dose,
    /// A thin line.
    Line,
}

impl Ink {
    /// Red, green, blue.
    pub(crate) fn rgb(self) -> (u8, u8, u8) {
        match self {
            Ink::Ground => (242, 244, 247),
            Ink::Window => (200, 206, 216),
            Ink::Open => (128, 160, 200),
            Ink::Dose => (16, 52, 104),
            Ink::Line => (120, 120, 120),
        }
    }
}

/// Width of the picture.
pub(crate) const WIDTH: f32 = 515.0;
const NAMES: f32 = 130.0;
const TOP: f32 = 26.0;
const LANE: f32 = 15.0;
/// From line to line of a name, and the letters that a line of it holds.
const LEADING: f32 = 9.0;
const LETTERS: usize = 26;
/// The room of a cycle's number with its date.
const LABEL: f32 = 26.0;

struct Scale {
    first: Date,
    day: f32,
}

impl Scale {
    fn x(&self, date: Date) -> f32 {
        NAMES + self.day * days(self.first, date)
    }
}

#[allow(clippy::cast_precision_loss)] // days of a plan are far below 2^24
fn days(from: Date, to: Date) -> f32 {
    days_between(from, to) as f32
}

/// The picture of a schedule; `None` where there is nothing dated.
pub(crate) fn timeline(schedule: &Schedule) -> Option<Timeline> {
    let cycles = &schedule.sheets.cycles;
    let dated = schedule.doses.iter().flat_map(|dose| {
        let window = dose.window();
        let through = Some(shared::through(dose, dose.occasion()));
        [Some(dose.date()), window.map(|window| window.earliest), window.map(|window| window.latest), through]
    });
    let tested = schedule.assessments.iter().map(|one| one.date);
    let bounds = cycles.iter().flat_map(|cycle| [cycle.first, cycle.last]);
    let all: Vec<Date> = dated.flatten().chain(tested).chain(bounds).collect();
    let (first, last) = (*all.iter().min()?, *all.iter().max()?);
    let scale = Scale { first, day: (WIDTH - NAMES) / (days(first, last) + 1.0) };
    let lanes = lanes(schedule);
    let mut shapes = Vec::new();
    let tests = usize::from(!schedule.assessments.is_empty());
    let bottom = rows(lanes.iter().map(|(name, _)| lines_of(name).len()).sum::<usize>() + tests);
    grounds(schedule, &scale, bottom, &mut shapes);
    let mut row = 0;
    for (name, doses) in &lanes {
        let lines = lines_of(name);
        // Its doses stand at the middle of its name, however many lines that has.
        let middle = rows(row) + LANE * (share(lines.len()) - 1.0) / 2.0;
        let first = middle + 10.0 - LEADING * (share(lines.len()) - 1.0) / 2.0;
        for (at, words) in lines.iter().enumerate() {
            let y = first + LEADING * share(at);
            shapes.push(Shape::Text { x: 0.0, y, size: 7.5, words: words.clone() });
        }
        doses.iter().for_each(|dose| lane(dose, &scale, middle, &mut shapes));
        row += lines.len();
    }
    if !schedule.assessments.is_empty() {
        let y = rows(row);
        shapes.push(Shape::Text { x: 0.0, y: y + 10.0, size: 7.5, words: "tests and scans".to_owned() });
        let dates = schedule.assessments.iter().map(|one| one.date);
        shapes.extend(dates.map(|date| Shape::Diamond { x: scale.x(date) + scale.day / 2.0, y: y + 7.0, half: 3.5 }));
    }
    legend(bottom, &mut shapes);
    let words = format!(
        "Timeline from {} to {}: {}; {}.",
        calendar::print(first),
        calendar::print(last),
        schedule.regimen.cycle_word.tally(cycles.len()),
        lanes.iter().map(|(name, doses)| format!("{name} {} times", doses.len())).collect::<Vec<_>>().join(", "),
    );
    Some(Timeline { words, height: bottom + 20.0, shapes })
}

fn rows(count: usize) -> f32 {
    TOP + LANE * share(count)
}

#[allow(clippy::cast_precision_loss)] // a handful of lanes
fn share(count: usize) -> f32 {
    count as f32
}

/// The lines of a name: one too long for its column goes on below, and is never cut.
fn lines_of(name: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn lanes(schedule: &Schedule) -> Vec<(String, Vec<&DoseRow>)> {
    let mut lanes: Vec<(String, Vec<&DoseRow>)> = Vec::new();
    for dose in schedule.doses.iter().filter(|dose| dose.state() != DoseState::Omitted) {
        let own = dose.shown_apart();
        match lanes.iter_mut().find(|(name, _)| *name == own) {
            Some((_, doses)) => doses.push(dose),
            None => lanes.push((own, vec![dose])),
        }
    }
    lanes
}

fn grounds(schedule: &Schedule, scale: &Scale, bottom: f32, shapes: &mut Vec<Shape>) {
    // A label without room is left out, never cut, and the line of its cycle does not run through the others.
    let mut free = 0.0;
    let labelled: Vec<bool> = (schedule.sheets.cycles.iter().map(|cycle| scale.x(cycle.first)))
        .map(|x| {
            let room = x >= free && x + LABEL <= WIDTH;
            free = if room { x + LABEL } else { free };
            room
        })
        .collect();
    for ((at, cycle), labelled) in schedule.sheets.cycles.iter().enumerate().zip(&labelled) {
        let (first, last) = (cycle.first, cycle.last);
        let x = scale.x(first);
        let width = scale.day * (days(first, last) + 1.0);
        if at % 2 == 0 {
            shapes.push(Shape::Box { x, y: 0.0, width, height: bottom, ink: Ink::Ground });
        }
        let y = if *labelled { 0.0 } else { TOP - 4.0 };
        shapes.push(Shape::Box { x, y, width: 0.5, height: bottom - y, ink: Ink::Line });
    }
    // Above every ground, so that none covers a figure.
    for (cycle, _) in schedule.sheets.cycles.iter().zip(&labelled).filter(|(_, labelled)| **labelled) {
        let x = scale.x(cycle.first);
        let label = cycle.word.short(cycle.number);
        shapes.push(Shape::Text { x: x + 2.0, y: 8.0, size: 7.5, words: label });
        shapes.push(Shape::Text { x: x + 2.0, y: 18.0, size: 6.0, words: calendar::print_short(cycle.first) });
    }
}

fn lane(dose: &DoseRow, scale: &Scale, y: f32, shapes: &mut Vec<Shape>) {
    let date = dose.date();
    if let Some(Window { earliest, latest }) = dose.window()
        && earliest < latest
    {
        let width = scale.day * (days(earliest, latest) + 1.0);
        shapes.push(Shape::Box { x: scale.x(earliest), y: y + 5.0, width, height: 4.0, ink: Ink::Window });
    }
    let through = shared::through(dose, dose.occasion());
    let width = (scale.day * (days(date, through) + 1.0)).max(1.6);
    let (top, height) = if through > date { (y + 3.5, 7.0) } else { (y + 1.5, 11.0) };
    let ink = if dose.certain { Ink::Dose } else { Ink::Open };
    shapes.push(Shape::Box { x: scale.x(date), y: top, width, height, ink });
}

fn legend(bottom: f32, shapes: &mut Vec<Shape>) {
    let y = bottom + 6.0;
    let mut x = NAMES;
    for (ink, words) in [(Ink::Dose, "dose"), (Ink::Open, "dose, if treatment goes on"), (Ink::Window, "window")] {
        shapes.push(Shape::Box { x, y, width: 8.0, height: 7.0, ink });
        shapes.push(Shape::Text { x: x + 11.0, y: y + 6.5, size: 7.0, words: words.to_owned() });
        x += if words.len() > 10 { 120.0 } else { 45.0 };
    }
    shapes.push(Shape::Diamond { x: x + 20.0, y: y + 3.5, half: 3.5 });
    shapes.push(Shape::Text { x: x + 27.0, y: y + 6.5, size: 7.0, words: "test or scan".to_owned() });
}
