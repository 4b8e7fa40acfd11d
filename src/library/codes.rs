//! The codes of regimen files as a library sees them.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[APPROVAL, DRUG_SPELLING, EXAMPLES_NOT_RUN, UNREADABLE];

pub const APPROVAL: Code = Code::new(&About {
    name: "approval",
    title: "A regimen file that claims an approval it does not have",
    asks: Some("Reason for using it before it is approved"),
    page: "The file calls itself reviewed or approved, or its approvals cannot be read: without two approvals of this content on record it counts as a draft.",
});

pub const DRUG_SPELLING: Code = Code::new(&About {
    name: "drug-spelling",
    title: "A drug name one letter off a known one",
    asks: None,
    page: "A drug of the file is spelled nearly as one that the shipped regimens have. Checks by drug (caps, routes, interactions) need the right spelling.",
});

pub const EXAMPLES_NOT_RUN: Code = Code::new(&About {
    name: "examples-untried",
    title: "Worked examples that were not run",
    asks: None,
    page: "The worked examples of a file are run once nothing in the file blocks.",
});

pub const UNREADABLE: Code = Code::new(&About {
    name: "unreadable",
    title: "A regimen file that cannot be read",
    asks: None,
    page: "The file cannot be opened: it was moved, or may not be read.",
});
