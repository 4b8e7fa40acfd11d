//! A plan written in a format: to the screen, to a file, or a file an event into a folder.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::PathBuf;

use crate::export::{self, ExportError, Format, save};
use crate::failure::Failure;
use crate::present::Schedule;

use super::places::ExportArgs;
use super::{Output, split};

/// In which format, and where to.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// The format; `posology help plan` lists them; text where none is named, and ics with --split
    #[arg(long = "as", value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// Write to a file instead of the screen
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// iCalendar: one file an event into this folder, for calendars that update in place; what is there already of
    /// this plan is updated, and events that are gone are cancelled
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    split: Option<PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
    /// Show how every dose came about
    #[arg(long)]
    working: bool,
    /// Show every dose of a run at home on a row of its own
    #[arg(long)]
    each: bool,
    #[command(flatten)]
    export: ExportArgs,
}

fn formats() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(
        export::FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.id).help(format.title)),
    )
}

impl Target {
    /// Writes a schedule; `kept` is the subject's code and how the record stands, where it comes from one.
    pub fn write(&self, schedule: &Schedule, kept: Option<(&str, String)>, output: &mut Output) -> Result<(), Failure> {
        let usual = if self.split.is_some() { "ics" } else { "text" };
        let id = if output.is_json() { "json" } else { self.format.as_deref().unwrap_or(usual) };
        let format = export::format(id).ok_or_else(|| Failure::usage(format!("there is no format \"{id}\"")))?;
        let mut options = self.export.options(self.working, self.each)?;
        if let Some((code, standing)) = kept {
            options.subject = Some(code.to_owned());
            options.print.verification = Some(standing);
        }
        export::notes(format, schedule, &options).iter().for_each(|note| output.message(&note.to_string()));
        if let Some(folder) = &self.split {
            return split::run(folder, format, schedule, options, output);
        }
        self.deliver(format, schedule, &options, output)
    }

    fn deliver(
        &self,
        format: &Format,
        schedule: &Schedule,
        options: &export::Options,
        output: &mut Output,
    ) -> Result<(), Failure> {
        match &self.output {
            Some(path) => {
                let fill = |out: export::Out<'_>| format.stream(schedule, options, out);
                save::stream(path, self.force, fill).map_err(|error| unsaved(&error))?;
                let full = path.canonicalize().unwrap_or_else(|_| path.clone());
                output.message(&format!("Wrote {}", full.display()));
                Ok(())
            }
            None if !format.text => {
                let failure = Failure::usage(format!("{} is no text for a screen", format.title));
                Err(failure.hint(format!("name a file, such as -o plan.{}", format.extension)))
            }
            None => {
                let bytes = format.bytes(schedule, options);
                output.bytes(&bytes.map_err(|error| unwritten(&error))?)
            }
        }
    }
}

/// Why a file was not written, with the option that overwrites one.
pub(crate) fn unsaved(error: &save::SaveError) -> Failure {
    let failure = Failure::unreadable(error.to_string());
    match error {
        save::SaveError::Exists(_) => failure.hint("--force overwrites it"),
        save::SaveError::Export(error) => unwritten(error),
        _ => failure,
    }
}

/// Why a format was not written, with the option that gives what it lacks.
pub(crate) fn unwritten(error: &ExportError) -> Failure {
    let failure = Failure::unreadable(error.to_string());
    match error {
        ExportError::NoSubject(_) => failure.hint("give it with --subject S-014"),
        ExportError::NoNamespace(_) => failure.hint("give it with --namespace UUID, or in the settings"),
        _ => failure,
    }
}
