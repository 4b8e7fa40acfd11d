//! Eligibility, criteria and assessments.

use serde::Deserialize;

use super::drug::{RangeDef, TextOr};
use super::source::SourcesDef;
use super::{At, RoomDef, Table};

/// `[eligibility]`: limits at enrolment, checked on the first day only, both ends included.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct EligibilityDef {
    /// Completed years: `{ from = "18 years", through = "75 years" }`.
    pub age: Option<Table<RangeDef>>,
    /// Actual body weight: `{ from = "40 kg" }`.
    pub weight: Option<Table<RangeDef>>,
    /// Creatinine clearance or GFR: `{ from = "50 mL/min" }`.
    pub gfr: Option<Table<RangeDef>>,
    /// `"female"` or `"male"`, where the trial takes only one.
    pub sex: Option<At<String>>,
    /// Further criteria, in the protocol's words; shown, not checked.
    pub other: Option<At<Vec<At<String>>>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
}

/// `[[criterion]]`: what must hold before a cycle or a day is given.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CriterionDef {
    /// What is looked at: `"neutrophils"`.
    pub test: Option<At<String>>,
    /// The lowest value that still allows treatment: `"1.5 10^9/L"`.
    pub at_least: Option<At<String>>,
    /// The highest value that still allows treatment.
    pub at_most: Option<At<String>>,
    /// The days it is checked on; `[1]` as a rule.
    pub days: Option<At<Vec<At<i64>>>>,
    /// How old the result may be: `"3 days"`.
    pub valid_for: Option<At<String>>,
    /// What follows when it fails: `"delay"`, `"omit"`, `"hold"` or `"ask"`.
    pub otherwise: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
}

/// `[[assessment]]`: a test, visit or scan with dates of its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AssessmentDef {
    /// What is done: `"tumour imaging"`.
    pub name: Option<At<String>>,
    /// `"calendar from first dose"` (a delay does not move it), `"with each cycle"` (it moves with day 1), or from an event:
    /// `"from consent"`, `"from enrolment"`, `"from randomisation"`, `"from last dose"`, `"from stop"`, `"from progression"`.
    pub clock: Option<At<String>>,
    /// On the calendar clock: how often, `"6 weeks"`.
    pub every: Option<At<String>>,
    /// On the calendar clock: once before the first dose, `"28 days"` at the earliest; or `{ from = "28 days", to = "1 day" }`.
    pub before_first_dose: Option<TextOr<BeforeFirstDef>>,
    /// On the cycle clock: the cycle days it belongs to.
    pub days: Option<At<Vec<At<i64>>>>,
    /// On the cycle clock: how long before that day at the earliest, `"72 hours"`.
    pub before: Option<At<String>>,
    /// From an event: how long after it, `"30 days"`; with `every`, the first of several.
    pub after: Option<At<String>>,
    /// From an event, with `every`: the last of them, so long after the event, `"2 years"`; all of them are dated then.
    pub until: Option<At<String>>,
    /// Room around each planned day.
    pub window: Option<TextOr<RoomDef>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
}

/// `before_first_dose`: the first and the last day on which it may be done, counted back from the first dose.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BeforeFirstDef {
    /// `"28 days"` before the first dose, at the earliest.
    pub from: Option<At<String>>,
    /// `"1 day"` before it, at the latest.
    pub to: Option<At<String>>,
}
