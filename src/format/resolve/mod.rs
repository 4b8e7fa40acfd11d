//! From [`Definition`] to [`Regimen`]: every missing, unreadable or contradictory value is told; a regimen
//! comes out only when nothing blocks. Nothing clinical has a default.
//!
//! A table is read whole before its parts are put together, so that one run tells everything.

mod assessment;
mod body;
mod cycle;
mod days;
mod dilution;
mod divided;
mod dose;
mod dosing;
mod drug;
mod eligibility;
mod example;
mod ladder;
mod outside;
mod phase;
mod resolver;
mod rounding;
mod rule;
mod scope;
mod source;
mod supportive;
mod table;
mod table_axes;
mod timing;
mod total;
mod trial;
mod vocabulary;

use std::collections::BTreeSet;

use crate::calendar::{Date, Site};
use crate::finding::{Finding, blocks};
use crate::quantity::number::shown;

use crate::format::codes;
use crate::format::definition::{At, Definition, RegimenDef, Table};
use crate::regimen::{CycleWord, Regimen, Said, Setting, Stated};
use resolver::{Resolver, TablePath, UNKNOWN, text, texts};
pub(crate) use scope::{drug_id, kebab};
pub use vocabulary::{Vocabulary, vocabularies};

/// The version of the format this program reads.
const FORMAT: i64 = 1;

/// Makes a regimen of a definition, and tells everything that stands in its way. `site` supplies the values
/// that the file leaves to it.
pub fn resolve(definition: &Definition, sha256: &str, site: &Site) -> (Option<Regimen>, Vec<Finding>) {
    let mut resolver = Resolver::new(&definition.pruned, site);
    let regimen = whole(&mut resolver, definition, sha256);
    let findings = resolver.findings;
    (regimen.filter(|_| !blocks(&findings)), findings)
}

fn whole(resolver: &mut Resolver, definition: &Definition, sha256: &str) -> Option<Regimen> {
    let file = TablePath::new("the file", &(0..0), "file");
    format(resolver, &file, definition.format.as_ref());
    let mut book = source::Book::new(resolver, definition);
    defaults(resolver, &mut book, definition);
    let naming = cycle::naming(resolver, definition.regimen.as_ref());
    let phases = phase::phases(resolver, &mut book, definition, &file, naming.unwrap_or_default());
    let body = body::body(resolver, &mut book, definition, &file);
    let eligibility = eligibility::eligibility(resolver, &mut book, definition.eligibility.as_ref());
    let assessments =
        resolver.each(&definition.assessment, |resolver, def| assessment::assessment(resolver, &mut book, def));
    let criteria =
        resolver.each(&definition.criterion, |resolver, def| eligibility::criterion(resolver, &mut book, def));
    let rules = rule::rules(resolver, &mut book, definition);
    outside::days(resolver, definition, phases.as_deref().unwrap_or_default());
    let cohorts = trial::cohorts(resolver, definition);
    let lifetimes = trial::lifetimes(resolver, &mut book, definition);
    let drugs = phase::names(definition);
    let examples = example::examples(resolver, definition, &drugs);
    let supportive_care = supportive::supportive(resolver, &mut book, definition.regimen.as_ref());
    let checked = supportive::checked(resolver, &mut book, definition);
    let sources = book.finish(resolver);
    let head = resolver.need(&file, "[regimen]", definition.regimen.as_ref(), "[regimen]");
    let head = head.and_then(|def| head_of(resolver, def));
    Some(Regimen {
        body: body?,
        eligibility: eligibility?,
        phases: phases?,
        assessments: assessments?,
        criteria: criteria?,
        rules: rules?,
        cohorts: cohorts?,
        lifetimes: lifetimes?,
        supportive_care: supportive_care?,
        checked: checked?,
        cycle_word: naming?.word,
        cycles_from: naming?.first,
        sources: sources?,
        examples: examples?,
        sha256: sha256.to_owned(),
        own: None,
        ..head?
    })
}

/// What is said once for all: each table that took it over is read by itself, so only its sources are looked at here.
fn defaults(resolver: &mut Resolver, book: &mut source::Book, definition: &Definition) {
    let Some(def) = &definition.defaults else { return };
    let place = TablePath::new("[defaults]", &def.span, "defaults");
    book.table(resolver, &place, &def.value, def.source.as_ref(), def.conflict.as_ref());
}

fn format(resolver: &mut Resolver, file: &TablePath, format: Option<&At<i64>>) {
    match resolver.need(file, "format", format, "format = 1") {
        Some(at) if at.value != FORMAT => {
            let text = format!("this program reads format {FORMAT}, and the file says {}", at.value);
            resolver.block(codes::FORMAT, &at.span, text, "write format = 1, or use a newer program");
        }
        _ => {}
    }
}

const STATUS: &[(&str, Said)] =
    &[("draft", Said::Draft), ("reviewed", Said::Reviewed), ("approved", Said::Approved), ("retired", Said::Retired)];

const SETTING: &[(&str, Setting)] = &[("trial", Setting::Trial), ("practice", Setting::Practice)];

/// The `[regimen]` table, in a regimen that is otherwise empty.
fn head_of(resolver: &mut Resolver, def: &Table<RegimenDef>) -> Option<Regimen> {
    let place = TablePath::new("[regimen]", &def.span, "regimen");
    let id =
        resolver.need(&place, "id", def.id.as_ref(), "id = \"short-name\"").and_then(|at| short_name(resolver, at));
    let name = resolver.words(&place, "name", def.name.as_ref(), "name = \"the name people use\"");
    let version = resolver.words(&place, "version", def.version.as_ref(), "version = \"1\"");
    let said = resolver.need(&place, "status", def.status.as_ref(), "status = \"draft\"");
    let said = said.and_then(|at| resolver.word(at, "status", STATUS));
    let setting = resolver.need(&place, "setting", def.setting.as_ref(), "setting = \"trial\"");
    let setting = setting.and_then(|at| resolver.word(at, "setting", SETTING));
    let indication = resolver.words(&place, "indication", def.indication.as_ref(), "indication = \"what it treats\"");
    let amended = resolver.optional(def.amended.as_ref(), |resolver, at| example::date(resolver, at));
    Some(Regimen {
        id: id?,
        name: name?,
        version: version?,
        said: said?,
        status: said?.alone(),
        setting: setting?,
        indication: indication?,
        author: text(def.author.as_ref()),
        also: texts(def.also.as_ref()),
        trial: def.trial.as_ref().map(stated),
        protocol: text(def.protocol.as_ref()),
        protocol_version: text(def.protocol_version.as_ref()),
        amended: amended?.map(|date: Date| date),
        supportive_care: None,
        note: text(def.note.as_ref()),
        cycle_word: CycleWord::default(),
        cycles_from: 1,
        body: None,
        eligibility: crate::regimen::Eligibility::default(),
        phases: Vec::new(),
        assessments: Vec::new(),
        criteria: Vec::new(),
        rules: Vec::new(),
        cohorts: Vec::new(),
        lifetimes: Vec::new(),
        checked: Vec::new(),
        sources: Vec::new(),
        examples: Vec::new(),
        sha256: String::new(),
        own: None,
    })
}

/// A text, or the word that says no source gives it.
fn stated(at: &At<String>) -> Stated<String> {
    if at.value == UNKNOWN { Stated::Unknown } else { Stated::Is(at.value.clone()) }
}

/// A short name in kebab-case.
fn short_name(resolver: &mut Resolver, at: &At<String>) -> Option<String> {
    let right = kebab(&at.value);
    if right == at.value && !right.is_empty() {
        return Some(right);
    }
    let help = if right.is_empty() {
        "write lower-case letters, digits and hyphens".to_owned()
    } else {
        format!("write \"{right}\"")
    };
    let told = format!("\"{}\" is not a short name: lower-case letters, digits and hyphens", shown(&at.value));
    resolver.block(codes::WORD, &at.span, told, &help);
    None
}

/// Tells names that stand twice.
fn unique<'a>(resolver: &mut Resolver, what: &str, names: impl Iterator<Item = (&'a str, std::ops::Range<usize>)>) {
    let mut seen = BTreeSet::new();
    for (name, span) in names {
        if !seen.insert(name) && !name.is_empty() {
            let text = format!("two {what} are called \"{}\"", shown(name));
            resolver.block(codes::SAME_NAME, &span, text, "give each an id of its own");
        }
    }
}
