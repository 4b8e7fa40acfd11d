//! Days of a cycle: `[1, 8, 15]`, `{ from = 1, through = 14 }` or `"every day"`.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::At;

/// The days on which a drug is given.
#[derive(Debug, Clone)]
pub enum DaysDef {
    /// `[1, 8, 15]`
    List(Vec<At<i64>>),
    /// `{ from = 1, through = 14, every = 1 }`
    Run(RunDef),
    /// A text; only `"every day"` means something, the rest is refused with the reason.
    Text(String),
}

/// A run of days, first and last included.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RunDef {
    /// First day.
    pub from: Option<At<i64>>,
    /// Last day.
    pub through: Option<At<i64>>,
    /// Every so many days; each day when absent.
    pub every: Option<At<i64>>,
}

impl<'de> Deserialize<'de> for DaysDef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Days;
        impl<'de> Visitor<'de> for Days {
            type Value = DaysDef;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a list of days such as [1, 8, 15], a run such as { from = 1, through = 14 }, or \"every day\"",
                )
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<DaysDef, E> {
                Ok(DaysDef::Text(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<DaysDef, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(DaysDef::List)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DaysDef, A::Error> {
                RunDef::deserialize(MapAccessDeserializer::new(map)).map(DaysDef::Run)
            }
        }
        deserializer.deserialize_any(Days)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for DaysDef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Days".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let run = generator.subschema_for::<RunDef>();
        schemars::json_schema!({
            "description": "Days of the cycle: [1, 8, 15], { from = 1, through = 14 } or \"every day\".",
            "anyOf": [{ "type": "array", "items": { "type": "integer" } }, run, { "const": "every day" }]
        })
    }
}
