//! The JSON Schema of a plan: the page in `docs/` is the one the program writes by.

use std::path::Path;

use posology::export::json;

/// Real documents are held against it by other people's software in `tests/interop`.
#[test]
fn the_schema_of_a_plan_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plan.schema.json");
    if std::env::var_os("POSOLOGY_WRITE_DOCS").is_some() {
        std::fs::write(&path, json::schema()).unwrap();
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        page == json::schema(),
        "docs/plan.schema.json is out of date: run the tests once with POSOLOGY_WRITE_DOCS=1"
    );
}
