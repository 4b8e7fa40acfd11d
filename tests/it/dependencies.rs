//! Everything the program is built from, held by a machine: under which licences, from where, and no crate
//! twice but those listed.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use serde::Deserialize;

/// Licences that bind a user to nothing but naming the authors.
const LICENCES: &[&str] = &["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "Unicode-3.0", "Zlib"];

/// The one registry everything comes from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Crates that are there in several versions, because those who use them cannot agree. May only shrink.
const SEVERAL: &[(&str, usize)] = &[
    ("bitflags", 2),
    ("cfg_aliases", 2),
    ("font-types", 2),
    ("getrandom", 3),
    ("itertools", 2),
    ("nix", 2),
    ("r-efi", 2),
    ("rand", 3),
    ("rand_chacha", 2),
    ("rand_core", 3),
    ("read-fonts", 2),
    ("skrifa", 2),
    ("syn", 2),
    ("thiserror", 2),
    ("thiserror-impl", 2),
    ("typed-path", 2),
    ("zip", 2),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    rust_version: Option<String>,
}

/// What Cargo.lock holds, as cargo itself reads it.
fn packages() -> &'static [Package] {
    static READ: LazyLock<Metadata> = LazyLock::new(|| {
        let mut cargo = Command::new(std::env::var("CARGO").unwrap());
        cargo.args(["metadata", "--locked", "--format-version", "1"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let said = cargo.output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        serde_json::from_slice(&said.stdout).unwrap()
    });
    &READ.packages
}

/// Whether a licence may be had under the listed terms alone: one of those joined by OR, all joined by AND.
fn allowed(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some((head, rest)) = expression.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return match rest.trim().split_once(' ') {
            None => allowed(head),
            Some(("AND", tail)) => allowed(head) && allowed(tail),
            Some(("OR", tail)) => allowed(head) || allowed(tail),
            Some(_) => false,
        };
    }
    // AND binds closer than OR; the slash is an old way to write OR.
    expression
        .split(" OR ")
        .flat_map(|part| part.split('/'))
        .any(|part| part.split(" AND ").all(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn every_licence_is_on_the_list() {
    let wrong = |package: &&Package| !package.license.as_deref().is_some_and(allowed);
    let wrong: Vec<String> = packages()
        .iter()
        .filter(wrong)
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let named =
        |licence: &str| packages().iter().any(|one| one.license.as_ref().is_some_and(|all| all.contains(licence)));
    for licence in LICENCES {
        assert!(named(licence), "nothing is under {licence}: take it off the list");
    }
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    for free in [
        "MIT",
        "MIT OR Apache-2.0",
        "Unlicense/MIT",
        "MIT OR Apache-2.0 OR LGPL-2.1-or-later",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR MIT",
    ] {
        assert!(allowed(free), "{free}");
    }
    for bound in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "", "Apache-2.0 WITH X", "MITX"] {
        assert!(!allowed(bound), "{bound}");
    }
}

#[test]
fn everything_comes_from_the_registry() {
    let elsewhere = |package: &&Package| package.source.as_deref() != Some(REGISTRY);
    let elsewhere: Vec<&str> = packages().iter().filter(elsewhere).map(|package| package.name.as_str()).collect();
    assert_eq!(elsewhere, ["posology"]);
}

#[test]
fn no_crate_is_there_twice_but_those_listed() {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages() {
        versions.entry(&package.name).or_default().insert(&package.version);
    }
    let found = versions.iter().filter(|(_, versions)| versions.len() > 1);
    let found: BTreeMap<&str, usize> = found.map(|(name, versions)| (*name, versions.len())).collect();
    let listed: BTreeMap<&str, usize> = SEVERAL.iter().copied().collect();
    for (name, count) in &found {
        assert!(listed.get(name).is_some_and(|most| count <= most), "{name} is there {count} times: {versions:?}");
    }
    assert_eq!(found, listed, "fewer than listed: shorten the list");
}

#[test]
fn the_readme_asks_for_the_compiler_that_the_manifest_asks_for() {
    let version = packages().iter().find(|package| package.name == "posology").unwrap().rust_version.clone().unwrap();
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("Rust {version} or newer")), "README.md does not ask for Rust {version}");
}
