//! Where the figures of a file come from, which of them carry a doubt, and what people call them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Serialize, Serializer};

/// Where the keys of one table come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Source id by key; `unverified` is an id like any other.
    pub by_key: BTreeMap<String, String>,
    /// What the sources say, by key they disagree on.
    pub conflict: BTreeMap<String, String>,
    /// Keys that the file says once for every table, under `[defaults]`.
    pub by_default: BTreeSet<String>,
}

impl Provenance {
    /// The id that marks a key nobody has verified.
    pub const UNVERIFIED: &'static str = "unverified";

    /// The source of a key.
    pub fn of(&self, key: &str) -> Option<&str> {
        self.by_key.get(key).map(String::as_str)
    }

    /// The doubt about a key: nobody has verified it, or the sources disagree.
    pub fn doubt(&self, key: &str) -> Option<Doubt> {
        if self.of(key) == Some(Self::UNVERIFIED) {
            Some(Doubt::Unverified)
        } else {
            self.conflict.contains_key(key).then_some(Doubt::Conflict)
        }
    }

    /// The doubts about some keys.
    pub fn marks<'a>(&'a self, keys: &'a [&'static str]) -> impl Iterator<Item = Mark> + 'a {
        keys.iter().filter_map(|key| Some(Mark { doubt: self.doubt(key)?, key }))
    }
}

/// Why a figure is looked at before it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// Nobody has found it in a source, or compared it with one.
    Unverified,
    /// The sources disagree about it.
    Conflict,
    /// No source gives it.
    Unknown,
}

impl Doubt {
    /// In files of data.
    pub const fn word(self) -> &'static str {
        match self {
            Doubt::Unverified => "unverified",
            Doubt::Conflict => "conflict",
            Doubt::Unknown => "unknown",
        }
    }

    /// As a person says it.
    pub const fn words(self) -> &'static str {
        match self {
            Doubt::Unverified => "not verified",
            Doubt::Conflict => "the sources disagree",
            Doubt::Unknown => "not known",
        }
    }
}

/// A figure of the file that carries a doubt: `unverified: round`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The doubt.
    pub doubt: Doubt,
    /// The key of the file.
    pub key: &'static str,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.doubt.word(), self.key)
    }
}

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Marks for a column of data: `unverified: round; conflict: dose`.
pub fn marks_data(marks: &[Mark]) -> String {
    marks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Marks for people, a text for each doubt.
///
/// ```
/// use posology::regimen::{Doubt, Mark, marks_words};
/// let mark = |doubt, key| Mark { doubt, key };
/// let marks = [mark(Doubt::Unverified, "over"), mark(Doubt::Conflict, "dose"), mark(Doubt::Unverified, "bsa_places")];
/// assert_eq!(
///     marks_words(&marks),
///     ["not verified: length of the infusion, decimals of the body surface", "the sources disagree: dose"]
/// );
/// ```
pub fn marks_words(marks: &[Mark]) -> Vec<String> {
    let mut all: Vec<(Doubt, Vec<&str>)> = Vec::new();
    for mark in marks {
        let name = key_name(mark.key);
        match all.iter_mut().find(|(doubt, _)| *doubt == mark.doubt) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => all.push((mark.doubt, vec![name])),
        }
    }
    all.into_iter().map(|(doubt, names)| format!("{}: {}", doubt.words(), names.join(", "))).collect()
}

/// What people call the figure behind a key of the file; a key that is a plain word is called by it.
pub fn key_name(key: &str) -> &str {
    let found = NAMES.iter().find(|(known, _)| *known == key);
    found.map_or(key, |(_, name)| name)
}

const NAMES: &[(&str, &str)] = &[
    ("adjusted_factor", "share of the excess weight"),
    ("after", "what it follows"),
    ("anchor", "what day 1 is counted from"),
    ("at_least", "lower limit"),
    ("at_most", "upper limit"),
    ("before", "what it comes before"),
    ("before_first_dose", "time before the first dose"),
    ("begins", "day the phase begins"),
    ("bsa", "formula of the body surface"),
    ("bsa_cap", "cap of the body surface"),
    ("bsa_places", "decimals of the body surface"),
    ("by_cohort", "dose of each cohort"),
    ("by_cycle", "days that differ"),
    ("cohorts", "who gets it"),
    ("count", "how many are planned"),
    ("counts", "what counts"),
    ("ctcae", "version of the grades"),
    ("cycle length", "days to the next day 1"),
    ("cycle_total", "total of all doses"),
    ("cycles", "when it is given"),
    ("decay", "half-life"),
    ("dilute", "dilution"),
    ("dose_exception", "reason for a large dose"),
    ("dose_per_day", "dose of a day"),
    ("dose_per_week", "dose of a week"),
    ("ends", "day the infusion ends"),
    ("equivalence", "equivalent doses"),
    ("every", "interval"),
    ("for", "what it accompanies"),
    ("form", "dosage form"),
    ("formulation", "formulation"),
    ("gfr", "kidney function"),
    ("given", "where it is given"),
    ("hours", "hours of the doses"),
    ("ideal_weight", "formula of the ideal weight"),
    ("instead_of", "what it replaces"),
    ("least_gap", "shortest interval"),
    ("length", "days to the next day 1"),
    ("loading", "loading dose"),
    ("longest_delay", "longest delay"),
    ("lower", "lower limits"),
    ("maximum", "largest dose"),
    ("missed", "what follows a missed dose"),
    ("new_schedule_after", "delay after which the schedule is new"),
    ("next", "what a delay does to later dates"),
    ("otherwise", "what follows where it is not met"),
    ("over", "length of the infusion"),
    ("ramp", "steps up to the full dose"),
    ("ramp_again_after", "when the steps begin again"),
    ("recalculate", "when a new weight counts"),
    ("reduce", "reduced doses"),
    ("round", "rounding"),
    ("rows", "rows"),
    ("start", "starting dose"),
    ("starts", "half of the day it starts with"),
    ("stop", "when treatment ends"),
    ("stop_after", "day after which it is not given"),
    ("store", "storage"),
    ("strength_as", "what the strength counts"),
    ("table", "dose table"),
    ("tablets", "strengths"),
    ("times", "doses a day"),
    ("total", "total dose"),
    ("until", "end"),
    ("use_within", "time of use after preparation"),
    ("valid_for", "how long a result counts"),
    ("vial", "vial"),
    ("weight", "weight that is used"),
    ("with", "what it is given with"),
];
