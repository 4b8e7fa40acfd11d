//! The layers, held by a machine: every `crate::x` path in `src/` is an edge, and every edge must be
//! in the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use. A module may always use itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("quantity", &[]),
    ("calendar", &["quantity"]),
    ("finding", &[]),
    ("formula", &["quantity"]),
    ("plausibility", &["quantity", "calendar", "finding", "formula"]),
    ("subject", &["quantity", "calendar"]),
    ("regimen", &["quantity", "calendar", "finding", "formula", "plausibility", "subject"]),
    ("format", &["quantity", "calendar", "finding", "formula", "regimen", "subject"]),
    ("checker", &["quantity", "calendar", "finding", "formula", "plausibility", "regimen", "format"]),
    ("advice", &["quantity", "calendar", "finding", "plausibility", "regimen", "format"]),
    ("course", &["quantity", "calendar", "regimen", "subject"]),
    ("dosing", &["quantity", "finding", "formula", "regimen", "course"]),
    ("plan", &["quantity", "calendar", "finding", "formula", "plausibility", "regimen", "course", "dosing"]),
    ("decide", &["quantity", "calendar", "finding", "plausibility", "regimen", "course", "dosing", "plan"]),
    ("ledger", &["quantity", "calendar", "finding", "regimen", "course", "dosing", "plan"]),
    ("store", &[]),
    ("journal", &["calendar", "course", "decide", "store"]),
    ("verify", &["format", "quantity", "calendar", "finding", "formula", "regimen", "course", "plan", "ledger"]),
    ("present", &["advice", "quantity", "calendar", "finding", "regimen", "course", "dosing", "plan"]),
    // The edge.
    ("library", &["format", "checker", "calendar", "finding", "quantity", "regimen", "verify"]),
    ("clock", &["calendar"]),
    ("failure", &["finding", "quantity", "library"]),
    ("settings", &["calendar", "failure", "finding", "quantity"]),
    (
        "subjects",
        &[
            "advice", "checker", "format", "quantity", "calendar", "finding", "regimen", "course", "plan", "decide",
            "ledger", "journal", "store", "library", "clock", "failure",
        ],
    ),
    ("export", &["quantity", "calendar", "finding", "present"]),
    (
        "cli",
        &[
            "format",
            "checker",
            "advice",
            "quantity",
            "calendar",
            "finding",
            "formula",
            "plausibility",
            "subject",
            "regimen",
            "course",
            "dosing",
            "plan",
            "verify",
            "decide",
            "ledger",
            "journal",
            "store",
            "present",
            "library",
            "clock",
            "failure",
            "settings",
            "export",
            "subjects",
            "tui",
        ],
    ),
    (
        "tui",
        &[
            "format",
            "checker",
            "advice",
            "quantity",
            "calendar",
            "finding",
            "formula",
            "plausibility",
            "subject",
            "regimen",
            "course",
            "dosing",
            "plan",
            "verify",
            "present",
            "library",
            "clock",
            "failure",
            "settings",
            "export",
            "decide",
            "ledger",
            "store",
            "subjects",
        ],
    ),
];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

fn module_of(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The names behind `crate::`, also inside `crate::{a, b}`.
fn used(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let list = match rest.strip_prefix('{') {
                Some(group) => group.split(',').map(str::trim).collect(),
                None => vec![rest],
            };
            for item in list {
                let name: String = item.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                    names.insert(name);
                }
            }
        }
    }
    names
}

#[test]
fn no_layer_reaches_upward() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 60, "the scan found only {} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let module = module_of(&root, &file);
        if module == "lib" || module == "main" {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let Some(edges) = allowed.get(module.as_str()) else {
            wrong.push(format!("{module} is in no row of the table"));
            continue;
        };
        for name in used(&text) {
            if name != module && !edges.contains(&name.as_str()) {
                wrong.push(format!("{}: {module} may not use {name}", file.strip_prefix(&root).unwrap().display()));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_core_asks_no_clock_no_disk_and_no_environment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let core = [
        "quantity",
        "calendar",
        "finding",
        "formula",
        "plausibility",
        "subject",
        "regimen",
        "format",
        "checker",
        "advice",
        "course",
        "dosing",
        "plan",
        "decide",
        "ledger",
        "verify",
        "present",
    ];
    let mut files = Vec::new();
    sources(&root, &mut files);
    let banned = [
        "std::fs",
        "std::env",
        "std::io",
        "SystemTime",
        "f64",
        "f32",
        "HashMap",
        "println!",
        "eprintln!",
        "ratatui",
        "crossterm",
    ];
    for file in files.iter().filter(|file| core.contains(&module_of(&root, file).as_str())) {
        let text = fs::read_to_string(file).unwrap();
        // A list of serde's method names holds the words without a binary fraction anywhere.
        let forwarded = |line: &str| line.contains("u128 f32 f64 char");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//") && !forwarded(line)) {
            for word in banned {
                assert!(!line.contains(word), "{} uses {word}: {line}", file.display());
            }
        }
    }
}

#[test]
fn the_scan_sees_grouped_and_inline_paths() {
    let text = "use crate::{plan, present::Schedule};\nlet x = crate::store::open();\n// crate::ignored";
    assert_eq!(used(text).into_iter().collect::<Vec<_>>(), ["plan", "present", "store"]);
}
