//! `docs/architecture.md`, and the pages that lead to places of the source: what they name is there, and every room of the
//! source is on the map.

use std::collections::BTreeSet;
use std::fs;

use crate::pages;

const PAGE: &str = "docs/architecture.md";

/// What is in backquotes, outside of the drawing.
fn quoted(page: &str) -> Vec<String> {
    let text = page.split("```").step_by(2).collect::<String>();
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A path of the project: `src/plan/mod.rs`, `tests/vectors/`, `.ci/run`.
fn is_path(name: &str) -> bool {
    ["src/", "tests/", "docs/", "regimens/", "benches/", "fuzz/", ".ci/"].iter().any(|folder| name.starts_with(folder))
}

fn declares(source: &str, name: &str) -> bool {
    let kinds = ["fn", "struct", "enum", "const", "static", "trait", "type", "mod"];
    kinds.iter().any(|kind| {
        source.match_indices(&format!("{kind} {name}")).any(|(at, found)| {
            let next = source[at + found.len()..].chars().next();
            next.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
        })
    })
}

#[test]
fn every_file_and_name_on_the_map_is_there() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in [PAGE, "CONTRIBUTING.md", "SECURITY.md", "docs/releasing.md"] {
        for name in quoted(&pages::text(page)).iter().filter(|name| is_path(name)) {
            let (file, item) = name.split_once("::").map_or((name.as_str(), None), |(file, item)| (file, Some(item)));
            if !pages::path(file).exists() {
                wrong.push(format!("{page}: there is no {file}"));
            } else if let Some(item) = item.filter(|item| !declares(&pages::text(file), item)) {
                wrong.push(format!("{page}: {file} declares no {item}"));
            }
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(seen > 60, "only {seen} places are named");
}

#[test]
fn every_room_stands_on_the_map_and_no_other() {
    let page = pages::text(PAGE);
    let table = page.split("## The rooms").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let on_the_map: Vec<&str> = rows.collect();
    let mut rooms = BTreeSet::new();
    for entry in fs::read_dir(pages::path("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        rooms.insert(name.trim_end_matches(".rs").to_owned());
    }
    rooms.remove("lib");
    rooms.remove("main");
    let named: BTreeSet<String> = on_the_map.iter().map(|&room| room.to_owned()).collect();
    assert_eq!(named.len(), on_the_map.len(), "a room is there twice: {on_the_map:?}");
    assert_eq!(named, rooms);
}

#[test]
fn what_is_not_declared_is_not_found() {
    let source = "pub fn round(x: u8) {}\npub struct Plan;\nfn rounded() {}\n// fn commented\n";
    assert!(declares(source, "round") && declares(source, "Plan") && declares(source, "rounded"));
    assert!(!declares(source, "roun") && !declares(source, "Pla") && !declares(source, "x"));
}
