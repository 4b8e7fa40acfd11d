//! The lists of all subjects: who there is, and what waits.

use crate::calendar::{Date, plus_days};
use crate::failure::Failure;
use crate::library::Library;
use crate::plan::DueStatus;
use crate::store::Store;

use super::kept::{self, Shown, Want};
use super::register::{self, Listed};
use super::worklist::WorklistItem;

/// Every subject, by code, as it stands on a day.
pub fn register(store: &Store, library: &Library, today: Date) -> Result<Vec<Listed>, Failure> {
    Ok(overview(store, library, today, 0)?.0)
}

/// Everything that waits on a day, looking ahead some days, by date.
pub fn worklist(store: &Store, library: &Library, today: Date, within: i32) -> Result<Vec<WorklistItem>, Failure> {
    let until = plus_days(today, within).unwrap_or(today);
    let all = kept::everybody(store, library, today, Want::Waiting(until))?;
    Ok(in_order(all.iter().flat_map(|one| waiting(one, today, within)).collect()))
}

/// Everybody, by code, and everything that waits, by date: each subject is opened once.
pub fn overview(
    store: &Store,
    library: &Library,
    today: Date,
    within: i32,
) -> Result<(Vec<Listed>, Vec<WorklistItem>), Failure> {
    let until = plus_days(today, within).unwrap_or(today);
    let all = kept::everybody(store, library, today, Want::Both(until))?;
    let mut listed = Vec::with_capacity(all.len());
    let mut items = Vec::new();
    for one in all {
        let waits = waiting(&one, today, within);
        let mut line = register::entry(one.code, one.listed, one.fault);
        // The first of them has waited longest.
        let late = waits.iter().find(|item| item.status.is_some_and(|status| status != DueStatus::Due));
        line.waits = late.map(WorklistItem::status_words);
        listed.push(line);
        items.extend(waits);
    }
    Ok((listed, in_order(items)))
}

fn in_order(mut all: Vec<WorklistItem>) -> Vec<WorklistItem> {
    all.sort_by(|a, b| (a.date, &a.subject).cmp(&(b.date, &b.subject)));
    all
}

/// What waits of one subject.
fn waiting(one: &Shown, today: Date, within: i32) -> Vec<WorklistItem> {
    let unread = |why: &String| vec![WorklistItem::unread(&one.code, today, why)];
    let fault = one.fault.as_ref().map(unread);
    fault.or_else(|| Some(one.waiting.as_ref()?.on(&one.code, today, within))).unwrap_or_default()
}
