//! `posology subject`, `posology due`, `posology deviations`: what happened, what moves, what waits.

mod acts;
mod add;
mod advise;
mod change_version;
mod check;
mod correct;
pub(crate) mod deviations;
pub(crate) mod due;
mod history;
mod of_dose;
pub(crate) mod open;
mod plan;
mod prepared;
mod show;
pub(crate) mod table;
mod verify;

use clap::Subcommand;

use crate::failure::Failure;

use super::Output;

/// The failure behind a list in which some subjects could not be read, with the commands that help.
fn all_read(unread: &[String], all: usize) -> Result<(), Failure> {
    let hint = "posology audit verify tells what is wrong; posology restore FILE brings a backup back";
    crate::subjects::all_read(unread, all).map_err(|failure| failure.hint(hint))
}

/// Options of `posology subject`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // parsed once a run
enum Command {
    /// Enrol a subject on a regimen, whose text is pinned
    Add(add::Args),
    /// Every subject, with the next dose
    List(show::ListArgs),
    /// A subject's plan, doses given, history and dose intensity
    Show(show::ShowArgs),
    /// A subject's plan as the record makes it, in any format: calendars, worksheets, data
    Plan(plan::Args),
    /// What the regimen says to a result, a grade or an event, with what the record knows; nothing is applied
    Advise(advise::Args),
    /// A new weight, height or creatinine
    Measure(acts::Measure),
    /// Doses given, wholly or in part
    Given(acts::GivenArgs),
    /// A cycle starts later
    Delay(acts::Delay),
    /// Hold doses (date to be decided)
    Hold(acts::NotGiven),
    /// Omit doses (schedule unchanged)
    Omit(acts::Omit),
    /// A dose level or a percentage from a cycle on
    Level(acts::Level),
    /// Criteria to treat were checked
    Criteria(acts::Criteria),
    /// A second person works a visit out before it is given, from source and protocol, without seeing anything
    Verify(verify::Args),
    /// Doses were prepared
    Prepared(prepared::Args),
    /// Prior exposure (lifetime dose): none, unknown or an amount
    Exposure(acts::Exposure),
    /// Home doses dispensed, returned or taken
    Supply(acts::Supply),
    /// Treatment ended
    Stop(acts::Stop),
    /// A remark
    Note(acts::Note),
    /// An entry was wrong: its date, dose, weight or reason as it should have been
    Correct(correct::Correct),
    /// Undo an entry (an undo can itself be undone)
    Undo(correct::Undo),
    /// Take the texts of an entry away for good, because they give a person away; its figures stay
    Redact(correct::Redact),
    /// A second person types an entry again, without seeing it; differences are shown and recorded
    Check(check::Args),
    /// Another version of the regimen holds from now on; what it changes is shown first
    Move(change_version::Args),
    /// A subject's record from JSON Lines, into this record
    Import(show::ImportArgs),
    /// A subject's record as JSON Lines
    Export(show::ExportArgs),
}

/// Runs one of them.
pub(crate) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    match &args.command {
        Command::Add(args) => add::run(args, output),
        Command::List(args) => show::list(args, output),
        Command::Show(args) => show::show(args, output),
        Command::Plan(args) => plan::run(args, output),
        Command::Advise(args) => advise::run(args, output),
        Command::Measure(args) => acts::measure(args, output),
        Command::Given(args) => acts::given(args, output),
        Command::Delay(args) => acts::delay(args, output),
        Command::Hold(args) => acts::hold(args, output),
        Command::Omit(args) => acts::omit(args, output),
        Command::Level(args) => acts::level(args, output),
        Command::Criteria(args) => acts::criteria(args, output),
        Command::Verify(args) => verify::run(args, output),
        Command::Prepared(args) => prepared::run(args, output),
        Command::Exposure(args) => acts::exposure(args, output),
        Command::Supply(args) => acts::supply(args, output),
        Command::Stop(args) => acts::stop(args, output),
        Command::Note(args) => acts::note(args, output),
        Command::Correct(args) => correct::correct(args, output),
        Command::Undo(args) => correct::undo(args, output),
        Command::Redact(args) => correct::redact(args, output),
        Command::Check(args) => check::run(args, output),
        Command::Move(args) => change_version::run(args, output),
        Command::Import(args) => show::import(args, output),
        Command::Export(args) => show::export(args, output),
    }
}
