//! What no line of a page says: a part that differs, and of which nothing was told.

use std::fmt::Debug;

use crate::regimen::Regimen;

use super::page::{Names, drugs};
use super::{Change, Concern};

/// Every part that differs in meaning and of which nothing was told, in the words that are left.
pub(super) fn untold(old: &Regimen, new: &Regimen, names: &Names, told: &[Change]) -> Vec<Change> {
    let differing = parts(old, new, names).into_iter().filter(|(part, _)| !told.iter().any(|one| one.part == *part));
    differing.map(|(part, of)| wordless(part, of)).collect()
}

/// The parts of both that differ, with what people call them.
fn parts(old: &Regimen, new: &Regimen, names: &Names) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let before = drugs(old);
    for (id, _, drug) in drugs(new) {
        if before.iter().any(|(known, _, was)| *known == id && *was != drug) {
            let name = names.of(&id, &super::full_name(drug));
            parts.push((id, name));
        }
    }
    for phase in &new.phases {
        let was = old.phases.iter().find(|one| one.id == phase.id);
        if was.is_some_and(|was| {
            was.cycle != phase.cycle || was.begins != phase.begins || was.numbering != phase.numbering
        }) {
            let id = phase.id.as_ref().map_or_else(|| "cycle".to_owned(), |id| format!("phase.{id}.cycle"));
            parts.push((id, new.cycle_word.title().to_owned()));
        }
    }
    let whole = [
        ("body", "Body size", old.body != new.body),
        ("eligibility", "Eligibility at enrolment", old.eligibility != new.eligibility),
        ("criteria", "Criteria to treat", differ(&old.criteria, &new.criteria)),
        ("rules", "Dose modifications", differ(&old.rules, &new.rules)),
        ("lifetime", "Limits over a life", differ(&old.lifetimes, &new.lifetimes)),
        ("assessments", "Assessments", differ(&old.assessments, &new.assessments)),
        ("cohorts", "Cohorts and arms", differ(&old.cohorts, &new.cohorts)),
    ];
    let whole = whole.into_iter().filter(|(.., differs)| *differs);
    parts.extend(whole.map(|(id, of, _)| (id.to_owned(), of.to_owned())));
    parts
}

/// Whether two lists hold other things; their order means nothing.
fn differ<T: Debug>(old: &[T], new: &[T]) -> bool {
    let sorted = |list: &[T]| {
        let mut all: Vec<String> = list.iter().map(|one| format!("{one:?}")).collect();
        all.sort_unstable();
        all
    };
    sorted(old) != sorted(new)
}

fn wordless(part: String, of: String) -> Change {
    Change {
        concerns: Concern::Dose,
        part,
        of,
        what: "something".to_owned(),
        from: None,
        to: None,
        text: "something changed for which this program has no words: compare the two files".to_owned(),
    }
}
