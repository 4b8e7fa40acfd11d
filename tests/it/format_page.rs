//! The reference page of the format: complete, and its files load.

use std::fs;

use posology::calendar::Site;
use posology::checker::check;
use posology::cli::{regimen_new, schemas};
use posology::format::{tables, vocabularies};
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
        let blocks: Vec<_> = checked.findings.iter().filter(|finding| finding.code.name() != "R030").collect();
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
    let schema: serde_json::Value = serde_json::from_str(schemas::REGIMEN).unwrap();
    let drug = schema["definitions"]["DrugDef"]["properties"].as_object().unwrap();
    let (_, keys) = tables().into_iter().find(|(name, _)| *name == "[[drug]]").unwrap();
    let mut listed: Vec<&str> = drug.keys().map(String::as_str).collect();
    let mut keys = keys.to_vec();
    listed.sort_unstable();
    keys.sort_unstable();
    assert_eq!(listed, keys);
}

#[test]
fn the_schema_offers_every_closed_list_of_words_and_no_null() {
    let schema: serde_json::Value = serde_json::from_str(schemas::REGIMEN).unwrap();
    for list in vocabularies() {
        let key = &schema["definitions"][list.table]["properties"][list.key];
        assert_eq!(key["enum"], serde_json::json!(list.words), "{}.{}", list.table, list.key);
        assert_eq!(key["type"], "string", "{}.{}", list.table, list.key);
    }
    assert!(!schemas::REGIMEN.contains("\"null\""));
}

/// A text with the key and one of its words: (before the word, the word, after it).
fn place_of<'a>(texts: &'a [String], key: &str, words: &[&str]) -> Option<(&'a str, &'a str)> {
    texts.iter().find_map(|text| {
        words.iter().find_map(|word| {
            let at = format!(" {key} = \"{word}\"");
            let start = text.find(&at).or_else(|| text.find(&at.replacen(' ', "\n", 1)))? + at.len() - word.len() - 1;
            Some((text.get(..start)?, text.get(start + word.len()..)?))
        })
    })
}

/// What an editor offers, the reader takes; what it marks, the reader refuses.
#[test]
fn the_words_the_schema_offers_are_those_the_reader_takes() {
    let folders = ["regimens", "tests/corpus/valid"].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let texts: Vec<String> = folders.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let aligned = |text: &String| text.split_inclusive('\n').map(single_spaced).collect();
    let mut texts: Vec<String> = texts.iter().map(aligned).collect();
    let smallest = fs::read_to_string("tests/corpus/valid/one-drug.toml").unwrap();
    texts.push(smallest.replace("{ planned = 6 }", "{ planned = 6, omitted = \"counts\" }"));
    let unread = |before: &str, word: &str, after: &str| {
        let findings = check(format!("{before}{word}{after}").as_bytes(), &Site::default()).findings;
        findings.iter().any(|finding| finding.code.name() == "R012")
    };
    for list in vocabularies() {
        let place = place_of(&texts, list.key, &list.words);
        let (before, after) = place.unwrap_or_else(|| panic!("no file has {}.{}", list.table, list.key));
        assert!(unread(before, "no such word", after), "{}.{}", list.table, list.key);
        for word in &list.words {
            assert!(!unread(before, word, after), "{}.{}: {word}", list.table, list.key);
        }
    }
}

/// `key   = value` as `key = value`.
fn single_spaced(line: &str) -> String {
    line.split_once('=').map_or(line.to_owned(), |(key, value)| format!("{} ={value}", key.trim_end()))
}

#[test]
fn a_new_file_is_told_what_it_lacks_and_never_holds_an_expected_value() {
    let text = regimen_new::template("my-trial").unwrap();
    let findings = check(text.as_bytes(), &Site::default()).findings;
    assert!(findings.iter().all(|finding| matches!(finding.code.name(), "R010" | "R030" | "R114")), "{findings:#?}");
    for key in ["dose", "length", "count", "route", "days", "over", "expect", "bsa"] {
        let filled = text.lines().any(|line| line.trim_start().starts_with(key));
        assert!(!filled, "{key}");
    }
    for odd in ["My Trial", "", "-a", "a--b", "a_b", &"a".repeat(65)] {
        let refused = regimen_new::template(odd).unwrap_err();
        assert!(refused.message.contains("at most 64 lower-case letters, digits and single hyphens"), "{odd}");
    }
    assert!(regimen_new::template(&"a".repeat(64)).is_ok());
}
