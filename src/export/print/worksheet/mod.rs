//! The pharmacist's preparation worksheet: one page a visit where it fits, every input with its date, every step with its
//! numbers, what is prepared and in what, and room for what the pharmacy writes.
//!
//! Nothing is printed to prepare that was given, omitted or held: a bag that is prepared a second time can be hung a
//! second time. What happened instead stands in a line.

mod drug;
mod way;

use std::collections::BTreeSet;

use crate::calendar::{Date, print, with_weekday};
use crate::course::Text;
use crate::finding::{Cycles, Finding, Severity};
use crate::present::{DoseRow, MeasurementRow, Place, Schedule, cumulative};
use crate::quantity::{Height, Weight};

use super::super::{Options, shared};
use super::document::{Block, Boxed, Cell, Sheet, Table, strong, text};
use super::visit::{cycle_words, prepared, visit, wanted};

/// A sheet a visit.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let mut visits: Vec<Vec<&DoseRow>> = Vec::new();
    for dose in schedule.doses.iter().filter(|dose| wanted(options, dose.cycle)) {
        match visits.iter_mut().find(|visit| visit.first().is_some_and(|first| together(first, dose))) {
            Some(visit) => visit.push(dose),
            None => visits.push(vec![dose]),
        }
    }
    let sheets: Vec<Sheet> = visits.iter().filter_map(|visit| sheet(schedule, options, visit)).collect();
    overview(schedule, options).filter(|_| !sheets.is_empty()).into_iter().chain(sheets).collect()
}

/// The whole plan as a picture, before its visits.
fn overview(schedule: &Schedule, options: &Options) -> Option<Sheet> {
    let picture = super::timeline::timeline(schedule).filter(|_| options.print.cycle.is_none())?;
    let word = schedule.regimen.cycle_word;
    let mut table =
        Table::new(word.titles(), &[(word.title(), 20), ("Day 1", 40), ("Last day", 40), ("Window of day 1", 50)]);
    for cycle in &schedule.sheets.cycles {
        let window = cycle.window;
        let window = window
            .map_or("unknown".to_owned(), |window| format!("{} to {}", print(window.earliest), print(window.latest)));
        table.rows.push(vec![
            text(cycle_words(cycle.word, cycle.phase_name.as_deref(), cycle.number)),
            strong(with_weekday(cycle.first)),
            text(with_weekday(cycle.last)),
            text(window),
        ]);
    }
    let count = format!("{}: {}; shown here: {}.", word.titles(), schedule.count.words, shared::shown(schedule));
    let ended = shared::ended(schedule).map(Block::Notice);
    let blocks = ended.into_iter().chain([Block::Text(count), Block::Timeline(picture), Block::Table(table)]).collect();
    Some(Sheet { head: vec![("Part".to_owned(), "Overview".to_owned())], ..Sheet::new("Overview", blocks) })
}

/// On one sheet: what was given stands on the day on which it was, beside what is still to be prepared for that day. What goes
/// into the spine has a sheet to itself: every vincristine that was given there lay beside it (WHO alert 115, 2007).
fn together(one: &DoseRow, other: &DoseRow) -> bool {
    one.is_spinal() == other.is_spinal()
        && one.date() == other.date()
        && one.cycle == other.cycle
        && one.phase == other.phase
}

fn sheet(schedule: &Schedule, options: &Options, doses: &[&DoseRow]) -> Option<Sheet> {
    let first = doses.first()?;
    let (wanted, left): (Vec<&DoseRow>, Vec<&DoseRow>) =
        doses.iter().copied().partition(|dose| prepared(schedule, options, dose));
    if wanted.is_empty() {
        return None;
    }
    let sizes = sizes(&wanted);
    let mut blocks: Vec<Block> = shared::ended(schedule).map(Block::Notice).into_iter().collect();
    blocks.extend([Block::Boxes(inputs(schedule, first, &sizes)), Block::Text(about(schedule, first))]);
    blocks.push(Block::Fields(vec![
        super::document::field("Site", options.print.site.clone().unwrap_or_default()),
        super::document::blank("Allergies, or none known"),
    ]));
    blocks.extend(way::steps(schedule, first));
    blocks.extend(schedule.regimen.note.as_ref().map(|note| Block::Notice(format!("▲ {note}"))));
    let care = schedule.regimen.supportive_care.as_ref();
    blocks.extend(care.map(|care| Block::Text(format!("Supportive care: {care}"))));
    blocks.extend(criteria(schedule, first.day));
    let warnings = told(schedule, first).filter(|finding| finding.severity <= Severity::Warn);
    blocks.extend(warnings.map(|one| Block::Notice(format!("{}: {}", one.severity.word(), one.text))));
    let totals = cumulative(schedule);
    let (clinic, home): (Vec<&DoseRow>, Vec<&DoseRow>) = wanted.iter().partition(|dose| dose.place != Place::Home);
    let (counted, clinic): (Vec<&DoseRow>, Vec<&DoseRow>) =
        clinic.into_iter().partition(|dose| drug::is_counted_out(dose));
    blocks.extend(counted_out(&counted).map(Block::Table));
    let clinic = drug::alike(&clinic);
    for (doses, number) in clinic.iter().zip(1u32..) {
        blocks.extend(drug::panel(schedule, doses, number, &sizes, &totals).map(Block::Panel));
    }
    blocks.extend(home.iter().map(|dose| Block::Notice(drug::dispensed(dose))));
    blocks.extend(nothing(&left).map(Block::Notice));
    blocks.push(Block::Group(double_check(&clinic)));
    let day = first.date();
    Some(Sheet {
        head: vec![
            (first.cycle_word.title().to_owned(), head_cycle(first)),
            ("Day".to_owned(), first.own_day.to_string()),
            ("Date".to_owned(), with_weekday(day)),
        ],
        ..Sheet::new(&format!("{}, {}", visit(first), with_weekday(day)), blocks)
    })
}

/// `2`, or `Induction, cycle 2` where there are several phases.
fn head_cycle(dose: &DoseRow) -> String {
    let words = cycle_words(dose.cycle_word, dose.phase_name.as_deref(), dose.cycle);
    if dose.phase_name.is_some() { words } else { dose.cycle.to_string() }
}

/// How body surface or weight came about: told once, above the drugs that are dosed by it.
fn sizes<'a>(doses: &[&'a DoseRow]) -> BTreeSet<&'a str> {
    let planned = doses.iter().filter_map(|dose| dose.planned());
    planned.flat_map(|planned| planned.size.iter().map(String::as_str)).collect()
}

/// What is told of the cycle of a dose: what holds for all of the plan, what is of that cycle alone, and of what holds from a
/// cycle on the newest.
fn told<'a>(schedule: &'a Schedule, dose: &DoseRow) -> impl Iterator<Item = &'a Finding> {
    let place = |phase: &Option<String>, number: u32| {
        schedule.sheets.cycles.iter().position(|cycle| cycle.number == number && cycle.phase == *phase)
    };
    let own = place(&dose.phase, dose.cycle);
    let since = move |finding: &Finding| match finding.cycles.as_deref()? {
        Cycles::From(phase, number) => place(phase, *number),
        Cycles::Only(..) => None,
    };
    schedule.findings.iter().filter(move |finding| {
        if let Some(Cycles::Only(phase, number)) = finding.cycles.as_deref() {
            return place(phase, *number) == own;
        }
        let Some(from) = since(finding) else { return true };
        let newer = |other: &&Finding| other.code == finding.code && since(other) > Some(from) && since(other) <= own;
        Some(from) <= own && !schedule.findings.iter().any(|other| newer(&other))
    })
}

/// What the visit is for, and within which days.
fn about(schedule: &Schedule, first: &DoseRow) -> String {
    let window = match first.window() {
        Some(window) if window.earliest == window.latest => "the day itself".to_owned(),
        Some(window) => format!("{} to {}", print(window.earliest), print(window.latest)),
        None => "unknown".to_owned(),
    };
    let delay =
        first.delayed_words().map_or(String::new(), |words| format!(" The {} is {words}.", first.cycle_word.one()));
    format!("{}. Window: {window}.{delay}", schedule.regimen.indication.trim_end_matches('.'))
}

/// What the doses of the visit were made from, each figure with its day and room for today's.
fn inputs(schedule: &Schedule, dose: &DoseRow, sizes: &BTreeSet<&str>) -> Vec<Boxed> {
    let subject = &schedule.subject;
    let mut boxes = Vec::new();
    let entered = subject.enrolled.map_or(String::new(), |day| format!(" (entered on {})", print(day)));
    let when = |on: Option<Date>| on.map_or_else(|| format!("day not stated{entered}"), print);
    let mut known = |name: &str, value: String, below: String, share: u16| {
        boxes.push(Boxed { caption: name.to_owned(), value, unit: String::new(), below, share });
    };
    let inputs = dose.planned().map(|planned| &planned.inputs);
    if let Some(inputs) = inputs {
        let measured = [
            ("Height", inputs.height.map(|one| (one.value.write(), one.on))),
            ("Weight", inputs.weight.map(|one| (one.value.write(), one.on))),
            ("Creatinine", inputs.creatinine.map(|one| (one.value.to_string(), one.on))),
            ("Measured kidney function", inputs.gfr.map(|one| (one.value.write(), one.on))),
        ];
        for (name, one) in measured {
            if let Some((value, on)) = one {
                let newer =
                    newer(schedule, dose, name, (&value, on)).map_or(String::new(), |newer| format!("; {newer}"));
                known(name, value, format!("on {}; today ________{newer}", when(on)), 30);
            }
        }
    }
    let rest = [
        ("Age at the start", subject.age.map(|age| age.to_string())),
        ("Sex", subject.sex.map(|sex| sex.write())),
        ("Genotype", subject.genotype.clone()),
        ("Laboratory", shared::tests(subject)),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            known(name, value, String::new(), 18);
        }
    }
    if let Some(bsa) = inputs.and_then(|inputs| inputs.size.as_ref()).and_then(|size| size.bsa) {
        known("Body surface", bsa.to_string(), sizes.iter().copied().collect::<Vec<_>>().join("; "), 60);
    } else if !sizes.is_empty() {
        known("Body size", String::new(), sizes.iter().copied().collect::<Vec<_>>().join("; "), 60);
    }
    boxes
}

/// A newer measurement than the one that a dose was made from: `NEWEST 59 kg on 30-Nov-2026, not used here`.
/// Of a record one after the planned day too: then the dose is overdue.
fn newer(schedule: &Schedule, dose: &DoseRow, name: &str, (used, on): (&str, Option<Date>)) -> Option<String> {
    let overdue = dose.given().is_none() && !schedule.history.is_empty();
    let value = |row: &MeasurementRow| match name {
        "Height" => row.height.map(Height::write),
        "Weight" => row.weight.map(Weight::write),
        "Creatinine" => row.creatinine.map(|creatinine| creatinine.to_string()),
        _ => None,
    };
    let measured = schedule.sheets.measurements.iter().filter_map(|row| Some((row.on?, value(row)?)));
    let known = measured.filter(|(day, _)| overdue || *day <= dose.date());
    let (day, newest) = known.max_by_key(|(day, _)| *day)?;
    (newest != used && on.is_none_or(|on| on < day))
        .then(|| format!("NEWEST {newest} on {}, not used here", print(day)))
}

fn criteria(schedule: &Schedule, on: i32) -> Option<Block> {
    let rows = schedule.sheets.protocol.criteria.iter().filter(|one| one.asked_on(on));
    let rows: Vec<Vec<Cell>> = rows
        .map(|one| {
            vec![text(&one.test), text(&one.limit), text(one.when()), text(&one.otherwise), Cell::Blank, Cell::Blank]
        })
        .collect();
    let head =
        [("Criterion to treat", 30), ("Limit", 24), ("When", 24), ("Otherwise", 34), ("Result", 18), ("Date", 18)];
    let mut table = Table::new("Criteria to treat", &head);
    table.rows = rows;
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// What is swallowed beside the treatment: a line each.
fn counted_out(doses: &[&DoseRow]) -> Option<Table> {
    let head = [("To count or pour out", 40), ("Dose", 24), ("How", 70), ("Lot", 22), ("Given by, at", 26)];
    let mut table = Table::new("Swallowed beside the treatment", &head);
    table.rows = doses.iter().map(|dose| drug::counted_out(dose)).collect();
    (!table.rows.is_empty()).then_some(table)
}

/// What stands on this visit and is not to be prepared, each with the reason.
fn nothing(left: &[&DoseRow]) -> Option<String> {
    let each: Vec<String> =
        left.iter().map(|dose| format!("{}: {}", dose.shown_apart(), drug::happened(dose))).collect();
    (!each.is_empty()).then(|| format!("Nothing to prepare: {}.", each.join("; ")))
}

const DOUBLE_CHECK: &str =
    "Independent double check from the protocol, figures folded back. A difference: stop, nothing leaves.";

/// The second person works everything out again, from the protocol, without the figures above.
fn double_check(doses: &[Vec<&DoseRow>]) -> Vec<Block> {
    let head = [
        // Each head on one line: the page of a visit with two drugs has none to spare.
        ("Drug", 44),
        ("my dose", 18),
        ("my volume", 23),
        ("my rate", 18),
        ("agrees", 17),
        ("drug", 10),
        ("dose", 10),
        ("volume", 10),
        ("diluent", 10),
        ("route", 10),
        ("rate", 10),
        ("expiry", 10),
        ("interval", 10),
    ];
    let mut table = Table::new(DOUBLE_CHECK, &head);
    for (alike, number) in doses.iter().zip(1u32..) {
        let Some(dose) = alike.first() else { continue };
        let times = if alike.len() > 1 { format!(", {} doses", alike.len()) } else { String::new() };
        let mut row = vec![text(format!("{number} {}{times}", dose.shown_apart()))];
        row.extend(std::iter::repeat_n(Cell::Blank, 4));
        row.extend(std::iter::repeat_n(Cell::Tick, 8));
        table.rows.push(row);
    }
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Table(table),
        Block::Fields(vec![
            super::document::blank("Height, weight"),
            super::document::blank("Second person, date, time"),
        ]),
    ]
}
