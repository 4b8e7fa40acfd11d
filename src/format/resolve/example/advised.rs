//! `found`, `advise` and `then` of an example: what the modification tables must say.

use std::collections::BTreeMap;

use crate::format::codes;
use crate::format::definition::{At, Definition, ExampleDef, FoundDef, Table};
use crate::quantity::{Decimal, Measured};
use crate::regimen::{Action, ExampleAdvice, Found};

use super::super::resolver::{Resolver, TablePath, texts};
use super::super::rule::{NTH, action, grade, ids};

type Texts = At<BTreeMap<String, At<String>>>;
type Actions = At<BTreeMap<At<String>, At<String>>>;

pub(super) fn read(
    resolver: &mut Resolver,
    place: &TablePath,
    file: &Definition,
    def: &Table<ExampleDef>,
) -> Option<ExampleAdvice> {
    let found = resolver.need(place, "found", def.found.as_ref(), "found = { grade = { diarrhoea = \"grade 3\" } }");
    let found = found.and_then(|def| self::found(resolver, def));
    let now = resolver.need(place, "advise", def.advise.as_ref(), "advise = { irinotecan = \"hold\" }");
    let now = now.and_then(|at| actions(resolver, file, at));
    let then = resolver.optional(def.then.as_ref(), |resolver, at| actions(resolver, file, at));
    Some(ExampleAdvice { found: found?, now: now?, then: then? })
}

fn found(resolver: &mut Resolver, def: &Table<FoundDef>) -> Option<Found> {
    let mut measured = |list: Option<&Texts>| named(list, |at| resolver.read(at, Measured::read));
    let (tests, limits) = (measured(def.test.as_ref()), measured(def.uln.as_ref()));
    let grades = named(def.grade.as_ref(), |at| {
        let grade = grade(resolver, at)?;
        (0..=5_u32).find(|whole| Decimal::from(*whole) == grade)
    });
    let occurrences = named(def.occurrence.as_ref(), |at| resolver.word(at, "occurrence", NTH));
    let day = resolver.optional(def.day.as_ref(), |resolver, at| resolver.number(at, "day", -90, 3_660));
    let found = Found {
        tests: tests?,
        limits: limits?,
        grades: grades?,
        occurrences: occurrences?,
        events: texts(def.event.as_ref()),
        absent: texts(def.without.as_ref()),
        day: day?,
    };
    if found.tests.is_empty() && found.grades.is_empty() && found.events.is_empty() && !resolver.anything_pruned() {
        let text = "nothing was found, so that no table says anything";
        resolver.block(codes::MISSING, &def.span, text, "write test = …, grade = … or event = …");
        return None;
    }
    Some(found)
}

/// Every entry of a list, read; `None` where one of them cannot be.
fn named<T>(list: Option<&Texts>, mut read: impl FnMut(&At<String>) -> Option<T>) -> Option<Vec<(String, T)>> {
    let entries: Vec<_> = list.into_iter().flat_map(|list| &list.value).collect();
    let read: Vec<Option<(String, T)>> =
        entries.into_iter().map(|(name, at)| read(at).map(|value| (name.clone(), value))).collect();
    read.into_iter().collect()
}

fn actions(resolver: &mut Resolver, file: &Definition, list: &Actions) -> Option<Vec<(String, Action)>> {
    let entries: Vec<(&At<String>, &At<String>)> = list.value.iter().collect();
    let each = resolver.each(&entries, |resolver, (drug, at)| {
        let (ids, action) = (ids(resolver, file, drug), action(resolver, at));
        let action = action?;
        Some(ids?.into_iter().map(|id| (id, action)).collect::<Vec<_>>())
    })?;
    Some(each.into_iter().flatten().collect())
}
