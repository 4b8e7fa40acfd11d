//! The study that the settings name, so that nobody types it twice.
//!
//! ```toml
//! [study]
//! file = "/home/me/studies/tr-01.toml"
//! site = "Clinic of the North"
//! ```

#![allow(clippy::disallowed_methods, reason = "reads the settings file")]

use std::path::PathBuf;

use serde::Deserialize;

use crate::failure::Failure;
use crate::library::study::{StudyError, Usual, choose};
use crate::settings::Settings;
use crate::study::Chosen;
use crate::writing::toml_fault;

use super::diagnostic;

/// The part of the settings file that names the study; other tables belong to others.
#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    study: Option<Table>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    file: Option<PathBuf>,
    site: Option<String>,
}

/// The table as `posology config` prints it.
pub(super) const DEFAULTS: &str = "# The study you work on and your site of it, so that neither is typed: take the # away.\n\
    # [study]\n# file = \"/path/to/the/study.toml\"\n# site = \"the site's name, where the study has several\"\n";

/// What the settings say.
pub(super) fn usual() -> Result<Usual, Failure> {
    let Some(path) = Settings::read().config.map(|folder| folder.join("settings.toml")) else {
        return Ok(Usual::default());
    };
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(Usual::default()) };
    let file: File = toml::from_str(&text).map_err(|error| {
        let text = format!("the settings file {}: {}", path.display(), toml_fault(&text, &error));
        Failure::unreadable(text).hint("`posology config` prints every setting")
    })?;
    let table = file.study.unwrap_or_default();
    // A relative path is meant from the folder of the settings.
    let file = table.file.map(|file| path.parent().map_or_else(|| file.clone(), |folder| folder.join(&file)));
    Ok(Usual { file, site: table.site })
}

/// The study and its site: typed, or as the settings name them.
pub(super) fn chosen(study: Option<&str>, site: Option<&str>) -> Result<Chosen, Failure> {
    choose(study, site, &usual()?).map_err(Failure::from)
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        match error {
            StudyError::Unreadable(error) => error.into(),
            StudyError::Unusable { path, text, findings } => {
                let name = path.display().to_string();
                let rendered = diagnostic::render(&name, &text, &findings, false);
                let failure = Failure::unreadable(format!("{name} is not used while anything in it blocks"));
                Failure { code: "study-blocked", ..failure.laid_out(&rendered) }
            }
            StudyError::NoCode { .. } => Failure::usage(error.to_string())
                .hint("a file has a / in it or ends in .toml; a code is such as TR-01 or NCT04548271"),
            StudyError::NoSite { .. } => Failure::unreadable(error.to_string()).hint("name one of them with --site"),
            StudyError::WhichSite { .. } => {
                let failure = Failure::missing(error.to_string());
                failure.hint("name it with --site, or once for all as site = \"…\" under [study] in the settings")
            }
        }
    }
}
