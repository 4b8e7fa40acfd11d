//! What a record says beside the doses: its entries, home doses, the dose intensity, the end of treatment.

use serde::Serialize;

use crate::course::fold::EntryStatus;
use crate::present::{DiscontinuedRow, HistoryRow, Recorded, Schedule, SupplyRow};

use super::super::intensity::{self, Line};
use super::text::{Day, Figure, figure};

/// An entry of the record: its number, who made it and when.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Entry<'a> {
    /// Its number.
    #[serde(rename = "entry")]
    number: u64,
    /// Who recorded it.
    by: &'a str,
    /// When, in UTC.
    at: &'a str,
}

/// The permanent end of treatment.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Discontinued<'a> {
    date: Day,
    reason: &'a str,
    /// The entry; null outside a record.
    recorded: Option<Entry<'a>>,
}

/// One entry of the record.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct History<'a> {
    recorded: Entry<'a>,
    /// The day it happened, or holds from.
    date: Day,
    /// What it is: given, held, omitted, delayed, changed, measured, supply, stopped.
    kind: &'static str,
    about: Option<&'a str>,
    /// The entry it corrects, undoes or checks.
    refers_to: Option<u64>,
    reason: Option<&'a str>,
    /// Warnings that were answered with it.
    answers: Vec<Answer<'a>>,
    /// Whether it holds as written.
    #[cfg_attr(test, schemars(extend("enum" = ["holds", "corrected", "undone"])))]
    status: &'static str,
    /// The entry that corrected or undid it.
    status_by: Option<u64>,
}

/// A warning, and the reason with which it was answered.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Answer<'a> {
    code: &'a str,
    reason: &'a str,
}

/// Home doses dispensed, returned or taken.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct Home<'a> {
    phase: Option<&'a str>,
    cycle: u32,
    /// The cycle day on which the run begins.
    day: i32,
    /// The drug's id.
    id: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["dispensed", "returned", "taken"])))]
    act: &'static str,
    /// Tablets dispensed or returned, doses taken.
    count: u32,
    /// The number of their kit.
    kit: Option<&'a str>,
    /// Their lot (batch).
    lot: Option<&'a str>,
    date: Day,
    reason: Option<&'a str>,
    recorded: Entry<'a>,
}

/// What one drug, or the regimen, came to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::export) struct IntensityJson {
    /// The drug's id; null of the regimen.
    id: Option<String>,
    doses: Option<u32>,
    /// Planned so far at the full dose of the protocol, before rounding.
    planned: Option<Figure>,
    /// Given or taken.
    delivered: Option<Figure>,
    /// The unit of planned, delivered and cumulative; empty of the regimen.
    unit: &'static str,
    /// Received before: none, unknown, or so much; null where nobody asked.
    received_before: Option<String>,
    /// Delivered and received before.
    cumulative: Option<Figure>,
    /// Delivered against planned dose.
    dose_percent: Option<Figure>,
    /// Planned against actual time.
    time_percent: Option<Figure>,
    /// Both together; of the regimen the mean over its treatment drugs.
    relative_percent: Option<Figure>,
    cycles: Option<u32>,
    planned_days: Option<i32>,
    actual_days: Option<i32>,
}

impl<'a> Entry<'a> {
    pub(super) fn of(recorded: &'a Recorded) -> Self {
        Self { number: recorded.entry, by: &recorded.by, at: &recorded.at }
    }
}

impl<'a> Discontinued<'a> {
    pub(in crate::export) fn of(row: &'a DiscontinuedRow) -> Self {
        Self { date: Day(row.date), reason: &row.reason, recorded: row.recorded.as_ref().map(Entry::of) }
    }
}

impl<'a> History<'a> {
    pub(in crate::export) fn of(row: &'a HistoryRow) -> Self {
        let (status, status_by) = match row.status {
            EntryStatus::Holds => ("holds", None),
            EntryStatus::CorrectedBy(by) => ("corrected", Some(by)),
            EntryStatus::UndoneBy(by) => ("undone", Some(by)),
        };
        Self {
            recorded: Entry::of(&row.recorded),
            date: Day(row.date),
            kind: row.kind,
            about: row.about.as_deref(),
            refers_to: row.of,
            reason: row.reason.as_deref(),
            answers: row.answers.iter().map(|(code, reason)| Answer { code, reason }).collect(),
            status,
            status_by,
        }
    }
}

impl<'a> Home<'a> {
    pub(in crate::export) fn of(row: &'a SupplyRow) -> Self {
        Self {
            phase: row.key.phase.as_deref(),
            cycle: row.key.cycle,
            day: row.key.day,
            id: &row.key.drug,
            act: row.act.word(),
            count: row.count,
            kit: row.product.kit.as_deref(),
            lot: row.product.lot.as_deref(),
            date: Day(row.date),
            reason: row.reason.as_deref(),
            recorded: Entry::of(&row.recorded),
        }
    }
}

impl IntensityJson {
    pub(in crate::export) fn all(schedule: &Schedule) -> Vec<Self> {
        intensity::lines(schedule).into_iter().map(Self::of).collect()
    }

    fn of(line: Line) -> Self {
        Self {
            id: line.drug,
            doses: line.doses,
            planned: figure(line.planned),
            delivered: figure(line.delivered),
            unit: line.unit,
            received_before: line.before,
            cumulative: figure(line.cumulative),
            dose_percent: figure(line.dose),
            time_percent: figure(line.time),
            relative_percent: figure(line.relative),
            cycles: line.cycles,
            planned_days: line.planned_days,
            actual_days: line.actual_days,
        }
    }
}
