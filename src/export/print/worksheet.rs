//! The pharmacist's preparation worksheet: every input with its date, every step with its numbers, and
//! room for what the pharmacy writes.

use crate::calendar::{Date, print, with_weekday};
use crate::course::Text;
use crate::finding::Severity;
use crate::present::{CumulativeRow, DoseRow, DoseState, PlannedRow, Schedule, cumulative, previous};
use crate::quantity::number::plain;

use super::super::{Options, shared};
use super::document::{Block, Cell, Sheet, Table, blank, field, strong, text};
use super::{visit, wanted};

/// A sheet a visit.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let totals = cumulative(schedule);
    let mut visits: Vec<Vec<&DoseRow>> = Vec::new();
    let wanted = schedule.doses.iter().filter(|dose| dose.state() != DoseState::Omitted && wanted(options, dose.cycle));
    for dose in wanted {
        match visits.iter_mut().find(|visit| visit.first().is_some_and(|first| together(first, dose))) {
            Some(visit) => visit.push(dose),
            None => visits.push(vec![dose]),
        }
    }
    let sheets = visits.iter().filter_map(|visit| sheet(schedule, options, visit, &totals));
    overview(schedule, options).into_iter().chain(sheets).collect()
}

/// The whole plan as a picture, before its visits.
fn overview(schedule: &Schedule, options: &Options) -> Option<Sheet> {
    let picture = super::timeline::timeline(schedule).filter(|_| options.print.cycle.is_none())?;
    let mut fields = super::who(options);
    fields.push(field("Number of cycles", schedule.count.words.clone()));
    fields.push(field("Shown here", schedule.count.planned.to_string()));
    let mut table = Table::new("Cycles", &[("Cycle", 20), ("Day 1", 40), ("Last day", 40), ("Window of day 1", 50)]);
    for cycle in &schedule.sheets.cycles {
        let window = cycle.window;
        let window = window
            .map_or("unknown".to_owned(), |window| format!("{} to {}", print(window.earliest), print(window.latest)));
        let phase = cycle.phase.as_ref().map_or(String::new(), |phase| format!("{phase}, "));
        table.rows.push(vec![
            text(format!("{phase}Cycle {}", cycle.number)),
            strong(with_weekday(cycle.first)),
            text(with_weekday(cycle.last)),
            text(window),
        ]);
    }
    let blocks = vec![Block::Fields(fields), Block::Timeline(picture), Block::Table(table)];
    Some(Sheet { title: "Overview".to_owned(), large: false, blocks })
}

fn together(one: &DoseRow, other: &DoseRow) -> bool {
    one.date() == other.date() && one.cycle == other.cycle && one.phase == other.phase
}

fn sheet(schedule: &Schedule, options: &Options, doses: &[&DoseRow], totals: &[CumulativeRow]) -> Option<Sheet> {
    let first = doses.first()?;
    let mut blocks = vec![Block::Fields(head(schedule, options, first))];
    blocks.push(Block::Table(inputs(schedule, first)));
    if let Some(criteria) = criteria(schedule, first.own_day) {
        blocks.push(criteria);
    }
    let warnings = schedule.findings.iter().filter(|finding| finding.severity <= Severity::Warn);
    let warnings: Vec<String> = warnings.map(|one| format!("{}: {}", one.severity.word(), one.text)).collect();
    if !warnings.is_empty() {
        blocks.push(Block::Heading("Warnings".to_owned()));
        blocks.push(Block::List(warnings));
    }
    for (dose, number) in doses.iter().zip(1..) {
        blocks.push(Block::Group(drug(schedule, dose, number, totals)));
    }
    blocks.push(Block::Notice("Recalculate every dose by hand, from the inputs above, before use.".to_owned()));
    Some(Sheet {
        title: format!("{}, {}", visit(first.phase.as_deref(), first.cycle, first.own_day), with_weekday(first.date())),
        large: false,
        blocks,
    })
}

fn head(schedule: &Schedule, options: &Options, first: &DoseRow) -> Vec<(String, String)> {
    let mut fields = super::who(options);
    fields.push(field("Regimen", schedule.regimen.name.clone()));
    fields.push(field("Indication", schedule.regimen.indication.clone()));
    fields.extend(schedule.regimen.supportive_care.clone().map(|care| field("Supportive care", care)));
    fields.push(field(
        "Window",
        match first.window() {
            Some(window) if window.earliest == window.latest => "the day itself".to_owned(),
            Some(window) => format!("{} to {}", print(window.earliest), print(window.latest)),
            None => "unknown".to_owned(),
        },
    ));
    fields.push(field("Site", options.print.site.clone().unwrap_or_default()));
    fields.push(blank("Second identifier"));
    fields.push(blank("Allergies, or none known"));
    fields
}

/// What the doses of the visit were made from, each figure with its day.
fn inputs(schedule: &Schedule, dose: &DoseRow) -> Table {
    let subject = &schedule.subject;
    let mut table =
        Table::new("What was entered", &[("What", 34), ("Value", 40), ("Measured on", 36), ("Measured today", 34)]);
    let mut row = |name: &str, value: String, on: String| {
        table.rows.push(vec![text(name), strong(value), text(on), Cell::Blank]);
    };
    let when = |on: Option<Date>| on.map_or("day not stated".to_owned(), print);
    if let Some(inputs) = dose.planned().map(|planned| &planned.inputs) {
        let creatinine = inputs.creatinine.map(|one| (one.value.to_string(), one.on));
        let known = [
            ("Height", inputs.height.map(|one| (one.value.write(), one.on))),
            ("Weight", inputs.weight.map(|one| (one.value.write(), one.on))),
            ("Creatinine", creatinine),
            ("Measured kidney function", inputs.gfr.map(|one| (one.value.write(), one.on))),
        ];
        for (name, known) in known {
            if let Some((value, on)) = known {
                row(name, value, when(on));
            }
        }
    }
    let rest = [
        ("Age at the start", subject.age.map(|age| format!("{} years", age.write()))),
        ("Sex", subject.sex.map(|sex| sex.write())),
        ("Genotype", subject.genotype.clone()),
        ("Laboratory", shared::tests(subject)),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            row(name, value, String::new());
        }
    }
    table
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

fn drug(schedule: &Schedule, dose: &DoseRow, number: usize, totals: &[CumulativeRow]) -> Vec<Block> {
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    let part = dose.part.map_or(String::new(), |part| format!(", {part}"));
    let mut blocks = vec![Block::Heading(format!("{number}. {}{part} ({}{over})", dose.shown, dose.route_words()))];
    if dose.state() == DoseState::Held {
        blocks.push(Block::Notice(format!("HELD: {}", dose.reason.as_deref().unwrap_or("no reason stated"))));
    }
    if let Some(given) = dose.given() {
        let beside = given.beside(dose.planned()).into_iter().chain(dose.reason.clone());
        let said = std::iter::once(format!("{} on {}", given.at.portion, with_weekday(given.at.date))).chain(beside);
        blocks.push(Block::Notice(format!("GIVEN: {}", said.collect::<Vec<_>>().join("; "))));
    }
    blocks.push(Block::List(dose.working().to_vec()));
    blocks.extend(dose.planned().map(|planned| Block::Table(figures(dose, planned))));
    blocks.push(Block::Fields(details(schedule, dose, totals)));
    if !dose.marks().is_empty() {
        blocks.push(Block::Notice(format!("Not verified in the regimen: {}.", dose.marks().join("; "))));
    }
    blocks.push(Block::Table(pharmacy()));
    blocks
}

fn figures(dose: &DoseRow, planned: &PlannedRow) -> Table {
    let head = [("Calculated", 24), ("After caps", 24), ("Rounded: prepare", 44), ("Difference", 22)];
    let mut table = Table::new(&format!("From calculated to prepared dose of {}", dose.shown), &head);
    let calculated = planned.calculated.to_string();
    let (before, after) = match planned.uncapped {
        Some(uncapped) => (uncapped.to_string(), format!("capped: {calculated}")),
        None => (calculated.clone(), calculated),
    };
    let difference = planned.difference.map_or("none".to_owned(), |share| format!("{} %", shared::signed(share)));
    table.rows.push(vec![text(before), text(after), strong(planned.at.portion.to_string()), text(difference)]);
    table
}

fn details(schedule: &Schedule, dose: &DoseRow, totals: &[CumulativeRow]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut has = |name: &str, value: Option<String>| fields.extend(value.map(|value| field(name, value)));
    let planned = dose.planned();
    has("Supply", planned.and_then(PlannedRow::supply_words));
    has("Bag", planned.and_then(|planned| planned.preparation.bag_words()));
    has("Long infusion", planned.and_then(PlannedRow::spread_words));
    has("Order", dose.when.clone());
    has("At home", dose.taken_words());
    has("To dispense", planned.and_then(PlannedRow::dispensed_words));
    has("Dose level", planned.filter(|planned| planned.level != 0).map(|planned| planned.level.to_string()));
    let percent = planned.and_then(|planned| planned.percent);
    has("Percent of the dose", percent.map(|share| format!("{} %", plain(share))));
    has("Loading dose", planned.filter(|planned| planned.loading).map(|_| "yes".to_owned()));
    has("Last cycle", previous(schedule, dose).map(|last| last.words));
    let total = totals.iter().find(|row| row.id == dose.id && row.date == dose.date() && row.cycle == dose.cycle);
    has("Total after this", total.map(|row| row.total.to_string()));
    has("Remark", dose.note.clone());
    fields
}

fn pharmacy() -> Table {
    let head = [
        ("Lot", 22),
        ("Expires", 18),
        ("Diluent, final volume", 30),
        ("Use before", 18),
        ("Prepared by, time", 30),
        ("Checked by, time", 30),
    ];
    let mut table = Table::new("Written by the pharmacy", &head);
    table.rows = vec![vec![Cell::Blank; head.len()]];
    table
}
