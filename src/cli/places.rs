//! Where regimens are looked for, and what an export carries beside the plan.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::PathBuf;

use crate::calendar::Site;
use crate::clock;
use crate::export;
use crate::failure::Failure;
use crate::library::{Library, LibraryError};
use crate::settings::Settings;

use super::site;

/// Where regimens are looked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Places {
    /// A folder of regimens beside those shipped (may be repeated)
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// The site file: closed days, and values that regimens leave to the site
    #[arg(long, value_name = "FILE")]
    site_file: Option<PathBuf>,
}

impl Places {
    /// The site: closed days and values.
    pub fn site(&self) -> Result<Site, Failure> {
        site::site(self.site_file.as_ref())
    }

    /// The library: shipped, the user's folder, the folders named.
    pub fn library(&self, site: &Site) -> Result<Library, Failure> {
        for folder in &self.library {
            if !folder.is_dir() {
                let text = format!("--library: {} is no folder", folder.display());
                return Err(Failure::unreadable(text).hint("name a folder that holds .toml files"));
            }
        }
        let user = Settings::read().config.map(|config| config.join("regimens"));
        Ok(Library::new(user, self.library.clone(), site.clone()))
    }
}

/// What an export carries beside the plan.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ExportArgs {
    /// Study code, for titles and identities
    #[arg(long, value_name = "CODE")]
    study: Option<String>,
    /// Subject code, such as S-014; never a name
    #[arg(long, value_name = "CODE")]
    subject: Option<String>,
    /// Random UUID of the study, for identities in calendars and bundles
    #[arg(long, value_name = "UUID")]
    namespace: Option<String>,
    /// The file exported before, for formats that carry updates
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Write drug names into calendar titles
    #[arg(long)]
    show_drugs: bool,
    /// Begin CSV files with a byte-order mark, for spreadsheet programs
    #[arg(long)]
    excel: bool,
    /// Letter paper instead of A4
    #[arg(long)]
    letter: bool,
    /// When it was made, as 2026-12-07T09:30:00Z, so that the same plan gives the same bytes; now when left out
    #[arg(long, value_name = "TIME", value_parser = time)]
    generated_at: Option<String>,
    /// NONMEM: the number of the subject in the column ID
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    id: Option<u32>,
    /// NONMEM: where the regimen says a range or a fastest rate, the shortest time instead of RATE -2
    #[arg(long)]
    shortest_infusion: bool,
    /// REDCap: the unique name of the event that doses are filed under, such as `visit_1_arm_1`
    #[arg(long, value_name = "EVENT")]
    redcap_event: Option<String>,
    /// Print-outs: only this cycle
    #[arg(long, value_name = "N")]
    only_cycle: Option<u32>,
    /// Print-outs: the site's name
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
    /// Print-outs: whom to call, such as "Study nurse=01234 5678" (may be repeated)
    #[arg(long, value_name = "WHO=NUMBER", value_parser = contact)]
    contact: Vec<(String, String)>,
    /// Print-outs: what the subject brings along (may be repeated)
    #[arg(long, value_name = "ITEM")]
    bring: Vec<String>,
}

impl ExportArgs {
    /// The options of an exporter.
    pub fn options(&self, working: bool, each: bool) -> Result<export::Options, Failure> {
        let previous = match &self.previous {
            Some(path) => Some(
                std::fs::read(path)
                    .map_err(|error| Failure::unreadable(format!("--previous: {}: {error}", path.display())))?,
            ),
            None => None,
        };
        if let Some(finding) = self.subject.as_deref().and_then(crate::decide::code::code) {
            return Err(Failure::blocked(vec![finding]));
        }
        Ok(export::Options {
            generated: self.generated_at.clone().unwrap_or_else(clock::now),
            study: self.study.clone(),
            subject: self.subject.clone(),
            show_drugs: self.show_drugs,
            excel: self.excel,
            letter: self.letter,
            namespace: self.namespace.clone(),
            previous,
            working,
            width: terminal_width(),
            each,
            id: self.id,
            shortest_infusion: self.shortest_infusion,
            redcap_event: self.redcap_event.clone(),
            print: self.print(),
        })
    }
}

impl ExportArgs {
    fn print(&self) -> export::Print {
        export::Print {
            cycle: self.only_cycle,
            verification: None,
            site: self.site.clone(),
            contacts: self.contact.clone(),
            bring: self.bring.clone(),
        }
    }
}

fn time(text: &str) -> Result<String, Failure> {
    clock::parse(text).ok_or_else(|| {
        let failure = Failure::unreadable(format!("--generated-at: \"{text}\" is no time"));
        failure.hint("write it as 2026-12-07T09:30:00Z")
    })
}

fn contact(text: &str) -> Result<(String, String), Failure> {
    let (who, number) = text
        .split_once('=')
        .ok_or_else(|| Failure::unreadable(format!("--contact: \"{text}\" has no =")).hint("write who=number"))?;
    Ok((who.trim().to_owned(), number.trim().to_owned()))
}

fn terminal_width() -> Option<usize> {
    Settings::read().width
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        let hints: Vec<String> = match &error {
            LibraryError::NotFound { near, .. } if near.is_empty() => {
                vec!["`posology regimen list` shows what there is; a file is named by its path".to_owned()]
            }
            LibraryError::NotFound { near, .. } => vec![format!("did you mean {}?", near.join(", "))],
            LibraryError::Shadowed { .. } => vec!["rename one of the two, or name the file by its path".to_owned()],
            LibraryError::Unreadable { .. } => Vec::new(),
        };
        hints.into_iter().fold(Failure::unreadable(error.to_string()), Failure::hint)
    }
}
