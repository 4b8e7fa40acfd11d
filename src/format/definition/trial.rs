//! `[[cohort]]` and `[[lifetime]]`: what is assigned to a subject, and what is counted over a life.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::SourcesDef;
use super::{At, Table};

/// `[[cohort]]`: a cohort of an escalation or an arm of a randomised trial, chosen for each subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CohortDef {
    /// Short name: `"1"`, `"A"`, `"250-mg"`.
    pub id: Option<At<String>>,
    /// The name people use.
    pub name: Option<At<String>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
}

/// `[[lifetime]]`: a limit on everything a subject has ever received of some drugs.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LifetimeDef {
    /// What is counted: `"anthracyclines"`, `"bleomycin"`.
    pub name: Option<At<String>>,
    /// What one mg of each drug counts for: `{ doxorubicin = "1", epirubicin = "0.8" }`. Also drugs this regimen does not hold.
    pub counts: Option<At<BTreeMap<String, At<String>>>>,
    /// The published set the factors are from, and its year; required where there are several drugs.
    pub equivalence: Option<At<String>>,
    /// The limit: `"550 mg/m2"`, `"400 units"`.
    pub limit: Option<At<String>>,
    /// Lower limits under a condition, in the source's words.
    #[serde(default)]
    pub lower: Vec<Table<LowerDef>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<BTreeMap<String, String>>>,
}

/// A lower limit under a condition.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LowerDef {
    /// The condition: `"radiotherapy of the mediastinum"`.
    pub with: Option<At<String>>,
    /// The limit under it.
    pub limit: Option<At<String>>,
}
