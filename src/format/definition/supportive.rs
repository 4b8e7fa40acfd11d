//! Supportive care, and who compared the file with what.

use serde::Deserialize;

use super::At;

/// `supportive_care` of `[regimen]`, where some of it stands in the file.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SupportiveDef {
    /// The source whose whole list stands in the file, or a part of it where `lacks` says what is missing.
    pub listed_in: Option<At<String>>,
    /// What is missing, in words.
    pub lacks: Option<At<String>>,
    /// What is given when it is needed and so has no day, in words.
    pub when_required: Option<At<Vec<At<String>>>>,
}

/// `[[checked]]`: somebody compared the file with its sources.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckedDef {
    /// Who, by name or role.
    pub by: Option<At<String>>,
    /// The day.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub on: Option<At<toml::value::Datetime>>,
    /// The ids of the sources it was compared with.
    pub against: Option<At<Vec<At<String>>>>,
    /// What was compared, where it was not everything.
    pub what: Option<At<String>>,
}
