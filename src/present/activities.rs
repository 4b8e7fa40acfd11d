//! What is done on which day of a cycle: the schedule of activities of a regimen, and what a worksheet asks for.

use std::collections::BTreeSet;

use crate::regimen::{AssessmentWhen, Criterion, Days, Phase, Regimen};

use super::{Section, full_name, protocol, words};

/// A regimen as it is printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProtocolRow {
    /// Everything the file says, as `regimen show` says it.
    pub sections: Vec<Section>,
    /// What is done on which day, phase by phase.
    pub grids: Vec<GridRow>,
    /// Criteria to treat.
    pub criteria: Vec<CriterionRow>,
}

/// The schedule of activities of a phase.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct GridRow {
    pub title: String,
    /// First and last day of each column.
    pub columns: Vec<(i32, i32)>,
    /// What is done, and whether on each column's days.
    pub activities: Vec<ActivityRow>,
}

/// A row of the schedule of activities.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct ActivityRow {
    pub name: String,
    pub note: String,
    /// One a column.
    pub on: Vec<bool>,
}

/// A criterion to treat.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CriterionRow {
    /// What is tested.
    pub test: String,
    /// `at least 1.5 × 10⁹/L`
    pub limit: String,
    /// The days of the cycle on which it is asked; every day where none is named.
    pub days: Vec<i32>,
    /// How many days a result holds.
    pub valid_for: Option<i32>,
    /// What happens where it is not met.
    pub otherwise: String,
}

impl CriterionRow {
    /// Whether it is asked on a day of the cycle.
    pub fn asked_on(&self, day: i32) -> bool {
        self.days.is_empty() || self.days.contains(&day)
    }

    /// `Day 1, 8, not older than 3 days`
    pub fn when(&self) -> String {
        let days: Vec<String> = self.days.iter().map(ToString::to_string).collect();
        let valid = self.valid_for.map_or(String::new(), |days| format!(", not older than {days} days"));
        format!("Day {}{valid}", days.join(", "))
    }
}

/// The regimen in words.
pub(super) fn printed(regimen: &Regimen) -> ProtocolRow {
    ProtocolRow {
        sections: protocol(regimen).sections,
        grids: regimen.phases.iter().map(|phase| grid(regimen, phase)).collect(),
        criteria: regimen.criteria.iter().map(criterion).collect(),
    }
}

fn grid(regimen: &Regimen, phase: &Phase) -> GridRow {
    let (columns, activities) = activities(regimen, phase);
    let name = phase.name.as_ref().or(phase.id.as_ref());
    GridRow { title: name.cloned().unwrap_or_else(|| "Treatment".to_owned()), columns, activities }
}

/// The days of a drug in any cycle, sorted; `None` for every day.
fn all_days(days: &Days) -> Option<BTreeSet<i32>> {
    match days {
        Days::List(list) => Some(list.iter().copied().collect()),
        Days::ByCycle(rows) => Some(rows.iter().flat_map(|(_, _, list)| list.iter().copied()).collect()),
        Days::EveryDay => None,
    }
}

type Occurs = (String, String, Option<BTreeSet<i32>>);

fn activities(regimen: &Regimen, phase: &Phase) -> (Vec<(i32, i32)>, Vec<ActivityRow>) {
    let drugs = phase
        .drugs
        .iter()
        .map(|drug| (full_name(drug), words::days(&drug.days, regimen.cycle_word), all_days(&drug.days)));
    let assessed = regimen.assessments.iter().filter_map(|one| match &one.when {
        AssessmentWhen::Cycle { days, before } => {
            let note = if *before == 0 { String::new() } else { format!("up to {before} days before") };
            Some((one.name.clone(), note, Some(days.iter().copied().collect())))
        }
        AssessmentWhen::Calendar { .. } | AssessmentWhen::From { .. } => None,
    });
    let rows: Vec<Occurs> = drugs.chain(assessed).collect();
    let last = phase.cycle.length;
    let days: BTreeSet<i32> = (1..=last).chain(rows.iter().flat_map(|row| row.2.iter().flatten().copied())).collect();
    let on = |row: &Occurs, day: i32| row.2.as_ref().is_none_or(|list| list.contains(&day));
    let columns = columns(&days, |day| rows.iter().map(|row| on(row, day)).collect());
    let activities = rows.iter().map(|row| ActivityRow {
        name: row.0.clone(),
        note: row.1.clone(),
        on: columns.iter().map(|(first, _)| on(row, *first)).collect(),
    });
    (columns.clone(), activities.collect())
}

/// Neighbouring days on which the same things are done share a column; days without anything have none.
fn columns(days: &BTreeSet<i32>, pattern: impl Fn(i32) -> Vec<bool>) -> Vec<(i32, i32)> {
    let mut columns: Vec<(i32, i32, Vec<bool>)> = Vec::new();
    for day in days {
        let here = pattern(*day);
        match columns.last_mut() {
            Some((_, last, before)) if *before == here && (*last + 1 == *day) => *last = *day,
            _ => columns.push((*day, *day, here)),
        }
    }
    columns.into_iter().filter(|column| column.2.contains(&true)).map(|(first, last, _)| (first, last)).collect()
}

fn criterion(one: &Criterion) -> CriterionRow {
    let least = one.at_least.as_ref().map(|value| format!("at least {value}"));
    let most = one.at_most.as_ref().map(|value| format!("at most {value}"));
    CriterionRow {
        test: one.test.clone(),
        limit: least.into_iter().chain(most).collect::<Vec<_>>().join(", "),
        days: one.days.clone(),
        valid_for: one.valid_for,
        otherwise: one.otherwise.clone(),
    }
}
