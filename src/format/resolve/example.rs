//! `[[example]]`, read but not run.

mod advised;
mod expect;

use std::collections::{BTreeMap, BTreeSet};

use toml::value::Datetime;

use crate::calendar::Date;
use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::{At, Definition, DelayedDef, DrugDef, ExampleDef, SubjectDef, Table};
use crate::quantity::number::shown;
use crate::quantity::{Age, Creatinine, Gfr, Height, Measured, QuantityError, Results, Sex, Weight, number};
use crate::regimen::{Example, ExampleCourse, ExampleDelay};
use crate::subject::Subject;

use super::drug_id;
use super::resolver::{Resolver, TablePath, text};

/// A date without a time.
pub(super) fn date(resolver: &mut Resolver, at: &At<Datetime>) -> Option<Date> {
    let only = at.value.date.filter(|_| at.value.time.is_none() && at.value.offset.is_none());
    let read = only.and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    let read = read.filter(|date| (1900..=2200).contains(&date.year()));
    if read.is_none() {
        let text = format!("{} is not a day", at.value);
        resolver.block(codes::QUANTITY, &at.span, text, "write the date alone, such as 2026-12-07");
    }
    read
}

pub(super) fn examples(resolver: &mut Resolver, file: &Definition, drugs: &BTreeSet<String>) -> Option<Vec<Example>> {
    if file.example.is_empty() {
        if !resolver.already_reported(&(0..0), "example") {
            let text = "the file has no worked example, so nothing shows that it means what its author meant";
            let help = "add an [[example]] with a subject, a start and the doses you worked out by hand";
            resolver.tell(Finding::block(codes::NO_EXAMPLE, text).help(help));
        }
        return None;
    }
    resolver.each(&file.example, |resolver, def| example(resolver, file, def, drugs))
}

fn example(
    resolver: &mut Resolver,
    file: &Definition,
    def: &Table<ExampleDef>,
    drugs: &BTreeSet<String>,
) -> Option<Example> {
    let place = TablePath::new("[[example]]", &def.span, "example");
    let advises = def.found.is_some() || def.advise.is_some();
    let subject = match &def.subject {
        None if advises => Some(Subject::default()),
        def => {
            let line = "subject = { height = \"170 cm\", weight = \"65 kg\" }";
            let subject = resolver.need(&place, "subject", def.as_ref(), line);
            subject.and_then(|def| self::subject(resolver, def))
        }
    };
    let levels = def.subject.as_ref().map_or(Some(BTreeMap::new()), |subject| levels(resolver, subject, file, drugs));
    let planned = !advises || def.start.is_some() || !def.expect.is_empty();
    let course = if planned { course(resolver, &place, file, def, drugs).map(Some) } else { Some(None) };
    let advice = if advises { advised::read(resolver, &place, file, def).map(Some) } else { Some(None) };
    Some(Example {
        note: text(def.note.as_ref()),
        worked_by: text(def.worked_by.as_ref()),
        subject: subject?,
        levels: levels?,
        course: course?,
        advice: advice?,
        span: def.span.clone(),
    })
}

/// The planned part of an example.
fn course(
    resolver: &mut Resolver,
    place: &TablePath,
    file: &Definition,
    def: &Table<ExampleDef>,
    drugs: &BTreeSet<String>,
) -> Option<ExampleCourse> {
    let start =
        resolver.need(place, "start", def.start.as_ref(), "start = 2026-12-07").and_then(|at| date(resolver, at));
    let cycles = resolver.optional(def.cycles.as_ref(), |resolver, at| resolver.count(at, "number of cycles", 1, 999));
    let administrations = resolver.optional(def.administrations.as_ref(), |resolver, at| {
        resolver.count(at, "number of administrations", 0, 9_999)
    });
    if def.expect.is_empty() {
        resolver.missing(place, "expect", "expect = [{ cycle = 1, day = 1, drug = \"…\", dose = \"…\" }]");
    }
    let delayed = resolver.each(&def.delayed, |resolver, def| delay(resolver, file, def));
    let expect = resolver.each(&def.expect, |resolver, row| expect::expect(resolver, row, drugs));
    Some(ExampleCourse {
        start: start?,
        delayed: delayed?,
        cycles: cycles?,
        administrations: administrations?,
        expect: expect?,
    })
}

/// A cycle that begins later; of several phases it says which.
fn delay(resolver: &mut Resolver, file: &Definition, def: &Table<DelayedDef>) -> Option<ExampleDelay> {
    let place = TablePath::new("this delay", &def.span, "delayed");
    let cycle = resolver.need(&place, "cycle", def.cycle.as_ref(), "{ cycle = 2, by = \"7 days\" }");
    let cycle = cycle.and_then(|at| resolver.count(at, "cycle", 0, 999));
    let by = resolver.need(&place, "by", def.by.as_ref(), "{ cycle = 2, by = \"7 days\" }");
    let days = by.and_then(|at| resolver.days(at));
    let phases: Vec<&str> = file.phase.iter().filter_map(|phase| Some(phase.id.as_ref()?.value.as_str())).collect();
    let phase = match &def.phase {
        None if phases.is_empty() => Some(None),
        None => {
            resolver.missing(&place, "phase", "{ phase = \"induction\", cycle = 2, by = \"7 days\" }");
            None
        }
        Some(at) if phases.contains(&at.value.as_str()) => Some(Some(at.value.clone())),
        Some(at) => {
            let text = format!("no phase here is called \"{}\"", shown(&at.value));
            resolver.block(codes::REFERENCE, &at.span, text, &super::resolver::listed(&phases));
            None
        }
    };
    let required = def.required.as_ref().is_some_and(|at| at.value);
    Some(ExampleDelay { phase: phase?, cycle: cycle?, days: days?, required })
}

fn subject(resolver: &mut Resolver, def: &SubjectDef) -> Option<Subject> {
    let height = resolver.optional(def.height.as_ref(), |resolver, at| resolver.read(at, unit_said(Height::read)));
    let weight = resolver.optional(def.weight.as_ref(), |resolver, at| resolver.read(at, unit_said(Weight::read)));
    let sex = resolver.optional(def.sex.as_ref(), |resolver, at| resolver.read(at, Sex::read));
    let age = resolver.optional(def.age.as_ref(), |resolver, at| resolver.read(at, unit_said(Age::read)));
    let creatinine = resolver.optional(def.creatinine.as_ref(), |resolver, at| resolver.read(at, Creatinine::read));
    let gfr = resolver.optional(def.gfr.as_ref(), |resolver, at| resolver.read(at, Gfr::read));
    let tests = tests(resolver, def);
    Some(Subject {
        height: height?,
        weight: weight?,
        sex: sex?,
        age: age?,
        creatinine: creatinine?,
        gfr: gfr?,
        genotype: text(def.genotype.as_ref()),
        tests: tests?,
        cohort: text(def.cohort.as_ref()),
        instead: super::resolver::texts(def.instead.as_ref()),
        ..Subject::default()
    })
}

fn tests(resolver: &mut Resolver, def: &SubjectDef) -> Option<Results> {
    let Some(at) = &def.test else { return Some(Results::default()) };
    let rows: Vec<_> = at.value.iter().collect();
    let read =
        resolver.each(&rows, |resolver, (test, at)| Some(((*test).clone(), resolver.read(at, Measured::read)?)))?;
    let mut results = Results::default();
    for (test, measured) in read {
        if let Err(error) = results.add(test, measured) {
            resolver.block(codes::QUANTITY, &at.span, error.to_string(), "keep the newest figure of a test");
            return None;
        }
    }
    Some(results)
}

/// In a file a number always has its unit, though on a command line it may do without.
fn unit_said<T>(reader: fn(&str) -> Result<T, QuantityError>) -> impl FnOnce(&str) -> Result<T, QuantityError> {
    move |text| match number::parse(text) {
        Ok(_) => Err(QuantityError::new(
            text,
            "has no unit",
            "the unit behind it, such as \"170 cm\", \"65 kg\", \"46 years\"",
        )),
        Err(_) => reader(text),
    }
}

/// The level of each drug that is named, by its id; a name that several have means all of them.
fn levels(
    resolver: &mut Resolver,
    def: &SubjectDef,
    file: &Definition,
    drugs: &BTreeSet<String>,
) -> Option<BTreeMap<String, i32>> {
    let Some(at) = &def.level else { return Some(BTreeMap::new()) };
    let rows: Vec<(&String, &i64)> = at.value.iter().collect();
    let read = resolver.each(&rows, |resolver, (drug, level)| {
        named(resolver, &At { value: (*drug).clone(), span: at.span.clone() }, drugs)?;
        let level = resolver.number(&At { value: **level, span: at.span.clone() }, "dose level", -20, 0)?;
        Some((*drug, level))
    })?;
    let inner = file.phase.iter().flat_map(|phase| &phase.drug);
    let all: Vec<_> = file.drug.iter().chain(inner).collect();
    let called = |word: &str| {
        let named = |drug: &&&Table<DrugDef>| {
            drug_id(drug) == word || drug.name.as_ref().is_some_and(|name| name.value == word)
        };
        all.iter().filter(named).map(|drug| drug_id(drug)).collect::<Vec<_>>()
    };
    Some(read.into_iter().flat_map(|(word, level)| called(word).into_iter().map(move |id| (id, level))).collect())
}

pub(super) fn named(resolver: &mut Resolver, at: &At<String>, drugs: &BTreeSet<String>) -> Option<String> {
    if drugs.contains(&at.value) {
        return Some(at.value.clone());
    }
    let names: Vec<&str> = drugs.iter().map(String::as_str).collect();
    super::scope::no_drug(resolver, at, &shown(&at.value), &names);
    None
}
