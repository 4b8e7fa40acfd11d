//! The codes of what a plan is told with, or refused for.
#![allow(missing_docs)] // the title of each says what it is

use crate::finding::{About, Code};

/// Every code of this room.
pub const CODES: &[Code] = &[
    AUC_ON_DIALYSIS,
    BIRTHDAY,
    CLOCK_UNUSED,
    CLOSED_DAY,
    CONCENTRATION,
    CYCLE_COUNT,
    DATE_RANGE,
    super::drug_codes::DRUG_STOPPED,
    EXPOSURE,
    FOLLOW_UP,
    super::drug_codes::GFR_ROUNDED,
    HEIGHT_NOT_USED,
    KIDNEY_NOT_USED,
    LEAST_GAP,
    LEVEL_ABOVE_ZERO,
    LIFETIME_LIMIT,
    LIMIT_UNKNOWN,
    LONGEST_DELAY,
    MEASURED_EARLY,
    NOT_ELIGIBLE,
    NOT_FOR_CHILDREN,
    NO_AGE_STATED,
    NOTHING_PLANNED,
    NO_CYCLES,
    NEXT_UNKNOWN,
    OMITTED_CYCLE,
    OUTSIDE_WINDOW,
    REDUCTION_WITHOUT_EFFECT,
    RESTART_BY,
    RUN_AFTER_RUN,
    SAME_DAY_TWICE,
    SAME_SUBSTANCE,
    SITE_VALUES,
    STEP_INTERVAL,
    STEPS_AGAIN,
    SUBSTITUTE,
    TABLETS_NOT_MADE,
    TABLETS_SUPPLIED,
    TEST_TWICE,
    TEST_UNIT,
    TOO_MANY_CYCLES,
    UNKNOWN_COHORT,
    UNKNOWN_DRUG,
    UNKNOWN_TEST,
    UNUSED_GENOTYPE,
    UNVERIFIED,
    VINCA_BESIDE_SPINAL,
    WEIGHT_BELOW_THRESHOLD,
    WEIGHT_CHANGES_DOSES,
    WEIGHT_RULE_UNKNOWN,
];

pub const BIRTHDAY: Code = Code::new(&About {
    name: "birthday",
    title: "A dose that depends on the day of a birthday",
    asks: None,
    page: "A dose depends on age, and a birthday during treatment brings another. A record keeps no date of birth, so every dose here is that of the age on the first day.",
});

pub const CLOCK_UNUSED: Code = Code::new(&About {
    name: "clock-unused",
    title: "A clock time that stands on no dose",
    asks: None,
    page: "The clock time of hour 0 was given, and no dose follows from it: the regimen counts no hours, and more than one drug is given in the clinic, so nobody knows which of them begins then.",
});

pub const CLOSED_DAY: Code = Code::new(&About {
    name: "closed-day",
    title: "A visit on a closed day",
    asks: None,
    page: "A visit or the end of an infusion falls on a day on which the site is closed. Nothing was moved.",
});

pub const CONCENTRATION: Code = Code::new(&About {
    name: "concentration",
    title: "A concentration outside its limits",
    asks: Some("Reason for this concentration"),
    page: "The dose in the stated volume makes a concentration outside the limits of the regimen. Another volume is for the pharmacist to choose.",
});

pub const CYCLE_COUNT: Code = Code::new(&About {
    name: "count",
    title: "How many cycles are certain",
    asks: None,
    page: "The regimen states a largest number of cycles, a range, or none at all: later cycles are shown as not certain.",
});

pub const DATE_RANGE: Code = Code::new(&About {
    name: "date-out-of-range",
    title: "A plan beyond the calendar",
    asks: None,
    page: "The plan reaches beyond the last date the calendar has. A date or an interval is a slip.",
});

pub const EXPOSURE: Code = Code::new(&About {
    name: "exposure",
    title: "What was received before is not known",
    asks: Some("Reason why the earlier exposure is not known"),
    page: "A lifetime limit counts what was received before this regimen. It is none, unknown, or an amount.",
});

pub const FOLLOW_UP: Code = Code::new(&About {
    name: "follow-up",
    title: "Follow-up visits without a date",
    asks: None,
    page: "The regimen states follow-up visits whose date is not known yet, or more of them than are listed.",
});

pub const HEIGHT_NOT_USED: Code = Code::new(&About {
    name: "height-not-used",
    title: "A new height that changes no dose",
    asks: None,
    page: "The regimen calculates the body size once. A new height is kept and not used.",
});

pub const KIDNEY_NOT_USED: Code = Code::new(&About {
    name: "kidney-not-used",
    title: "A new kidney function that changes no dose",
    asks: None,
    page: "The regimen takes the kidney function of cycle 1 throughout. A new one is kept and not used.",
});

pub const LEAST_GAP: Code = Code::new(&About {
    name: "least-gap",
    title: "A dose too soon after the one before",
    asks: Some("Reason for the short interval"),
    page: "A dose comes sooner after the one before than the shortest interval the regimen states.",
});

pub const LEVEL_ABOVE_ZERO: Code = Code::new(&About {
    name: "level-above-zero",
    title: "A dose level above the assigned dose",
    asks: None,
    page: "Dose levels are 0 for the assigned dose, -1 for one step down, and so on. An escalation cohort is not a level: it is assigned at enrolment.",
});

pub const LIFETIME_LIMIT: Code = Code::new(&About {
    name: "lifetime-limit",
    title: "A lifetime limit comes near or is passed",
    asks: Some("Reason for going on near or above the lifetime limit"),
    page: "The total of what was received before and what is planned comes near, reaches or passes the lifetime limit of the regimen.",
});

pub const LIMIT_UNKNOWN: Code = Code::new(&About {
    name: "limit-unknown",
    title: "A dose that cannot be added to a lifetime limit",
    asks: Some("Reason for going on without the lifetime total"),
    page: "The units of the dose and of the limit do not compare, so the total is not known.",
});

pub const LONGEST_DELAY: Code = Code::new(&About {
    name: "longest-delay",
    title: "A delay longer than the protocol allows",
    asks: Some("Reason for the long delay"),
    page: "A cycle is later than the longest delay the regimen states.",
});

pub const MEASURED_EARLY: Code = Code::new(&About {
    name: "measured-early",
    title: "A weight measured long before the start",
    asks: Some("Reason for using a weight from long before the start"),
    page: "The newest weight before the first dose is older than any dose may rest on. Weigh again, or correct the day.",
});

pub const NOT_ELIGIBLE: Code = Code::new(&About {
    name: "not-eligible",
    title: "A subject the regimen does not take",
    asks: Some("Reason for a subject outside the limits of the regimen"),
    page: "A figure of the subject is outside the limits of eligibility that the regimen states.",
});

pub const AUC_ON_DIALYSIS: Code = Code::new(&About {
    name: "auc-on-dialysis",
    title: "A target AUC for somebody on dialysis",
    asks: Some("Reason for a target AUC on dialysis"),
    page: "Calvert's formula with a kidney function of 0 gives what is cleared otherwise (AUC 5: 125 mg), and the session takes carboplatin out. When it is given beside the session decides what is reached, so that a second person confirms it: a pharmacist or investigator.",
});

pub const NOT_FOR_CHILDREN: Code = Code::new(&About {
    name: "not-for-children",
    title: "A formula that is not defined for this age",
    asks: None,
    page: "Calvert's formula and the kidney formulas of adults, Cockcroft and Gault's among them, were made for adults: below 18 years nothing is calculated with them unless the file says so, by naming the formula of the dose (`calvert = \"newell\"` or `\"calvert\"`) in `gfr`. Use a regimen for children.",
});

pub const NO_AGE_STATED: Code = Code::new(&About {
    name: "no-age-stated",
    title: "A child on a regimen that states no ages",
    asks: Some("Reason for this regimen for a child"),
    page: "The subject is below 18 years, and the regimen neither says whom it takes by age nor has a dose by age: its doses may be an adult's. Use a regimen for children, let the file state its ages under [eligibility], or give the reason.",
});

pub const NOTHING_PLANNED: Code = Code::new(&About {
    name: "nothing-planned",
    title: "The regimen plans no dose for this subject",
    asks: None,
    page: "A plan without a single dose is made of a regimen that has none for the subject's cohort, or none in the cycles that were asked for. An empty schedule looks like a schedule, so none is made; of a subject on record it is a warning.",
});

pub const NO_CYCLES: Code = Code::new(&About {
    name: "no-cycles",
    title: "No cycles were asked for",
    asks: None,
    page: "A plan has at least one cycle.",
});

pub const NEXT_UNKNOWN: Code = Code::new(&About {
    name: "next-not-known",
    title: "A cycle that is late, where no source says what follows",
    asks: Some("Reason for counting from the actual day 1"),
    page: "A cycle is late, and no source says whether later ones are counted from its actual or from its planned day 1. Here they are counted from the actual one, and their dates are marked.",
});

pub const OMITTED_CYCLE: Code = Code::new(&About {
    name: "omitted-cycle",
    title: "A wholly omitted cycle",
    asks: Some("Reason for counting the omitted cycle"),
    page: "A cycle was wholly omitted, and the regimen does not say whether it counts towards the number of cycles. Here it counts.",
});

pub const OUTSIDE_WINDOW: Code = Code::new(&About {
    name: "outside-window",
    title: "A day outside its window",
    asks: Some("Reason for a day outside the window"),
    page: "A visit is planned or was held outside the window that the regimen states for it.",
});

pub const REDUCTION_WITHOUT_EFFECT: Code = Code::new(&About {
    name: "reduction-without-effect",
    title: "A reduced dose that rounding makes the dose above it",
    asks: Some("Reason for a reduction that rounding takes back"),
    page: "The dose was reduced, and after rounding it is the dose of the level above it: the tablets or vials are too large for the step. The prescriber chooses another strength or another dose; as it stands a second person confirms it.",
});

pub const RESTART_BY: Code = Code::new(&About {
    name: "restart-by",
    title: "The day until which a delayed cycle must begin",
    asks: None,
    page: "The regimen says how long a delay may be at most. Counted from the day on which the cycle was planned before it was delayed, this is the last day on which it may begin.",
});

pub const RUN_AFTER_RUN: Code = Code::new(&About {
    name: "run-after-run",
    title: "A run of home doses after another",
    asks: None,
    page: "A run of home doses begins when the one before has ended, as the regimen says.",
});

pub const SAME_DAY_TWICE: Code = Code::new(&About {
    name: "same-day-twice",
    title: "A drug twice on one day",
    asks: Some("Reason for giving the drug twice on one day"),
    page: "Two cycles, phases or days put one drug on one day twice. Where the regimen alone does it nothing is planned; where a delay or another day does it, a reason is asked for.",
});

pub const SAME_SUBSTANCE: Code = Code::new(&About {
    name: "same-substance",
    title: "Two full doses of one substance on one day",
    asks: Some("Reason for two doses of one substance on one day"),
    page: "Two entries of one substance, by other routes or in other formulations, fall on one day, and each is more than half of the largest single dose in use: the last dose by vein and the first under the skin. Where both are meant the file says `together = true`, or a reason is given.",
});

pub const SITE_VALUES: Code = Code::new(&About {
    name: "site-values",
    title: "Values of the site are in force",
    asks: None,
    page: "The regimen leaves values to the site, and the site file supplies them.",
});

pub const STEP_INTERVAL: Code = Code::new(&About {
    name: "step-interval",
    title: "Steps of a dose too close together",
    asks: Some("Reason for the short interval between the steps"),
    page: "Two steps of a rising dose are closer together than the regimen allows.",
});

pub const STEPS_AGAIN: Code = Code::new(&About {
    name: "steps-again",
    title: "The steps before the full dose begin again",
    asks: None,
    page: "The last dose is so long ago that the regimen begins again with the first step before the full dose.",
});

pub const SUBSTITUTE: Code = Code::new(&About {
    name: "instead",
    title: "A substitute that cannot be chosen",
    asks: None,
    page: "One drug is given instead of another, in a cohort that has both. Two substitutes for one drug are one too many.",
});

pub const TABLETS_NOT_MADE: Code = Code::new(&About {
    name: "tablets-not-made",
    title: "A dose that the tablets supplied do not make",
    asks: Some("Reason for a dose that these tablets do not make"),
    page: "The study or site says which strengths are supplied, and whole pieces of them do not come to the dose.",
});

pub const TABLETS_SUPPLIED: Code = Code::new(&About {
    name: "tablets-supplied",
    title: "Tablets as they are supplied here",
    asks: None,
    page: "The study or site says which strengths are supplied: doses are rounded to those and counted in them, whatever the file states for everybody.",
});

pub const TEST_TWICE: Code = Code::new(&About {
    name: "test-twice",
    title: "Two results of one test",
    asks: None,
    page: "Two results were given for one test. Keep the newest.",
});

pub const TEST_UNIT: Code = Code::new(&About {
    name: "unit",
    title: "A laboratory unit that does not compare",
    asks: None,
    page: "The result is in a unit that does not convert into the unit the regimen uses.",
});

pub const TOO_MANY_CYCLES: Code = Code::new(&About {
    name: "too-many-cycles",
    title: "More than 200 cycles were asked for",
    asks: None,
    page: "A plan has at most 200 cycles.",
});

pub const UNKNOWN_COHORT: Code = Code::new(&About {
    name: "unknown-cohort",
    title: "A cohort that the regimen does not have",
    asks: None,
    page: "The regimen has no cohorts, or none of this name. A cohort is assigned, never assumed.",
});

pub const UNKNOWN_DRUG: Code = Code::new(&About {
    name: "unknown-drug",
    title: "A drug that the regimen does not have",
    asks: None,
    page: "The name is none of the regimen's drugs, or the drug may not replace another.",
});

pub const UNKNOWN_TEST: Code = Code::new(&About {
    name: "unknown-test",
    title: "A laboratory test that no dose depends on",
    asks: None,
    page: "No dose of the regimen depends on this test. Leave it out, or compare its spelling with the regimen's.",
});

pub const UNUSED_GENOTYPE: Code = Code::new(&About {
    name: "unused-genotype",
    title: "A genotype that nothing asks for",
    asks: None,
    page: "No dose and no rule of the regimen depends on the genotype.",
});

pub const UNVERIFIED: Code = Code::new(&About {
    name: "unverified",
    title: "Values without a verified source",
    asks: None,
    page: "The regimen marks values as unverified: they were not found in a source, or not compared with it. The pharmacist checks them before use.",
});

pub const VINCA_BESIDE_SPINAL: Code = Code::new(&About {
    name: "vinca-beside-intrathecal",
    title: "A vinca alkaloid and an intrathecal drug on one day",
    asks: None,
    page: "Every vinca alkaloid that was given into the spine was meant for a vein and lay beside a syringe for the spine (WHO, Information Exchange System alert 115, 2007). Both stand on sheets of their own here; keep them apart in time and place, and bring the one when the other is given.",
});

pub const WEIGHT_BELOW_THRESHOLD: Code = Code::new(&About {
    name: "weight-below-threshold",
    title: "A new weight that changes no dose",
    asks: None,
    page: "The new weight differs from the one in use by less than the regimen's threshold, so the doses keep the earlier weight.",
});

pub const WEIGHT_CHANGES_DOSES: Code = Code::new(&About {
    name: "weight-changes-doses",
    title: "The new weight changes the doses",
    asks: Some("Reason for the change of weight"),
    page: "From a cycle on the doses are calculated with a new weight, because it passed the regimen's threshold or the regimen recalculates every cycle. Whether the weight was measured and typed right is another question (`weight-jump`).",
});

pub const WEIGHT_RULE_UNKNOWN: Code = Code::new(&About {
    name: "weight-rule-not-known",
    title: "A new weight, where no source says whether it counts",
    asks: Some("Reason for keeping the first weight"),
    page: "A new weight was measured, and no source says when one changes the doses. The first weight stays until somebody says which counts.",
});
