//! What is told of a study file, one sentence a function; the codes are in `codes`.

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::quantity::number::shown;

use super::codes as c;

/// A key that is needed.
pub(super) fn missing(table: &str, key: &str, example: &str, at: Range<usize>) -> Finding {
    let text = format!("{table} says no `{key}`");
    Finding::block(c::STUDY_INCOMPLETE, text).at(at, "").help(format!("write for example {example}"))
}

pub(super) fn no_format() -> Finding {
    Finding::block(c::STUDY_INCOMPLETE, "the file does not say which format it has")
        .help("write format = 1 as the first line")
}

pub(super) fn other_format(at: Range<usize>) -> Finding {
    Finding::block(c::STUDY_VALUE, "this program reads format 1 of study files").at(at, "").help("write format = 1")
}

pub(super) fn no_study() -> Finding {
    Finding::block(c::STUDY_INCOMPLETE, "the file has no table [study] with the code of the study")
        .help("start from a new study file: the program makes one with its namespace")
}

pub(super) fn no_namespace(at: Range<usize>) -> Finding {
    let text = "[study] has no `namespace`: without it no calendar entry keeps its identity";
    Finding::block(c::STUDY_INCOMPLETE, text)
        .at(at, "")
        .help("take it from the file the study began with; for a new study the program makes a file with one")
}

pub(super) fn bad_namespace(text: &str, at: Range<usize>) -> Finding {
    let text = format!("\"{}\" is not a random UUID", shown(text));
    Finding::block(c::STUDY_VALUE, text)
        .at(at, "")
        .help("write back what the program made; one looks like 7f2c1d8e-3b4a-4c5d-9e6f-0a1b2c3d4e5f")
}

pub(super) fn bad_code(text: &str, why: &str, at: Range<usize>) -> Finding {
    let text = format!("the study's code \"{}\" {why}", shown(text));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("write such as TR-01 or NCT04548271")
}

pub(super) fn empty(key: &str, at: Range<usize>) -> Finding {
    Finding::block(c::STUDY_VALUE, format!("`{key}` is empty")).at(at, "").help("write it, or leave the line out")
}

/// A word outside a closed list.
pub(super) fn no_such_word(key: &str, word: &str, words: &[&str], at: Range<usize>) -> Finding {
    let text = format!("\"{}\" is not a valid {key}", shown(word));
    let help = match crate::format::nearest(word, words) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write one of \"{}\"", words.join("\", \"")),
    };
    Finding::block(c::STUDY_VALUE, text).at(at, "").help(help)
}

pub(super) fn twice(what: &str, name: &str, at: Range<usize>) -> Finding {
    let text = format!("two {what} are called \"{}\"", shown(name));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("give each a name of its own")
}

pub(super) fn words_twice(regimen: Option<&str>, at: Range<usize>) -> Finding {
    let text = match regimen {
        Some(id) => format!("two tables [[patients]] are for the regimen \"{}\"", shown(id)),
        None => "two tables [[patients]] are for every regimen".to_owned(),
    };
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("say with `regimens` which is for which")
}

pub(super) fn no_weekday(word: &str, at: Range<usize>) -> Finding {
    let text = format!("\"{}\" is not a weekday", shown(word));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("write such as \"saturday\"")
}

pub(super) fn no_day(word: &str, why: &str, at: Range<usize>) -> Finding {
    let text = format!("\"{}\" is not a day: {why}", shown(word));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("write it like 2026-12-25 = \"Christmas Day\"")
}

pub(super) fn closed_and_opened(day: &str, at: Range<usize>) -> Finding {
    let text = format!("{day} is closed and opened at once");
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("leave it out of one of the two")
}

pub(super) fn no_number(number: &str, at: Range<usize>) -> Finding {
    let text = format!("\"{}\" is not a telephone number: it has no digit", shown(number));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("write it as it is dialled, such as 01234 5678")
}

pub(super) fn nobody_to_call(site: &str, at: Range<usize>) -> Finding {
    let text = format!("nobody can be called at \"{}\": patients' sheets have a line to write on instead", shown(site));
    Finding::warn(c::STUDY_INCOMPLETE, text)
        .at(at, "")
        .help("add [[site.contact]] with who, number and when = \"day or night\"")
}

pub(super) fn unapproved(at: Range<usize>) -> Finding {
    let text = "these words have no version or no day of approval: every sheet with them says SAMPLE";
    Finding::warn(c::STUDY_UNAPPROVED, text)
        .at(at, "")
        .help("write version and approved once the committee has approved them")
}

pub(super) fn when_to_call_missing(at: Range<usize>) -> Finding {
    let text = "these words do not say when a patient calls at once: sheets have lines to write on instead";
    Finding::warn(c::STUDY_INCOMPLETE, text).at(at, "").help("add call_at_once = [\"...\", \"...\"]")
}

pub(super) fn no_strength(drug: &str, typed: &str, wrong: &str, at: Range<usize>) -> Finding {
    let text = format!("tablets of {}: \"{}\" {wrong}", shown(drug), shown(typed));
    Finding::block(c::STUDY_VALUE, text).at(at, "").help("write such as capecitabine = [\"150 mg\", \"500 mg\"]")
}

/// A grade below the least there is, or below the study's.
pub(super) fn grade_lowered(code: &str, word: &str, known: Option<Severity>, at: Range<usize>) -> Finding {
    let code = shown(code);
    let text = match known {
        Some(known) => {
            format!("a grade is raised, never lowered: the study asks {} of {code}, the site {word}", known.word())
        }
        None => format!(
            "a grade is raised, never lowered: NOTE is the least there is, and {code} = \"{word}\" raises nothing"
        ),
    };
    Finding::block(c::STUDY_VALUE, text)
        .at(at, "")
        .help("write a graver one, \"warn\", \"confirm\" or \"block\", or leave the line out")
}
