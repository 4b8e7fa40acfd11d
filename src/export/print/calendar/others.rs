//! What is taken at home in a cycle in several goes or beside the treatment, dose by dose of each day.

use crate::calendar::{Date, days_between, plus_days};
use crate::present::{CycleRow, DoseRow, RunRow, Schedule};
use crate::regimen::HalfDay;

use super::super::super::Options;
use super::super::leaf::build::{bold, cell, grid_row, plain, words};
use super::super::leaf::{Grid, GridCell, GridRow, Leaf, Node, Span, Width, mm};
use super::advice;
use super::counted::{Counted, of_half};
use super::day;
use super::parts::{TEXT, capital, head, headed, listed, named, paired, plain_name, said, staff, tell, when_to_call};
use super::visits::visits;

/// The page of a cycle.
pub(super) fn other(schedule: &Schedule, options: &Options, cycle: &CycleRow, runs: &[(&DoseRow, &RunRow)]) -> Leaf {
    let title = format!("Your medicine at home, {}", named(cycle));
    let points = options.print.texts.as_ref().map_or(&[][..], |texts| texts.call_at_once.as_slice());
    let called = when_to_call(options, ("Call at once if you have", points), tell(schedule, options));
    let mut body = vec![called, Node::Space(6.0), Node::Grid(diary(schedule, runs)), Node::Space(8.0)];
    body.extend(paired(texts(options, runs)));
    body.push(staff(Span::Blank(50.0), "packs"));
    Leaf { head: head(schedule, options, &title, below(runs)), title, body }
}

/// The medicines, and from when to when.
fn below(runs: &[(&DoseRow, &RunRow)]) -> Vec<Node> {
    let first = runs.iter().map(|(_, run)| run.from).min();
    let last = runs.iter().map(|(_, run)| run.through).max();
    let mut nodes = vec![words(13.0, vec![bold(capital(&listed(&names(runs)))), plain(", at home")])];
    if let Some((first, last)) = first.zip(last) {
        let spans = if first == last {
            vec![plain("on "), bold(day::whole(first))]
        } else {
            vec![plain("from "), bold(day::whole(first)), plain(" to "), bold(day::whole(last))]
        };
        nodes.push(words(13.0, spans));
    }
    nodes
}

/// Each name once.
fn names(runs: &[(&DoseRow, &RunRow)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in runs.iter().map(|(dose, _)| plain_name(dose)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn diary(schedule: &Schedule, runs: &[(&DoseRow, &RunRow)]) -> Grid {
    // Of one medicine the head of the page says which, and its doses have the room.
    let several = names(runs).len() > 1;
    let mut rows: Vec<(Date, GridRow)> = Vec::new();
    for (dose, run) in runs {
        for later in 0..=days_between(run.from, run.through) {
            let Some(date) = plus_days(run.from, later) else { continue };
            rows.push((date, taken((dose, run), date, several)));
        }
    }
    rows.sort_by_key(|(date, _)| *date);
    let last = rows.last().map(|(date, _)| *date);
    let next = last.and_then(|last| visits(schedule, &Options::default()).next(last)).map(|date| next(date, several));
    Grid {
        caption: "Medicine taken at home".to_owned(),
        widths: if several {
            vec![Width::Points(82.0), Width::Share(0.9), Width::Share(1.35), Width::Share(1.05)]
        } else {
            vec![Width::Points(82.0), Width::Share(1.8), Width::Share(1.0)]
        },
        head: if several { &["Day", "Medicine", "Take", "Taken"][..] } else { &["Day", "Take", "Taken"] }
            .iter()
            .map(|head| (*head).to_owned())
            .collect(),
        head_size: TEXT,
        boxed: true,
        rows: rows.into_iter().map(|(_, row)| row).chain(next).collect(),
    }
}

/// The next visit, below the days.
fn next(date: Date, several: bool) -> GridRow {
    let spans = vec![bold("next visit, at "), Span::Blank(34.0), bold(" blood test on "), Span::Rest];
    let told = GridCell { columns: if several { 3 } else { 2 }, framed: true, ..cell(TEXT, spans) };
    let cells = vec![GridCell { framed: true, ..cell(TEXT, vec![bold(day::without_year(date))]) }, told];
    grid_row(mm(7.6), mm(6.4), cells)
}

fn texts(options: &Options, runs: &[(&DoseRow, &RunRow)]) -> Vec<Node> {
    let mut nodes = Vec::new();
    let how = said(options, |texts| texts.how.as_ref());
    nodes.extend(how.map(|how| headed("How", Some(vec![plain(how.clone())]))));
    for name in names(runs) {
        let own: Vec<&(&DoseRow, &RunRow)> = runs.iter().filter(|(dose, _)| plain_name(dose) == name).collect();
        let mut spans = of_drug(&own);
        // The study's words stand above, for all of them.
        let note = own.iter().find_map(|(dose, _)| dose.note.clone()).filter(|_| how.is_none());
        spans.extend(note.map(|note| plain(format!("\n{note}"))));
        nodes.push(headed(&capital(&name), Some(spans)));
    }
    nodes.extend(advice::of_all(options, missed(options, runs)));
    nodes
}

/// The first and the last dose of a medicine; of one taken in several goes, each day.
fn of_drug(own: &[&(&DoseRow, &RunRow)]) -> Vec<Span> {
    if let [(dose, run)] = own {
        return advice::first_and_last(dose, run);
    }
    let span = |run: &RunRow| {
        let (first, last) = (day::without_year(run.from), day::without_year(run.through));
        if first == last { first } else { format!("{first} to {last}") }
    };
    let days: Vec<String> = own.iter().map(|(_, run)| span(run)).collect();
    let doses: u32 = own.iter().map(|(_, run)| run.administrations).sum();
    vec![bold(listed(&days)), plain(format!(".\n{}.", crate::quantity::number::count(doses, "dose")))]
}

/// A missed dose: said once where it is the same for all.
fn missed(options: &Options, runs: &[(&DoseRow, &RunRow)]) -> Vec<Span> {
    let mut each: Vec<(String, Vec<String>)> = Vec::new();
    for (dose, _) in runs {
        let (name, rule) = (plain_name(dose), advice::missed(options, dose.missed));
        match each.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => each.push((rule, vec![name])),
        }
    }
    if let [(rule, _)] = each.as_slice() {
        return vec![plain(rule.clone())];
    }
    let told: Vec<String> = each.iter().map(|(rule, names)| format!("{}: {rule}", capital(&listed(names)))).collect();
    vec![plain(told.join("\n"))]
}

fn taken((dose, run): (&DoseRow, &RunRow), date: Date, several: bool) -> GridRow {
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
    let medicine = several.then(|| cell(TEXT, vec![plain(plain_name(dose))]));
    let rest = [cell(TEXT, vec![plain(take)]), cell(TEXT, boxes)];
    let cells = std::iter::once(cell(TEXT, name)).chain(medicine).chain(rest).collect();
    grid_row(mm(7.0), mm(5.9), cells)
}
