//! The codes of why there is no dose.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[
    ABOVE_MAXIMUM,
    FORMULA,
    LEVEL_ABOVE,
    LOADING_BELOW,
    LOADING_OF_ANOTHER,
    MISSING_INPUT,
    NO_DIALYSIS_RULE,
    NO_DOSE_IN_TABLE,
    NO_ROW_IN_TABLE,
    NO_SUCH_LEVEL,
    OVERFLOW,
    ROUNDED_TOO_FAR,
];

pub const ABOVE_MAXIMUM: Code = Code::new(&About {
    name: "above-maximum",
    title: "A dose above the stated maximum",
    asks: None,
    page: "The dose is above a maximum that the regimen states. The maximum is corrected under review, never at the bedside.",
});

pub const FORMULA: Code = Code::new(&About {
    name: "formula",
    title: "A formula cannot be calculated",
    asks: None,
    page: "A formula the regimen uses has no result for these figures, for example a lean weight of a body it was not made for.",
});

pub const LEVEL_ABOVE: Code = Code::new(&About {
    name: "level-above-dose",
    title: "A reduced dose larger than the full dose",
    asks: None,
    page: "The reduced dose of a level comes to more than the dose it should reduce, usually because the two are in different units. Ask the prescriber.",
});

pub const LOADING_BELOW: Code = Code::new(&About {
    name: "loading-below-dose",
    title: "A loading dose smaller than the dose",
    asks: None,
    page: "For a subject of this size the loading dose comes to less than the dose it should load. Ask the prescriber.",
});

pub const LOADING_OF_ANOTHER: Code = Code::new(&About {
    name: "loading-of-another-dose",
    title: "A loading dose made for another dose",
    asks: None,
    page: "The loading dose belongs to a dose the subject does not get. Ask the prescriber.",
});

pub const MISSING_INPUT: Code = Code::new(&About {
    name: "missing-input",
    title: "A figure that the dose needs was not given",
    asks: None,
    page: "The regimen calculates with a fact about the subject that is not known: a height, a weight, a creatinine, a genotype, a cohort or a laboratory result.",
});

pub const NO_DIALYSIS_RULE: Code = Code::new(&About {
    name: "no-dialysis-rule",
    title: "A dose by kidney function for somebody on dialysis",
    asks: None,
    page: "The subject is on dialysis, and the dose of this drug depends on the kidney function. Dialysis is not a kidney function of 0: the drug may be dialysed, and when it is given beside a session counts. The file has no rule for it; another version of the file, or another regimen, is needed.",
});

pub const NO_DOSE_IN_TABLE: Code = Code::new(&About {
    name: "no-dose-in-table",
    title: "No dose in the table for this dose",
    asks: None,
    page: "The table of rounded doses has no band that holds the calculated dose.",
});

pub const NO_ROW_IN_TABLE: Code = Code::new(&About {
    name: "no-row-in-table",
    title: "No row of the dose table for this subject",
    asks: None,
    page: "No row of the dose table holds what is known of the subject, so no dose is planned.",
});

pub const NO_SUCH_LEVEL: Code = Code::new(&About {
    name: "no-such-level",
    title: "A dose level that the drug does not have",
    asks: None,
    page: "The level is below the last one of the regimen's ladder, or the drug has no ladder.",
});

pub const OVERFLOW: Code = Code::new(&About {
    name: "overflow",
    title: "Figures too large or too small to calculate with",
    asks: None,
    page: "The figures leave the range the program calculates in exactly. One of them is a slip.",
});

pub const ROUNDED_TOO_FAR: Code = Code::new(&About {
    name: "rounded-too-far",
    title: "Rounding changes the dose by too much",
    asks: Some("Reason for the rounded dose"),
    page: "Rounding changes the calculated dose by more than the regimen allows. Where nobody has verified that limit a reason is asked for; where it has a source a second person confirms the dose. Nothing that was measured or has happened is refused for it. A finer step or another strength is better.",
});
