//! Names of drugs that are one letter off a name in the shipped regimens.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::finding::Finding;
use crate::format::definition::{Definition, DrugDef, Table};
use crate::format::read;

use super::shipped;

/// Shorter names differ by a letter and are two drugs.
const SHORTEST: usize = 6;

/// Every name of a drug in the shipped regimens, in small letters.
static KNOWN: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let files = shipped::SHIPPED.iter().filter_map(|(_, text)| read(text.as_bytes()).definition);
    files
        .flat_map(|file| drugs(&file).flat_map(names).map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>())
        .collect()
});

fn drugs(file: &Definition) -> impl Iterator<Item = &Table<DrugDef>> {
    file.drug.iter().chain(file.phase.iter().flat_map(|phase| &phase.drug))
}

fn names(drug: &Table<DrugDef>) -> Vec<(&str, std::ops::Range<usize>)> {
    let also = drug.also.iter().flat_map(|also| &also.value);
    drug.name.iter().chain(also).map(|at| (at.value.as_str(), at.span.clone())).collect()
}

/// A NOTE for every name that no shipped regimen has and that is one letter off one that it has.
pub(super) fn notes(text: &[u8]) -> Vec<Finding> {
    let Some(file) = read(text).definition else { return Vec::new() };
    drugs(&file).flat_map(names).filter_map(|(name, span)| note(name, span)).collect()
}

fn note(name: &str, span: std::ops::Range<usize>) -> Option<Finding> {
    let small = name.to_lowercase();
    if small.chars().count() < SHORTEST || KNOWN.contains(&small) {
        return None;
    }
    let near = KNOWN.iter().find(|known| strsim::damerau_levenshtein(known, &small) == 1)?;
    Some(super::findings::drug_spelling(name, near, span))
}
