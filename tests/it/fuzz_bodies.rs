//! What the fuzz targets do. The ordinary tests run the same functions on inputs of their own (`fuzzed.rs`),
//! which also keeps this file compiling.

use std::fs;
use std::path::Path;

use posology::calendar::{self, Site};
use posology::checker;
use posology::course::Course;
use posology::format;
use posology::plan::{self, Options};
use posology::quantity::{Age, Creatinine, Height, Sex, Weight};
use posology::regimen::Regimen;
use posology::subject::Subject;
use posology::{present, verify};

/// Reads, resolves and checks a text; runs its examples and plans a subject where it loads. Whatever the text is, that
/// ends, soon, and what is told of it lies within it.
pub fn text(bytes: &[u8]) {
    let site = Site::default();
    let checked = checker::check(bytes, &site);
    let text = format::normalised(bytes);
    for place in checked.findings.iter().flat_map(|finding| &finding.places) {
        assert!(text.get(place.range.clone()).is_some(), "{:?} of {}", place.range, text.len());
        format::position(&text, place.range.start);
    }
    let blocks = posology::finding::blocks(&checked.findings);
    assert_eq!(blocks, checked.regimen.is_none(), "a text loads when nothing blocks");
    if let Some(regimen) = checked.regimen {
        verify::examples(&regimen, &site);
        assert!(present::diff(&regimen, &regimen).is_empty(), "a regimen differs from itself");
        planned(&regimen, &site);
    }
}

fn planned(regimen: &Regimen, site: &Site) {
    let course = Course::new(calendar::read("2026-12-07").expect("a date"), subject());
    if let Ok(plan) = plan::plan(regimen, &course, site, Options::default()) {
        present::schedule(regimen, &course, &plan);
    }
}

fn subject() -> Subject {
    Subject {
        height: Some(Height::read("170 cm").expect("a height")),
        weight: Some(Weight::read("65 kg").expect("a weight")),
        age: Some(Age::read("46 years").expect("an age")),
        creatinine: Some(Creatinine::read("0.8 mg/dL").expect("a creatinine")),
        sex: Some(Sex::Female),
        ..Subject::default()
    }
}

/// The shipped files.
pub fn shipped() -> Vec<String> {
    let regimens = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("regimens"));
    let folder = regimens.into_iter().find(|folder| folder.is_dir()).expect("the shipped files");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a text")).collect()
}

/// The bytes of an input, one after another; zeros after the end.
struct Edits<'a>(&'a [u8]);

impl Edits<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn below(&mut self, end: usize) -> usize {
        (usize::from(self.byte()) * 256 + usize::from(self.byte())) % end.max(1)
    }
}

const MOST_EDITS: usize = 12;
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "999",
    "1000",
    "3660",
    "0.1",
    "1e9",
    "79228162514264337593543950335",
    "9223372036854775807",
    "007",
];
const TEXTS: &[&str] =
    &["\"\"", "\"unknown\"", "\"site\"", "\"none\"", "\"é 0\"", "\"0 mg\"", "[]", "{}", "true", "2026-12-07", "[1, 1]"];

/// A shipped file, chosen and edited as the bytes say.
pub fn edited(files: &[String], bytes: &[u8]) -> String {
    let mut edits = Edits(bytes);
    let file = edits.below(files.len());
    let other = edits.below(files.len());
    let (Some(file), Some(other)) = (files.get(file), files.get(other)) else { return String::new() };
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    let other: Vec<&str> = other.lines().collect();
    for _ in 0..MOST_EDITS {
        if edits.0.is_empty() {
            break;
        }
        edit(&mut lines, &other, &mut edits);
    }
    lines.join("\n")
}

fn edit(lines: &mut Vec<String>, other: &[&str], edits: &mut Edits) {
    let kind = edits.byte() % 10;
    let at = edits.below(lines.len());
    let Some(line) = lines.get(at).cloned() else { return };
    let foreign = other.get(edits.below(other.len())).copied().unwrap_or_default();
    let new = match kind {
        0 => return drop(lines.remove(at)),
        1 => return lines.insert(at, foreign.to_owned()),
        2 => return lines.truncate(at),
        3 => {
            let to = edits.below(lines.len());
            return lines.swap(at, to);
        }
        4 => foreign.to_owned(),
        5 => joined(&line, foreign),
        6 => joined(&line, &format!("= {}", TEXTS[edits.below(TEXTS.len())])),
        7 => number(&line, NUMBERS[edits.below(NUMBERS.len())], edits),
        8 => number(&line, &edits.byte().to_string(), edits),
        _ => character(&line, edits),
    };
    lines[at] = new;
}

/// The key of one line with the value of another.
fn joined(key: &str, value: &str) -> String {
    match (key.split_once('='), value.split_once('=')) {
        (Some((key, _)), Some((_, value))) => format!("{key}={value}"),
        _ => value.to_owned(),
    }
}

/// One of the numbers of a line made another.
fn number(line: &str, new: &str, edits: &mut Edits) -> String {
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|(at, c)| c.is_ascii_digit() && !line[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
        .map(|(at, _)| at)
        .collect();
    let Some(start) = starts.get(edits.below(starts.len())) else { return line.to_owned() };
    let rest = &line[*start..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    format!("{}{new}{}", &line[..*start], &rest[end..])
}

/// One character made another, or two.
fn character(line: &str, edits: &mut Edits) -> String {
    let at = edits.below(line.chars().count());
    let new = char::from(edits.byte());
    let change =
        |(n, c): (usize, char)| if n == at { [Some(new), (!new.is_ascii()).then_some(c)] } else { [Some(c), None] };
    line.chars().enumerate().flat_map(change).flatten().collect()
}
