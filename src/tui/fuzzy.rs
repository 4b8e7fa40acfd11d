//! Finding a regimen by any word of it.

use crate::library::Entry;

/// A text of an entry and how much a hit in it counts.
fn texts(entry: &Entry) -> Vec<(u32, &str)> {
    let mut texts = vec![(40, entry.id.as_str())];
    let Some(regimen) = entry.regimen.as_deref() else { return texts };
    texts.push((40, &regimen.name));
    texts.extend(regimen.also.iter().map(|also| (36, also.as_str())));
    for drug in regimen.drugs() {
        texts.push((34, &drug.name));
        texts.extend(drug.also.iter().map(|also| (34, also.as_str())));
        texts.extend(drug.formulation.iter().chain(&drug.product).map(|text| (28, text.as_str())));
    }
    texts.push((24, &regimen.indication));
    texts.extend(regimen.trial.as_ref().and_then(|trial| trial.known()).map(|trial| (38, trial.as_str())));
    texts.extend(regimen.protocol.iter().map(|text| (30, text.as_str())));
    texts
}

/// How well an entry fits: every word of the query must be found; `None` when one is not.
pub fn score(query: &str, entry: &Entry) -> Option<u32> {
    let texts: Vec<(u32, String)> =
        texts(entry).into_iter().map(|(weight, text)| (weight, text.to_lowercase())).collect();
    let mut total = 0;
    for word in query.to_lowercase().split_whitespace() {
        let best = texts.iter().filter_map(|(weight, text)| Some(weight * hit(word, text)?)).max()?;
        total += best;
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

/// Indexes of the entries that fit, best first; all of them, in their order, for an empty query.
pub fn find(query: &str, entries: &[Entry]) -> Vec<usize> {
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
