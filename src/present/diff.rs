//! What changed between two regimens, in clinical words.
//!
//! The two pages ([`protocol`](super::protocol())) are compared line by line, so that whatever a page says of a regimen is
//! compared too; days are compared one by one, rows of a table with the row whose place they took. What is compared is
//! what a line means: a quantity in another unit is no difference, and stands under [`Concern::Wording`]. What a page
//! cannot say is still told: no part in which two regimens differ is passed over in silence.

mod concern;
mod days;
mod meaning;
mod page;
mod rows;
mod silent;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::regimen::Regimen;

use super::{full_name, words};
pub use concern::Concern;
use page::{Line, Names, Part, drugs};

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

impl Change {
    /// `irinotecan liposomal: dose 70 → 60 mg/m2`
    pub fn told(&self) -> String {
        format!("{}: {}", self.of, self.text)
    }

    /// Whether it is a difference at all, and not the same said otherwise.
    pub fn differs(&self) -> bool {
        self.concerns != Concern::Wording
    }
}

/// Every difference from `old` to `new`, those that bear on doses first; last, what is said otherwise and means the same.
pub fn diff(old: &Regimen, new: &Regimen) -> Vec<Change> {
    let names = Names::new(old, new);
    let (was, now) = (meaning::plain(old), meaning::plain(new));
    let (before, after) = (page::parts(old, &was, &names), page::parts(new, &now, &names));
    let mut changes = head(old, new);
    changes.extend(days::changes(old, new, &names));
    changes.extend(order(old, new, &names));
    for part in &after {
        match before.iter().find(|one| one.id == part.id) {
            Some(was) => lines(was, part, &mut changes),
            None => changes.push(whole(part, None, Some(brief(new, part)))),
        }
    }
    let gone = before.iter().filter(|was| !after.iter().any(|part| part.id == was.id));
    changes.extend(gone.map(|was| whole(was, Some(brief(old, was)), None)));
    changes.extend(silent::untold(&was, &now, &names, &changes));
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

/// A drug or another part that stands in one of the two only.
fn whole(part: &Part, from: Option<String>, to: Option<String>) -> Change {
    let done = if to.is_some() { "added" } else { "removed" };
    let what = to.as_ref().or(from.as_ref()).cloned().unwrap_or_default();
    let text = if what.is_empty() { done.to_owned() } else { format!("{done}: {what}") };
    Change {
        concerns: concern::of_section(&part.id),
        part: part.id.clone(),
        of: part.name.clone(),
        what: "the whole".to_owned(),
        from,
        to,
        text,
    }
}

/// A part in one line: a drug's dose, route and days; the labels of anything else.
fn brief(regimen: &Regimen, part: &Part) -> String {
    match drugs(regimen).into_iter().find(|(id, ..)| *id == part.id) {
        Some((_, _, drug)) => {
            format!("{} {}, {}", drug.dosing.words(), words::route(drug), words::days(&drug.days, regimen.cycle_word))
        }
        None => part.lines.iter().map(|line| line.shown.label.as_str()).collect::<Vec<_>>().join(", "),
    }
}

/// The order in which drugs (and phases) stand is the order in which they are given.
fn order(old: &Regimen, new: &Regimen, names: &Names) -> Vec<Change> {
    let ids = |regimen| drugs(regimen).into_iter().map(|(id, ..)| id).collect::<Vec<_>>();
    let (was, now) = (ids(old), ids(new));
    let kept = |of: &[String], other: &[String]| of.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>();
    if kept(&was, &now) == kept(&now, &was) {
        return Vec::new();
    }
    let named = |regimen| {
        drugs(regimen).into_iter().map(|(id, _, drug)| names.of(&id, &full_name(drug))).collect::<Vec<_>>().join(", ")
    };
    vec![change("regimen", "the file", "order of drugs", Some(&named(old)), Some(&named(new)))]
}

/// The lines of one part, by label.
fn lines(was: &Part, now: &Part, changes: &mut Vec<Change>) {
    let mut labels: Vec<&str> = Vec::new();
    for line in was.lines.iter().chain(&now.lines) {
        if !labels.contains(&line.label.as_str()) {
            labels.push(&line.label);
        }
    }
    // The title holds what tells one drug from another: formulation, product, role.
    if was.title != now.title {
        changes.push(change(&now.id, &now.name, "called", Some(&was.title), Some(&now.title)));
    }
    let moved = rows::moved(was, now);
    changes.extend(moved.iter().map(|row| row.change(now)));
    labels.retain(|label| *label != concern::HASH && !moved.iter().any(|row| row.holds(label)));
    for label in labels {
        if !concern::told_elsewhere(&now.id, label, |other| differs(was, now, other)) {
            changes.extend(line(was, now, label));
        }
        let (old, new) = (all(was, label), all(now, label));
        let both = |label: &str| !all(was, label).is_empty() && !all(now, label).is_empty();
        if both(label) && !concern::source_with(label).is_some_and(both) {
            changes.extend(sources(now, label, &old, &new));
        }
    }
}

/// Whether what a label stands for means another thing.
fn differs(was: &Part, now: &Part, label: &str) -> bool {
    let meant = |part| all(part, label).into_iter().map(|line| line.value.as_str()).collect::<Vec<_>>();
    meant(was) != meant(now)
}

/// What stands under one label: changed, come, gone, or said otherwise.
fn line(was: &Part, now: &Part, label: &str) -> Option<Change> {
    let (old, new) = (all(was, label), all(now, label));
    let shown = new.first().or(old.first()).map(|line| line.shown.clone())?;
    let values = |lines: &[&Line]| {
        let values = lines.iter().map(|line| line.shown.value.clone()).collect::<Vec<_>>();
        (!values.is_empty()).then(|| values.join("; "))
    };
    let (from, to) = (values(&old), values(&new));
    let row = if shown.table.is_some() { ":" } else { "" };
    let told = |from: Option<&String>, to: Option<&String>| {
        let told = change(&now.id, &now.name, &format!("{}{row}", shown.label), from, to);
        Change { what: shown.label.clone(), ..told }
    };
    if differs(was, now, label) {
        return Some(told(from.as_ref(), to.as_ref()));
    }
    let labels = |lines: &[&Line]| lines.iter().map(|line| line.shown.label.clone()).collect::<Vec<_>>();
    if labels(&old) != labels(&new) {
        let told = change(&now.id, &now.name, "", old.first().map(|line| &line.shown.label), Some(&shown.label));
        return Some(Change {
            concerns: Concern::Wording,
            text: told.text.trim_start().to_owned(),
            what: shown.label,
            ..told
        });
    }
    (from != to).then(|| Change { concerns: Concern::Wording, ..told(from.as_ref(), to.as_ref()) })
}

fn all<'a>(part: &'a Part, label: &str) -> Vec<&'a Line> {
    part.lines.iter().filter(|line| line.label == label).collect()
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
fn sources(part: &Part, label: &str, old: &[&Line], new: &[&Line]) -> Vec<Change> {
    let of = |lines: &[&Line]| lines.iter().filter_map(|line| line.shown.source.clone()).collect::<BTreeSet<_>>();
    let conflicts =
        |lines: &[&Line]| lines.iter().filter_map(|line| line.shown.conflict.clone()).collect::<BTreeSet<_>>();
    let label = new.first().map_or(label, |line| line.shown.label.as_str());
    let pairs = [("source", of(old), of(new)), ("sources disagree", conflicts(old), conflicts(new))];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let told = differing.map(|(what, old, new)| {
        let joined = |set: BTreeSet<String>| (!set.is_empty()).then(|| set.into_iter().collect::<Vec<_>>().join(", "));
        let (from, to) = (joined(old), joined(new));
        let told = change(&part.id, &part.name, &format!("{label}: {what}"), from.as_ref(), to.as_ref());
        Change { concerns: Concern::Source, ..told }
    });
    told.collect()
}
