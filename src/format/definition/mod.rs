//! The regimen file as a person typed it: every table and key of the format, all optional, each value
//! with its position. These structs are the one definition of the file: the reader, the JSON Schema
//! and the reference page come from them.

mod at;
mod cycle;
mod days;
mod defaults;
mod doses;
mod drug;
mod example;
mod keys;
mod modification;
mod owners;
mod rule;
mod source;
mod supportive;
mod trial;

pub use at::{At, Table};
pub use cycle::{BeginsDef, BodyDef, CountDef, CycleDef, PhaseDef, RecalculateDef, RoomDef};
pub use days::{DaysDef, RunDef};
pub use defaults::DefaultsDef;
pub use drug::{
    BandDef, ByCycleDef, CapDef, CapRowDef, CohortDoseDef, ConditionDef, CycleSpanDef, DecayDef, DiluteDef, DoseRowDef,
    DrugDef, EndsDef, GfrDef, HoursDef, LoadingDef, MaximumDef, OverDef, RampDef, RangeDef, ReduceDef, RoundDef,
    StartDef, StepDef, TextOr,
};
pub use example::{DelayedDef, ExampleDef, ExpectDef, ExpectWindowDef, FoundDef, SubjectDef};
pub use keys::{Keys, Present};
pub use modification::{ActionsDef, DrugsDef, RuleDef, RuleRowDef};
pub use owners::OwnersDef;
pub use rule::{AssessmentDef, BeforeFirstDef, CriterionDef, EligibilityDef};
pub use source::{OneOrMany, SourceDef, SourcesDef};
pub use supportive::{CheckedDef, SupportiveDef};
pub use trial::{CohortDef, LifetimeDef, LowerDef};

use serde::Deserialize;

/// A whole regimen file.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The version of the file format: 1.
    pub format: Option<At<i64>>,
    /// What the regimen is called and where it comes from.
    pub regimen: Option<Table<RegimenDef>>,
    /// How long a cycle is and how many there are, for a regimen of one phase.
    pub cycle: Option<Table<CycleDef>>,
    /// What holds in every table that does not say it.
    pub defaults: Option<Table<DefaultsDef>>,
    /// How body size is measured and when it is measured again.
    pub body: Option<Table<BodyDef>>,
    /// Who may be treated, as far as the calculator can check it.
    pub eligibility: Option<Table<EligibilityDef>>,
    /// The drugs of a regimen of one phase, in the order in which they are given.
    #[serde(default)]
    pub drug: Vec<Table<DrugDef>>,
    /// The phases of a regimen of several, in order, each with its own cycle and drugs.
    #[serde(default)]
    pub phase: Vec<Table<PhaseDef>>,
    /// Tests, visits and imaging.
    #[serde(default)]
    pub assessment: Vec<Table<AssessmentDef>>,
    /// What must hold before a cycle is given.
    #[serde(default)]
    pub criterion: Vec<Table<CriterionDef>>,
    /// Dose modifications: what a result, a grade or an event does to the doses.
    #[serde(default)]
    pub rule: Vec<Table<RuleDef>>,
    /// Cohorts or arms, one of which is chosen for each subject.
    #[serde(default)]
    pub cohort: Vec<Table<CohortDef>>,
    /// Limits over a life, across regimens and equivalent drugs.
    #[serde(default)]
    pub lifetime: Vec<Table<LifetimeDef>>,
    /// Who compared the file with its sources.
    #[serde(default)]
    pub checked: Vec<Table<CheckedDef>>,
    /// Where the figures come from.
    #[serde(default)]
    pub source: Vec<Table<SourceDef>>,
    /// Worked cases that the file must reproduce before it loads.
    #[serde(default)]
    pub example: Vec<Table<ExampleDef>>,
    /// What could not be read, and was told: nobody need say that it is missing.
    #[serde(skip)]
    pub pruned: Vec<Pruned>,
}

/// A key whose value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pruned {
    /// Where its table stands.
    pub table: std::ops::Range<usize>,
    /// The key.
    pub key: String,
}

/// `[regimen]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RegimenDef {
    /// Short name in kebab-case, unique in the library, the same as the file's name.
    pub id: Option<At<String>>,
    /// Who wrote this file, by name; an example worked out by somebody else is worth more.
    pub author: Option<At<String>>,
    /// The name people use.
    pub name: Option<At<String>>,
    /// The version of this file, as text.
    pub version: Option<At<String>>,
    /// `draft`, `reviewed`, `approved` or `retired`.
    pub status: Option<At<String>>,
    /// `trial` (only the modifications listed here) or `practice`.
    pub setting: Option<At<String>>,
    /// What it treats.
    pub indication: Option<At<String>>,
    /// Other names it is found by.
    pub also: Option<At<Vec<At<String>>>>,
    /// Registry number, such as `NCT04548271`, or `unknown`.
    pub trial: Option<At<String>>,
    /// The protocol's own number.
    pub protocol: Option<At<String>>,
    /// The protocol version this file follows.
    pub protocol_version: Option<At<String>>,
    /// The date of the amendment this file follows.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub amended: Option<At<toml::value::Datetime>>,
    /// How much of the premedication, hydration and antiemetics stands in the file: `not included`, or a table.
    pub supportive_care: Option<TextOr<SupportiveDef>>,
    /// What the trial calls a cycle, wherever it is shown: `cycle` (where the key is left out), `week`, `month`, `period`,
    /// `visit`, `course` or `block`. Weeks are numbered as they pass: with a length of 28 days 1, 5, 9.
    pub cycle_word: Option<At<String>>,
    /// The number of the first cycle: `1` (where the key is left out), or `0` where the trial counts from week 0.
    pub cycles_from: Option<At<i64>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
}
