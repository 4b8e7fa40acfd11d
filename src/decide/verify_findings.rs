//! What is asked and refused around a double check and a preparation, one sentence a function.

use crate::course::visit::visit_words;
use crate::course::{CycleKey, NamedKey};
use crate::finding::{Field, Finding, Remedy};
use crate::plan::way::Verification;
use crate::regimen::CycleWord;

use super::asked::{AskedFigure, VisitToVerify};
use super::codes as c;

/// While something blocks calculating there is no dose to compare with.
pub(super) fn no_plan() -> Finding {
    let text = "The plan is blocked, so there is no dose to compare with.";
    Finding::block(c::NOTHING_TO_VERIFY, text)
        .help(Remedy::of([Field::History], "the subject's page says what is wrong"))
}

pub(super) fn nothing_to_verify(word: CycleWord, cycle: &CycleKey, day: i32) -> Finding {
    let text = format!(
        "Nothing of {} is still to be given: the double check comes before the dose.",
        visit_words(word, cycle, day)
    );
    let help = "a second person can check the entry of a dose that was given";
    Finding::block(c::NOTHING_TO_VERIFY, text).field(Field::Day).help(help)
}

pub(super) fn entered_it_self(visit: &VisitToVerify, entered: &str, who: &str) -> Finding {
    let alike = if entered == who { String::new() } else { format!(" \"{who}\" is the same name.") };
    let text = format!(
        "{entered} entered figures of {} or cleared it, and does not check them.{alike}",
        visit_words(visit.word, &visit.cycle, visit.day)
    );
    let others = format!("ask somebody else than {}", visit.entered_by.join(", "));
    Finding::block(c::SAME_PERSON, text).field(Field::Who).help(others)
}

pub(super) fn not_typed(visit: &VisitToVerify, missing: &[&AskedFigure]) -> Finding {
    let missing: Vec<&str> = missing.iter().map(|one| one.label()).collect();
    let text = format!(
        "A double check of {} types every figure; still to be typed: {}.",
        visit_words(visit.word, &visit.cycle, visit.day),
        missing.join(", ")
    );
    Finding::block(c::NOT_ALL_TYPED, text)
}

/// A dose is given, or prepared, that no second person found to be right: a note where nobody looked, a question where
/// somebody found a difference.
pub(super) fn not_verified(verification: Verification, key: NamedKey<'_>, done: &str) -> Option<Finding> {
    let visit = visit_words(key.word(), &(key.key.phase.clone(), key.key.cycle), key.key.day);
    Some(match verification {
        Verification::Same(_) => return None,
        Verification::NotDone => {
            let text = format!("{visit} is {done} without an independent double check.");
            Finding::note(c::NOT_DOUBLE_CHECKED, text)
        }
        Verification::Outdated(entry) => {
            let text = format!("{visit} was double checked (entry {entry}), and a dose is another one since.");
            Finding::note(c::NOT_DOUBLE_CHECKED, text)
        }
        Verification::Differs(entry) => {
            let text =
                format!("The double check of {visit} (entry {entry}) found a difference. Was it {done} all the same?");
            Finding::warn(c::DOUBLE_CHECK_DIFFERS, text)
                .field(Field::Day)
                .help("find out which figure is right and check again, or say why it was")
        }
    })
}

pub(super) fn prepared_again(key: NamedKey<'_>, entry: u64) -> Finding {
    let text = format!("{key} was prepared already (entry {entry}). Was it prepared a second time?");
    Finding::warn(c::PREPARED_AGAIN, text)
        .field(Field::Drug)
        .help("undo that entry if it was not prepared, or say why again")
}

pub(super) fn nothing_to_prepare(scope: &str) -> Finding {
    let text = format!("Nothing of {scope} waits to be prepared: it was given, held or omitted.");
    Finding::block(c::NOTHING_TO_PREPARE, text).field(Field::Day)
}

/// What both people typed stays as it was typed.
pub(super) fn check_not_corrected(entry: u64) -> Finding {
    let text = format!("Entry {entry} is a double check: it stays as it was typed.");
    Finding::block(c::OTHER_KIND, text).field(Field::Entry).help("undo it, and check again")
}
