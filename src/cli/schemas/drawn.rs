//! Draws the schemas from the structs and the lists of words they are resolved with.

use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::export::json as plan;
use crate::format::{Definition, vocabularies};
use crate::study::{Jurisdiction, LabelSize, Paper, StudyDef};

fn of_regimens() -> Value {
    let mut schema = schema_of::<Definition>("Posology regimen, format 1", &["format", "regimen", "example"]);
    for list in vocabularies() {
        offer(&mut schema, list.table, list.key, &list.words);
    }
    schema
}

fn of_studies() -> Value {
    let mut schema = schema_of::<StudyDef>("Posology study, format 1", &["format", "study"]);
    offer(&mut schema, "HeadDef", "jurisdiction", Jurisdiction::WORDS);
    offer(&mut schema, "SiteDef", "jurisdiction", Jurisdiction::WORDS);
    offer(&mut schema, "SiteDef", "paper", Paper::WORDS);
    offer(&mut schema, "SiteDef", "labels", LabelSize::WORDS);
    schema
}

/// The schema of the structs that read a file.
fn schema_of<T: JsonSchema>(title: &str, required: &[&str]) -> Value {
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

/// The closed list of words of a key, so that an editor offers them and marks a misspelt one.
fn offer(schema: &mut Value, table: &str, key: &str, words: &[&str]) {
    let key = format!("/definitions/{table}/properties/{key}");
    if let Some(key) = schema.pointer_mut(&key).and_then(Value::as_object_mut) {
        key.insert("enum".to_owned(), json!(words));
    }
}

/// The file in `docs/` is the one the structs give; written anew on request.
#[allow(clippy::disallowed_methods, reason = "a test reads and writes a page of the source")]
fn held(file: &str, schema: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    let drawn = format!("{schema:#}\n");
    if std::env::var_os("POSOLOGY_WRITE_DOCS").is_some() {
        std::fs::write(&path, &drawn).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(page == drawn, "docs/{file} is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1");
}

#[test]
fn the_schema_of_regimen_files_is_up_to_date() {
    held("regimen.schema.json", &of_regimens());
}

#[test]
fn the_schema_of_study_files_is_up_to_date() {
    held("study.schema.json", &of_studies());
}

/// Real documents are held against it by other people's software in `tests/interop`.
#[test]
fn the_schema_of_a_plan_is_up_to_date() {
    held("plan.schema.json", &plan::schema());
}
