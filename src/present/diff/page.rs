//! The two pages side by side: each line as it is read, and what it means in the units in which it is compared.

use crate::regimen::{Drug, Phase, Regimen};

use super::super::full_name;
use super::super::protocol::{Entry, Section, protocol};

/// A line of a page.
pub(super) struct Line {
    /// As it is read.
    pub(super) shown: Entry,
    /// What it means: the label and the value in the units in which they are compared.
    pub(super) label: String,
    pub(super) value: String,
}

/// A section of a page.
pub(super) struct Part {
    pub(super) id: String,
    /// Its title on the page.
    pub(super) title: String,
    /// What people call it here: two entries of one drug are told apart.
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
}

/// The sections of a regimen. `plain` is the same regimen in the units in which it is compared.
pub(super) fn parts(regimen: &Regimen, plain: &Regimen, names: &Names) -> Vec<Part> {
    let (shown, meant) = (protocol(regimen).sections, protocol(plain).sections);
    shown.into_iter().zip(meant).map(|(shown, meant)| part(shown, meant, names)).collect()
}

fn part(shown: Section, meant: Section, names: &Names) -> Part {
    let lines = shown.lines.into_iter().zip(meant.lines);
    let lines = lines.map(|(shown, meant)| Line { shown, label: meant.label, value: meant.value });
    Part { name: names.of(&shown.id, &shown.title), id: shown.id, title: shown.title, lines: lines.collect() }
}

/// Every drug with the id of its section and its phase.
pub(super) fn drugs(regimen: &Regimen) -> Vec<(String, &Phase, &Drug)> {
    let of = |phase: &Phase, drug: &Drug| match &phase.id {
        Some(phase) => format!("phase.{phase}.drug.{}", drug.id),
        None => format!("drug.{}", drug.id),
    };
    let inside = |phase| move |drug| (of(phase, drug), phase, drug);
    regimen.phases.iter().flat_map(|phase| phase.drugs.iter().map(inside(phase))).collect()
}

/// What tells the drugs of two regimens apart.
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// A drug that stands once in each regimen needs nothing more than its name.
    pub(super) fn new(old: &Regimen, new: &Regimen) -> Self {
        let mut told = Vec::new();
        for regimen in [old, new] {
            for (id, phase, drug) in drugs(regimen) {
                let more = [old, new].iter().any(|one| entries(one, drug).count() > 1);
                if more {
                    let phases = [old, new].iter().any(|one| several(one, drug));
                    told.push((id, apart(phase, drug, phases)));
                }
            }
        }
        Self(told)
    }

    /// `fluorouracil (bolus)` for `fluorouracil`.
    pub(super) fn of(&self, id: &str, title: &str) -> String {
        match self.0.iter().find(|(known, _)| known == id) {
            Some((_, apart)) if !apart.is_empty() => format!("{title} ({apart})"),
            _ => title.to_owned(),
        }
    }
}

/// The entries of the same name.
fn entries<'a>(regimen: &'a Regimen, drug: &Drug) -> impl Iterator<Item = (String, &'a Phase, &'a Drug)> {
    let name = full_name(drug);
    drugs(regimen).into_iter().filter(move |(_, _, other)| full_name(other) == name)
}

/// Whether they stand in several phases.
fn several(regimen: &Regimen, drug: &Drug) -> bool {
    let mut phases: Vec<&Option<String>> = entries(regimen, drug).map(|(_, phase, _)| &phase.id).collect();
    phases.dedup();
    phases.len() > 1
}

/// The phase, where there are several, and what the id adds to the name: `bolus`, `maintenance, first`.
fn apart(phase: &Phase, drug: &Drug, phases: bool) -> String {
    let name = drug.name.to_lowercase().replace(' ', "-");
    let own = drug.id.strip_prefix(&name).map_or(drug.id.as_str(), |rest| rest.trim_start_matches('-'));
    let phase = phase.id.as_deref().filter(|_| phases);
    phase.into_iter().chain(Some(own).filter(|own| !own.is_empty())).collect::<Vec<_>>().join(", ")
}
