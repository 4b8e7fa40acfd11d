//! `--level` of one drug is said once: of two that differ nobody knows which holds.

use std::collections::BTreeMap;

use crate::failure::Failure;
use crate::quantity::number::shown;

/// What was said so far, by drug id.
#[derive(Debug, Default)]
pub(super) struct AtMostOnce(BTreeMap<(String, bool), String>);

impl AtMostOnce {
    /// Adds a level, or a percentage, which may stand beside a level; the same said twice is said once.
    pub(super) fn add(&mut self, drug: &str, change: &str) -> Result<(), Failure> {
        let change = change.trim();
        let known = self.0.entry((drug.to_owned(), change.ends_with('%'))).or_insert_with(|| change.to_owned());
        if known == change {
            return Ok(());
        }
        let text =
            format!("--level says both {} and {} of {drug}, and only one can be in force", shown(known), shown(change));
        Err(Failure::refused(text).hint("leave out the one that does not hold"))
    }
}
