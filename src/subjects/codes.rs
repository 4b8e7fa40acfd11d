//! The codes of records as a whole.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[AGE_NOT_KEPT, CHECK_DIFFERS, CLOCK_BACK, CODE_ALIKE, NOTHING_TO_CHECK, SUBJECT_EXISTS];

pub const AGE_NOT_KEPT: Code = Code::new(&About {
    name: "age-not-kept",
    title: "A dose by an age that the record does not follow",
    asks: Some("Reason for going on with the age on the first day"),
    page: "The regimen takes the age on day 1 of each cycle, and a birthday during treatment brings another dose. A record keeps no date of birth: it goes on with the dose of the age on the first day, and the day on which they part is told at enrolment.",
});

pub const CLOCK_BACK: Code = Code::new(&About {
    name: "clock-back",
    title: "A clock behind the newest entry",
    asks: Some("Reason for recording with this clock"),
    page: "The clock of this computer says a day before the one on which the newest entry was recorded: one of the two is wrong. Set the clock right, or say why the entry is recorded all the same.",
});

pub const CODE_ALIKE: Code = Code::new(&About {
    name: "code-alike",
    title: "A subject code that looks like another one",
    asks: Some("Reason for a code that looks like another subject's"),
    page: "A new subject's code differs from one in the record only in signs such as hyphens, or in letters that look alike, such as O and 0: it may be that subject, typed otherwise.",
});

pub const CHECK_DIFFERS: Code = Code::new(&About {
    name: "check-differs",
    title: "A check that found another figure",
    asks: Some("Reason for leaving the difference"),
    page: "A second person typed another figure than the entry says. Find out which is right, and correct the entry where it is wrong.",
});

pub const NOTHING_TO_CHECK: Code = Code::new(&About {
    name: "nothing-to-check",
    title: "An entry without a figure to type again",
    asks: None,
    page: "A second person checks an entry by typing its figures again. This one holds none.",
});

pub const SUBJECT_EXISTS: Code = Code::new(&About {
    name: "subject-exists",
    title: "A subject code that is taken",
    asks: None,
    page: "The code is in the record already, or one that differs from it in capitals alone.",
});
