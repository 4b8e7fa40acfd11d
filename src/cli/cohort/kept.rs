//! Plans that subjects of the cohort have had, for those whose row says the same.
//!
//! Bodies are many and doses are few: a dose is rounded. Each row that was worked out is a small entry that points to the
//! lines it came to, which it shares with every other row that came to the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use crate::export::cohort::{Counted, Lines};

/// Bytes of all that is kept.
const MOST: usize = 8 << 20;
/// About what an entry takes beside the bytes of its key.
const ENTRY: usize = 64;

/// A plan to be dated.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Planned {
    pub(super) lines: Lines,
    pub(super) counted: Vec<Counted>,
}

/// What all threads keep.
#[derive(Default)]
pub(super) struct Kept(RwLock<Plans>);

#[derive(Default)]
struct Plans {
    by_row: BTreeMap<Vec<u8>, Arc<Planned>>,
    all: BTreeSet<Arc<Planned>>,
    bytes: usize,
}

impl Kept {
    /// What a row came to that says the same.
    pub(super) fn get(&self, key: &[u8]) -> Option<Arc<Planned>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).by_row.get(key).cloned()
    }

    /// Remembers a plan; where there is no more room, those before are forgotten.
    pub(super) fn keep(&self, key: Vec<u8>, planned: Planned) {
        let mut plans = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if plans.bytes > MOST {
            *plans = Plans::default();
        }
        plans.bytes += key.len() + ENTRY;
        let planned = Arc::new(planned);
        let same = plans.all.get(&planned).cloned();
        let planned = same.unwrap_or_else(|| {
            plans.bytes += planned.lines.bytes() + planned.counted.len() * 100;
            plans.all.insert(Arc::clone(&planned));
            planned
        });
        plans.by_row.insert(key, planned);
    }
}
