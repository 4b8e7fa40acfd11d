//! The codes of what is refused when advice is asked.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[RESULT_TWICE];

pub const RESULT_TWICE: Code = Code::new(&About {
    name: "said-twice",
    title: "Two different answers to one question",
    asks: None,
    page: "Two different results were given for one test, or something was given as present and as absent. Remove one.",
});
