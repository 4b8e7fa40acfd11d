//! What is said of records as a whole, one sentence a function; the codes are in `codes`.

use crate::calendar::{self, Date};
use crate::course::NamedKey;
use crate::course::event::Event;
use crate::decide::codes::NO_SUCH_ENTRY;
use crate::finding::{Field, Finding, Remedy};
use crate::quantity::Amount;
use crate::regimen::Regimen;

use super::codes as c;

/// The code, or one that differs in capitals alone, is on record.
pub(super) fn subject_exists(code: &str, known: &str) -> Finding {
    let (text, help) = if known == code {
        let help = Remedy::of([Field::History], "look at that subject; another subject has another code");
        (format!("{code} is already in the record."), help)
    } else {
        // Under the code that was typed there is nothing to look at.
        let help =
            Remedy::from(format!("{known} is what that subject is recorded under; another subject has another code"));
        (format!("{known} is already in the record; {code} differs from it only in capitals."), help)
    };
    Finding::block(c::SUBJECT_EXISTS, text).field(Field::Subject).help(help)
}

/// A code that another subject's can be taken for.
pub(super) fn code_alike(code: &str, known: &str) -> Finding {
    let text =
        format!("{code} looks like {known}, who is in the record: only signs or look-alike letters tell them apart.");
    let help = "compare the code with the source; if they are two subjects, say how it was made sure";
    Finding::warn(c::CODE_ALIKE, text).field(Field::Subject).help(help)
}

/// The clock says a day before that of the newest entry.
pub(super) fn clock_back(now: &str, newest: &str) -> Finding {
    let text = format!("The clock of this computer says {now}, and the newest entry was recorded at {newest}.");
    Finding::warn(c::CLOCK_BACK, text).help("set the clock right, then record it")
}

/// Nobody is enrolled on a regimen that is no longer for use.
pub(super) fn retired(regimen: &Regimen) -> Finding {
    let text = format!("{} is retired; subjects cannot be enrolled on it.", regimen.name);
    Finding::block(crate::regimen::codes::RETIRED, text).field(Field::Regimen)
}

/// There is no such entry, or it was corrected or undone.
pub fn no_entry(entry: u64, subject: &str) -> Finding {
    let text = format!("{subject} has no entry {entry}, or it was corrected or undone.");
    let help = Remedy::of([Field::History], "the history lists every entry");
    Finding::block(NO_SUCH_ENTRY, text).field(Field::Entry).help(help)
}

pub(super) fn nothing_to_check(entry: u64, event: &Event) -> Finding {
    let text = format!("Entry {entry} is of the kind \"{}\" and has no figure to type again.", event.kind());
    Finding::block(c::NOTHING_TO_CHECK, text).field(Field::Entry)
}

/// A check that is being recorded differs.
pub fn check_differs_now(entry: u64, differences: &[String]) -> Finding {
    let text = format!("The check of entry {entry} differs: {}.", differences.join("; "));
    Finding::warn(c::CHECK_DIFFERS, text).help("find out which is right, and correct the entry where it is wrong")
}

/// A double check that is being recorded differs: no pass.
pub fn double_check_differs_now(words: &str) -> Finding {
    let text = format!("NOT verified: {words}. Both are kept.");
    let help = "find out which is right, correct what is wrong, and let the visit be checked again";
    Finding::warn(crate::decide::codes::DOUBLE_CHECK_DIFFERS, text).help(help)
}

/// A check on record differs.
pub(super) fn check_differs(entry: u64, who: &str, differences: &[String]) -> Finding {
    let text = format!("Entry {entry} was typed again by {who}, and differs: {}.", differences.join("; "));
    Finding::warn(c::CHECK_DIFFERS, text).help("find out which is right: correct the entry, or let it be checked again")
}

/// A dose that goes by the age on day 1 of each cycle, of somebody whose date of birth is not kept.
pub(super) fn age_not_kept(key: NamedKey<'_>, on: Date, (by_birth, kept): (Amount, Amount)) -> Finding {
    let text = format!(
        "{key} on {} is {by_birth} by the date of birth; the record keeps the age on the first day alone and goes on with {kept}.",
        calendar::with_weekday(on),
    );
    let help = "note that day: from it on record each dose as it was given, with the dose of the new age";
    Finding::warn(c::AGE_NOT_KEPT, text).field(Field::Born).help(help)
}
