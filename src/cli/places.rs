//! Where regimens are looked for, and what an export carries beside the plan.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::ffi::OsString;
use std::path::PathBuf;

use crate::calendar::Site;
use crate::clock;
use crate::export::{self, Replaces};
use crate::failure::Failure;
use crate::library::{Library, LibraryError, read_at_most};
use crate::settings::Settings;
use crate::study::{Chosen, Contact, Jurisdiction, LabelSize};

use super::{site, study_settings};

/// Where regimens are looked for.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Places {
    /// A folder of regimens beside those shipped (may be repeated)
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// The site file: closed and opened days, and values that regimens leave to the site
    #[arg(long, value_name = "FILE")]
    site_file: Option<PathBuf>,
    /// The study: its file (with a / or ending in .toml), or its code alone. Days, contacts, paper and the words for
    /// patients come from the file; the settings can name it once for all
    #[arg(long, value_name = "FILE|CODE")]
    study: Option<String>,
    /// The site, by its name in the study's file; without a file, the name that is printed
    #[arg(long, value_name = "NAME")]
    site: Option<String>,
}

impl Places {
    /// The site: closed days and values.
    pub fn site(&self) -> Result<Site, Failure> {
        site::site(self.site_file.as_ref(), &self.chosen()?)
    }

    /// What was typed, by option.
    pub fn words(&self) -> Vec<(&'static str, OsString)> {
        let folders = self.library.iter().map(|folder| ("library", folder.clone().into_os_string()));
        let file = self.site_file.iter().map(|file| ("site-file", file.clone().into_os_string()));
        let study = self.study.iter().map(|study| ("study", study.into()));
        let site = self.site.iter().map(|site| ("site", site.into()));
        folders.chain(file).chain(study).chain(site).collect()
    }

    /// The study and its site: typed, or as the settings name them.
    pub fn chosen(&self) -> Result<Chosen, Failure> {
        study_settings::chosen(self.study.as_deref(), self.site.as_deref())
    }

    /// The study and its site, as far as they were typed.
    pub fn typed(&self) -> Result<Chosen, Failure> {
        if self.study.is_none() {
            return Ok(Chosen { site: self.site.clone(), ..Chosen::default() });
        }
        self.chosen()
    }

    /// The library: shipped, the user's folder, the folders named.
    pub fn library(&self, site: &Site) -> Result<Library, Failure> {
        for folder in &self.library {
            if !folder.is_dir() {
                let text = format!("--library: {} is not a folder", folder.display());
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
    /// Subject code, such as S-014; never a name
    #[arg(long, value_name = "CODE")]
    subject: Option<String>,
    /// The namespace an earlier calendar of the study was made with; the program makes and keeps one by itself
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
    /// Print-outs: whom to call, such as "Study nurse=01234 5678" (may be repeated)
    #[arg(long, value_name = "WHO=NUMBER", value_parser = contact)]
    contact: Vec<Contact>,
    /// Print-outs: what the subject brings along (may be repeated)
    #[arg(long, value_name = "ITEM")]
    bring: Vec<String>,
    /// Sheets for patients: the sheet that is given back for this one, such as "1 of 01-Dec-2026", or none
    #[arg(long, value_name = "SHEET", value_parser = replaces)]
    replaces: Option<Replaces>,
    /// Worksheets and labels: what was given as well; it says GIVEN
    #[arg(long)]
    with_given: bool,
    /// Labels: what they are printed on (A4 2 × 4 of 99.1 × 67.7 mm, Letter ten of 4 × 2 in, roll of 102 × 76 mm)
    #[arg(long, value_name = "STOCK", value_parser = one_of(LabelSize::WORDS.iter().copied()))]
    label_stock: Option<String>,
    /// Labels: whose law words them
    #[arg(long, value_name = "WHERE", value_parser = one_of(Jurisdiction::WORDS.iter().copied()))]
    jurisdiction: Option<String>,
}

/// A calendar or a table of a course has some hundred kilobytes; of a whole study together some megabytes.
const LARGEST_PREVIOUS: u64 = 64_000_000;

/// One of a few words, which help and completions list.
fn one_of(words: impl Iterator<Item = &'static str>) -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(words)
}

impl ExportArgs {
    /// The options of an exporter.
    pub fn options(&self, working: bool, each: bool) -> Result<export::Options, Failure> {
        let previous = match &self.previous {
            Some(path) => Some(
                read_at_most(path, LARGEST_PREVIOUS)
                    .map_err(|error| Failure::unreadable(format!("--previous: {}: {error}", path.display())))?,
            ),
            None => None,
        };
        if let Some(finding) = self.subject.as_deref().and_then(crate::decide::code::code) {
            return Err(Failure::blocked(vec![finding]));
        }
        Ok(export::Options {
            generated: self.generated_at.clone().unwrap_or_else(clock::now),
            study: None,
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
            contacts: self.contact.clone(),
            bring: self.bring.clone(),
            replaces: self.replaces.unwrap_or_default(),
            given: self.with_given,
            labels: self.label_stock.as_deref().and_then(LabelSize::of),
            jurisdiction: self.jurisdiction.as_deref().and_then(Jurisdiction::of),
            ..export::Print::default()
        }
    }
}

fn time(text: &str) -> Result<String, Failure> {
    clock::parse(text).ok_or_else(|| {
        let failure = Failure::unreadable(format!("--generated-at: \"{text}\" is not a time"));
        failure.hint("write it as 2026-12-07T09:30:00Z")
    })
}

fn replaces(text: &str) -> Result<Replaces, Failure> {
    Replaces::read(text).map_err(|why| Failure::unreadable(format!("--replaces: {why}")))
}

fn contact(text: &str) -> Result<Contact, Failure> {
    let (who, number) = text
        .split_once('=')
        .ok_or_else(|| Failure::unreadable(format!("--contact: \"{text}\" has no =")).hint("write who=number"))?;
    Ok(Contact { who: who.trim().to_owned(), number: number.trim().to_owned(), when: None })
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
