//! `posology regimen`: the library, its pages, and the checker.

pub(crate) mod advise;
mod approve;
mod check;
mod diff;
mod list;
mod show;
mod watch;

use std::sync::Arc;

use clap::Subcommand;

use crate::failure::Failure;
use crate::library::Entry;
use crate::regimen::Regimen;

use super::{Output, diagnostic, regimen_new, regimen_schema};

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
    /// Say what changed between two regimens, in clinical words
    Diff(diff::Args),
    /// Record that you have compared this content with the protocol; two people make it approved
    Approve(approve::Args),
    /// Print the JSON Schema of the format, for editors
    Schema,
    /// Print a new regimen file to fill in
    New(New),
    /// Explain a rule of the checker
    Explain(Explain),
}

#[derive(Debug, clap::Args)]
struct New {
    /// The id of the new regimen, in kebab-case
    id: String,
}

#[derive(Debug, clap::Args)]
struct Explain {
    /// The rule's code, such as R013; every rule when left out
    code: Option<String>,
}

/// Runs one of them.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::List(args) => list::run(args, output),
        Command::Show(args) => show::run(args, output),
        Command::Advise(args) => advise::run(args, output),
        Command::Check(args) => check::run(args, output),
        Command::Diff(args) => diff::run(args, output),
        Command::Approve(args) => approve::run(args, output),
        Command::Schema => output.bytes(regimen_schema::text().as_bytes()),
        Command::New(new) => output.bytes(regimen_new::template(&new.id)?.as_bytes()),
        Command::Explain(explain) => check::explain(explain.code.as_deref(), output),
    }
}

/// The regimen of an entry, or every reason why it is not calculated from.
pub fn sound(entry: &Entry) -> Result<Arc<Regimen>, Failure> {
    entry.regimen.clone().ok_or_else(|| {
        let name = entry.origin.path().map_or_else(|| entry.id.clone(), |path| path.display().to_string());
        let rendered = diagnostic::render(&name, &entry.text, &entry.findings, false);
        let failure =
            Failure::unreadable(format!("{name} is not calculated from while anything in it blocks\n\n{rendered}"));
        Failure { code: "regimen-blocked", ..failure }
    })
}
