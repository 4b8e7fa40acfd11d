//! `[[limit]]`: how much of a drug, or of drugs that count together, anybody may receive in a lifetime.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::At;
use super::source::SourcesDef;

/// `[[limit]]`: a lifetime limit over equivalent drugs.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "app", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitDef {
    /// What counts together: `"anthracyclines, as doxorubicin (ESC 2022)"`. Prior exposure is given under this name.
    pub name: Option<At<String>>,
    /// The most: `"450 mg/m2"`, `"400 units"`.
    pub most: Option<At<String>>,
    /// Drugs of this regimen that count, and what an amount of each is multiplied by: `{ epirubicin = "0.8" }`.
    pub factors: Option<At<BTreeMap<At<String>, At<String>>>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<BTreeMap<String, String>>>,
}
