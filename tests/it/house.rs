//! The house in figures: `cargo test house -- --nocapture` prints them, and what should only get smaller is held.
//!
//! `POSOLOGY_HOUSE=DIR` measures the `src/` of another copy, to compare with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::architecture::{circles, needs, room};
use crate::source::{self, Crate};

/// A function is read in one go; more is two functions.
const LONG_FUNCTION: usize = 60;
/// A file likewise, comments and all.
const LONG_FILE: usize = 400;

/// So many functions and files are longer today; the figures may only fall.
const LONG_FUNCTIONS: usize = 4;
const LONG_FILES: usize = 8;

struct House {
    files: Vec<(String, String)>,
}

/// Lines that the compiler reads: no blank one, no comment, no page.
fn code(text: &str) -> usize {
    text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Every function of a file with its lines, from `fn` to the closing brace.
fn functions(text: &str) -> Vec<(String, usize)> {
    fn inside(tokens: TokenStream, found: &mut Vec<(String, usize)>) {
        let mut open: Option<(String, usize)> = None;
        let mut named = false;
        for token in tokens {
            match &token {
                TokenTree::Ident(word) if word == "fn" => named = true,
                TokenTree::Ident(name) if named => {
                    open = Some((name.to_string(), name.span().start().line));
                    named = false;
                }
                TokenTree::Punct(end) if end.as_char() == ';' => open = None,
                TokenTree::Group(group) => {
                    // The first braces after the name are the body.
                    if group.delimiter() == Delimiter::Brace
                        && let Some((name, line)) = open.take()
                    {
                        found.push((name, group.span_close().end().line - line + 1));
                    }
                    inside(group.stream(), found);
                    named = false;
                }
                _ => named = false,
            }
        }
    }
    let mut found = Vec::new();
    inside(text.parse().unwrap(), &mut found);
    found
}

/// Items that another crate may name: `pub fn`, `pub struct` …; no fields, nothing restricted.
fn public(tokens: TokenStream) -> usize {
    const ITEMS: &[&str] =
        &["fn", "struct", "enum", "const", "static", "type", "trait", "mod", "use", "async", "unsafe"];
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let item = |pair: &[TokenTree]| matches!(pair, [TokenTree::Ident(public), TokenTree::Ident(item)] if public == "pub" && ITEMS.contains(&item.to_string().as_str()));
    let here = tokens.windows(2).filter(|pair| item(pair)).count();
    let groups = tokens.iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(public(group.stream())),
        _ => None,
    });
    here + groups.sum::<usize>()
}

impl House {
    fn read() -> Self {
        let root = std::env::var_os("POSOLOGY_HOUSE");
        let root = root.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        Self { files: source::files(&root.join("src")) }
    }

    fn code(&self) -> usize {
        self.files.iter().map(|(_, text)| code(text)).sum()
    }

    fn biggest_room(&self) -> (&str, usize) {
        let mut rooms: BTreeMap<&str, usize> = BTreeMap::new();
        for (file, text) in &self.files {
            *rooms.entry(room(file)).or_default() += code(text);
        }
        rooms.into_iter().max_by_key(|(_, lines)| *lines).unwrap()
    }

    /// `file name`, for each function that is too long.
    fn long_functions(&self) -> Vec<(String, usize)> {
        let all = self.files.iter().flat_map(|(file, text)| {
            functions(text).into_iter().map(move |(name, lines)| (format!("{file} {name}"), lines))
        });
        all.filter(|(_, lines)| *lines > LONG_FUNCTION).collect()
    }

    fn long_files(&self) -> Vec<(String, usize)> {
        let all = self.files.iter().map(|(file, text)| (file.clone(), text.lines().count()));
        all.filter(|(_, lines)| *lines > LONG_FILE).collect()
    }
}

#[test]
#[allow(clippy::print_stdout)] // it is there to be read
fn the_house_in_figures() {
    let house = House::read();
    let circles = circles(&needs(&Crate::read(&house.files)));
    let (room, lines) = house.biggest_room();
    let public: usize = house.files.iter().map(|(_, text)| public(text.parse().unwrap())).sum();
    println!("code lines                  {}", house.code());
    println!("files                       {}", house.files.len());
    println!("biggest room                {room}, {lines} ({} %)", lines * 100 / house.code());
    println!(
        "circles between files       {}, the biggest of {}",
        circles.len(),
        circles.first().map_or(0, BTreeSet::len)
    );
    println!("pub items                   {public}");
    println!("functions over {LONG_FUNCTION} lines     {:?}", house.long_functions());
    println!("files over {LONG_FILE} lines        {:?}", house.long_files());
    assert!(house.code() > 1_000, "the count found nothing");
}

#[test]
fn long_functions_and_files_in_the_house_only_go() {
    let (functions, files) = (House::read().long_functions(), House::read().long_files());
    assert!(
        functions.len() <= LONG_FUNCTIONS,
        "divide what is new, the list was {LONG_FUNCTIONS} long: {functions:#?}"
    );
    assert!(files.len() <= LONG_FILES, "divide what is new, the list was {LONG_FILES} long: {files:#?}");
}

#[test]
fn what_the_house_counts_is_what_a_reader_would_count() {
    let text = "//! A page.\n\n/// Of `f`.\npub fn f() -> fn(u8) {\n    // why\n    g(|| {\n        1\n    })\n}\npub(crate) struct A {\n    pub b: u8,\n}\nfn g();\npub mod m {\n    pub const fn h() {}\n}\n";
    assert_eq!(code(text), 12);
    assert_eq!(functions(text), [("f".to_owned(), 6), ("h".to_owned(), 1)]);
    assert_eq!(public(text.parse().unwrap()), 3);
}
