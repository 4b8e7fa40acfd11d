//! Cycles, phases and body size.

use serde::Deserialize;

use super::drug::{DrugDef, RangeDef, TextOr};
use super::source::SourcesDef;
use super::{At, Table};

/// `[cycle]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CycleDef {
    /// From one day 1 to the next: `"14 days"`, `"3 weeks"`.
    pub length: Option<At<String>>,
    /// How many cycles: one of `{ up_to = 8 }`, `{ planned = 6 }`, `{ between = [4, 6] }`, `{ until_stopped = true }`.
    pub count: Option<Table<CountDef>>,
    /// What ends treatment early, in the protocol's words.
    pub stop: Option<At<Vec<At<String>>>>,
    /// What a delay does to later cycles: `"from actual day 1"`, `"from planned day 1"` or `"unknown"`.
    pub next: Option<At<String>>,
    /// With `next = "from planned day 1"`: a cycle that begins more than so many days late begins a new schedule, and later
    /// cycles are counted from its actual day 1: `"7 days"`.
    pub new_schedule_after: Option<At<String>>,
    /// Room around a planned day 1, from cycle 2: `{ early = "0 days", late = "3 days" }`, or `"unknown"`.
    pub window: Option<TextOr<RoomDef>>,
    /// The longest delay the protocol allows before treatment stops.
    pub longest_delay: Option<At<String>>,
    /// The drug whose first dose is day 1, where it is not the first treatment drug given.
    pub anchor: Option<At<String>>,
    /// The event that day 0 names (`"stem cell infusion"`): days are then counted around it.
    pub day_zero: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<std::collections::BTreeMap<String, String>>>,
}

/// How many cycles.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CountDef {
    /// At most so many; none after the first is certain.
    pub up_to: Option<At<i64>>,
    /// Exactly so many are planned.
    pub planned: Option<At<i64>>,
    /// At least and at most.
    pub between: Option<At<Vec<At<i64>>>>,
    /// Until a stop criterion is met.
    pub until_stopped: Option<At<bool>>,
    /// And not longer than this after the first dose: `"24 months"`.
    pub at_most: Option<At<String>>,
    /// Whether a wholly omitted cycle counts: `"counts"`, `"does not count"` or `"unknown"`.
    pub omitted: Option<At<String>>,
}

/// Room around a planned day.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RoomDef {
    /// How much earlier: `"0 days"`.
    pub early: Option<At<String>>,
    /// How much later: `"3 days"`.
    pub late: Option<At<String>>,
}

/// `[body]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BodyDef {
    /// The formula for body surface area: `"mosteller"`, `"du-bois"` …, or `"site"`.
    pub bsa: Option<At<String>>,
    /// Decimals of the body surface; the printed figure is the figure multiplied.
    pub bsa_places: Option<At<i64>>,
    /// The largest body surface used: `"2.2 m2"`. There is no cap unless one is written here.
    pub bsa_cap: Option<At<String>>,
    /// The weight used: `"actual"`, `"ideal"`, `"adjusted"`, `"adjusted from BMI 25"` or `"lower of ideal and actual"`.
    pub weight: Option<At<String>>,
    /// The formula for ideal weight, where one is used: `"devine"` …
    pub ideal_weight: Option<At<String>>,
    /// The share of the excess over ideal weight that adjusted weight counts: `"0.4"`.
    pub adjusted_factor: Option<At<String>>,
    /// When body size is measured again: a table, `"every cycle"`, `"never"` or `"unknown"`.
    pub recalculate: Option<TextOr<RecalculateDef>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<std::collections::BTreeMap<String, String>>>,
}

/// When the dose follows a new weight.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecalculateDef {
    /// The change that counts: `">= 10 %"`, also `"> 10 %"`.
    pub when_weight_changes: Option<At<String>>,
    /// Against what: `"cycle 1 day 1"` or `"weight last used"`.
    pub since: Option<At<String>>,
}

/// `[[phase]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PhaseDef {
    /// Short name in kebab-case, part of every administration's identity.
    pub id: Option<At<String>>,
    /// The name people use.
    pub name: Option<At<String>>,
    /// `"continues"` or `"restarts"`: how cycles of this phase are numbered.
    pub numbering: Option<At<String>>,
    /// When the phase begins; required from the second phase on.
    pub begins: Option<Table<BeginsDef>>,
    /// The cycle of this phase.
    pub cycle: Option<Table<CycleDef>>,
    /// An earlier phase whose drugs are given again; the drugs below say what differs, and what is new.
    pub same_drugs_as: Option<At<String>>,
    /// Drugs of that phase that are not given again.
    pub without: Option<At<Vec<At<String>>>>,
    /// The drugs of this phase.
    #[serde(default)]
    pub drug: Vec<Table<DrugDef>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
}

/// When a phase begins.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginsDef {
    /// The phase it follows.
    pub after: Option<At<String>>,
    /// Counted from what: `"day 1 of last cycle"`, `"end of last cycle"` (one length after its day 1), or `"last dose"`
    /// (the last treatment dose of that cycle, on the day it was given).
    pub on: Option<At<String>>,
    /// How long after: `"14 days"`, `"6 months"`, `{ from = "30 days", through = "60 days" }` or `"unknown"`.
    pub gap: Option<TextOr<RangeDef>>,
    /// The condition to enter the phase, in the protocol's words (`"after surgery"`); shown, and makes its dates uncertain.
    pub condition: Option<At<String>>,
}
