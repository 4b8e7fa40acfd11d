//! `posology study schema`: the JSON Schema of study files, from the structs that read them and the lists of words.

use serde_json::{Value, json};

use crate::cli::regimen_schema::{printed, schema_of};
use crate::study::{Jurisdiction, LabelSize, Paper, StudyDef};

/// The schema as a JSON document with a final line feed.
pub fn text() -> String {
    printed(&schema())
}

/// The schema. Draft 7, which the editors' TOML plug-ins read.
pub fn schema() -> Value {
    let mut schema = schema_of::<StudyDef>("Posology study, format 1", &["format", "study"]);
    for (table, key, words) in [
        ("HeadDef", "jurisdiction", Jurisdiction::WORDS),
        ("SiteDef", "jurisdiction", Jurisdiction::WORDS),
        ("SiteDef", "paper", Paper::WORDS),
        ("SiteDef", "labels", LabelSize::WORDS),
    ] {
        let key = format!("/definitions/{table}/properties/{key}");
        if let Some(key) = schema.pointer_mut(&key).and_then(Value::as_object_mut) {
            key.insert("enum".to_owned(), json!(words));
        }
    }
    schema
}
