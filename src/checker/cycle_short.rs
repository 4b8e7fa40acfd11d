//! R101.

use crate::checker::{Context, Rule};
use crate::finding::{Finding, Severity};
use crate::format::codes;
use crate::format::definition::{DrugDef, Table, TextOr};
use crate::regimen::{CountKind, Days, Drug, Phase};

pub const RULE: Rule = Rule::checked(codes::CYCLE_SHORT, "cycle-too-short", Severity::Block, check);

/// What gives a cycle its length.
struct Case<'a> {
    drug: &'a Drug,
    /// `at level -1 of alpha`, `by row 2 of the table of alpha`; nothing for the cycle itself.
    who: String,
    length: i32,
    /// The days of that drug then.
    days: &'a Days,
    /// The length of the longest row wins, that of a level in any case.
    row: bool,
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (def, drug) in context.pairs() {
        let Some(phase) = context.phase_of(drug) else { continue };
        let cases = cases(drug, phase.cycle.length);
        let text = cases.iter().find_map(|case| {
            let others = phase.drugs.iter().filter(|other| together(drug, other));
            others.into_iter().find_map(|other| too_late(case, other, phase))
        });
        if let Some(text) = text {
            let help = "give the level `days` of its own that fit, or correct the `length`";
            findings.push(RULE.finding(text).at(place(def), "days meet the next cycle").help(help));
        }
    }
}

fn place(def: &Table<DrugDef>) -> std::ops::Range<usize> {
    let reduce = def.reduce.as_ref().map(|either| match either {
        TextOr::Text(at) => at.span.clone(),
        TextOr::Table(at) => at.span.clone(),
    });
    let table = def.table.as_ref().map(|table| table.span.clone());
    let days = def.days.as_ref().map(|at| at.span.clone());
    reduce.or(table).or(days).unwrap_or_else(|| def.span.clone())
}

/// The cycle itself, every row and every level that changes its length.
fn cases(drug: &Drug, length: i32) -> Vec<Case<'_>> {
    let mut cases = vec![Case { drug, who: String::new(), length, days: &drug.days, row: false }];
    for (number, row) in (1..).zip(drug.dosing.rows()) {
        let who = format!("by row {number} of the table of {}", drug.id);
        cases.extend(row.length.map(|length| Case { drug, who, length, days: &drug.days, row: true }));
    }
    for ladder in drug.dosing.ladders() {
        for level in (1_i32..).zip(&ladder.steps).map(|(step, _)| -step) {
            let days = ladder.days_at(level).unwrap_or(&drug.days);
            let who = format!("at level {level} of {}", drug.id);
            let length = ladder.length_at(level);
            cases.extend(length.map(|length| Case { drug, who, length, days, row: false }));
        }
    }
    cases
}

/// Whether a subject may be given both in one cycle.
fn together(one: &Drug, other: &Drug) -> bool {
    let arms = one.cohorts.is_empty()
        || other.cohorts.is_empty()
        || one.cohorts.iter().any(|cohort| other.cohorts.contains(cohort));
    let replaces = |drug: &Drug, by: &Drug| by.instead_of.as_ref() == Some(&drug.id);
    let rivals = one.id != other.id && one.instead_of.is_some() && one.instead_of == other.instead_of;
    one.meets(other) && arms && !replaces(one, other) && !replaces(other, one) && !rivals
}

/// A drug that does not fit into the length.
fn too_late(case: &Case<'_>, other: &Drug, phase: &Phase) -> Option<String> {
    let own = std::ptr::eq(case.drug, other);
    if case.who.is_empty() && !own {
        return None;
    }
    let length = if case.row && !own { case.length.max(shortest_row(other).unwrap_or(0)) } else { case.length };
    let mut lists = if own { lists(case.days) } else { lists(&other.days) };
    if !own {
        let steps = other.dosing.ladders().flat_map(|ladder| &ladder.steps);
        lists.extend(steps.filter_map(|step| step.days.as_ref()).flat_map(self::lists));
    }
    let who = if case.who.is_empty() { String::new() } else { format!("{} ", case.who) };
    let offset = |day: &i32| phase.cycle.days.offset(*day);
    for list in lists {
        let (Some(first), Some(last)) = (list.iter().min(), list.iter().max()) else { continue };
        if !case.who.is_empty() && *last > length {
            return Some(format!(
                "{who}the cycle is {length} days, and {} is given on day {last}: that is a day of the next cycle",
                other.id
            ));
        }
        if phase.cycle.count.kind != CountKind::Planned(1) && offset(last).saturating_sub(offset(first)) >= length {
            return Some(format!(
                "{who}the cycle is {length} days, and days {first} and {last} of {} are {} days apart: day {first} of the next cycle comes no later than day {last} of this one",
                other.id,
                offset(last) - offset(first)
            ));
        }
    }
    None
}

/// The shortest length of the rows of a table, where each has one.
fn shortest_row(drug: &Drug) -> Option<i32> {
    let lengths: Option<Vec<i32>> = drug.dosing.rows().iter().map(|row| row.length).collect();
    lengths?.into_iter().min()
}

fn lists(days: &Days) -> Vec<&[i32]> {
    match days {
        Days::EveryDay => Vec::new(),
        Days::List(days) => vec![days],
        Days::ByCycle(rows) => rows.iter().map(|(_, _, days)| days.as_slice()).collect(),
    }
}
