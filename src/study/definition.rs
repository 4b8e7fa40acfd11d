//! The study file as a person typed it: every table and key, all optional, each value with its position. These structs
//! are the one definition of the file: the reader, the JSON Schema and the reference page come from them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::format::definition::{At, Table};
use crate::format::fields;

/// A whole study file.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StudyDef {
    /// The version of the file format: 1.
    pub format: Option<At<i64>>,
    /// What the study is called.
    pub study: Option<Table<HeadDef>>,
    /// Which regimen each arm gets; left out in a study with one regimen, or where any may be used.
    #[serde(default)]
    pub arm: Vec<Table<ArmDef>>,
    /// The sites, each with its days, contacts and paper.
    #[serde(default)]
    pub site: Vec<Table<SiteDef>>,
    /// The words that patients read, with their version and the day they were approved.
    #[serde(default)]
    pub patients: Vec<Table<TextsDef>>,
    /// The tablets that are supplied, by drug: `capecitabine = ["500 mg"]`. They go before those of a regimen.
    #[serde(default)]
    pub tablets: BTreeMap<String, At<Vec<At<String>>>>,
    /// Grades that are raised, by code: `bmi-range = "confirm"`. A grade is raised, never lowered.
    #[serde(default)]
    pub grades: BTreeMap<String, At<String>>,
}

/// `[study]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeadDef {
    /// Its short code, as it stands on every page: letters, digits, `-`, `_` and `.`.
    pub code: Option<At<String>>,
    /// A random UUID that the program made with the file. It is never changed: every calendar entry and every
    /// identity is made from it.
    pub namespace: Option<At<String>>,
    /// The title, as the protocol has it.
    pub title: Option<At<String>>,
    /// The protocol's number.
    pub protocol: Option<At<String>>,
    /// The version of the protocol, as text.
    pub protocol_version: Option<At<String>>,
    /// Whose rules the labels of investigational products follow: `us`, `eu` or `china`; a site may say otherwise.
    pub jurisdiction: Option<At<String>>,
}

/// `[[arm]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ArmDef {
    /// The arm, as the protocol calls it.
    pub name: Option<At<String>>,
    /// The id of its regimen.
    pub regimen: Option<At<String>>,
}

/// `[[site]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteDef {
    /// The site's name, as it stands on pages.
    pub name: Option<At<String>>,
    /// Whose rules its labels follow, where they are not the study's: `us`, `eu` or `china`.
    pub jurisdiction: Option<At<String>>,
    /// The paper of its printer: `a4` or `letter`.
    pub paper: Option<At<String>>,
    /// Its labels: `a4-8` (A4, 2 × 4 of 99.1 × 67.7 mm), `letter-10` (Letter, 10 of 4 × 2 in) or `roll-102x76`.
    pub labels: Option<At<String>>,
    /// What a patient brings to each visit.
    #[serde(default)]
    pub bring: Vec<At<String>>,
    /// The days on which the clinic is closed; Saturdays and Sundays where it is left out.
    pub closures: Option<Table<ClosuresDef>>,
    /// Whom a patient calls; the first is the one that stands largest.
    #[serde(default)]
    pub contact: Vec<Table<ContactDef>>,
    /// The site's word for values that a regimen leaves to it, by key: `"body.bsa" = "mosteller"`.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// The tablets that are supplied, by drug: `capecitabine = ["500 mg"]`. They go before those of the study.
    #[serde(default)]
    pub tablets: BTreeMap<String, At<Vec<At<String>>>>,
    /// Grades that are raised, by code: `bmi-range = "confirm"`. Above those of the study, never below.
    #[serde(default)]
    pub grades: BTreeMap<String, At<String>>,
}

/// `[site.closures]`, and `[closures]` of a site file.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ClosuresDef {
    /// Weekdays that are always closed; Saturday and Sunday where it is left out.
    pub weekdays: Option<Vec<At<String>>>,
    /// Closed days, each with its name: `2026-12-25 = "Christmas Day"`.
    #[serde(default)]
    pub days: BTreeMap<String, At<String>>,
    /// Days that are open although their weekday is closed, each with the reason: `2027-02-06 = "working Saturday"`.
    #[serde(default)]
    pub opened: BTreeMap<String, At<String>>,
}

/// `[[site.contact]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactDef {
    /// Who answers: `study nurse`.
    pub who: Option<At<String>>,
    /// The telephone number, as it is dialled.
    pub number: Option<At<String>>,
    /// When: `day or night`, `in working hours`.
    pub when: Option<At<String>>,
}

/// `[[patients]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TextsDef {
    /// The regimens these words are for, by id; left out, they are for every regimen without words of its own.
    #[serde(default)]
    pub regimens: Vec<At<String>>,
    /// The version of the words, as text.
    pub version: Option<At<String>>,
    /// The day they were approved; left out as long as nobody has, and every sheet then says SAMPLE.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub approved: Option<At<toml::value::Datetime>>,
    /// The treatment's name in plain words: `Liposomal irinotecan and nimotuzumab`.
    pub treatment: Option<At<String>>,
    /// What it is, in a sentence: `Two medicines by drip in the clinic, on the same day, every two weeks.`
    pub about: Option<At<String>>,
    /// When to call at once, a line each.
    #[serde(default)]
    pub call_at_once: Vec<At<String>>,
    /// Of medicine taken at home: when to stop it and call the same day, a line each.
    #[serde(default)]
    pub stop_and_call: Vec<At<String>>,
    /// What to tell whoever answers.
    pub tell: Option<At<String>>,
    /// How to take the medicine at home.
    pub how: Option<At<String>>,
    /// What to do after a missed dose.
    pub missed: Option<At<String>>,
    /// What to do after vomiting.
    pub vomited: Option<At<String>>,
    /// What to ask about before it is taken or done.
    pub ask_first: Option<At<String>>,
    /// How the medicine is kept and handled at home.
    pub at_home: Option<At<String>>,
    /// What a treatment day is like.
    pub on_the_day: Option<At<String>>,
    /// Anything else, each under a heading of its own.
    #[serde(default)]
    pub more: Vec<Table<MoreDef>>,
}

/// `[[patients.more]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MoreDef {
    /// The heading.
    pub heading: Option<At<String>>,
    /// The words below it; left out, a line to write on.
    pub text: Option<At<String>>,
}

/// Every table of the file with its keys, named as it stands in a file.
pub fn tables() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("the top of the file", fields::<StudyDef>()),
        ("[study]", fields::<HeadDef>()),
        ("[[arm]]", fields::<ArmDef>()),
        ("[[site]]", fields::<SiteDef>()),
        ("closures", fields::<ClosuresDef>()),
        ("contact", fields::<ContactDef>()),
        ("[[patients]]", fields::<TextsDef>()),
        ("more", fields::<MoreDef>()),
    ]
}
