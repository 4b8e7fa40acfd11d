//! `docs/hazards.md`: every hazard has an id of its own, and is held by tests that exist or says that it is open.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::pages;

struct Row {
    id: String,
    control: String,
    held: String,
}

fn rows() -> Vec<Row> {
    let page = pages::text("docs/hazards.md");
    let rows = page.lines().filter(|line| line.starts_with("| H-")).map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [id, _, control, held] = cells.as_slice() else { panic!("four cells are wanted: {line}") };
        Row { id: (*id).to_owned(), control: (*control).to_owned(), held: (*held).to_owned() }
    });
    rows.collect()
}

/// What is in backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names of the tests of a source.
fn tests_of(source: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim_start) {
        if line == "#[test]" {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ") {
            let name = rest.split('(').next().unwrap();
            if std::mem::take(&mut is_test) {
                names.insert(name);
            }
        }
    }
    names
}

fn sources(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path.to_string_lossy().into_owned());
        }
    }
}

#[test]
fn every_hazard_has_an_id_of_its_own_and_is_held_or_open() {
    let rows = rows();
    assert!(rows.len() > 100, "only {} hazards were read", rows.len());
    let mut seen = BTreeSet::new();
    for row in &rows {
        let parts: Vec<&str> = row.id.split('-').collect();
        let [_, area, number] = parts.as_slice() else { panic!("{}", row.id) };
        assert!(area.chars().all(|letter| letter.is_ascii_uppercase()), "{}", row.id);
        assert!(number.len() == 2 && number.parse::<u8>().is_ok(), "{}", row.id);
        assert!(seen.insert(&row.id), "{} is there twice", row.id);
        assert!(!row.control.is_empty(), "{} says no control; write \"none yet\"", row.id);
        let open = row.held.split_once("**open**: ").is_some_and(|(_, plan)| plan.len() > 20);
        assert!(
            open || row.held.contains("::") || row.held.contains('/'),
            "{} is held by nothing and not open",
            row.id
        );
        assert!(open || row.control != "none yet", "{} has no control and does not say what is planned", row.id);
    }
}

#[test]
fn every_test_that_holds_a_hazard_is_there() {
    let mut files = Vec::new();
    sources(&pages::path("tests/it"), &mut files);
    sources(&pages::path("src"), &mut files);
    let mut wrong = Vec::new();
    for row in rows() {
        // A test named behind "open" shows how far the hole goes.
        for name in quoted(&row.held).filter(|name| name.contains("::") || name.starts_with("tests/")) {
            let Some((topic, test)) = name.split_once("::") else {
                if !pages::path(name).is_file() {
                    wrong.push(format!("{}: there is no {name}", row.id));
                }
                continue;
            };
            let endings = [format!("/{topic}.rs"), format!("/{topic}/mod.rs")];
            let mut holding = files.iter().filter(|file| endings.iter().any(|ending| file.ends_with(ending)));
            if !holding.any(|file| tests_of(&fs::read_to_string(file).unwrap()).contains(test)) {
                wrong.push(format!("{}: there is no test {name}", row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_function_that_is_no_test_holds_nothing() {
    let source = "fn helper() {}\n#[test]\n#[allow(clippy::x)] // why\nfn held() {}\nfn after() {}\n    #[test]\n    fn inside(a in b()) {\n";
    assert_eq!(tests_of(source).into_iter().collect::<Vec<_>>(), ["held", "inside"]);
}
