//! Dates and figures as the document writes them.

use serde::{Serialize, Serializer};

use crate::calendar;
use crate::quantity::number::plain;
use crate::quantity::{Amount, Decimal};

/// `2026-12-07`
pub(super) struct Day(pub(super) calendar::Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&calendar::iso(self.0))
    }
}

/// `122.5`, every digit of it.
pub(super) struct Figure(pub(super) Decimal);

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&plain(self.0))
    }
}

/// A figure with its unit.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Quantity {
    pub(super) value: Figure,
    pub(super) unit: &'static str,
}

impl Quantity {
    pub(super) fn new(value: Decimal, unit: &'static str) -> Self {
        Self { value: Figure(value), unit }
    }
}

pub(super) fn day(date: Option<calendar::Date>) -> Option<Day> {
    date.map(Day)
}

pub(super) fn figure(value: Option<Decimal>) -> Option<Figure> {
    value.map(Figure)
}

pub(super) fn amount(amount: Option<Amount>) -> Option<Figure> {
    amount.map(|amount| Figure(amount.value))
}

#[cfg(test)]
mod schema {
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{Day, Figure};

    impl JsonSchema for Day {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Day".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"type": "string", "format": "date", "description": "A day, as 2026-12-07."})
        }
    }

    impl JsonSchema for Figure {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Figure".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "string",
                "pattern": "^-?[0-9]+(\\.[0-9]+)?$",
                "description": "A figure as a string, so that no reader takes a digit from it.",
            })
        }
    }
}
