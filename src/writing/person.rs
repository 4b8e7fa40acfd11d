//! Whether two typed names are one person: for a second person's check and for approvals alike.
//!
//! A record without passwords knows a person by what was typed. Who types `A.  Nurse` or a Cyrillic `А` instead of
//! `A. Nurse` is no second person; who has the same letters is not either, and has to write the name out.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// Whether two names are one person's: spaces, dots, case, accents, widths and look-alike letters make no other one
/// (Unicode Technical Standard 39, section 4, of the compatibility forms of UAX 15).
pub fn same_person(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

/// Whether a name has a letter or a digit.
pub fn names_somebody(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric)
}

/// Letters and digits as they look, small.
fn bare(name: &str) -> String {
    let plain: String = name.nfkc().collect();
    let seen: String = skeleton(&plain).flat_map(char::to_lowercase).collect();
    // The skeleton of a capital I is an l, of a small i none: without this, capitals would make another person.
    let seen = skeleton(&seen).map(|c| if c == 'i' { 'l' } else { c });
    seen.filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_under_many_spellings_is_one() {
        for other in [
            "a. nurse",
            "A.  Nurse",
            "A Nurse",
            "A.Nurse",
            "A. NURSE",
            "A. Nurse\u{200b}",
            "\u{410}. Nurse",
            "A. Nur\u{455}\u{435}",
            "Ａ．\u{3000}Ｎｕｒｓｅ",
            "A\u{a0}Nurse",
            "\u{391}. Nurse",
            "A-Nurse",
            "Á. Nürse",
            " A. Nurse ",
        ] {
            assert!(same_person("A. Nurse", other), "{other:?}");
            assert!(same_person(other, "A. Nurse"), "{other:?}");
        }
        assert!(same_person("Ian Li", "IAN LI") && same_person("Oli", "0li") && same_person("R2", "r2"));
    }

    #[test]
    fn two_people_are_two() {
        for (one, other) in [
            ("A. Nurse", "B. Nurse"),
            ("A. Okafor", "A. Okafor-Smith"),
            ("李娜", "李明"),
            ("R1", "R2"),
            ("Ann", "Anne"),
            ("", "A"),
        ] {
            assert!(!same_person(one, other), "{one} {other}");
        }
        assert!(names_somebody("李") && !names_somebody(" . "));
    }
}
