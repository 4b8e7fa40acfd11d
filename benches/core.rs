//! Reading and resolving one regimen, planning one subject, every formula; each beside the least work
//! that could be done instead. Ratios within one run count, not the times.

#![allow(clippy::disallowed_methods, reason = "a measurement, not the program")]
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use posology::calendar::{self, Site};
use posology::checker;
use posology::course::Course;
use posology::format::Definition;
use posology::formula::{CATALOGUE, Inputs};
use posology::plan::{self, Options};
use posology::quantity::{Age, Bsa, Creatinine, Decimal, Gfr, Height, Sex, Weight};
use posology::subject::Subject;
use posology::{present, verify};

const TEXT: &str = include_str!("../regimens/npc-liposomal-irinotecan-nituzumab.toml");

fn reading(c: &mut Criterion) {
    let site = Site::default();
    let mut group = c.benchmark_group("regimen");
    group.bench_function("bare toml + serde", |b| b.iter(|| toml::from_str::<Definition>(black_box(TEXT)).unwrap()));
    group.bench_function("read, resolve, every rule", |b| {
        b.iter(|| checker::check(black_box(TEXT.as_bytes()), &site));
    });
    let regimen = checker::check(TEXT.as_bytes(), &site).regimen.unwrap();
    group.bench_function("its examples", |b| b.iter(|| verify::examples(black_box(&regimen), &site)));
    group.finish();
}

/// Checking a library of 5,000 files, each a shipped one, against a bare loop over the same texts.
fn many(c: &mut Criterion) {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/regimens")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let site = Site::default();
    let mut group = c.benchmark_group("5,000 files");
    group.sample_size(10);
    group.bench_function("bare toml + serde", |b| {
        b.iter(|| texts.iter().cycle().take(5_000).filter(|text| toml::from_str::<Definition>(text).is_ok()).count());
    });
    group.bench_function("read, resolve, every rule", |b| {
        let sound = |text: &&String| checker::check(text.as_bytes(), &site).regimen.is_some();
        b.iter(|| texts.iter().cycle().take(5_000).filter(sound).count());
    });
    group.finish();
}

fn planning(c: &mut Criterion) {
    let site = Site::default();
    let regimen = checker::check(TEXT.as_bytes(), &site).regimen.unwrap();
    let subject = Subject {
        height: Some(Height::read("170").unwrap()),
        weight: Some(Weight::read("65").unwrap()),
        ..Subject::default()
    };
    let course = Course::new(calendar::read("2026-12-07").unwrap(), subject);
    let mut group = c.benchmark_group("plan");
    group.bench_function("one subject, sixteen administrations", |b| {
        b.iter(|| plan::plan(black_box(&regimen), black_box(&course), &site, Options::default()).unwrap());
    });
    let plan = plan::plan(&regimen, &course, &site, Options::default()).unwrap();
    group.bench_function("its rows", |b| b.iter(|| present::schedule(&regimen, &course, black_box(&plan))));
    group.finish();
}

fn formulas(c: &mut Criterion) {
    let inputs = Inputs {
        height: Some(Height::read("170").unwrap()),
        weight: Some(Weight::read("65").unwrap()),
        sex: Some(Sex::Female),
        age: Some(Age::new(Decimal::from(46))),
        creatinine: Some(Creatinine::read("0.8 mg/dL").unwrap()),
        bsa: Some(Bsa::new(Decimal::new(175, 2))),
        factor: Some(Decimal::new(4, 1)),
        gfr: Some(Gfr::Absolute(Decimal::from(85))),
        target_auc: Some(Decimal::from(5)),
        ..Inputs::default()
    };
    c.bench_function("all formulas", |b| {
        b.iter(|| CATALOGUE.iter().filter_map(|entry| (entry.compute)(black_box(&inputs)).ok()).count());
    });
}

criterion_group!(benches, reading, many, planning, formulas);
criterion_main!(benches);
