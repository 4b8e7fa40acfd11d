//! The codes of study files.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[STUDY_INCOMPLETE, STUDY_UNAPPROVED, STUDY_VALUE];

pub const STUDY_INCOMPLETE: Code = Code::new(&About {
    name: "study-incomplete",
    title: "A study file that lacks a part",
    asks: None,
    page: "A study file needs its format, a code, and the namespace that the program made with it; a site needs a name, a contact a number, an arm a regimen.",
});

pub const STUDY_UNAPPROVED: Code = Code::new(&About {
    name: "study-unapproved",
    title: "Words for patients that nobody has approved",
    asks: None,
    page: "Words for patients without a version and a day of approval are printed on samples alone: every sheet says SAMPLE, DO NOT HAND OUT.",
});

pub const STUDY_VALUE: Code = Code::new(&About {
    name: "study-value",
    title: "A value of a study file that cannot be used",
    asks: None,
    page: "A code with other characters than letters, digits, - _ and ., a namespace that is not a random UUID, a day that does not exist, a word outside a closed list, or two parts of one name.",
});
