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
//! ```

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::calendar::{Closures, Site};
use crate::failure::Failure;
use crate::finding::in_full;
use crate::library;
use crate::settings::Settings;
use crate::study::{self, Chosen, ClosuresDef};
use crate::writing::{hidden, toml_fault};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    closures: Option<ClosuresDef>,
    #[serde(default)]
    values: BTreeMap<String, String>,
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
    Ok(site)
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
    let (closures, findings) = file.closures.as_ref().map_or((Closures::weekends(), Vec::new()), study::closures);
    if let Some(finding) = findings.first() {
        return Err(wrong(in_full(&finding.text, finding.wanted())));
    }
    Ok(Site { closures, values: file.values })
}
