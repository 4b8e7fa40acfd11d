//! The layers, held by a machine: every path in `src/` that leads from room to room is an edge, every edge
//! must be in the table of architecture.toml and every row of the table must be used. Circles between files
//! are listed there too, and may only go.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::source::{self, Crate};

/// `tests/it/architecture.toml`.
#[derive(Deserialize)]
struct Table {
    /// What each room may use; itself always.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// Which rooms alone may use a thing of the world outside: a path, or a word such as `f64`.
    only: BTreeMap<String, BTreeSet<String>>,
    /// Files that cannot be read one without another.
    circles: Vec<BTreeSet<String>>,
}

fn table() -> Table {
    toml::from_str(include_str!("architecture.toml")).unwrap()
}

/// `src/`, read once.
fn src() -> &'static Crate {
    static READ: LazyLock<Crate> =
        LazyLock::new(|| Crate::read(&source::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))));
    &READ
}

/// `plan/build.rs` → `plan`.
pub fn room(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Which room uses which, and where.
fn edges(files: &Crate) -> BTreeMap<(String, String), String> {
    let rooms: BTreeSet<&str> = files.files().map(room).collect();
    let mut edges = BTreeMap::new();
    for found in files.paths() {
        // The room that is named, and the one where the thing lives if the first only hands it on.
        let named = found.path.get(1).map(String::as_str).filter(|_| found.path[0] == "crate");
        for used in [named, found.lives.as_deref().map(room)].into_iter().flatten() {
            let from = room(&found.file);
            if used != from && rooms.contains(used) && from != "lib" {
                let edge = (from.to_owned(), used.to_owned());
                edges.entry(edge).or_insert_with(|| format!("{}:{}", found.file, found.line));
            }
        }
    }
    edges
}

/// What is wrong with the edges: not allowed, or allowed and unused.
fn wrong(files: &Crate, uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let found = edges(files);
    let allowed = |from: &String, used: &String| uses.get(from).is_some_and(|row| row.contains(used));
    let mut wrong: Vec<String> = found
        .iter()
        .filter(|((from, used), _)| !allowed(from, used))
        .map(|((from, used), place)| format!("{place}: {from} may not use {used}"))
        .collect();
    for (from, row) in uses {
        for used in row.iter().filter(|used| !found.contains_key(&(from.clone(), (*used).clone()))) {
            wrong.push(format!("{from} may use {used} and does not: take it off the table"));
        }
    }
    wrong
}

#[test]
fn no_layer_reaches_upward() {
    let files = src();
    let uses = table().uses;
    let rooms: BTreeSet<&str> = files.files().map(room).filter(|room| *room != "lib").collect();
    let rows: BTreeSet<&str> = uses.keys().map(String::as_str).collect();
    assert_eq!(rooms, rows, "each room has one row in architecture.toml");
    let wrong = wrong(files, &uses);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_room_uses_one_that_uses_it() {
    let edges = table().uses.into_iter().flat_map(|(from, row)| row.into_iter().map(move |used| (from.clone(), used)));
    assert_eq!(circles(&edges.collect()), Vec::<BTreeSet<String>>::new());
}

/// Which file needs which. A re-export that its own file does not use is a door and no need; and a file
/// and the parts in the folder below it are one thing: the parts may use what it declares.
pub fn needs(files: &Crate) -> BTreeSet<(String, String)> {
    let found = files.paths().iter().filter(|found| !found.door);
    found
        .filter_map(|found| Some((found.file.clone(), found.lives.clone()?)))
        .filter(|(from, used)| from != used && !folder(from).starts_with(&folder_below(used)))
        .collect()
}

/// `plan/build/` of `plan/build/reach.rs`.
fn folder(file: &str) -> &str {
    &file[..file.rfind('/').map_or(0, |at| at + 1)]
}

/// The folder of the parts of a file: `plan/` of `plan/mod.rs`, `plan/build/` of `plan/build.rs`.
fn folder_below(file: &str) -> String {
    file.strip_suffix("mod.rs").map_or_else(|| format!("{}/", file.trim_end_matches(".rs")), str::to_owned)
}

/// The sets in which everything reaches everything, biggest first.
pub fn circles(edges: &BTreeSet<(String, String)>) -> Vec<BTreeSet<String>> {
    let mut to: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, used) in edges {
        to.entry(from).or_default().push(used);
    }
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for from in to.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*from]);
        while let Some(at) = open.pop() {
            open.extend(to.get(at).into_iter().flatten().copied().filter(|next| seen.insert(*next)));
        }
        reached.insert(from, seen);
    }
    let mut found = BTreeSet::new();
    for (from, all) in reached.iter().filter(|(from, all)| all.contains(**from)) {
        let back = |other: &&&str| reached.get(**other).is_some_and(|all| all.contains(from));
        found.insert(all.iter().filter(back).map(|file| (*file).to_owned()).collect::<BTreeSet<_>>());
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

/// How the circles differ from the list of them; empty where they do not.
fn differing(files: &Crate, listed: &[BTreeSet<String>]) -> String {
    let found = circles(&needs(files));
    let list = found.iter().fold(String::new(), |text, circle| {
        let files = circle.iter().fold(String::new(), |text, file| format!("{text}    \"{file}\",\n"));
        format!("{text}  [\n{files}  ],\n")
    });
    let mut text = String::new();
    for circle in found.iter().filter(|circle| !listed.iter().any(|listed| circle.is_subset(listed))) {
        text += &format!("a new circle, or one that grew; cut it: {circle:#?}\n");
    }
    for circle in listed.iter().filter(|listed| !found.contains(listed)) {
        text += &format!("smaller than listed, or gone: {circle:#?}\nThe list is now:\ncircles = [\n{list}]\n");
    }
    text
}

#[test]
fn circles_between_files_only_go() {
    let differing = differing(src(), &table().circles);
    assert!(differing.is_empty(), "\n{differing}");
}

#[test]
fn nothing_is_hidden_behind_a_star() {
    assert_eq!(src().stars(), Vec::<String>::new());
}

/// `low` uses `high`, which it may not: each of these texts must be refused.
const TWINS: &[(&str, &str)] = &[
    ("a path", "fn f() { crate::high::thing(); }"),
    ("a group over several lines", "use crate::{\n    high,\n    low::Other,\n};"),
    ("a group in a group", "use crate::{low::{a, b}, high::{self, Thing}};"),
    ("an alias", "use crate::high as friendly;"),
    ("an alias of the root", "use crate as root;\nfn f() { root::high::thing() }"),
    ("up to the root", "use super::high::Thing;"),
    ("up from a module in the file", "mod inner { use super::super::high::Thing; }"),
    ("self and up", "fn f() { self::super::high::thing() }"),
    ("the body of a macro", "macro_rules! m { () => { $crate::high::thing() }; }"),
    ("what a macro is given", "fn f() { println!(\"{}\", crate::high::thing()); }"),
    ("a raw name", "use crate::r#high::Thing;"),
    ("a type", "struct A(Vec<crate::high::Thing>);"),
    ("a range", "fn f() { for _ in 0..crate::high::MANY {} }"),
    ("an attribute", "#[serde(with = \"x\")] struct A { #[allow(unused)] a: crate::high::Thing }"),
    ("what another room hands on", "use crate::middle::Thing;"),
    ("and under another name", "fn f() -> crate::middle::Renamed { todo!() }"),
];

/// A crate of three rooms: `middle` may use `high` and hands two of its things on.
fn three(low: &str) -> Crate {
    let middle = "pub use crate::high::Thing;\npub use super::high::Thing as Renamed;";
    let files = [("high/mod.rs", "pub struct Thing;"), ("low/mod.rs", low), ("middle.rs", middle)];
    Crate::read(&files.map(|(file, text)| (file.to_owned(), text.to_owned())))
}

fn rows(rows: &[(&str, &[&str])]) -> BTreeMap<String, BTreeSet<String>> {
    let row = |row: &[&str]| row.iter().map(|used| (*used).to_owned()).collect();
    rows.iter().map(|(from, uses)| ((*from).to_owned(), row(uses))).collect()
}

#[test]
fn a_forbidden_edge_is_seen_however_it_is_written() {
    for (what, text) in TWINS {
        let through: &[&str] = if text.contains("middle") { &["middle"] } else { &[] };
        let wrong = wrong(&three(text), &rows(&[("high", &[]), ("low", through), ("middle", &["high"])]));
        assert!(wrong.len() == 1 && wrong[0].ends_with("low may not use high"), "{what}: {wrong:?}");
    }
    let quiet = "// crate::high\n/// crate::high::Thing\npub(in crate::low) fn f() { a(\"crate::high\"); b.high(); }";
    let table = |low| rows(&[("high", &[]), ("low", low), ("middle", &["high"])]);
    assert_eq!(wrong(&three(quiet), &table(&[])), Vec::<String>::new(), "words and text are no paths");
    let unused = wrong(&three(quiet), &table(&["high"]));
    assert_eq!(unused, ["low may use high and does not: take it off the table"]);
}

#[test]
fn a_circle_that_is_new_or_grew_or_went_is_seen() {
    let four = |b: &str, c: &str| {
        let a = "mod x; pub use x::X; pub struct Own;";
        let files = [("a/mod.rs", a), ("a/x.rs", "use super::Own; use crate::b::B;"), ("b.rs", b), ("c.rs", c)];
        Crate::read(&files.map(|(file, text)| (file.to_owned(), text.to_owned())))
    };
    let circle = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect::<BTreeSet<_>>();
    let (two, three) = ([circle(&["a/x.rs", "b.rs"])], [circle(&["a/x.rs", "b.rs", "c.rs"])]);
    // Through the door of `a`, which itself is in no circle.
    let small = four("use crate::a::X;", "");
    assert_eq!(differing(&small, &two), "");
    assert!(differing(&small, &[]).starts_with("a new circle"));
    assert!(differing(&small, &three).starts_with("smaller than listed"));
    let grown = four("use crate::{a::X, c::C};", "use crate::b::B;");
    assert!(differing(&grown, &two).contains("one that grew"));
}

/// Where a thing of the outside is used, and where it may be: `[only]` of the table.
fn outside(files: &Crate, only: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    let paths = files.paths().iter().map(|found| (found.path.join("::"), found.file.clone(), found.line));
    let words = files.words().map(|(file, line, word)| (word.to_owned(), file.to_owned(), line));
    for (path, file, line) in paths.chain(words) {
        let under =
            |thing: &str| path.strip_prefix(thing).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        for (thing, rooms) in only.iter().filter(|(thing, _)| under(thing)) {
            if rooms.contains(room(&file)) {
                used.insert((thing, room(&file).to_owned()));
            } else {
                wrong.push(format!("{file}:{line}: {} may not use {thing}", room(&file)));
            }
        }
    }
    for (thing, rooms) in only {
        for room in rooms.iter().filter(|room| !used.contains(&(thing, (*room).clone()))) {
            wrong.push(format!("{room} may use {thing} and does not: take it off the table"));
        }
    }
    wrong
}

#[test]
fn the_world_outside_is_met_in_few_rooms() {
    let wrong = outside(src(), &table().only);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_world_outside_is_seen_however_it_is_written() {
    let texts = [
        "use std::{fs, io};",
        "use std::fs;",
        "use std as s;\nfn f() { s::fs::read(\"a\"); }",
        "use ::std::fs::File as Page;",
        "fn f() -> ::std::fs::File { todo!() }",
        "macro_rules! m { () => { std::fs::read(\"a\") }; }",
        "use std::{\n    collections::BTreeMap,\n    fs::{\n        self,\n    },\n};",
    ];
    for text in texts {
        let wrong = outside(&three(text), &rows(&[("std::fs", &[])]));
        assert!(!wrong.is_empty() && wrong[0].contains("low may not use std::fs"), "{text}: {wrong:?}");
    }
    let fraction = outside(&three("fn f(x: &[f64]) {}"), &rows(&[("f64", &[])]));
    assert_eq!(fraction, ["low/mod.rs:1: low may not use f64"]);
    assert_eq!(outside(&three("fn f() {}"), &rows(&[("std::fs", &["low"])])).len(), 1, "an unused row");
}
