//! Worked examples: a subject, what was found of it, and what must come out.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::value::Datetime;

use super::drug::TextOr;
use super::{At, OverDef, Table};

/// `[[example]]`: a subject, a start, and what must come out.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExampleDef {
    /// What the example shows.
    pub note: Option<At<String>>,
    /// Who worked it out, by name: a slip is found by somebody else than the one who wrote the file.
    pub worked_by: Option<At<String>>,
    /// The subject's measurements.
    pub subject: Option<Table<SubjectDef>>,
    /// Cycle 1 day 1 (or day 0, where the regimen counts around an event).
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub start: Option<At<Datetime>>,
    /// Cycles that begin later than planned: `[{ cycle = 2, by = "3 days" }]`.
    #[serde(default)]
    pub delayed: Vec<Table<DelayedDef>>,
    /// Cycles to plan of a phase that goes on until stopped.
    pub cycles: Option<At<i64>>,
    /// How many administrations are planned in all, so that none is too many; a run of days at home counts once.
    pub administrations: Option<At<i64>>,
    /// What must be among the doses.
    #[serde(default)]
    pub expect: Vec<Table<ExpectDef>>,
    /// Of an example of the modification tables: what was found.
    pub found: Option<Table<FoundDef>>,
    /// What the tables say to it, drug by drug, in the words of `do`: `{ irinotecan = "hold" }`. A treatment drug that is not
    /// named has nothing to follow.
    pub advise: Option<At<BTreeMap<At<String>, At<String>>>>,
    /// What follows when treatment goes on, drug by drug, in the words of `then`.
    pub then: Option<At<BTreeMap<At<String>, At<String>>>>,
}

/// A cycle of an example that begins later.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DelayedDef {
    /// The phase, where there are several.
    pub phase: Option<At<String>>,
    /// The cycle.
    pub cycle: Option<At<i64>>,
    /// How much later than planned: `"7 days"`.
    pub by: Option<At<String>>,
    /// `true` where the protocol requires the delay: it takes the window along.
    pub required: Option<At<bool>>,
}

/// The subject of an example.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubjectDef {
    /// `"170 cm"`
    pub height: Option<At<String>>,
    /// `"65 kg"`
    pub weight: Option<At<String>>,
    /// `"female"` or `"male"`
    pub sex: Option<At<String>>,
    /// Completed years: `"46 years"`.
    pub age: Option<At<String>>,
    /// `"0.8 mg/dL"`
    pub creatinine: Option<At<String>>,
    /// `"85 mL/min"`, a measured kidney function.
    pub gfr: Option<At<String>>,
    /// `"UGT1A1*28/*28"`
    pub genotype: Option<At<String>>,
    /// Laboratory results: `{ platelets = "180 10^9/L" }`.
    pub test: Option<At<BTreeMap<String, At<String>>>>,
    /// The assigned cohort of an escalation.
    pub cohort: Option<At<String>>,
    /// Drugs chosen instead of the ones they may replace: `["carboplatin"]`.
    pub instead: Option<At<Vec<At<String>>>>,
    /// Dose levels by drug id: `{ irinotecan = -1 }`.
    pub level: Option<At<BTreeMap<String, i64>>>,
}

/// One administration an example expects.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpectDef {
    /// The phase, where there are several.
    pub phase: Option<At<String>>,
    /// The cycle.
    pub cycle: Option<At<i64>>,
    /// The day of the cycle.
    pub day: Option<At<i64>>,
    /// `"morning"` or `"evening"`, where the parts of a day differ.
    pub part: Option<At<String>>,
    /// The drug's id or name.
    pub drug: Option<At<String>>,
    /// The date it must fall on.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub date: Option<At<Datetime>>,
    /// The dose it must come to: `"123 mg"`.
    pub dose: Option<At<String>>,
    /// How long the infusion runs: `"90 minutes"`, `"bolus"`, or `{ from = "30 minutes", through = "60 minutes" }`.
    pub over: Option<TextOr<OverDef>>,
    /// The drug that is given before it on that day, by id or name.
    pub after: Option<At<String>>,
    /// Whole vials that are opened.
    pub vials: Option<At<i64>>,
    /// What is drawn up, or swallowed: `"16.3 mL"`.
    pub volume: Option<At<String>>,
    /// Tablets or capsules of one dose, by strength: `{ "150 mg" = 1, "500 mg" = 3 }`.
    pub tablets: Option<At<BTreeMap<String, i64>>>,
    /// Whether it is planned whatever happens: `false` of what is only planned for.
    pub certain: Option<At<bool>>,
    /// `true`: nothing of the drug falls on this day.
    pub absent: Option<At<bool>>,
    /// The first and the last day on which it may be given.
    pub window: Option<Table<ExpectWindowDef>>,
    /// Hours after the drug it belongs to: `"4 hours"`.
    pub hour: Option<At<String>>,
}

/// The window an example expects.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpectWindowDef {
    /// The first day.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub from: Option<At<Datetime>>,
    /// The last day.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub through: Option<At<Datetime>>,
}

/// What was found of the subject of an example, as `posology regimen advise` is told it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FoundDef {
    /// Laboratory results: `{ neutrophils = "0.9 10^9/L" }`.
    pub test: Option<At<BTreeMap<String, At<String>>>>,
    /// Upper limits of normal: `{ ALT = "40 U/L" }`.
    pub uln: Option<At<BTreeMap<String, At<String>>>>,
    /// Grades: `{ diarrhoea = "grade 3" }`.
    pub grade: Option<At<BTreeMap<String, At<String>>>>,
    /// How often it has now happened: `{ diarrhoea = "second" }`.
    pub occurrence: Option<At<BTreeMap<String, At<String>>>>,
    /// What happened: `["febrile neutropenia"]`.
    pub event: Option<At<Vec<At<String>>>>,
    /// What did not happen: `["fever"]`.
    pub without: Option<At<Vec<At<String>>>>,
    /// The day of the cycle on which treatment is due.
    pub day: Option<At<i64>>,
}
