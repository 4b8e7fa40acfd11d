//! The subject's calendar: large, plain words, boxes to tick, what to bring, whom to call.

use crate::calendar::{Date, plus_days, print, with_weekday};
use crate::present::{AssessmentRow, CycleRow, DoseRow, DoseState, PlannedRow, RunRow, Schedule};
use crate::regimen::HalfDay;

use super::super::Options;
use super::document::{Block, Cell, Sheet, Table, blank, field, strong, text};
use super::wanted;

/// A sheet a cycle.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let cycles = schedule.sheets.cycles.iter().enumerate().filter(|(_, cycle)| wanted(options, cycle.number));
    cycles.map(|(at, cycle)| sheet(schedule, options, cycle, at)).collect()
}

fn sheet(schedule: &Schedule, options: &Options, cycle: &CycleRow, at: usize) -> Sheet {
    let mut blocks = Vec::new();
    blocks.push(Block::Fields(super::who(options)));
    if !cycle.certain {
        blocks
            .push(Block::Text("This cycle takes place only if treatment goes on. Dates may still change.".to_owned()));
    }
    blocks.push(Block::Table(visits(schedule, options, cycle, at)));
    blocks.extend(of(schedule, cycle).filter(|dose| dose.run().is_some()).flat_map(at_home));
    blocks.push(Block::Group(bring(options)));
    blocks.push(Block::Group(contacts(options)));
    Sheet {
        title: format!("Cycle {}: {} to {}", cycle.number, print(cycle.first), print(cycle.last)),
        large: true,
        blocks,
    }
}

fn of<'a>(schedule: &'a Schedule, cycle: &'a CycleRow) -> impl Iterator<Item = &'a DoseRow> {
    let here =
        |dose: &&DoseRow| dose.cycle == cycle.number && dose.phase == cycle.phase && dose.state() != DoseState::Omitted;
    schedule.doses.iter().filter(here)
}

/// What happens on one day.
struct Entry {
    date: Date,
    what: String,
    notes: Vec<String>,
}

fn visits(schedule: &Schedule, options: &Options, cycle: &CycleRow, at: usize) -> Table {
    let mut entries: Vec<Entry> = Vec::new();
    for dose in of(schedule, cycle).filter(|dose| dose.run().is_none()) {
        let what = format!("Treatment visit (Day {})", dose.own_day);
        let mut note = match (options.show_drugs, dose.state()) {
            (true, DoseState::Held) => Some(format!("{}: on hold, ask the team", dose.shown)),
            (false, DoseState::Held) => Some("on hold, at least in part: ask the team".to_owned()),
            (true, _) => Some(dose.shown.clone()),
            (false, _) => None,
        };
        note.take_if(|note| entries.iter().any(|entry| entry.date == dose.date() && entry.notes.contains(note)));
        add(&mut entries, dose.date(), what, note);
        add_closed(&mut entries, dose.date(), dose.closed.as_ref());
    }
    for run in of(schedule, cycle).filter(|dose| dose.run().is_some()) {
        add(&mut entries, run.date(), format!("Start taking {} at home", run.shown), None);
    }
    for end in schedule.ends.iter().filter(|end| end.cycle == cycle.number && end.phase == cycle.phase) {
        add(&mut entries, end.date, end.visit.clone(), None);
        add_closed(&mut entries, end.date, end.closed.as_ref());
    }
    for test in schedule.assessments.iter().filter(|test| within(schedule, test, cycle, at)) {
        let window = test.window.filter(|window| window.earliest != window.latest);
        let note = window.map(|window| format!("any day from {} to {}", print(window.earliest), print(window.latest)));
        add(&mut entries, test.date, test.name.clone(), note);
    }
    entries.sort_by_key(|entry| entry.date);
    let mut table = Table::new("Your visits", &[("Done", 15), ("Day", 34), ("What", 46), ("Please note", 40)]);
    table.rows = entries
        .into_iter()
        .map(|entry| vec![Cell::Tick, strong(with_weekday(entry.date)), text(entry.what), text(entry.notes.join("; "))])
        .collect();
    table
}

fn add(entries: &mut Vec<Entry>, date: Date, what: String, note: Option<String>) {
    match entries.iter_mut().find(|entry| entry.date == date && entry.what == what) {
        Some(entry) => entry.notes.extend(note),
        None => entries.push(Entry { date, what, notes: note.into_iter().collect() }),
    }
}

fn add_closed(entries: &mut [Entry], date: Date, closed: Option<&String>) {
    let Some(reason) = closed else { return };
    let note = format!("the clinic is closed ({reason}): ask the team");
    if let Some(entry) = entries.iter_mut().find(|entry| entry.date == date && !entry.notes.contains(&note)) {
        entry.notes.push(note);
    }
}

/// Tests of this cycle; those before the first cycle stand with the first, those after the last with the last.
fn within(schedule: &Schedule, test: &AssessmentRow, cycle: &CycleRow, at: usize) -> bool {
    let after = at == 0 || test.date >= cycle.first;
    let next = schedule.sheets.cycles.get(at + 1);
    after && next.is_none_or(|next| test.date < next.first)
}

fn at_home(dose: &DoseRow) -> Vec<Block> {
    let Some(run) = dose.run() else { return Vec::new() };
    let taken = dose.taken_words().unwrap_or_default();
    let mut words = format!("Take {}: {taken}.", dose.dose_words());
    if let Some(supply) = dose.planned().and_then(PlannedRow::dispensed_words).filter(|_| run.administrations > 1) {
        words = format!("{words} You need {supply} for all these days.");
    }
    let mut blocks = vec![Block::Heading(format!("At home: {}", dose.shown)), Block::Text(words)];
    blocks.extend(dose.note.clone().map(Block::Text));
    blocks.push(Block::Table(diary(run, dose)));
    blocks
}

fn diary(run: &RunRow, dose: &DoseRow) -> Table {
    let head: &[(&str, u16)] = match run.times_a_day {
        0 | 1 => &[("Day", 40), ("Taken", 20), ("Notes", 60)],
        2 => &[("Day", 40), ("Morning", 20), ("Evening", 20), ("Notes", 40)],
        _ => &[("Day", 40), ("1st", 14), ("2nd", 14), ("3rd and more", 20), ("Notes", 32)],
    };
    let mut table = Table::new(&format!("Doses of {} taken at home", dose.shown), head);
    let (first, last) = (run.from, run.through);
    let mut here = Some(first);
    while let Some(date) = here.filter(|date| *date <= last) {
        let mut row = vec![text(with_weekday(date))];
        for column in 1..head.len().saturating_sub(1) {
            let before = date == first && column == 1 && run.starts == Some(HalfDay::Evening);
            let after = date == last && column == 2 && run.ends == Some(HalfDay::Morning);
            row.push(if before || after { text("none") } else { Cell::Tick });
        }
        row.push(Cell::Blank);
        table.rows.push(row);
        here = plus_days(date, 1);
    }
    table
}

fn bring(options: &Options) -> Vec<Block> {
    let list = &options.print.bring;
    let list = if list.is_empty() {
        vec![
            "this calendar, with your ticks and notes".to_owned(),
            "a list of all medicines you take".to_owned(),
            "all study medicine that is left, and empty packs".to_owned(),
        ]
    } else {
        list.clone()
    };
    vec![Block::Heading("Please bring to every visit".to_owned()), Block::List(list)]
}

fn contacts(options: &Options) -> Vec<Block> {
    let contacts = &options.print.contacts;
    let fields = if contacts.is_empty() {
        vec![blank("In working hours"), blank("At night and at weekends")]
    } else {
        contacts.iter().map(|one| field(&one.who, one.number.clone())).collect()
    };
    vec![
        Block::Heading("Whom to call".to_owned()),
        Block::Text(
            "Call when you feel unwell, when you have a fever, or when you missed a dose or a visit.".to_owned(),
        ),
        Block::Fields(fields),
    ]
}
