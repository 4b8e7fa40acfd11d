//! Where figures come from.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::At;
use crate::regimen::Source;

/// `[[source]]`
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourceDef {
    /// Short name used under `source`.
    pub id: Option<At<String>>,
    /// Title of the document: publication with DOI or PMID, label with section and revision, protocol with its number.
    pub title: Option<At<String>>,
    /// Where it was read.
    pub url: Option<At<String>>,
    /// The page, section or table of the document: `"p. 34"`, `"section 2.2"`.
    pub page: Option<At<String>>,
    /// What it says, in its own words or nearly.
    pub says: Option<At<String>>,
    /// `A` (the document itself, its publisher or a registry), `B` (a page that reproduces it) or `C` (a page that retells it:
    /// what comes from there is not verified).
    pub tier: Option<At<String>>,
    /// The day it was read.
    #[cfg_attr(test, schemars(with = "Option<String>", extend("format" = "date")))]
    pub read: Option<At<toml::value::Datetime>>,
}

impl SourceDef {
    /// Whether it only retells the document, so that nothing taken from it is verified.
    pub fn retells(&self) -> bool {
        self.tier.as_ref().is_some_and(|tier| Source::is_retelling(&tier.value))
    }
}

/// The `source` key of a table: one id for everything, or which keys come from where.
#[derive(Debug, Clone)]
pub enum SourcesDef {
    /// `"trial"`: this source says everything in the table.
    All(At<String>),
    /// `{ trial = ["dose", "days"], unverified = ["round"] }` or `{ default = "trial", round = "unverified" }`.
    ByKey(At<BTreeMap<At<String>, OneOrMany>>),
}

/// A key's source, or a source's keys.
#[derive(Debug, Clone)]
pub enum OneOrMany {
    /// `round = "unverified"`
    One(At<String>),
    /// `trial = ["dose", "days"]`
    Many(At<Vec<At<String>>>),
}

impl PartialEq<str> for At<String> {
    fn eq(&self, other: &str) -> bool {
        self.value == other
    }
}

impl Eq for At<String> {}

impl PartialOrd for At<String> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for At<String> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.value, self.span.start, self.span.end).cmp(&(&other.value, other.span.start, other.span.end))
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at = At::<Either>::deserialize(deserializer)?;
        let span = at.span;
        Ok(match at.value {
            Either::One(value) => OneOrMany::One(At { value, span }),
            Either::Many(value) => OneOrMany::Many(At { value, span }),
        })
    }
}

enum Either {
    One(String),
    Many(Vec<At<String>>),
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sight;
        impl<'de> Visitor<'de> for Sight {
            type Value = Either;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a source such as \"trial\", or a list of keys such as [\"dose\", \"days\"]")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Either, E> {
                Ok(Either::One(text.to_owned()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<Either, A::Error> {
                Vec::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map(Either::Many)
            }
        }
        deserializer.deserialize_any(Sight)
    }
}

enum AllOrKeys {
    All(String),
    ByKey(BTreeMap<At<String>, OneOrMany>),
}

impl<'de> Deserialize<'de> for AllOrKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sight;
        impl<'de> Visitor<'de> for Sight {
            type Value = AllOrKeys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a source such as \"trial\", or a table such as { trial = [\"dose\"], unverified = [\"round\"] }",
                )
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<AllOrKeys, E> {
                Ok(AllOrKeys::All(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AllOrKeys, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(AllOrKeys::ByKey)
            }
        }
        deserializer.deserialize_any(Sight)
    }
}

impl<'de> Deserialize<'de> for SourcesDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at = At::<AllOrKeys>::deserialize(deserializer)?;
        let span = at.span;
        Ok(match at.value {
            AllOrKeys::All(value) => SourcesDef::All(At { value, span }),
            AllOrKeys::ByKey(value) => SourcesDef::ByKey(At { value, span }),
        })
    }
}

#[cfg(test)]
impl schemars::JsonSchema for SourcesDef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Sources".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "One source id for everything in the table, or which keys come from which source.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "additionalProperties": { "anyOf": [
                    { "type": "string" }, { "type": "array", "items": { "type": "string" } }
                ] } }
            ]
        })
    }
}
