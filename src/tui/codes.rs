//! The codes of what only a screen can be asked.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[COMPARE, NOT_ENROLLED, NO_PLAN, NO_REGIMEN, REGIMEN_ERRORS];

pub const COMPARE: Code = Code::new(&About {
    name: "compare",
    title: "Two plans that cannot be compared",
    asks: None,
    page: "The variation that was asked for makes no plan.",
});

pub const NOT_ENROLLED: Code = Code::new(&About {
    name: "not-enrolled",
    title: "The subject could not be enrolled",
    asks: None,
    page: "The enrolment was refused by the record.",
});

pub const NO_PLAN: Code = Code::new(&About {
    name: "no-plan",
    title: "No plan to enrol on",
    asks: None,
    page: "Enrolment starts from a plan: fill in the form first.",
});

pub const NO_REGIMEN: Code = Code::new(&About {
    name: "no-regimen",
    title: "No such regimen",
    asks: None,
    page: "The library has no regimen of this id, or there is no subject to move.",
});

pub const REGIMEN_ERRORS: Code = Code::new(&About {
    name: "regimen-errors",
    title: "A regimen with errors",
    asks: None,
    page: "A subject is moved only to a regimen file without errors. Correct them first.",
});
