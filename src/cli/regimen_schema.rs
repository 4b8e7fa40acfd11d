//! `posology regimen schema`: the JSON Schema of the file format, from the structs that read it.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::regimen::Definition;

/// The schema as a JSON document with a final line feed.
pub fn text() -> String {
    let mut text = format!("{:#}", schema());
    text.push('\n');
    text
}

/// The schema. Draft 7, which the editors' TOML plug-ins read.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Definition>().to_value();
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!("Posology regimen, format 1"));
        let required = json!(["format", "regimen", "example"]);
        root.insert("required".to_owned(), required);
    }
    schema
}
