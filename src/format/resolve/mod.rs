//! From [`Definition`] to [`Regimen`]: every missing, unreadable or contradictory value is told; a regimen
//! comes out only when nothing blocks. Nothing clinical has a default.
//!
//! A table is read whole before its parts are put together, so that one run tells everything.

mod around;
mod axes;
mod body;
mod cycle;
mod days;
mod desk;
mod dose;
mod dosing;
mod drug;
mod example;
mod ladder;
mod phase;
mod rounding;
mod rule;
mod scope;
mod source;
mod table;
mod timing;
mod total;
mod trial;
mod volume;
mod words;

use std::collections::BTreeSet;

use crate::calendar::{Date, Site};
use crate::finding::{Finding, blocks};
use crate::quantity::number::shown;

use crate::format::codes;
use crate::format::definition::{At, Definition, RegimenDef, Table};
use crate::regimen::{Regimen, Said, Setting, Stated};
use desk::{Desk, Place, UNKNOWN, text, texts};
pub(crate) use scope::{drug_id, kebab};
pub use words::{Vocabulary, vocabularies};

/// The version of the format this program reads.
const FORMAT: i64 = 1;

/// Makes a regimen of a definition, and tells everything that stands in its way. `site` supplies the values
/// that the file leaves to it.
pub fn resolve(definition: &Definition, sha256: &str, site: &Site) -> (Option<Regimen>, Vec<Finding>) {
    let mut desk = Desk::new(&definition.pruned, site);
    let regimen = whole(&mut desk, definition, sha256);
    let findings = desk.findings;
    (regimen.filter(|_| !blocks(&findings)), findings)
}

fn whole(desk: &mut Desk, definition: &Definition, sha256: &str) -> Option<Regimen> {
    let file = Place::new("the file", &(0..0), "file");
    format(desk, &file, definition.format.as_ref());
    let mut book = source::Book::new(desk, definition);
    let phases = phase::phases(desk, &mut book, definition, &file);
    let body = body::body(desk, &mut book, definition, &file);
    let eligibility = around::eligibility(desk, &mut book, definition.eligibility.as_ref());
    let assessments = desk.each(&definition.assessment, |desk, def| around::assessment(desk, &mut book, def));
    let criteria = desk.each(&definition.criterion, |desk, def| around::criterion(desk, &mut book, def));
    let rules = rule::rules(desk, &mut book, definition);
    let cohorts = trial::cohorts(desk, definition);
    let lifetimes = trial::lifetimes(desk, &mut book, definition);
    let drugs = phase::names(definition);
    let examples = example::examples(desk, definition, &drugs);
    let sources = book.finish(desk);
    let head = desk.need(&file, "[regimen]", definition.regimen.as_ref(), "[regimen]");
    let head = head.and_then(|def| head_of(desk, def));
    Some(Regimen {
        body: body?,
        eligibility: eligibility?,
        phases: phases?,
        assessments: assessments?,
        criteria: criteria?,
        rules: rules?,
        cohorts: cohorts?,
        lifetimes: lifetimes?,
        sources: sources?,
        examples: examples?,
        sha256: sha256.to_owned(),
        own: None,
        ..head?
    })
}

fn format(desk: &mut Desk, file: &Place, format: Option<&At<i64>>) {
    match desk.need(file, "format", format, "format = 1") {
        Some(at) if at.value != FORMAT => {
            let text = format!("this program reads format {FORMAT}, and the file says {}", at.value);
            desk.block(codes::FORMAT, &at.span, text, "write format = 1, or use a newer program");
        }
        _ => {}
    }
}

const STATUS: &[(&str, Said)] =
    &[("draft", Said::Draft), ("reviewed", Said::Reviewed), ("approved", Said::Approved), ("retired", Said::Retired)];

const SETTING: &[(&str, Setting)] = &[("trial", Setting::Trial), ("practice", Setting::Practice)];

/// The `[regimen]` table, in a regimen that is otherwise empty.
fn head_of(desk: &mut Desk, def: &Table<RegimenDef>) -> Option<Regimen> {
    let place = Place::new("[regimen]", &def.span, "regimen");
    let id = desk.need(&place, "id", def.id.as_ref(), "id = \"short-name\"").and_then(|at| short_name(desk, at));
    let name = desk.words(&place, "name", def.name.as_ref(), "name = \"the name people use\"");
    let version = desk.words(&place, "version", def.version.as_ref(), "version = \"1\"");
    let said = desk.need(&place, "status", def.status.as_ref(), "status = \"draft\"");
    let said = said.and_then(|at| desk.word(at, "status", STATUS));
    let setting = desk.need(&place, "setting", def.setting.as_ref(), "setting = \"trial\"");
    let setting = setting.and_then(|at| desk.word(at, "setting", SETTING));
    let indication = desk.words(&place, "indication", def.indication.as_ref(), "indication = \"what it treats\"");
    let amended = desk.optional(def.amended.as_ref(), |desk, at| example::date(desk, at));
    Some(Regimen {
        id: id?,
        name: name?,
        version: version?,
        said: said?,
        status: said?.alone(),
        setting: setting?,
        indication: indication?,
        also: texts(def.also.as_ref()),
        trial: def.trial.as_ref().map(stated),
        protocol: text(def.protocol.as_ref()),
        protocol_version: text(def.protocol_version.as_ref()),
        amended: amended?.map(|date: Date| date),
        note: text(def.note.as_ref()),
        body: None,
        eligibility: crate::regimen::Eligibility::default(),
        phases: Vec::new(),
        assessments: Vec::new(),
        criteria: Vec::new(),
        rules: Vec::new(),
        cohorts: Vec::new(),
        lifetimes: Vec::new(),
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
fn short_name(desk: &mut Desk, at: &At<String>) -> Option<String> {
    let right = kebab(&at.value);
    if right == at.value && !right.is_empty() {
        return Some(right);
    }
    let help = if right.is_empty() {
        "write lower-case letters, digits and hyphens".to_owned()
    } else {
        format!("write \"{right}\"")
    };
    let told = format!("\"{}\" is no short name: lower-case letters, digits and hyphens", shown(&at.value));
    desk.block(codes::WORD, &at.span, told, &help);
    None
}

/// Tells names that stand twice.
fn unique<'a>(desk: &mut Desk, what: &str, names: impl Iterator<Item = (&'a str, std::ops::Range<usize>)>) {
    let mut seen = BTreeSet::new();
    for (name, span) in names {
        if !seen.insert(name) && !name.is_empty() {
            let text = format!("two {what} are called \"{}\"", shown(name));
            desk.block(codes::SAME_NAME, &span, text, "give each an id of its own");
        }
    }
}
