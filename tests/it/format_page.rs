//! The reference page of the format: complete, and its files load.

use std::fs;

use posology::calendar::Site;
use posology::cli::{regimen_new, regimen_schema};
use posology::regimen::{check, tables};
use posology::verify;

fn page() -> String {
    fs::read_to_string("docs/regimen-format.md").unwrap()
}

#[test]
fn every_whole_file_on_the_page_loads_and_its_examples_come_out() {
    let page = page();
    let files: Vec<&str> =
        page.split("```toml\n# whole file\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(files.len(), 2);
    for text in files {
        let checked = check(text.as_bytes(), &Site::default());
        let blocks: Vec<_> = checked.findings.iter().filter(|finding| finding.code != "R030").collect();
        assert!(blocks.is_empty(), "{blocks:#?}");
        assert_eq!(verify::examples(&checked.regimen.unwrap(), &Site::default()), []);
    }
}

/// Whether a key stands on the page as code: alone, in a list, or before an equals sign.
fn named(page: &str, key: &str) -> bool {
    [format!("`{key}`"), format!("`{key} "), format!("{key} = "), format!("`[{key}]`"), format!("`[[{key}]]`")]
        .iter()
        .any(|form| page.contains(form.as_str()))
}

#[test]
fn every_key_of_every_table_stands_on_the_page() {
    let page = page();
    for (table, keys) in tables() {
        for key in keys {
            assert!(named(&page, key), "{table}: {key}");
        }
    }
}

#[test]
fn the_schema_knows_the_keys_the_reader_knows() {
    let schema = regimen_schema::schema();
    let drug = schema["definitions"]["DrugDef"]["properties"].as_object().unwrap();
    let (_, keys) = tables().into_iter().find(|(name, _)| *name == "[[drug]]").unwrap();
    let mut listed: Vec<&str> = drug.keys().map(String::as_str).collect();
    let mut keys = keys.to_vec();
    listed.sort_unstable();
    keys.sort_unstable();
    assert_eq!(listed, keys);
}

/// After a change of the format: `posology regimen schema > docs/regimen.schema.json`.
#[test]
fn the_schema_in_the_folder_is_the_one_the_program_prints() {
    let text = regimen_schema::text();
    assert_eq!(fs::read_to_string("docs/regimen.schema.json").unwrap(), text);
}

#[test]
fn a_new_file_is_told_what_it_lacks_and_never_holds_an_expected_value() {
    let text = regimen_new::template("my-trial").unwrap();
    let findings = check(text.as_bytes(), &Site::default()).findings;
    assert!(findings.iter().all(|finding| matches!(finding.code, "R010" | "R030")), "{findings:#?}");
    for key in ["dose", "length", "count", "route", "days", "over", "expect", "bsa"] {
        let filled = text.lines().any(|line| line.trim_start().starts_with(key));
        assert!(!filled, "{key}");
    }
    assert!(regimen_new::template("My Trial").is_err());
    assert!(regimen_new::template("").is_err());
}
