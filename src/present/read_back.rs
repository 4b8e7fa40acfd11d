//! A regimen read back: a sentence for every figure, for the person who holds the protocol and has not seen the file.
//!
//! It is made from the page of the regimen, so that nothing which is signed is left out, in other words than those of the file:
//! who reads the same keys again finds the same misreading right.

use serde::Serialize;

use crate::regimen::{Provenance, Regimen};

use super::protocol::{Entry, Protocol, Section, protocol};

/// What is read back about one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// A cycle, a drug, the criteria.
    pub about: String,
    /// Its sentences, in the order of the page.
    pub sentences: Vec<Sentence>,
}

/// One figure as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// `One dose is 75 mg/m².`
    pub text: String,
    /// The document it is from, with the page where the file names it.
    pub from: Option<String>,
    /// Whether nobody has verified it.
    pub unverified: bool,
    /// What the sources say, where they disagree.
    pub conflict: Option<String>,
}

/// The whole regimen, sentence by sentence.
pub fn read_back(regimen: &Regimen) -> Vec<Passage> {
    let Protocol { sections, .. } = protocol(regimen);
    let told = sections.into_iter().filter(|section| !ABOUT_THE_FILE.contains(&section.id.as_str()));
    told.map(|section| passage(regimen, &section)).collect()
}

/// Sections that say nothing of what is given.
const ABOUT_THE_FILE: &[&str] = &["regimen", "examples", "sources", "checked"];

fn passage(regimen: &Regimen, section: &Section) -> Passage {
    let sentences = section.lines.iter().map(|line| sentence(regimen, line)).collect();
    Passage { about: section.title.clone(), sentences }
}

fn sentence(regimen: &Regimen, line: &Entry) -> Sentence {
    let unverified = line.source.as_deref() == Some(Provenance::UNVERIFIED);
    let from = line.source.as_ref().filter(|_| !unverified).map(|id| document(regimen, id));
    Sentence { text: text(line), from, unverified, conflict: line.conflict.clone() }
}

/// The title of a source and its page.
fn document(regimen: &Regimen, id: &str) -> String {
    let source = regimen.sources.iter().find(|source| source.id == id);
    source.map_or_else(
        || id.to_owned(),
        |source| match &source.page {
            Some(page) => format!("{}, {page}", source.title),
            None => source.title.clone(),
        },
    )
}

/// How a line of the page begins as a sentence, and how it ends.
const PHRASES: &[(&str, &str, &str)] = &[
    ("length", "From one day 1 to the next are ", ""),
    ("number", "How many there are: ", ""),
    ("after a delay", "After a delay the next one is ", ""),
    ("window of day 1", "The window of day 1: ", ""),
    ("longest delay", "Day 1 may be at most ", " late; then treatment stops"),
    ("begins", "It begins ", ""),
    ("dose", "One dose is ", ""),
    ("days", "It is given on ", ""),
    ("how often", "On each of these days it is given ", ""),
    ("hours", "It is given at ", ""),
    ("route", "The route is ", ""),
    ("over", "How long an infusion runs: ", ""),
    ("infusion lasts", "The infusion lasts ", ""),
    ("taken", "It is taken ", ""),
    ("given where", "It is given ", ""),
    ("the steps begin again", "The steps before the full dose begin again ", ""),
    ("first half-day", "The first dose of a run is that of the ", ""),
    ("given in", "It is given in ", " only"),
    ("not after", "It is given no longer than ", ""),
    ("capped at", "However large the body, no dose is above ", ""),
    ("never above, one dose", "Planning stops where one dose would be above ", ""),
    ("never above, one day", "Planning stops where the doses of one day would be above ", ""),
    ("never above, one cycle", "Planning stops where the doses of one cycle would be above ", ""),
    ("rounded", "Rounding of the dose: ", ""),
    ("reduced to", "The reduced doses, from the first to the last, are ", ""),
    ("starts at", "It starts at ", ""),
    ("first dose", "The very first dose of a subject is ", ""),
    ("kidney function", "The kidney function is worked out by ", ""),
    ("vial", "One vial holds ", ""),
    ("tablets", "There are tablets of ", ""),
    ("capsules", "There are capsules of ", ""),
    ("total of a cycle", "All doses of one cycle together are ", ""),
    ("shortest interval", "Between two doses lie at least ", ""),
    ("order", "It is given ", ""),
    ("ends", "It ends on ", ""),
    ("a missed dose", "A missed dose ", ""),
    ("window of a day", "The window of a day: ", ""),
    ("given instead", "It is given instead ", ""),
    ("only in", "It is given only in cohort ", ""),
    ("body surface", "Body surface is worked out by ", ""),
    ("decimals", "Body surface is rounded to ", " decimals before it multiplies"),
    ("cap on the body surface", "The largest body surface that counts: ", ""),
    ("weight", "The weight that counts is the ", " one"),
    ("new weight counts", "A new weight changes the dose ", ""),
];

fn text(line: &Entry) -> String {
    let value = line.value.trim_end_matches('.');
    // A row of a table says whom it is about; its label is no name of a key.
    let known = PHRASES.iter().find(|(label, ..)| *label == line.label && line.table.is_none());
    match (known, &line.table) {
        (Some((_, before, after)), _) => format!("{before}{value}{after}."),
        (None, Some(table)) if table == "table" => format!("With {}: {value}.", line.label),
        (None, _) => format!("{}: {value}.", capital(&line.label)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
