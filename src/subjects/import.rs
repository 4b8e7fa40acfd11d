//! A subject of another record, held to all that an enrolment here is held to.

#![allow(clippy::disallowed_types, reason = "the input of an import is a stream")]

use std::io::BufRead;

use crate::course::event::{Event, Measured};
use crate::decide::code;
use crate::event_codec;
use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::library::Library;
use crate::plausibility::{self, Measurements, Policy};
use crate::store::{Imported, Stamp, Store, StoreError};
use crate::subject::Subject;

use super::{findings, open};

/// Adds the events of an export, all or none.
pub fn import(
    store: &mut Store,
    input: &mut dyn BufRead,
    stamp: &Stamp,
    library: &Library,
) -> Result<Imported, Failure> {
    let admit = |store: &Store, code: &str| admissible(store, code, library);
    Ok(store.import(input, stamp, &event_codec::renumber, &admit)?)
}

/// Whether a subject could have been recorded here: the code, that it is free, who wrote each entry, that every entry
/// can be read, and that what was measured is of a person.
fn admissible(store: &Store, code: &str, library: &Library) -> Result<(), StoreError> {
    let refused = |why: &str| StoreError::Refused(format!("nothing was imported: {why}"));
    if let Some(finding) = code::code(code) {
        return Err(refused(&finding.text));
    }
    let alike = |known: &String| known != code && known.eq_ignore_ascii_case(code);
    if let Some(known) = store.subjects()?.into_iter().find(alike) {
        return Err(refused(&findings::subject_exists(code, &known).text));
    }
    let opened = open(store, code, library).map_err(|failure| refused(&failure.message))?;
    if let Some(found) = store.events(code)?.iter().find_map(event_codec::first_hidden_of) {
        return Err(refused(&format!("a text holds {found}, which nobody can see")));
    }
    for told in &opened.folded.history {
        let entry = &told.entry;
        if entry.who.trim().is_empty() {
            return Err(refused(&format!("nobody is named as having recorded event {}", entry.seq)));
        }
        if let Some(wrong) = implausible(&entry.event) {
            return Err(refused(&wrong.text));
        }
    }
    Ok(())
}

/// A figure of an entry that no person has: the bounds that hold for whatever is typed, not the questions.
fn implausible(event: &Event) -> Option<Finding> {
    let known = match event {
        Event::Enrolled(enrolled) => enrolled.subject(),
        Event::Measured(Measured { height, weight, creatinine, gfr, .. }) => {
            let (height, weight, creatinine, gfr) = (*height, *weight, *creatinine, *gfr);
            Subject { height, weight, creatinine, gfr, ..Subject::default() }
        }
        Event::Corrected(corrected) => return implausible(&corrected.event),
        _ => return None,
    };
    let Subject { height, weight, age, corrected_age, sex, creatinine, gfr, .. } = known;
    let measured = Measurements { height, weight, age, corrected_age, sex, creatinine, gfr, ..Measurements::default() };
    // What was questioned there was answered there.
    plausibility::check(&measured, &Policy::default()).into_iter().find(|finding| finding.severity == Severity::Block)
}
