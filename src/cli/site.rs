//! The site of a run: closed and opened days, and the site's word for every value that a regimen leaves to it. They come
//! from the site file that was named, from the site of the study, or from `site.toml` in the user's folder.
//!
//! ```toml
//! [closures]
//! weekdays = ["saturday", "sunday"]
//! [closures.days]
//! 2026-12-25 = "Christmas Day"
//! [closures.opened]
//! 2027-02-06 = "working Saturday"
//!
//! [values]
//! "body.bsa" = "mosteller"
//!
//! [tablets]
//! capecitabine = ["500 mg"]
//!
//! [grades]
//! bmi-range = "confirm"
//! ```

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::calendar::{Closures, Site};
use crate::failure::Failure;
use crate::finding::{Code, Finding, Grades, in_full};
use crate::format::definition::At;
use crate::format::nearest;
use crate::library;
use crate::quantity::number::shown;
use crate::settings::Settings;
use crate::study::{self, Chosen, ClosuresDef, Study, facts};
use crate::writing::{hidden, toml_fault};

use super::codes;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    closures: Option<ClosuresDef>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    tablets: BTreeMap<String, At<Vec<At<String>>>>,
    #[serde(default)]
    grades: BTreeMap<String, At<String>>,
}

impl File {
    /// Every text that is shown somewhere.
    fn texts(&self) -> impl Iterator<Item = &String> {
        let closures = self.closures.iter();
        let days = closures.flat_map(|closures| closures.days.values().chain(closures.opened.values()));
        days.map(|name| &name.value).chain(self.values.iter().flat_map(|(key, value)| [key, value]))
    }
}

/// The site of a run. What was typed goes before the study, and the study before the user's folder; closed weekends and
/// no values where nothing is said.
pub fn site(named: Option<&PathBuf>, chosen: &Chosen) -> Result<Site, Failure> {
    let of_study = chosen.site();
    let usual = || Settings::read().config.map(|config| config.join("site.toml")).filter(|path| path.is_file());
    let mut site = match named.cloned().or_else(|| usual().filter(|_| of_study.is_none())) {
        Some(path) => read(&path)?,
        None => Site::unknown(),
    };
    if let Some(of_study) = of_study {
        if let Some(closures) = of_study.closures.as_ref().filter(|_| named.is_none()) {
            site.closures = closures.clone();
        }
        for (key, value) in &of_study.values {
            site.values.entry(key.clone()).or_insert_with(|| value.clone());
        }
    }
    let of_whole = chosen.study.as_ref().map(|study| (&study.tablets, &study.grades));
    if let Some((tablets, grades)) = of_study.map(|site| (&site.tablets, &site.grades)).or(of_whole) {
        for (drug, strengths) in tablets {
            site.tablets.entry(drug.clone()).or_insert_with(|| strengths.clone());
        }
        site.grades.and(grades);
    }
    match raised(&site.grades) {
        Some(finding) => Err(Failure::unreadable(in_full(&finding.text, finding.wanted()))),
        None => Ok(site),
    }
}

/// A grade that a study or a site of it raises of a code that no message bears.
pub(super) fn unknown_code(study: &Study) -> Option<Finding> {
    std::iter::once(&study.grades).chain(study.sites.iter().map(|site| &site.grades)).find_map(raised)
}

/// What is wrong with grades that are raised: a code that no message bears would raise nothing.
fn raised(grades: &Grades) -> Option<Finding> {
    let known: Vec<&str> = codes::all().map(Code::name).collect();
    let (code, _) = grades.rows().find(|(code, _)| !known.contains(code))?;
    let text = format!("a grade is raised of \"{}\", and no message has this code", shown(code));
    let near = nearest(code, &known).map(|near| format!("did you mean \"{near}\"?"));
    let finding = Finding::block(study::codes::STUDY_VALUE, text);
    Some(
        finding
            .help(near.unwrap_or_else(|| "every message shows its code; the list of them is in the help".to_owned())),
    )
}

/// The first of the findings as a failure of the file.
fn sound<T>((read, findings): (T, Vec<Finding>), wrong: impl Fn(String) -> Failure) -> Result<T, Failure> {
    match findings.first() {
        Some(finding) => Err(wrong(in_full(&finding.text, finding.wanted()))),
        None => Ok(read),
    }
}

fn read(path: &Path) -> Result<Site, Failure> {
    let wrong = |why: String| Failure::unreadable(format!("the site file {}: {why}", path.display()));
    let bytes = library::read(path)?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("is not UTF-8 text".to_owned()))?;
    let file: File = toml::from_str(&text).map_err(|error| wrong(toml_fault(&text, &error)))?;
    for said in file.texts() {
        if let Some(found) = hidden(said) {
            return Err(wrong(format!("\"{said}\" holds {found}, which nobody can see")));
        }
    }
    let closures = file.closures.as_ref().map_or((Closures::weekends(), Vec::new()), study::closures);
    Ok(Site {
        closures: sound(closures, wrong)?,
        tablets: sound(facts::tablets(&file.tablets), wrong)?,
        grades: sound(facts::grades(&file.grades, &Grades::default()), wrong)?,
        values: file.values,
    })
}
