//! What changed between two regimens, in clinical words.
//!
//! The two pages ([`protocol`]) are compared line by line, so that whatever a page says of a regimen is compared
//! too; days are compared one by one. Wording that means the same (comments, order of keys, `"3 weeks"` for
//! `"21 days"`) is no difference. What a page cannot say is still told: nothing that makes two regimens differ is
//! passed over in silence.

mod concern;
mod days;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::regimen::model::{Drug, Phase, Regimen};

use super::protocol::{Entry, Section, protocol};
use super::{full_name, words};
pub use concern::Concern;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it bears on.
    pub concerns: Concern,
    /// The part of the regimen, the same in every version: `drug.irinotecan`, `cycle`.
    pub part: String,
    /// The same for people: `irinotecan liposomal`.
    pub of: String,
    /// What changed: `dose`, `days`, `capped at`.
    pub what: String,
    /// What the first said; absent where it said nothing.
    pub from: Option<String>,
    /// What the second says; absent where it says nothing.
    pub to: Option<String>,
    /// The change in a few words: `70 → 60 mg/m2`, `day 15 dropped`.
    pub text: String,
}

/// Every difference in meaning from `old` to `new`, those that bear on doses first.
pub fn diff(old: &Regimen, new: &Regimen) -> Vec<Change> {
    let (before, after) = (protocol(old), protocol(new));
    let mut changes = head(old, new);
    changes.extend(days::changes(old, new));
    changes.extend(order(old, new));
    for section in &after.sections {
        match before.sections.iter().find(|one| one.id == section.id) {
            Some(was) => lines(was, section, &mut changes),
            None => changes.push(whole(section, None, Some(brief(new, section)))),
        }
    }
    let gone = before.sections.iter().filter(|was| !after.sections.iter().any(|section| section.id == was.id));
    changes.extend(gone.map(|was| whole(was, Some(brief(old, was)), None)));
    if changes.is_empty() && meaning(old) != meaning(new) {
        changes.push(wordless());
    }
    changes.sort_by_key(|change| change.concerns);
    changes
}

/// Name, version and status, which stand above the page.
fn head(old: &Regimen, new: &Regimen) -> Vec<Change> {
    let pairs = [
        ("name", &old.name, &new.name),
        ("version", &old.version, &new.version),
        ("status", &old.said.word().to_owned(), &new.said.word().to_owned()),
    ];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    differing.map(|(what, old, new)| change("regimen", "the file", what, Some(old), Some(new))).collect()
}

/// Everything but the text and where it stood in it.
fn meaning(regimen: &Regimen) -> Regimen {
    let mut bare = Regimen { sha256: String::new(), ..regimen.clone() };
    for example in &mut bare.examples {
        example.span = 0..0;
        example.expect.iter_mut().for_each(|expect| expect.span = 0..0);
    }
    bare
}

fn wordless() -> Change {
    Change {
        concerns: Concern::Dose,
        part: "regimen".to_owned(),
        of: "the file".to_owned(),
        what: "something".to_owned(),
        from: None,
        to: None,
        text: "something changed for which this program has no words: compare the two files".to_owned(),
    }
}

/// A drug or another part that stands in one of the two only.
fn whole(section: &Section, from: Option<String>, to: Option<String>) -> Change {
    let done = if to.is_some() { "added" } else { "removed" };
    let what = to.as_ref().or(from.as_ref()).cloned().unwrap_or_default();
    let text = if what.is_empty() { done.to_owned() } else { format!("{done}: {what}") };
    Change {
        concerns: concern::of_section(&section.id),
        part: section.id.clone(),
        of: section.title.clone(),
        what: "the whole".to_owned(),
        from,
        to,
        text,
    }
}

/// A part in one line: a drug's dose, route and days; the labels of anything else.
fn brief(regimen: &Regimen, section: &Section) -> String {
    match drugs(regimen).into_iter().find(|(id, _)| *id == section.id) {
        Some((_, drug)) => format!("{} {}, {}", drug.dose_words(), words::route(drug), words::days(&drug.days)),
        None => section.lines.iter().map(|line| line.label.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// Every drug with the id of its section.
fn drugs(regimen: &Regimen) -> Vec<(String, &Drug)> {
    let of = |phase: &Phase, drug: &Drug| match &phase.id {
        Some(phase) => format!("phase.{phase}.drug.{}", drug.id),
        None => format!("drug.{}", drug.id),
    };
    regimen.phases.iter().flat_map(|phase| phase.drugs.iter().map(move |drug| (of(phase, drug), drug))).collect()
}

/// The order in which drugs (and phases) stand is the order in which they are given.
fn order(old: &Regimen, new: &Regimen) -> Vec<Change> {
    let ids = |regimen| drugs(regimen).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let (was, now) = (ids(old), ids(new));
    let kept = |of: &[String], other: &[String]| of.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>();
    if kept(&was, &now) == kept(&now, &was) {
        return Vec::new();
    }
    let names = |regimen| drugs(regimen).into_iter().map(|(_, drug)| full_name(drug)).collect::<Vec<_>>().join(", ");
    vec![change("regimen", "the file", "order of drugs", Some(&names(old)), Some(&names(new)))]
}

/// The lines of one part, by label.
fn lines(was: &Section, now: &Section, changes: &mut Vec<Change>) {
    let mut labels: Vec<&str> = Vec::new();
    for line in was.lines.iter().chain(&now.lines) {
        if !labels.contains(&line.label.as_str()) {
            labels.push(&line.label);
        }
    }
    // The title holds what tells one drug from another: formulation, product, role.
    if was.title != now.title {
        changes.push(change(&now.id, &now.title, "called", Some(&was.title), Some(&now.title)));
    }
    for label in labels.into_iter().filter(|label| *label != concern::HASH) {
        let (old, new) = (all(was, label), all(now, label));
        let values = |lines: &[&Entry]| {
            let values = lines.iter().map(|line| line.value.clone()).collect::<Vec<_>>();
            (!values.is_empty()).then(|| values.join("; "))
        };
        let (from, to) = (values(&old), values(&new));
        if from != to && !concern::told_elsewhere(&now.id, label) {
            changes.push(change(&now.id, &now.title, label, from.as_ref(), to.as_ref()));
        }
        if from.is_some() && to.is_some() {
            changes.extend(sources(now, label, &old, &new));
        }
    }
}

fn all<'a>(section: &'a Section, label: &str) -> Vec<&'a Entry> {
    section.lines.iter().filter(|line| line.label == label).collect()
}

fn change(part: &str, of: &str, what: &str, from: Option<&String>, to: Option<&String>) -> Change {
    let text = match (from, to) {
        (Some(from), Some(to)) => format!("{what} {}", arrow(from, to)),
        (None, Some(to)) => format!("{what} {to}: added"),
        (Some(from), None) => format!("{what} {from}: removed"),
        (None, None) => what.to_owned(),
    };
    Change {
        concerns: concern::of_line(part, what),
        part: part.to_owned(),
        of: of.to_owned(),
        what: what.to_owned(),
        from: from.cloned(),
        to: to.cloned(),
        text,
    }
}

/// `70 → 60 mg/m2` where the words behind the figures are the same, else both in full.
fn arrow(from: &str, to: &str) -> String {
    let figure = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((a, unit)), Some((b, other))) if unit == other && figure(a) && figure(b) => format!("{a} → {b} {unit}"),
        _ => format!("{from} → {to}"),
    }
}

/// Where a figure comes from, and what the sources disagree on.
fn sources(section: &Section, label: &str, old: &[&Entry], new: &[&Entry]) -> Vec<Change> {
    let of = |lines: &[&Entry]| lines.iter().filter_map(|line| line.source.clone()).collect::<BTreeSet<_>>();
    let conflicts = |lines: &[&Entry]| lines.iter().filter_map(|line| line.conflict.clone()).collect::<BTreeSet<_>>();
    let pairs = [("source", of(old), of(new)), ("sources disagree", conflicts(old), conflicts(new))];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let told = differing.map(|(what, old, new)| {
        let joined = |set: BTreeSet<String>| (!set.is_empty()).then(|| set.into_iter().collect::<Vec<_>>().join(", "));
        let (from, to) = (joined(old), joined(new));
        let told = change(&section.id, &section.title, &format!("{label}: {what}"), from.as_ref(), to.as_ref());
        Change { concerns: Concern::Source, ..told }
    });
    told.collect()
}
