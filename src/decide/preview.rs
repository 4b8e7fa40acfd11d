//! What a command would change: every date and dose that moves, old beside new.

use std::collections::BTreeMap;

use crate::calendar::{self, with_weekday};
use crate::course::{Folded, Key, NamedKey};
use crate::finding::Finding;
use crate::plan::{Administration, AdministrationState, Assessed, DoseState, Plan};
use crate::regimen::{CycleWord, Regimen};

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// What it is about.
    pub what: Affected,
    /// Of what: `date`, `dose`, `state`, `window`, `planned`.
    pub of: &'static str,
    /// Before; empty where there was nothing.
    pub old: String,
    /// After; empty where nothing is left.
    pub new: String,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affected {
    /// A dose, with the name of its drug and what the trial calls a cycle.
    Dose(Key, String, CycleWord),
    /// An assessment, by its name.
    Assessment(String),
    /// An entry of the record.
    Entry(u64),
}

impl std::fmt::Display for Affected {
    /// `C3D1 irinotecan liposomal`, `CT scan`, `entry 4`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Affected::Dose(key, drug, word) => {
                let phase = key.phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
                write!(f, "{phase}{} {drug}", word.on_day(key.cycle, key.day))
            }
            Affected::Assessment(name) => f.write_str(name),
            Affected::Entry(entry) => write!(f, "entry {entry}"),
        }
    }
}

impl serde::Serialize for Affected {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// What a command would change.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Preview {
    /// Every date and dose that moves.
    pub changes: Vec<Change>,
    /// What is worth telling that was not told before.
    pub findings: Vec<Finding>,
}

/// A plan, and the record it was made from.
pub type Told<'a> = (&'a Plan, &'a Folded);

/// The differences between two plans; `regimen` is the one of the newer, which names the drugs.
pub fn changes(regimen: &Regimen, (old, told): Told<'_>, (new, tells): Told<'_>) -> Vec<Change> {
    let before: BTreeMap<&Key, &Administration> = old.administrations.iter().map(|one| (&one.key, one)).collect();
    let after: BTreeMap<&Key, &Administration> = new.administrations.iter().map(|one| (&one.key, one)).collect();
    let mut all = Vec::new();
    for one in &new.administrations {
        if let Some(was) = before.get(&one.key) {
            differences(regimen, (was, told), (one, tells), &mut all);
        } else {
            let of = if one.planned.is_some() { "planned" } else { "given beyond the plan" };
            all.push(change(one.key.named(regimen), of, String::new(), line(one)));
        }
    }
    for was in old.administrations.iter().filter(|one| !after.contains_key(&one.key)) {
        all.push(change(was.key.named(regimen), "planned", line(was), String::new()));
    }
    assessments(old, new, &mut all);
    all
}

fn change(of_dose: NamedKey<'_>, of: &'static str, old: String, new: String) -> Change {
    Change { what: Affected::Dose(of_dose.key.clone(), of_dose.drug(), of_dose.word()), of, old, new }
}

fn line(one: &Administration) -> String {
    format!("{}, {}", with_weekday(one.date), one.portion())
}

fn differences(
    regimen: &Regimen,
    (was, told): (&Administration, &Folded),
    (is, tells): (&Administration, &Folded),
    all: &mut Vec<Change>,
) {
    let closed = |one: &Administration| match &one.closed {
        Some(why) => format!("{} (closed: {why})", with_weekday(one.date)),
        None => with_weekday(one.date),
    };
    let key = is.key.named(regimen);
    if was.date != is.date {
        all.push(change(key, "date", closed(was), closed(is)));
    }
    let (old, new) = (was.portion().to_string(), is.portion().to_string());
    if old != new {
        all.push(change(key, "dose", old, new));
    }
    let (old, new) = (state(told, was), state(tells, is));
    if old != new {
        all.push(change(key, "state", old, new));
    }
}

/// One of the six words, with the day of what went in.
fn state(folded: &Folded, one: &Administration) -> String {
    let state = DoseState::of(folded, one);
    match one.state {
        AdministrationState::Given => format!("{} {}", state.word(), calendar::print(one.date)),
        _ => state.word().to_owned(),
    }
}

/// Assessments of one name are compared in order.
fn assessments(old: &Plan, new: &Plan, all: &mut Vec<Change>) {
    let by_name = |plan: &Plan| {
        let mut map: BTreeMap<String, Vec<Assessed>> = BTreeMap::new();
        for one in &plan.assessments {
            map.entry(one.name.clone()).or_default().push(one.clone());
        }
        map
    };
    let was = by_name(old);
    for (name, list) in by_name(new) {
        let earlier = was.get(&name).map_or(&[][..], Vec::as_slice);
        for (old, new) in earlier.iter().zip(&list).filter(|(old, new)| old.date != new.date) {
            all.push(Change {
                what: Affected::Assessment(name.clone()),
                of: "date",
                old: with_weekday(old.date),
                new: with_weekday(new.date),
            });
        }
    }
}
