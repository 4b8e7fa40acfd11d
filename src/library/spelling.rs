//! Names of drugs that are one letter off a name in the shipped regimens.

use std::sync::LazyLock;

use crate::finding::Finding;
use crate::format::definition::{Definition, DrugDef, Table};

use super::{Word, shipped};

/// Shorter names differ by a letter and are two drugs.
const SHORTEST: usize = 6;

/// Every name of a drug in the shipped regimens, in small letters and in order: the build read them for the list.
static KNOWN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let words = shipped::SUMMARIES.iter().flat_map(|(_, _, words)| words.iter());
    let mut names: Vec<&str> = words.filter(|(word, _)| *word == Word::Drug).map(|(_, name)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
});

fn drugs(file: &Definition) -> impl Iterator<Item = &Table<DrugDef>> {
    file.drug.iter().chain(file.phase.iter().flat_map(|phase| &phase.drug))
}

fn names(drug: &Table<DrugDef>) -> Vec<(&str, std::ops::Range<usize>)> {
    let also = drug.also.iter().flat_map(|also| &also.value);
    drug.name.iter().chain(also).map(|at| (at.value.as_str(), at.span.clone())).collect()
}

/// A NOTE for every name that no shipped regimen has and that is one letter off one that it has.
pub(super) fn notes(file: &Definition) -> Vec<Finding> {
    drugs(file).flat_map(names).filter_map(|(name, span)| note(name, span)).collect()
}

fn note(name: &str, span: std::ops::Range<usize>) -> Option<Finding> {
    let small = name.to_lowercase();
    let length = small.chars().count();
    if length < SHORTEST || KNOWN.binary_search(&small.as_str()).is_ok() {
        return None;
    }
    // One letter off, a name is at most one letter longer or shorter.
    let close = KNOWN.iter().filter(|known| known.chars().count().abs_diff(length) <= 1);
    let near = close.into_iter().find(|known| strsim::damerau_levenshtein(known, &small) == 1)?;
    Some(super::findings::drug_spelling(name, near, span))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::format::read;

    /// The build reads only as much of a file as a list needs.
    #[test]
    fn the_names_are_those_of_the_files_read_in_full() {
        let files = shipped::SHIPPED.iter().filter_map(|(_, text)| read(text.as_bytes()).definition);
        let of =
            |file: Definition| drugs(&file).flat_map(names).map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>();
        let all: BTreeSet<String> = files.flat_map(of).collect();
        assert!(all.len() > 100 && KNOWN.iter().copied().eq(all.iter().map(String::as_str)));
    }
}
