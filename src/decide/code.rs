//! Subject codes, never names: what may stand in a record, and what is refused as looking like a
//! person.

use crate::finding::{Field, Finding};
use crate::writing::personal::{in_code, in_text};
use crate::writing::{Personal, hidden};

use super::{Replies, codes, findings};

/// Why a text is no subject code; `None` of one that is.
pub fn code(text: &str) -> Option<Finding> {
    let wrong = fault(text)?;
    Some(findings::subject_code(text, wrong))
}

fn fault(text: &str) -> Option<&'static str> {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    if text.is_empty() {
        return Some("is empty");
    }
    if text.contains('@') {
        return Some("looks like an e-mail address");
    }
    if text.chars().count() > 24 {
        return Some("is longer than 24 characters");
    }
    if text.contains(char::is_whitespace) {
        return Some("holds a space, as names do");
    }
    if !text.chars().all(crate::subject::may_stand_in_a_code) {
        return Some("holds something other than letters, digits, - _ and .");
    }
    if digits() == 0 {
        return Some("has no digit, as names have none");
    }
    if capitalised(text) {
        return Some("holds what looks like a name");
    }
    if crate::calendar::read(text).is_ok() {
        return Some("is a date");
    }
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    (longest >= 7).then_some("holds 7 or more digits in a row, as hospital record numbers do")
}

/// A capital letter followed by two small ones: `Smith`.
fn capitalised(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|three| {
        matches!(three, [a, b, c] if a.is_ascii_uppercase() && b.is_ascii_lowercase() && c.is_ascii_lowercase())
    })
}

/// Why what somebody typed with an act may not be kept: the names, and the reasons that answer what was asked.
pub fn typed(who: &str, replies: Replies<'_>) -> Option<Finding> {
    let seen = |text: &str, field: Field| hidden(text).map(|found| findings::hidden_character(found).field(field));
    let reasons =
        || replies.accepted.iter().find_map(|(code, reason)| seen(code, Field::Reason).or_else(|| text(reason)));
    let confirmed = || {
        replies.confirmed.iter().find_map(|one| {
            let second = one.second.as_deref().and_then(|second| seen(second, Field::Who));
            second.or_else(|| text(&one.reason))
        })
    };
    seen(who, Field::Who).or_else(reasons).or_else(confirmed)
}

/// Why a free text may not be kept: it holds what nobody sees, or an e-mail address.
pub fn text(text: &str) -> Option<Finding> {
    if let Some(found) = hidden(text) {
        return Some(findings::hidden_character(found).field(Field::Reason));
    }
    let address = |word: &str| word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    text.split_whitespace().any(address).then(findings::personal_data)
}

/// What seems to give a person away in texts that are about to be kept: a question.
pub fn personal<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Finding> {
    let mut found: Vec<Personal> = texts.into_iter().flat_map(in_text).collect();
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then(|| findings::looks_personal("The text", &found).field(Field::Reason))
}

/// The reasons that answer what was asked; of the one that says why nobody is given away only the rest is asked.
pub fn reasons(replies: Replies<'_>) -> impl Iterator<Item = &str> {
    let accepted = replies.accepted.iter().filter(|(code, _)| code != codes::LOOKS_PERSONAL.name());
    accepted.map(|(_, reason)| reason.as_str()).chain(replies.confirmed.iter().map(|one| one.reason.as_str()))
}

/// The same of a subject's code.
pub fn personal_code(code: &str) -> Option<Finding> {
    in_code(code).map(|kind| findings::looks_personal("The subject code", &[kind]).field(Field::Subject))
}

/// A dose in a remark may contradict the dose in the record.
pub fn dose_in_text(text: &str) -> Option<Finding> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dose = |pair: &[&str]| match pair {
        [number, unit] => {
            let unit = unit.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && crate::quantity::Amount::read(&format!("{number} {unit}")).is_ok()
        }
        _ => false,
    };
    words.windows(2).any(dose).then(findings::dose_in_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_taken_and_people_are_refused() {
        for right in ["S-014", "NPC-002", "s014", "01-003", "SITE3.017", "KGP_12"] {
            assert!(code(right).is_none(), "{right}: {:?}", code(right));
        }
        for (wrong, why) in [
            ("", "empty"),
            ("ana.lopez@clinic.org", "e-mail"),
            ("Smith-014", "name"),
            ("LOPEZ", "no digit"),
            ("Ana Lopez 1", "space"),
            ("1980-02-01", "date"),
            ("MRN1234567", "7 or more digits"),
            ("S/014", "other than"),
            ("S-0000000000000000000000014", "longer"),
        ] {
            let finding = code(wrong).unwrap_or_else(|| panic!("{wrong} was taken"));
            assert!(finding.text.contains(why), "{wrong}: {}", finding.text);
        }
    }

    #[test]
    fn remarks_with_doses_and_addresses_are_noticed() {
        assert!(dose_in_text("gave 120 mg instead").is_some());
        assert!(dose_in_text("gave 120 mg, vomited").is_some());
        assert!(dose_in_text("neutrophils 1.0, day 15").is_none());
        assert!(text("ask ana@clinic.org").is_some());
        assert!(text("neutrophils @ 1.0").is_none());
        let asked = personal(["neutrophils 0.9", "told Maria Lopez, MRN 12345678"]).unwrap();
        assert!(asked.text.contains("the name of a person and a record number"), "{}", asked.text);
        assert!(!asked.text.contains("Lopez") && !asked.text.contains("1234"), "{}", asked.text);
        assert!(personal_code("jsmith71").is_some() && personal_code("S-014").is_none());
    }
}
