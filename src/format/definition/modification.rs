//! `[[rule]]`: what a result, a grade or an event does to the doses.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::drug::{ConditionDef, RangeDef, TextOr};
use super::source::SourcesDef;
use super::{At, Table};

/// `[[rule]]`: one table of dose modifications. It looks at one test, grade or event.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleDef {
    /// A measured value: `"neutrophils"`, `"ALT"`.
    pub test: Option<At<String>>,
    /// A graded toxicity: `"diarrhoea"`.
    pub grade: Option<At<String>>,
    /// Something that happens or does not: `"febrile neutropenia"`.
    pub event: Option<At<String>>,
    /// Other names of the test, toxicity or event.
    pub also: Option<At<Vec<At<String>>>>,
    /// The version of the CTCAE that grades are of, such as `"5.0"`, or `"unknown"`.
    pub ctcae: Option<At<String>>,
    /// The drugs the rows are about: `"all"` (every treatment drug), or a list of ids or names.
    pub drugs: Option<DrugsDef>,
    /// The days of the cycle it is about, such as `[1]`; every day where it does not say.
    pub days: Option<At<Vec<At<i64>>>>,
    /// The rows, which cover every value once.
    #[serde(default)]
    pub rows: Vec<Table<RuleRowDef>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<BTreeMap<String, String>>>,
}

/// One row: when it applies, and what it says.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleRowDef {
    /// Exactly this grade: `"grade 3"`.
    pub is: Option<At<String>>,
    /// Lowest value, included: `"1.5 10^9/L"`, `"grade 2"`, `"3 x ULN"`.
    pub from: Option<At<String>>,
    /// Lower end, excluded.
    pub above: Option<At<String>>,
    /// Highest value, included.
    pub through: Option<At<String>>,
    /// Upper end, excluded.
    pub below: Option<At<String>>,
    /// `"first"`, `"second"`, `"third or later"` …: how often it has happened.
    pub occurrence: Option<At<String>>,
    /// Only together with this: `"fever"`.
    pub with: Option<At<String>>,
    /// Only without this.
    pub without: Option<At<String>>,
    /// Only for subjects of this genotype, kidney function, age or weight.
    pub when: Option<Table<ConditionDef>>,
    /// What follows: `"treat"`, `"hold"`, `"omit"`, `"delay"`, `"one level down"`, `"level -1"`,
    /// `"75 % of the protocol dose"`, `"stop this drug"`, `"stop the regimen"`, `"ask"`; or by drug.
    #[serde(rename = "do")]
    pub do_: Option<ActionsDef>,
    /// Held or delayed until the test or grade is in this range.
    pub until: Option<Table<RangeDef>>,
    /// What follows when treatment goes on: as `do`.
    pub then: Option<ActionsDef>,
    /// The longest it may be held or delayed: `"28 days"`.
    pub longest: Option<At<String>>,
    /// What follows after that: as `do`.
    pub if_longer: Option<ActionsDef>,
    /// The source of this row, where it is another than the table's.
    pub source: Option<At<String>>,
}

/// One action for every drug of the rule, or one by drug.
pub type ActionsDef = TextOr<BTreeMap<At<String>, At<String>>>;

/// `"all"` or a list of drugs.
pub type DrugsDef = TextOr<Vec<At<String>>>;
