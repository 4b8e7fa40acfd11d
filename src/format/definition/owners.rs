//! The drug that a premedication or support belongs to, or several of them.

use std::fmt;

use serde::Deserialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, SeqAccess, Visitor};

use super::At;

/// What stands under `for`.
#[derive(Debug, Clone)]
pub enum OwnersDef {
    /// `"docetaxel"`
    One(String),
    /// `["paclitaxel", "docetaxel"]`
    Several(Vec<At<String>>),
}

impl<'de> Deserialize<'de> for OwnersDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Sight;
        impl<'de> Visitor<'de> for Sight {
            type Value = OwnersDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a drug such as \"docetaxel\", or a list such as [\"paclitaxel\", \"docetaxel\"]")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<OwnersDef, E> {
                Ok(OwnersDef::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OwnersDef, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OwnersDef::Several)
            }
        }
        deserializer.deserialize_any(Sight)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for OwnersDef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Owners".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The drug it belongs to, or several that are not given on one day.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
}
