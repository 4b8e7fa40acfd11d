//! When the record was last copied, and when a copy last became the record.

use serde_json::{Value, json};

use crate::clock;
use crate::quantity::number;
use crate::store::{LastBackup, STORE, Store};

/// For a person: both, each on a line.
pub(super) fn lines(store: &Store) -> Vec<String> {
    let backup = LastBackup::of(store.folder()).map_or_else(
        || "No backup is known: posology backup FILE makes one, and it belongs on another disk.".to_owned(),
        |made| {
            let since = store.head().count.saturating_sub(made.count);
            format!(
                "Last backup: {}, {} in {}; recorded since: {}.",
                clock::local(&made.at, &made.offset),
                number::count(made.count, "event"),
                made.file,
                number::count(since, "event")
            )
        },
    );
    let restored =
        restored(store).map(|(at, offset)| format!("Last restored from a backup: {}.", clock::local(&at, &offset)));
    std::iter::once(backup).chain(restored).collect()
}

/// For programs.
pub(super) fn document(store: &Store) -> Value {
    json!({
        "last_backup": LastBackup::of(store.folder()),
        "last_restore": restored(store).map(|(at, _)| at),
    })
}

/// When a backup last became the record; it stands in the record itself.
fn restored(store: &Store) -> Option<(String, String)> {
    let events = store.events(STORE).ok()?;
    let last = events.into_iter().rev().find(|event| event.kind == "restored")?;
    Some((last.recorded, last.offset))
}
