//! Finding a regimen by any word of it, and by any name of its drugs: brand, abbreviation, Chinese name.

use super::{RegimenEntry, Word, names};

/// How much a hit in a text counts.
fn weight(word: Word) -> u32 {
    match word {
        Word::Id | Word::Name => 40,
        Word::Trial => 38,
        Word::Also => 36,
        Word::Drug => 34,
        Word::Protocol => 30,
        Word::Product => 28,
        Word::Indication => 24,
    }
}

/// How near a word must come to a text to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Stands there whole, or begins a word there.
    Word,
    /// Stands inside a word, with a slip or in pieces.
    Anyhow,
}

/// How well a regimen fits: every word of the query must be found; `None` when one is not.
pub fn score(query: &str, entry: &RegimenEntry) -> Option<u32> {
    scored(query, entry, Near::Anyhow)
}

fn scored(query: &str, entry: &RegimenEntry, near: Near) -> Option<u32> {
    let query = query.to_lowercase();
    let meant = names::meant(&query).map(|meant| meant.substance.as_str());
    let same = |text: &str| *text == *query || meant == Some(text);
    let whole = entry.summary.words.iter().any(|(kind, text)| *kind == Word::Also && same(text));
    let mut total = if whole { WHOLE } else { 0 };
    for word in query.split_whitespace() {
        total += named(word, entry, near)?;
    }
    Some(total)
}

/// What a regimen is worth that goes by exactly the name that was typed, or by the substance it is a name of.
const WHOLE: u32 = 400;

/// A word as it was typed, or the substance that it is another name of. The brand of one form finds no regimen of another.
fn named(word: &str, entry: &RegimenEntry, near: Near) -> Option<u32> {
    let typed = best(word, entry, near);
    let has = |of: Word, wanted: &str| entry.summary.words.iter().any(|(kind, text)| *kind == of && **text == *wanted);
    let meant = names::meant(word).filter(|meant| meant.substance != word).and_then(|meant| {
        let form = meant.formulation.as_deref().is_none_or(|form| has(Word::Product, form));
        (form && has(Word::Drug, &meant.substance)).then_some(weight(Word::Drug) * 10)
    });
    typed.max(meant)
}

fn best(word: &str, entry: &RegimenEntry, near: Near) -> Option<u32> {
    let least = match near {
        Near::Word => 8,
        Near::Anyhow => 1,
    };
    let fits = |(kind, text): &(Word, std::borrow::Cow<'static, str>)| {
        hit(word, text).filter(|hit| *hit >= least).map(|hit| weight(*kind) * hit)
    };
    entry.summary.words.iter().filter_map(fits).max()
}

/// How well a word fits a text: whole, at the start of a word, inside, with a slip, in pieces.
fn hit(word: &str, text: &str) -> Option<u32> {
    let parts = || text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    // Of a short word only a whole one is meant: AC is no part of paclitaxel.
    let short = word.is_ascii() && word.len() <= 3;
    // A slip is one of letters: of a name of three signs two others make another word (乳腺癌 is not 鼻咽癌).
    let long = word.is_ascii() && word.len() >= 5;
    if parts().any(|part| part == word) || text == word || text.split(' ').any(|part| part == word) {
        Some(10)
    } else if short {
        None
    } else if parts().any(|part| part.starts_with(word)) || text.starts_with(word) {
        Some(8)
    } else if text.contains(word) {
        Some(6)
    } else if long && parts().any(|part| slip(word, part)) {
        Some(3)
    } else if long && parts().any(|part| pieces(word, part)) {
        Some(1)
    } else {
        None
    }
}

/// One or two slips of the finger.
fn slip(word: &str, part: &str) -> bool {
    let part: String = part.chars().take(word.chars().count() + 1).collect();
    let most = if word.len() >= 8 { 2 } else { 1 };
    strsim::damerau_levenshtein(word, &part) <= most
}

/// The letters in order and close together: `folfx` in `folfox`.
fn pieces(word: &str, text: &str) -> bool {
    let mut letters = text.char_indices();
    let mut first = None;
    let mut last = 0;
    for wanted in word.chars() {
        let Some((at, _)) = letters.find(|(_, c)| *c == wanted) else { return false };
        first.get_or_insert(at);
        last = at;
    }
    last - first.unwrap_or(0) < word.len() * 2
}

/// Indexes of the regimens that fit, best first; all of them, in their order, for an empty query. Where some are found by whole
/// words, the others are left out.
pub fn find(query: &str, entries: &[RegimenEntry]) -> Vec<usize> {
    let plain = ranked(query, entries, Near::Word);
    if plain.is_empty() { ranked(query, entries, Near::Anyhow) } else { plain }
}

/// Whether anything is found by whole words.
pub fn found_plainly(query: &str, entries: &[RegimenEntry]) -> bool {
    entries.iter().any(|entry| scored(query, entry, Near::Word).is_some())
}

fn ranked(query: &str, entries: &[RegimenEntry], near: Near) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((scored(query, entry, near)?, at))).collect();
    found.sort_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
    found.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_fits_better_the_plainer_it_stands_there() {
        assert!(hit("folfox", "mfolfox6") > hit("folfx", "mfolfox6"));
        assert!(hit("nituzumab", "nimotuzumab").is_some(), "two letters left out");
        assert_eq!(hit("xyz", "nimotuzumab"), None);
        assert_eq!(hit("ab", "a long b"), None);
        assert_eq!(hit("ac", "paclitaxel"), None, "a short word is meant whole");
        assert_eq!(hit("beam", "bendamustine"), None, "four letters in pieces are in anything");
        assert_eq!(hit("s-1", "s-1"), Some(10));
    }
}
