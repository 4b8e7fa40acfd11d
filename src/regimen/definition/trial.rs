//! `[[cohort]]`: what is assigned to a subject.

use serde::Deserialize;

use super::At;

/// `[[cohort]]`: a cohort of an escalation or an arm of a randomised trial, chosen for each subject.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "app", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CohortDef {
    /// Short name: `"1"`, `"A"`, `"250-mg"`.
    pub id: Option<At<String>>,
    /// The name people use.
    pub name: Option<At<String>>,
    /// Anything a reader should know.
    pub note: Option<At<String>>,
}
