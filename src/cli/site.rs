//! The site file: closed days, and the site's word for every value that a regimen leaves to it.
//!
//! ```toml
//! [closures]
//! weekdays = ["saturday", "sunday"]
//! [closures.days]
//! 2026-12-25 = "Christmas Day"
//!
//! [values]
//! "body.bsa" = "mosteller"
//! ```

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::calendar::{self, Closures, Site};
use crate::failure::Failure;
use crate::library;
use crate::settings::Settings;
use crate::writing::{hidden, toml_fault};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    closures: Option<ClosuresFile>,
    #[serde(default)]
    values: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosuresFile {
    weekdays: Vec<String>,
    #[serde(default)]
    days: BTreeMap<String, String>,
}

impl File {
    /// Every text that is shown somewhere.
    fn texts(&self) -> impl Iterator<Item = &String> {
        let days = self.closures.iter().flat_map(|closures| closures.days.values());
        days.chain(self.values.iter().flat_map(|(key, value)| [key, value]))
    }
}

/// The site of a run: the file named, else `site.toml` in the user's folder, else closed weekends and
/// no values.
pub fn site(named: Option<&PathBuf>) -> Result<Site, Failure> {
    let usual = || Settings::read().config.map(|config| config.join("site.toml")).filter(|path| path.is_file());
    match named.cloned().or_else(usual) {
        Some(path) => read(&path),
        None => Ok(Site { closures: Closures::weekends(), ..Site::default() }),
    }
}

fn read(path: &Path) -> Result<Site, Failure> {
    let wrong = |why: String| Failure::unreadable(format!("the site file {}: {why}", path.display()));
    let bytes = library::read(path)?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("is no UTF-8 text".to_owned()))?;
    let file: File = toml::from_str(&text).map_err(|error| wrong(toml_fault(&text, &error)))?;
    for said in file.texts() {
        if let Some(found) = hidden(said) {
            return Err(wrong(format!("\"{said}\" holds {found}, which nobody can see")));
        }
    }
    let mut closures = Closures::weekends();
    if let Some(given) = file.closures {
        closures.weekdays.clear();
        for name in &given.weekdays {
            let day = calendar::read_weekday(name)
                .ok_or_else(|| wrong(format!("\"{name}\" is no weekday; write such as \"saturday\"")))?;
            closures.weekdays.push(day);
        }
        for (date, name) in given.days {
            let day = calendar::read(&date).map_err(|error| wrong(error.to_string()))?;
            closures.days.insert(day, name);
        }
    }
    Ok(Site { closures, values: file.values })
}
