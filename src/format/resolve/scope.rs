//! What surrounds a drug in its file, and what the drugs there are called.

use std::ops::Range;

use crate::format::codes;
use crate::format::definition::{At, DrugDef, Table};
use crate::quantity::number::shown;
use crate::regimen::Cycle;

use super::resolver::Resolver;

/// A name in kebab-case.
pub(crate) fn kebab(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// The id of a drug: as written, else its name in kebab-case.
pub(crate) fn drug_id(def: &DrugDef) -> String {
    let id = def.id.as_ref().map(|at| at.value.clone());
    id.unwrap_or_else(|| def.name.as_ref().map(|at| kebab(&at.value)).unwrap_or_default())
}

/// What surrounds a drug.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Its cycle, where that could be read.
    pub(super) cycle: Option<&'a Cycle>,
    /// The drugs of its phase.
    pub(super) drugs: &'a [Table<DrugDef>],
    /// The lowest number a cycle of the file may have.
    pub(super) numbered_from: u32,
    /// The number of its phase's first cycle, where it is fixed.
    pub(super) first_cycle: Option<u32>,
    /// The number of the last, where there is one.
    pub(super) last_cycle: Option<u32>,
    /// The body surfaces that can occur: in steps, where they are rounded, and the one at which they are cut.
    pub(super) surface: crate::regimen::completeness::Grid,
    /// The cohorts of the file.
    pub(super) cohorts: &'a [String],
}

/// Where a drug's name stands, for messages about it.
pub(super) fn place_of(def: &Table<DrugDef>) -> Range<usize> {
    let named = def.id.as_ref().or(def.name.as_ref());
    named.map_or_else(|| def.span.clone(), |at| at.span.clone())
}

/// The id of the drug that `at` names by id or name.
pub(super) fn refer(resolver: &mut Resolver, at: &At<String>, drugs: &[Table<DrugDef>]) -> Option<String> {
    let ids: Vec<String> = drugs.iter().map(|def| drug_id(def)).collect();
    if ids.contains(&at.value) {
        return Some(at.value.clone());
    }
    let named = drugs.iter().filter(|def| def.name.as_ref().is_some_and(|name| name.value == at.value));
    match named.map(|def| drug_id(def)).collect::<Vec<_>>().as_slice() {
        [one] => Some(one.clone()),
        [] => {
            let names: Vec<&str> = ids.iter().map(String::as_str).collect();
            no_drug(resolver, at, &shown(&at.value), &names);
            None
        }
        many => {
            let text = format!("\"{}\" is the name of {} drugs here", shown(&at.value), many.len());
            resolver.block(codes::REFERENCE, &at.span, text, &format!("write the id: {}", many.join(" or ")));
            None
        }
    }
}

/// Tells that no drug is called so.
pub(super) fn no_drug(resolver: &mut Resolver, at: &At<String>, shown: &str, names: &[&str]) {
    if resolver.was_lost(&["drug", "id", "name"]) {
        return;
    }
    let help = match crate::format::parse::nearest(&at.value, names) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => super::resolver::listed(names),
    };
    resolver.block(codes::REFERENCE, &at.span, format!("no drug here is called \"{shown}\""), &help);
}
