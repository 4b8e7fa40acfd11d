//! `posology regimen`: the library, its pages, and the checker.

pub(crate) mod advise;
mod approve;
mod check;
mod compare;
mod diff;
mod explain;
mod list;
mod read_back;
mod show;
mod watch;

use std::sync::Arc;

use clap::Subcommand;

use crate::failure::Failure;
use crate::library::RegimenFile;
use crate::regimen::Regimen;
use crate::verify;

use super::{Output, diagnostic, places, regimen_new, schemas};

/// Options of `posology regimen`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the regimens of the library
    List(list::Args),
    /// Show a regimen with every dose, rule and source
    Show(show::Args),
    /// What the regimen says to a result, a grade or an event: which rows apply, with their sources
    Advise(Box<advise::Args>),
    /// Check regimen files: every problem at once, with what to write instead
    Check(check::Args),
    /// Read a regimen back: a sentence for every figure, to be compared with the protocol by somebody who has not seen the file
    ReadBack(read_back::Args),
    /// Say what changed between two regimens, in clinical words
    Diff(diff::Args),
    /// Two or three files of one regimen side by side: every figure that differs, with its source, to decide on
    Compare(compare::Args),
    /// Record that you have compared this content with the protocol; two people make it approved
    Approve(approve::Args),
    /// Print the JSON Schema of the format, for editors
    Schema,
    /// Print a new regimen file to fill in, or a copy of another to change
    New(New),
    /// Explain a rule of the checker
    Explain(explain::Args),
}

#[derive(Debug, clap::Args)]
struct New {
    /// The id of the new regimen: lower-case letters, digits and single hyphens, and of no other regimen
    id: String,
    /// Start from this regimen: an id, or a path
    #[arg(long, value_name = "REGIMEN")]
    from: Option<String>,
    #[command(flatten)]
    places: places::Places,
}

impl New {
    fn run(&self, output: &mut Output) -> Result<(), Failure> {
        let library = self.places.library(&self.places.site()?)?;
        let mut text = regimen_new::unused(&self.id, &library)?;
        if let Some(from) = &self.from {
            let entry = library.find(from)?;
            let regimen = require_valid(&entry)?;
            text = regimen_new::copied(&self.id, &entry.text, &regimen);
            text.push_str(&regimen_new::rows(&verify::tried(&regimen, library.site()).untouched));
        }
        output.bytes(text.as_bytes())
    }
}

/// Runs one of them.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::List(args) => list::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Advise(args) => advise::run(args, output),
        Command::Check(args) => check::run(args, output),
        Command::ReadBack(args) => read_back::run(args, output),
        Command::Diff(args) => diff::run(args, output),
        Command::Compare(args) => compare::run(args, output),
        Command::Approve(args) => approve::run(args, output),
        Command::Schema => output.bytes(schemas::REGIMEN.as_bytes()),
        Command::New(new) => new.run(output),
        Command::Explain(args) => explain::run(args, output),
    }
}

/// The regimen of an entry, or every reason why it is not calculated from.
pub fn require_valid(entry: &RegimenFile) -> Result<Arc<Regimen>, Failure> {
    entry.regimen.clone().ok_or_else(|| {
        let name = entry.origin.path().map_or_else(|| entry.id.clone(), |path| path.display().to_string());
        let rendered = diagnostic::render(&name, &entry.text, &entry.findings, false);
        let failure = Failure::unreadable(format!("{name} is not calculated from while anything in it blocks"));
        Failure { code: "regimen-blocked", ..failure.laid_out(&rendered) }
    })
}
