//! What the record says beside the doses: its entries, home doses handed out and brought back, the end of treatment.

use crate::calendar::Date;
use crate::course::event::{Event, SupplyAct};
use crate::course::fold::{EntryStatus, Folded, HistoryEntry};
use crate::course::{Key, Product};

use crate::regimen::Regimen;

use super::dose::Recorded;
use super::happened::Source;

/// One entry of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRow {
    /// Its number, who recorded it and when.
    pub recorded: Recorded,
    /// The day it happened, or holds from.
    pub date: Date,
    /// What it is: `given`, `delayed` …
    pub kind: &'static str,
    /// What it is about, where its kind does not say all.
    pub about: Option<String>,
    /// The entry it points at: what it corrects, undoes or checks.
    pub of: Option<u64>,
    /// The typed reason.
    pub reason: Option<String>,
    /// Warnings answered with it: code and reason.
    pub answers: Vec<(String, String)>,
    /// What became of it.
    pub status: EntryStatus,
}

/// Home doses dispensed, returned or taken.
#[derive(Debug, Clone, PartialEq)]
pub struct SupplyRow {
    /// The run.
    pub key: Key,
    /// The day.
    pub date: Date,
    /// What happened to them.
    pub act: SupplyAct,
    /// How many: tablets handed out or brought back, doses taken.
    pub count: u32,
    /// Their kit and lot.
    pub product: Product,
    /// A remark.
    pub reason: Option<String>,
    /// The entry.
    pub recorded: Recorded,
}

/// The permanent end of treatment.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscontinuedRow {
    /// The day.
    pub date: Date,
    /// Why.
    pub reason: String,
    /// The entry; `None` outside a record.
    pub recorded: Option<Recorded>,
}

/// Entries that hold, each with what it says now.
fn holding(source: Source<'_>) -> impl DoubleEndedIterator<Item = (u64, Date, &Event)> {
    let folded = source.folded();
    let history = folded.map(|folded| folded.history.as_slice()).unwrap_or_default();
    history.iter().filter_map(move |item| {
        let (date, event) = folded?.now(item.entry.seq)?;
        Some((item.entry.seq, date, event))
    })
}

pub(super) fn discontinued(source: Source<'_>) -> Option<DiscontinuedRow> {
    let (date, reason) = source.course().stopped.clone()?;
    let entry = holding(source).rev().find(|(_, _, event)| matches!(event, Event::Stopped(_)));
    Some(DiscontinuedRow { date, reason, recorded: entry.and_then(|(seq, ..)| source.recorded(seq)) })
}

pub(super) fn supplies(source: Source<'_>) -> Vec<SupplyRow> {
    let row = |(seq, date, event): (u64, Date, &Event)| match event {
        Event::Supply(one) => Some(SupplyRow {
            key: one.key.clone(),
            date,
            act: one.act,
            count: one.count,
            product: one.product.clone(),
            reason: one.reason.clone(),
            recorded: source.recorded(seq)?,
        }),
        _ => None,
    };
    let mut all: Vec<SupplyRow> = holding(source).filter_map(row).collect();
    all.sort_by_key(|one| one.date);
    all
}

pub(super) fn history(source: Source<'_>, regimen: &Regimen) -> Vec<HistoryRow> {
    let history = source.folded().map(|folded: &Folded| folded.history.as_slice()).unwrap_or_default();
    history.iter().map(|item| entry(item, regimen)).collect()
}

fn entry(item: &HistoryEntry, regimen: &Regimen) -> HistoryRow {
    let entry = &item.entry;
    HistoryRow {
        recorded: Recorded { entry: entry.seq, by: entry.who.clone(), at: entry.recorded.clone() },
        date: entry.effective,
        kind: entry.event.kind(),
        about: entry.event.about(regimen),
        of: entry.event.points_at(),
        reason: entry.event.reason().map(str::to_owned),
        answers: entry.answers.iter().map(|one| (one.code.clone(), one.reason.clone())).collect(),
        status: item.status,
    }
}
