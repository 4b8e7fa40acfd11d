//! The lists of all subjects: who there is, and what waits.

use crate::calendar::{Date, plus_days};
use crate::clock;
use crate::failure::Failure;
use crate::library::Library;
use crate::store::Store;

use super::kept::{self, Shown, Want};
use super::register::{self, Listed};
use super::worklist::WorklistItem;

/// Every subject, by code.
pub fn register(store: &Store, library: &Library) -> Result<Vec<Listed>, Failure> {
    let all = kept::everybody(store, library, clock::today(), Want::Listed)?;
    Ok(all.into_iter().map(|one| register::entry(one.code, one.listed, one.fault)).collect())
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
    let items = in_order(all.iter().flat_map(|one| waiting(one, today, within)).collect());
    Ok((all.into_iter().map(|one| register::entry(one.code, one.listed, one.fault)).collect(), items))
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
