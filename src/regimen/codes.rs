//! The codes of what a regimen itself gives reason to tell.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[DRAFT, OTHER_GENOTYPE, RETIRED, UNKNOWN_GENOTYPE];

pub const DRAFT: Code = Code::new(&About {
    name: "draft",
    title: "A regimen that nobody has approved",
    asks: Some("Reason for using a draft regimen"),
    page: "The content of the regimen file is not approved: the approvals of two people are needed. Everything made from it carries the word DRAFT.",
});

pub const OTHER_GENOTYPE: Code = Code::new(&About {
    name: "other-genotype",
    title: "A genotype that the regimen does not name",
    asks: None,
    page: "The regimen's doses depend on the genotype, and it names none like this. The text says which dose holds instead.",
});

pub const RETIRED: Code = Code::new(&About {
    name: "retired",
    title: "A regimen that is no longer for use",
    asks: Some("Reason for using a retired regimen"),
    page: "The regimen file calls itself retired. Nobody is enrolled on it or moved to it.",
});

pub const UNKNOWN_GENOTYPE: Code = Code::new(&About {
    name: "unknown-genotype",
    title: "A genotype that cannot be read",
    asks: None,
    page: "The genotype cannot be told apart from those the regimen names, or is empty. Write the gene with both alleles, as in UGT1A1*1/*28.",
});
