//! Finding a regimen by any word of it.

use crate::library::{RegimenEntry, Word};

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

/// How well a regimen fits: every word of the query must be found; `None` when one is not.
pub fn score(query: &str, entry: &RegimenEntry) -> Option<u32> {
    let mut total = 0;
    for word in query.to_lowercase().split_whitespace() {
        total += entry.summary.words.iter().filter_map(|(kind, text)| Some(weight(*kind) * hit(word, text)?)).max()?;
    }
    Some(total)
}

/// How well a word fits a text: whole, at the start of a word, inside, with a slip, in pieces.
fn hit(word: &str, text: &str) -> Option<u32> {
    let parts = || text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    if parts().any(|part| part == word) || text == word {
        Some(10)
    } else if parts().any(|part| part.starts_with(word)) || text.starts_with(word) {
        Some(8)
    } else if text.contains(word) {
        Some(6)
    } else if word.len() >= 5 && parts().any(|part| slip(word, part)) {
        Some(3)
    } else if word.len() >= 3 && pieces(word, text) {
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

/// Indexes of the regimens that fit, best first; all of them, in their order, for an empty query.
pub fn find(query: &str, entries: &[RegimenEntry]) -> Vec<usize> {
    let mut found: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(at, entry)| Some((score(query, entry)?, at))).collect();
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
    }
}
