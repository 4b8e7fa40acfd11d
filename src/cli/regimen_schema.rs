//! `posology regimen schema`: the JSON Schema of the file format, from the structs that read it and the lists of
//! words they are resolved with.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::format::{Definition, vocabularies};

/// The schema as a JSON document with a final line feed.
pub fn text() -> String {
    printed(&schema())
}

/// A schema as a document with a final line feed.
pub fn printed(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema. Draft 7, which the editors' TOML plug-ins read.
pub fn schema() -> Value {
    let mut schema = schema_of::<Definition>("Posology regimen, format 1", &["format", "regimen", "example"]);
    words(&mut schema);
    schema
}

/// The schema of the structs that read a file.
pub fn schema_of<T: JsonSchema>(title: &str, required: &[&str]) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    if let Some(root) = schema.as_object_mut() {
        root.insert("title".to_owned(), json!(title));
        root.insert("required".to_owned(), json!(required));
    }
    schema
}

/// TOML has no null: a key that may be absent is not required, and need not allow one. With the choice gone, an
/// editor tells which key of a table is misspelt, not that the table fits no choice.
fn without_null(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(without_null),
        Value::Object(object) => {
            object.values_mut().for_each(without_null);
            one_type(object);
            one_choice(object);
        }
        _ => {}
    }
}

fn one_type(object: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = object.get_mut("type") else { return };
    types.retain(|name| name != "null");
    if let [only] = types.as_slice() {
        let only = only.clone();
        object.insert("type".to_owned(), only);
    }
}

fn one_choice(object: &mut Map<String, Value>) {
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else { return };
    choices.retain(|choice| *choice != json!({ "type": "null" }));
    let [only] = choices.as_slice() else { return };
    let only = only.clone();
    object.remove("anyOf");
    match only {
        // Beside a reference draft 7 reads nothing, so the description stands beside a list of one.
        Value::Object(inner) if inner.contains_key("$ref") => {
            object.insert("allOf".to_owned(), json!([inner]));
        }
        Value::Object(inner) => object.extend(inner),
        _ => {}
    }
}

/// The closed lists of words, so that an editor offers them and marks a misspelt one.
fn words(schema: &mut Value) {
    for list in vocabularies() {
        let key = format!("/definitions/{}/properties/{}", list.table, list.key);
        if let Some(key) = schema.pointer_mut(&key).and_then(Value::as_object_mut) {
            key.insert("enum".to_owned(), json!(list.words));
        }
    }
}
