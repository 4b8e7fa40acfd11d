//! The pharmacist's preparation worksheet: every input with its date, every step with its numbers, and
//! room for what the pharmacy writes.

use crate::finding::Severity;
use crate::present::{CumulativeRow, DoseRow, MeasurementRow, Schedule, cumulative, previous};
use crate::quantity::number;

use super::super::{Options, shared};
use super::document::{Block, Cell, Sheet, Table, blank, field, strong, text};
use super::{date, day, visit, wanted};

/// A sheet a visit.
pub(super) fn sheets(schedule: &Schedule, options: &Options) -> Vec<Sheet> {
    let totals = cumulative(schedule);
    let mut visits: Vec<Vec<&DoseRow>> = Vec::new();
    let wanted = schedule.doses.iter().filter(|dose| dose.state != "omitted" && wanted(options, dose.cycle));
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
        let window = cycle.earliest.as_ref().zip(cycle.latest.as_ref());
        let window =
            window.map_or("unknown".to_owned(), |(from, through)| format!("{} to {}", date(from), date(through)));
        let phase = cycle.phase.as_ref().map_or(String::new(), |phase| format!("{phase}, "));
        table.rows.push(vec![
            text(format!("{phase}Cycle {}", cycle.number)),
            strong(day(&cycle.first)),
            text(day(&cycle.last)),
            text(window),
        ]);
    }
    let blocks = vec![Block::Fields(fields), Block::Timeline(picture), Block::Table(table)];
    Some(Sheet { title: "Overview".to_owned(), large: false, blocks })
}

fn together(one: &DoseRow, other: &DoseRow) -> bool {
    one.date == other.date && one.cycle == other.cycle && one.phase == other.phase
}

fn sheet(schedule: &Schedule, options: &Options, doses: &[&DoseRow], totals: &[CumulativeRow]) -> Option<Sheet> {
    let first = doses.first()?;
    let mut blocks = vec![Block::Fields(head(schedule, options, first))];
    blocks.push(Block::Table(inputs(schedule, first)));
    if let Some(criteria) = criteria(schedule, first.day) {
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
        title: format!("{}, {}", visit(first.phase.as_deref(), first.cycle, first.day), day(&first.date)),
        large: false,
        blocks,
    })
}

fn head(schedule: &Schedule, options: &Options, first: &DoseRow) -> Vec<(String, String)> {
    let mut fields = super::who(options);
    fields.push(field("Regimen", schedule.regimen.name.clone()));
    fields.push(field("Indication", schedule.regimen.indication.clone()));
    fields.push(field(
        "Window",
        match (&first.earliest, &first.latest) {
            (Some(earliest), Some(latest)) if earliest == latest => "the day itself".to_owned(),
            (Some(earliest), Some(latest)) => format!("{} to {}", date(earliest), date(latest)),
            _ => "unknown".to_owned(),
        },
    ));
    fields.push(field("Site", options.print.site.clone().unwrap_or_default()));
    fields.push(blank("Second identifier"));
    fields.push(blank("Allergies, or none known"));
    fields
}

/// The newest figure of a measurement on or before a day; the first one where days are not known.
fn newest<'a>(
    schedule: &'a Schedule,
    on: &str,
    of: impl Fn(&MeasurementRow) -> Option<&str>,
) -> Option<(&'a MeasurementRow, String)> {
    let known = schedule.sheets.measurements.iter().filter(|row| row.on.as_deref().is_none_or(|date| date <= on));
    known.filter_map(|row| of(row).map(|value| (row, value.to_owned()))).last()
}

fn inputs(schedule: &Schedule, dose: &DoseRow) -> Table {
    let subject = &schedule.subject;
    let mut table =
        Table::new("What was entered", &[("What", 34), ("Value", 40), ("Measured on", 36), ("Measured today", 34)]);
    let mut row = |name: &str, value: String, on: String| {
        table.rows.push(vec![text(name), strong(value), text(on), Cell::Blank]);
    };
    let when = |row: &MeasurementRow| row.on.as_deref().map_or("day not stated".to_owned(), date);
    #[allow(clippy::type_complexity)] // name, where it was measured, what was entered
    let of: [(&str, fn(&MeasurementRow) -> Option<&str>, &Option<String>); 3] = [
        ("Height", |row| row.height.as_deref(), &subject.height),
        ("Weight", |row| row.weight.as_deref(), &subject.weight),
        ("Creatinine", |row| row.creatinine.as_deref(), &subject.creatinine),
    ];
    for (name, of, first) in of {
        if let Some((measured, value)) = newest(schedule, &dose.date, of) {
            row(name, value, when(measured));
        } else if let Some(value) = first {
            row(name, value.clone(), subject.measured.as_deref().map_or("day not stated".to_owned(), date));
        }
    }
    let rest = [
        ("Age at the start", subject.age.as_ref().map(|age| format!("{age} years"))),
        ("Sex", subject.sex.map(str::to_owned)),
        ("Measured kidney function", subject.gfr.clone()),
        ("Genotype", subject.genotype.clone()),
        ("Laboratory", subject.tests.clone()),
    ];
    for (name, value) in rest {
        if let Some(value) = value {
            row(name, value, String::new());
        }
    }
    table
}

fn criteria(schedule: &Schedule, on: i32) -> Option<Block> {
    let rows = schedule.sheets.protocol.criteria.iter().filter(|[_, _, days, _]| named(days, on));
    let rows: Vec<Vec<Cell>> = rows
        .map(|[test, limit, days, otherwise]| {
            vec![text(test), text(limit), text(days), text(otherwise), Cell::Blank, Cell::Blank]
        })
        .collect();
    let head =
        [("Criterion to treat", 30), ("Limit", 24), ("When", 24), ("Otherwise", 34), ("Result", 18), ("Date", 18)];
    let mut table = Table::new("Criteria to treat", &head);
    table.rows = rows;
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// Whether `Day 1, 8, not older than 3 days` names the day; text without a day number names every day.
fn named(days: &str, on: i32) -> bool {
    let list = days.strip_prefix("Day ").map(|list| list.split(", not ").next().unwrap_or(list));
    let Some(list) = list.filter(|list| !list.is_empty()) else { return true };
    list.split(", ").any(|day| day.parse() == Ok(on))
}

fn drug(schedule: &Schedule, dose: &DoseRow, number: usize, totals: &[CumulativeRow]) -> Vec<Block> {
    let over = shared::over(dose).map_or(String::new(), |over| format!(", {over}"));
    let part = dose.part.as_ref().map_or(String::new(), |part| format!(", {part}"));
    let mut blocks = vec![Block::Heading(format!("{number}. {}{part} ({}{over})", dose.shown, dose.route))];
    if dose.state == "held" {
        blocks.push(Block::Notice(format!("HELD: {}", dose.note.as_deref().unwrap_or("no reason stated"))));
    }
    blocks.push(Block::List(dose.working.clone()));
    blocks.push(Block::Table(figures(dose)));
    blocks.push(Block::Fields(details(schedule, dose, totals)));
    if !dose.marks.is_empty() {
        blocks.push(Block::Notice(format!("Not verified in the regimen: {}.", dose.marks.join("; "))));
    }
    blocks.push(Block::Table(pharmacy()));
    blocks
}

/// `122.5 mg` of a machine figure.
fn shown(value: &str, unit: &str) -> String {
    number::parse(value).map_or_else(|_| format!("{value} {unit}"), |value| format!("{} {unit}", number::print(value)))
}

fn figures(dose: &DoseRow) -> Table {
    let head = [("Calculated", 24), ("After caps", 24), ("Rounded: prepare", 44), ("Difference", 22)];
    let mut table = Table::new(&format!("From calculated to prepared dose of {}", dose.shown), &head);
    let calculated = shown(&dose.calculated, dose.unit);
    let (before, after) = match &dose.uncapped {
        Some(uncapped) => (shown(uncapped, dose.unit), format!("capped: {calculated}")),
        None => (calculated.clone(), calculated),
    };
    let difference = dose.difference_percent.as_ref().map_or("none".to_owned(), |share| format!("{share} %"));
    table.rows.push(vec![text(before), text(after), strong(dose.dose_shown.clone()), text(difference)]);
    table
}

fn details(schedule: &Schedule, dose: &DoseRow, totals: &[CumulativeRow]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut has = |name: &str, value: Option<String>| fields.extend(value.map(|value| field(name, value)));
    has("Supply", dose.supply.clone());
    has("Long infusion", dose.spread.clone());
    has("Order", dose.when.clone());
    has("At home", dose.run.as_ref().map(|run| run.words.clone()));
    let tablets = dose.run.iter().flat_map(|run| &run.tablets).map(|row| format!("{} × {}", row.count, row.strength));
    let tablets = tablets.collect::<Vec<_>>().join(", ");
    has("Tablets to dispense", (!tablets.is_empty()).then_some(tablets));
    has("Dose level", (dose.level != 0).then(|| dose.level.to_string()));
    has("Percent of the dose", dose.percent.as_ref().map(|share| format!("{share} %")));
    has("Loading dose", dose.loading.then(|| "yes".to_owned()));
    has("Last cycle", previous(schedule, dose).map(|last| last.words));
    let total = totals.iter().find(|row| row.id == dose.id && row.date == dose.date && row.cycle == dose.cycle);
    has("Total after this", total.map(|row| shown(&row.total, row.unit)));
    has("Remark", dose.note.clone().filter(|_| dose.state != "held"));
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
