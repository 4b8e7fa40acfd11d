//! A plan written in a format: to the screen, to a file, or a file an event into a folder.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::{Path, PathBuf};

use crate::export::{self, ExportError, Format, ending, save};
use crate::failure::Failure;
use crate::present::Schedule;
use crate::study::Chosen;

use super::places::ExportArgs;
use super::{Output, split};

/// What stands beside a schedule when it is written.
pub struct Beside {
    /// The study and its site.
    pub chosen: Chosen,
    /// The folder in which a namespace is kept for a study without a file.
    pub data: Option<PathBuf>,
    /// The subject's code and how the record stands, where the schedule comes from one.
    pub kept: Option<(String, String)>,
}

/// The options with a namespace. One that nobody has yet is made, kept, and told of.
pub(crate) fn with_namespace(
    mut options: export::Options,
    data: Option<&Path>,
    output: &mut Output,
) -> Result<export::Options, Failure> {
    if options.namespace.is_some() {
        return Ok(options);
    }
    let missing =
        || Failure::missing("this computer names no folder for data").hint("name the study's file: --study FILE");
    let kept = export::kept_namespace(data.ok_or_else(missing)?, options.study.as_deref());
    let kept = kept.map_err(|error| {
        let text = format!("the namespace that calendar entries are made from cannot be kept: {error}");
        Failure::unreadable(text).hint("name the study's file, which holds its namespace: --study FILE")
    })?;
    if let Some(note) = kept.note() {
        output.message(&note.to_string());
    }
    options.namespace = Some(kept.namespace);
    Ok(options)
}

/// In which format, and where to.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// The format; `posology help plan` lists them; text where none is named, and ics with --split
    #[arg(long = "as", value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// Write to a file instead of the screen; into a folder under a name that tells subject, document, plan and start
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
    /// Writes a schedule.
    pub fn write(&self, schedule: &Schedule, beside: Beside, output: &mut Output) -> Result<(), Failure> {
        let format = self.chosen(output.is_json())?;
        let typed = self.export.options(self.working, self.each)?;
        let own = beside.chosen.study.as_ref().map(|study| study.namespace.as_str());
        if let (Some(typed), Some(own)) = (typed.namespace.as_deref(), own)
            && !typed.eq_ignore_ascii_case(own)
        {
            let failure = Failure::refused(
                "--namespace is another than that of the study's file: with two, every event comes twice",
            );
            return Err(failure.hint("leave --namespace out; the study's file holds the one to use"));
        }
        if let Some(note) = export::other_regimen(&beside.chosen, &schedule.regimen.id) {
            output.message(&note.to_string());
        }
        let mut options = typed.with_study(&beside.chosen, &schedule.regimen.id);
        if let Some((code, standing)) = beside.kept {
            options.subject = Some(code);
            options.print.verification = Some(standing);
        }
        if format.makes_identities() {
            options = with_namespace(options, beside.data.as_deref(), output)?;
        }
        export::notes(format, schedule, &options).iter().for_each(|note| output.message(&note.to_string()));
        if let Some(folder) = &self.split {
            return split::run(folder, format, schedule, options, output);
        }
        self.deliver(format, schedule, &options, output)
    }

    /// The format that was asked for; where none was, the one that the file's name ends in.
    fn chosen(&self, json: bool) -> Result<&'static Format, Failure> {
        let asked = if json { Some("json") } else { self.format.as_deref() };
        let file = self.output.as_deref().filter(|path| !path.is_dir());
        let usual = if self.split.is_some() { "ics" } else { "text" };
        let id = match (asked, file) {
            (Some(id), _) => id,
            (None, Some(file)) => by_ending(file)?.unwrap_or(usual),
            (None, None) => usual,
        };
        let format = export::format(id).ok_or_else(|| Failure::usage(format!("there is no format \"{id}\"")))?;
        file.map_or(Ok(()), |file| fits(format, file))?;
        Ok(format)
    }

    fn deliver(
        &self,
        format: &Format,
        schedule: &Schedule,
        options: &export::Options,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let proposed = format.proposed_name(options.subject.as_deref(), &schedule.regimen.id, schedule.subject.start);
        match &self.output {
            Some(named) => {
                let path = &(if named.is_dir() { named.join(proposed) } else { named.clone() });
                let fill = |out: export::Out<'_>| format.stream(schedule, options, out);
                save::stream(path, self.force, fill).map_err(|error| unsaved(&error))?;
                let full = path.canonicalize().unwrap_or_else(|_| path.clone());
                output.message(&format!("Wrote {}", full.display()));
                Ok(())
            }
            None if !format.text => {
                let failure = Failure::usage(format!("{} is not a text for a screen", format.title));
                Err(failure.hint(format!("name a file, such as -o {proposed}, or a folder for it")))
            }
            None => {
                let bytes = format.bytes(schedule, options);
                output.bytes(&bytes.map_err(|error| unwritten(&error))?)
            }
        }
    }
}

/// The format that an ending alone asks for; nothing of a text, and of an ending that no format has.
fn by_ending(file: &Path) -> Result<Option<&'static str>, Failure> {
    let all = ending::of_ending(file);
    let one = ending::meant_by(file).or_else(|| all.iter().find(|format| format.id == "text").copied());
    match (one, all.as_slice()) {
        (Some(one), _) => Ok(Some(one.id)),
        (None, []) => Ok(None),
        (None, several) => {
            let text =
                format!("{} files are written in several formats: {}", several[0].extension, ending::names(several));
            Err(Failure::usage(text).hint(format!("choose one, such as --as {}", several[0].id)))
        }
    }
}

/// A name that ends as files of another format do is refused: a table under the name of a page is read by nobody.
pub(crate) fn fits(format: &Format, file: &Path) -> Result<(), Failure> {
    let Some(why) = ending::wrong_ending(format, file) else { return Ok(()) };
    let meant = ending::names(&ending::of_ending(file));
    let named = file.with_extension(format.extension);
    Err(Failure::usage(why)
        .hint(format!("choose the format that is meant, --as {meant}; or name the file {}", named.display())))
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
        ExportError::NoSubject(_) | ExportError::NoCodes { study: false, .. } => {
            failure.hint("give it with --subject S-014")
        }
        ExportError::NoCodes { subject: false, .. } => failure.hint("give it with --study ABC-1"),
        ExportError::NoCodes { .. } => failure.hint("give them with --study ABC-1 --subject S-014"),
        _ => failure,
    }
}
