//! `[defaults]`: what holds in every table that does not say it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::SourcesDef;
use super::{At, RecalculateDef, RoomDef, RoundDef, TextOr};

/// `[defaults]`: the rules of the house, said once; a table that says such a key itself keeps its own.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DefaultsDef {
    /// The formula for body surface area, as in `[body]`.
    pub bsa: Option<At<String>>,
    /// Decimals of the body surface, as in `[body]`.
    pub bsa_places: Option<At<i64>>,
    /// The weight used, as in `[body]`.
    pub weight: Option<At<String>>,
    /// When body size is measured again, as in `[body]`.
    pub recalculate: Option<TextOr<RecalculateDef>>,
    /// What a delay does to later cycles, as in `[cycle]`.
    pub next: Option<At<String>>,
    /// Room around a planned day 1, as in `[cycle]`.
    pub window: Option<TextOr<RoomDef>>,
    /// Rounding of every dose that goes by body size or kidney function, as in `[[drug]]`.
    pub round: Option<TextOr<RoundDef>>,
    /// What happens to a missed dose of a treatment drug of several days, as in `[[drug]]`.
    pub missed: Option<At<String>>,
    /// Where each key comes from.
    pub source: Option<SourcesDef>,
    /// Keys on which the sources disagree, with what they say.
    pub conflict: Option<At<BTreeMap<String, String>>>,
}
