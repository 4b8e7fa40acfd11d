//! What else there is to take at home in a cycle beside the treatment, dose by dose of each day.

use crate::calendar::{Date, days_between, plus_days};
use crate::present::{CycleRow, DoseRow, RunRow, Schedule};
use crate::regimen::HalfDay;

use super::super::super::Options;
use super::super::leaf::build::{bold, cell, grid_row, plain};
use super::super::leaf::{Grid, GridRow, Leaf, Node, Span, Width, mm};
use super::counted::{Counted, of_half};
use super::day;
use super::parts::{TEXT, capital, head, headed, missed, named, paired, plain_name, staff, tell, when_to_call};

/// The page of a cycle.
pub(super) fn other(schedule: &Schedule, options: &Options, cycle: &CycleRow, runs: &[(&DoseRow, &RunRow)]) -> Leaf {
    let title = format!("Your medicine at home, {}", named(cycle));
    let mut rows: Vec<(Date, GridRow)> = Vec::new();
    for (dose, run) in runs {
        for later in 0..=days_between(run.from, run.through) {
            let Some(date) = plus_days(run.from, later) else { continue };
            rows.push((date, taken(dose, run, date)));
        }
    }
    rows.sort_by_key(|(date, _)| *date);
    let grid = Grid {
        caption: "Medicine taken at home".to_owned(),
        widths: vec![Width::Points(84.0), Width::Share(1.2), Width::Share(1.2), Width::Share(1.0)],
        head: ["Day", "Medicine", "Take", "Taken"].map(str::to_owned).to_vec(),
        head_size: TEXT,
        boxed: true,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    };
    let points = options.print.texts.as_ref().map_or(&[][..], |texts| texts.call_at_once.as_slice());
    let called = when_to_call(options, ("Call at once if you have", points), tell(schedule, options));
    let mut body = vec![called, Node::Space(6.0), Node::Grid(grid), Node::Space(8.0)];
    let mut notes: Vec<Node> = Vec::new();
    for (dose, _) in runs {
        let words = [dose.note.clone(), Some(format!("Missed a dose: {}", missed(dose.missed)))];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let node = headed(&capital(&plain_name(dose)), Some(vec![plain(words)]));
        if !notes.contains(&node) {
            notes.push(node);
        }
    }
    body.extend(paired(notes));
    body.push(staff(Span::Blank(50.0), "packs"));
    Leaf { head: head(schedule, options, &title, Vec::new()), title, body }
}

fn taken(dose: &DoseRow, run: &RunRow, date: Date) -> GridRow {
    let skips = |half: HalfDay| {
        let before = half == HalfDay::Morning && date == run.from && run.starts == Some(HalfDay::Evening);
        let after = half == HalfDay::Evening && date == run.through && run.ends == Some(HalfDay::Morning);
        run.times_a_day == 2 && (before || after)
    };
    let (morning, evening) = (of_half(dose, HalfDay::Morning), of_half(dose, HalfDay::Evening));
    let full = |one: &Counted| format!("{} {}", one.big, one.small.replace('\n', " ")).trim_end().to_owned();
    let halves = run.times_a_day == 2;
    let take = match (halves, morning.big == evening.big) {
        (true, false) => format!("morning {}, evening {}", full(&morning), full(&evening)),
        (true, true) => format!("{}, morning and evening", full(&morning)),
        (false, _) if run.times_a_day > 2 => format!("{}, {} times", full(&morning), run.times_a_day),
        (false, _) => full(&morning),
    };
    let mut boxes = Vec::new();
    if halves {
        for (half, name) in [(HalfDay::Morning, " morning  "), (HalfDay::Evening, " evening")] {
            if !skips(half) {
                boxes.extend([Span::Tick, plain(name)]);
            }
        }
    } else {
        for _ in 0..run.times_a_day.clamp(1, 6) {
            boxes.extend([Span::Tick, plain("  ")]);
        }
    }
    let name = vec![bold(day::short(date)), plain(format!(" {}", crate::calendar::print_short(date)))];
    let cells = vec![
        cell(TEXT, name),
        cell(TEXT, vec![plain(plain_name(dose))]),
        cell(TEXT, vec![plain(take)]),
        cell(TEXT, boxes),
    ];
    grid_row(mm(7.0), mm(5.9), cells)
}
