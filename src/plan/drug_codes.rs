//! The codes of what is told of one drug of a plan.

use crate::finding::{About, Code};

/// A drug has ended, and its later doses are not planned.
pub const DRUG_STOPPED: Code = Code::new(&About {
    name: "drug-stopped",
    title: "A drug that was stopped for good",
    asks: None,
    page: "One drug was stopped for good while the others go on. None of its doses, and nothing that belongs to them, is planned behind its last day; what was recorded before stays.",
});

/// A row that only the rounded kidney function lies in.
pub const GFR_ROUNDED: Code = Code::new(&About {
    name: "gfr-rounded",
    title: "A row that only the rounded kidney function lies in",
    asks: Some("Reason for the row of the rounded kidney function"),
    page: "The regimen rounds the kidney function, and the rounded figure lies in another row of the table than the figure that was found. Which of them the protocol means is for the prescriber to say.",
});
