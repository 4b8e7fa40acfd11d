//! Numbers of repeat instances, made from what a dose is.
//!
//! A cycle has a block of numbers, so that REDCap lists doses by cycle. In its block a dose has the place that its identity
//! (phase, day, drug, part of the day) hashes to, whatever its position in the regimen file. Two that hash to one place are
//! kept apart by age: what was planned first keeps it. The plans a record had before are known, so a version that adds a
//! drug, or exchanges two, moves no number; numbers of a previous import are kept whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::present::DoseRow;

use super::super::ExportError;
use super::{FORM, key, part};

/// REDCap keeps the instance in sixteen bits.
const MOST_INSTANCES: u32 = 32_767;
/// Instances of one cycle; more are taken where a cycle has more doses.
const A_CYCLE: u32 = 128;

/// The number of every dose, by its identity.
pub(super) struct Instances(BTreeMap<String, u32>);

impl Instances {
    /// Of the plans there were, the oldest first, and the one there is; `old` are the rows imported before; cycles are numbered from `from` on.
    pub(super) fn new(
        earlier: &[Vec<DoseRow>],
        (doses, from): (&[DoseRow], u32),
        old: &BTreeMap<String, Vec<String>>,
    ) -> Result<Self, ExportError> {
        let number = |row: &Vec<String>| row.iter().skip_while(|cell| *cell != FORM).nth(1)?.parse().ok();
        let mut known: BTreeMap<String, u32> =
            old.iter().filter_map(|(key, row)| Some((key.clone(), number(row)?))).collect();
        let mut taken: BTreeSet<u32> = known.values().copied().collect();
        let block = block(earlier.first().map_or(doses, Vec::as_slice));
        for plan in earlier.iter().map(Vec::as_slice).chain([doses]) {
            let mut rows: Vec<&DoseRow> = plan.iter().collect();
            // By identity, not by date or position: a delay, or two drugs exchanged in the file, changes no number.
            rows.sort_by_cached_key(|row| (row.cycle, row.day, key(row)));
            for row in rows.into_iter().filter(|row| !known.contains_key(&key(row))).collect::<Vec<_>>() {
                let free = free(row, (block, from), &taken).ok_or_else(|| beyond(row))?;
                taken.insert(free);
                known.insert(key(row), free);
            }
        }
        Ok(Self(known))
    }

    pub(super) fn of(&self, key: &str) -> Result<u32, ExportError> {
        self.0.get(key).copied().ok_or_else(|| ExportError::Writer(format!("{key} has no repeat instance")))
    }
}

/// Numbers a cycle needs, by the first plan there was: twice its doses, so that there is room for what is added.
fn block(first: &[DoseRow]) -> u32 {
    let places: BTreeSet<String> = first.iter().map(place).collect();
    let needed = u32::try_from(places.len()).unwrap_or(u32::MAX).saturating_mul(2);
    needed.checked_next_power_of_two().unwrap_or(u32::MAX).max(A_CYCLE)
}

/// What a dose is in any cycle.
fn place(row: &DoseRow) -> String {
    format!("{}/{}/{}/{}", row.phase.as_deref().unwrap_or_default(), row.day, row.id, part(row))
}

/// The place the identity hashes to, or the next free one of the block.
fn free(row: &DoseRow, (block, from): (u32, u32), taken: &BTreeSet<u32>) -> Option<u32> {
    let [a, b, c, d, ..] = *Uuid::new_v5(&Uuid::NAMESPACE_OID, place(row).as_bytes()).as_bytes();
    let (home, first) = (u32::from_be_bytes([a, b, c, d]) % block, row.cycle.saturating_sub(from).checked_mul(block)?);
    let numbers =
        (0..block).map(|step| (home + step) % block).filter_map(|place| first.checked_add(place)?.checked_add(1));
    numbers.filter(|number| *number <= MOST_INSTANCES).find(|number| !taken.contains(number))
}

fn beyond(row: &DoseRow) -> ExportError {
    let cycle = row.cycle_word.numbered(row.cycle);
    ExportError::Refused(format!(
        "REDCap numbers repeat instances up to {MOST_INSTANCES}, and {cycle} lies beyond; export fewer."
    ))
}
