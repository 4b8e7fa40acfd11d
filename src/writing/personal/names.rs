//! Names of people, by capitals and by what stands before them.

use super::Word;

/// What stands before the name of somebody who is no member of staff.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "madam", "herr", "frau", "sr", "sra", "mme", "patient", "pt", "name", "named", "mother",
    "father", "wife", "husband", "daughter", "son", "sister", "brother", "partner",
];

/// What stands before the name of one: members of staff may be named.
const STAFF: &[&str] =
    &["dr", "prof", "professor", "doctor", "nurse", "pi", "investigator", "coordinator", "pharmacist"];

/// Words that are written with a capital and name nobody.
const COMMON: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
    "christmas",
    "easter",
    "eve",
    "new",
    "year",
    "bank",
    "holiday",
    "good",
    "national",
    "chinese",
    "spring",
    "festival",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "cycle",
    "phase",
    "visit",
    "grade",
    "dose",
    "level",
    "arm",
    "cohort",
    "protocol",
    "amendment",
    "section",
    "table",
    "appendix",
    "version",
    "study",
    "trial",
    "sponsor",
    "site",
    "centre",
    "center",
    "ward",
    "clinic",
    "hospital",
    "university",
    "royal",
    "saint",
    "st",
    "pharmacy",
    "ethics",
    "committee",
    "medical",
    "monitor",
    "principal",
    "common",
    "terminology",
    "criteria",
    "adverse",
    "event",
    "serious",
    "body",
    "surface",
    "area",
    "covid",
    "hodgkin",
    "lymphoma",
    "gilbert",
    "cockcroft",
    "gault",
    "mosteller",
    "calvert",
    "dubois",
    "karnofsky",
    "child",
    "pugh",
    "port",
    "line",
    "day",
    "one",
    "two",
    "three",
];

/// `Lopez`, `O'Brien`, `Lopez-Diaz`: a capital, then small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next_back().is_some_and(char::is_lowercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
}

fn could_be(word: &Word<'_>) -> bool {
    is_capitalised(word.bare) && !COMMON.contains(&word.small.as_str()) && !titled(word)
}

fn titled(word: &Word<'_>) -> bool {
    TITLES.contains(&word.small.as_str()) || STAFF.contains(&word.small.as_str())
}

/// Whether a text seems to name somebody who is no member of staff.
pub(super) fn is_named(words: &[Word<'_>]) -> bool {
    let mut staff = false;
    for (at, word) in words.iter().enumerate() {
        staff = STAFF.contains(&word.small.as_str()) || staff && is_capitalised(word.bare);
        let Some(before) = at.checked_sub(1).and_then(|at| words.get(at)) else { continue };
        if staff || !could_be(word) || word.first {
            continue;
        }
        let title = TITLES.contains(&before.small.as_str());
        // The first word of a sentence has its capital from there: what somebody did is no first name.
        let pair = could_be(before) && !before.parted && !(before.first && is_deed(&before.small));
        if title || pair {
            return true;
        }
    }
    false
}

/// `Given`, `Delayed`, `Started`: what remarks begin with.
fn is_deed(word: &str) -> bool {
    const BEGIN: &[&str] = &[
        "given", "took", "takes", "taken", "had", "has", "held", "told", "saw", "seen", "after", "before", "with",
        "without", "on", "at", "in", "no", "not", "per", "see", "the", "this", "due", "because", "forgot", "needs",
        "wants", "lost", "found", "from", "for", "to", "by", "as", "all", "both", "only", "first", "second", "last",
        "next", "gave", "left", "then", "and", "some", "more", "less", "low", "high", "mild", "severe", "oral", "home",
        "received", "switch", "use", "uses",
    ];
    BEGIN.contains(&word) || word.ends_with("ed") || word.ends_with("ing")
}

/// Whether a code seems to be made of a name: two words and a year of birth, or a login.
pub(super) fn in_code(code: &str, year: bool) -> bool {
    const GENERIC: &[&str] = &[
        "subject",
        "patient",
        "participant",
        "study",
        "trial",
        "pilot",
        "cohort",
        "group",
        "train",
        "training",
        "tests",
        "demo",
        "screen",
        "screening",
        "dummy",
        "example",
        "centre",
        "center",
        "hospital",
    ];
    let generic = |run: &&str| GENERIC.contains(&run.to_ascii_lowercase().as_str());
    let runs = || code.split(|c: char| !c.is_ascii_alphabetic()).filter(move |run| run.len() >= 3 && !generic(run));
    let login = |run: &str| run.len() >= 5 && run.bytes().all(|byte| byte.is_ascii_lowercase());
    year && runs().count() >= 2 || runs().any(login)
}
