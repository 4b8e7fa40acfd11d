//! `posology plan`: every dated dose of a regimen for one subject.

use std::path::PathBuf;

use crate::calendar::Site;
use crate::export::{self, Format, save};
use crate::failure::{Failure, Kind};
use crate::finding::{Finding, Severity};
use crate::plan::{self, Options};
use crate::present;

use super::Output;
use super::places;
use super::split;
use super::subject::SubjectArgs;

/// Options of `posology plan`.
#[derive(Debug, clap::Args)]
pub struct PlanArgs {
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    pub regimen: String,
    #[command(flatten)]
    subject: SubjectArgs,
    /// How many cycles to show
    #[arg(long, value_name = "N")]
    cycles: Option<u32>,
    /// The format; `posology help plan` lists them
    #[arg(long = "as", value_name = "FORMAT", default_value = "text", value_parser = formats())]
    format: String,
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
    places: places::Places,
    #[command(flatten)]
    export: places::ExportArgs,
}

fn formats() -> clap::builder::PossibleValuesParser {
    clap::builder::PossibleValuesParser::new(
        export::FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.id).help(format.title)),
    )
}

/// Plans and writes.
pub fn run(args: &PlanArgs, output: &mut Output) -> Result<(), Failure> {
    let id = if output.is_json() { "json" } else { args.format.as_str() };
    let format = export::format(id).ok_or_else(|| Failure::usage(format!("there is no format \"{id}\"")))?;
    let site = args.places.site()?;
    let schedule = schedule(args, &site, output)?;
    let options = args.export.options(args.working, args.each)?;
    if let Some(folder) = &args.split {
        return split::run(folder, format, &schedule, options, output);
    }
    deliver(args, format, (&schedule, &options), output)
}

fn schedule(args: &PlanArgs, site: &Site, output: &mut Output) -> Result<present::Schedule, Failure> {
    let entry = args.places.library(site)?.find(&args.regimen)?;
    let regimen = super::regimen::sound(&entry)?;
    let entered = args.subject.course(&regimen)?;
    for echo in &entered.echoes {
        output.message(echo);
    }
    let plan = plan::plan(&regimen, &entered.course, site, Options { cycles: args.cycles }).map_err(blocked)?;
    Ok(present::schedule(&regimen, &entered.course, &plan))
}

/// Missing inputs end with 1, everything else that blocks with 3.
fn blocked(findings: Vec<Finding>) -> Failure {
    let blocks = || findings.iter().filter(|finding| finding.severity == Severity::Block);
    let missing = blocks().all(|finding| finding.code == "missing-input");
    let failure = Failure::blocked(findings);
    if missing { Failure { kind: Kind::Unreadable, code: "missing", ..failure } } else { failure }
}

fn deliver(
    args: &PlanArgs,
    format: &Format,
    (schedule, options): (&present::Schedule, &export::Options),
    output: &mut Output,
) -> Result<(), Failure> {
    match &args.output {
        Some(path) => {
            let fill = |out: export::Out<'_>| format.stream(schedule, options, out);
            save::stream(path, args.force, fill).map_err(|error| Failure::unreadable(error.to_string()))?;
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
            output.bytes(&bytes.map_err(|error| Failure::unreadable(error.to_string()))?)
        }
    }
}
