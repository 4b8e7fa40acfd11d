//! The command line: one definition feeds the parser, the help, the completions and the manual.
//!
//! A command is a file of its own with `Args` (what may be typed) and `run(&Args, &mut Output)`; it
//! calls the library and computes nothing itself. Adding one touches its file, one variant of
//! `Command` and one line of its `run`.

mod about;
mod at_most_once;
mod audit;
mod backup;
mod calc;
pub mod codes;
mod cohort;
mod completions;
mod config;
mod confirm;
mod data;
mod delimiter;
mod demo;
pub mod diagnostic;
mod dose_of;
mod example;
mod facts;
mod hidden_text;
mod in_order;
pub mod json;
mod leading;
mod man;
mod measure;
mod observation;
pub mod output;
mod places;
mod plan;
mod quotes;
mod read;
mod regimen;
pub mod regimen_new;
pub mod remedy;
mod restore;
pub mod schemas;
mod selftest;
mod site;
mod split;
mod study;
mod study_settings;
mod subject;
mod subject_options;
pub mod tasks;
mod tui;
mod units;
mod write;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::failure::{Failure, Kind};
use crate::settings::Settings;
pub use output::Output;

/// What may be typed behind `posology`.
#[derive(Debug, Parser)]
#[command(name = "posology", version, about = about::SHORT, long_about = about::LONG, after_long_help = about::STATEMENT)]
#[command(propagate_version = true, disable_help_subcommand = false, max_term_width = 100)]
pub struct Cli {
    /// Print one JSON document instead of text. What prints a file of another format prints that file: `regimen new`,
    /// `regimen schema`, `completions` and `man`; `subject export` prints JSON Lines
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    tui: tui::Args,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // parsed once a run
enum Command {
    /// Every dated dose of a regimen for one subject.
    Plan(plan::PlanArgs),
    /// Subjects: what happened, what moves, and what was given
    Subject(subject::Args),
    /// A whole list of subjects planned at once, in one table
    Cohort(cohort::Args),
    /// Who is due, overdue, out of window, or has a stale weight
    Due(subject::due::Args),
    /// Deviations and answered warnings, for a monitor
    Deviations(subject::deviations::Args),
    /// The library of regimens, their pages, and the checker.
    Regimen(regimen::Args),
    /// The study's file: made with its namespace, checked, shown
    Study(study::Args),
    /// One formula at a time, with its working.
    Calc(calc::Args),
    /// Run the built-in verification vectors and print the report.
    Selftest(selftest::Args),
    /// Print the settings file with its defaults and comments.
    Config(config::Args),
    /// The record as it was written, and whether it is whole.
    Audit(audit::Args),
    /// Copy the record to a file.
    Backup(backup::Args),
    /// Restore the record from a backup.
    Restore(restore::Args),
    /// Print the completions for a shell.
    Completions(completions::Args),
    /// Print a manual page.
    Man(man::Args),
}

impl Command {
    fn run(&self, output: &mut Output) -> Result<(), Failure> {
        match self {
            Command::Plan(args) => plan::run(args, output),
            Command::Subject(args) => subject::run(args, output),
            Command::Cohort(args) => cohort::run(args, output),
            Command::Due(args) => subject::due::run(args, output),
            Command::Deviations(args) => subject::deviations::run(args, output),
            Command::Regimen(args) => regimen::run(args, output),
            Command::Study(args) => study::run(args, output),
            Command::Calc(args) => calc::run(args, output),
            Command::Selftest(args) => selftest::run(args, output),
            Command::Config(args) => config::run(args, output),
            Command::Audit(args) => audit::run(args, output),
            Command::Backup(args) => backup::run(args, output),
            Command::Restore(args) => restore::run(args, output),
            Command::Completions(args) => completions::run(args, output),
            Command::Man(args) => man::run(args, output),
        }
    }
}

/// The definition of the whole command line.
pub fn definition() -> clap::Command {
    Cli::command()
}

/// What a command line asks for.
#[derive(Debug)]
pub enum Parsed {
    /// A command or the interface, matched with the definition.
    Command(clap::ArgMatches),
    /// The help or the version.
    Text(clap::builder::StyledStr),
}

/// Reads a command line, the name of the program first; options before a command are the command's.
pub fn parse(arguments: &[OsString]) -> Result<Parsed, Failure> {
    use clap::error::ErrorKind;
    let mut definition = definition();
    definition.build();
    let settled = leading::settle(arguments, &definition)?;
    match definition.try_get_matches_from_mut(&settled) {
        Ok(matches) => Ok(Parsed::Command(matches)),
        Err(asked) if matches!(asked.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Parsed::Text(asked.render()))
        }
        Err(error) => Err(not_parsed(&error, &settled, &definition)),
    }
}

/// The program: reads the process's arguments, runs, and says how it went in the exit code.
#[allow(clippy::disallowed_methods, reason = "the arguments of the program come in here")]
pub fn main() -> ExitCode {
    let mut output = Output::standard(&Settings::read());
    ExitCode::from(run(std::env::args_os(), &mut output))
}

/// Runs one command line and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, output: &mut Output) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let Err(failure) = attempt(&arguments, output) else { return 0 };
    output.failure(&failure);
    match output.flush() {
        Err(closed) if closed.kind == Kind::ClosedPipe => closed.kind.exit_code(),
        _ => failure.kind.exit_code(),
    }
}

/// Runs one command line to its end; what went wrong is told by nobody yet.
fn attempt(arguments: &[OsString], output: &mut Output) -> Result<(), Failure> {
    dispatch(arguments, output).and_then(|()| output.flush())
}

fn dispatch(arguments: &[OsString], output: &mut Output) -> Result<(), Failure> {
    // Nothing typed needs no parser, which would take a tenth of the time to the first frame.
    let nothing = tui::Args::default();
    if arguments.len() <= 1 && tui::fits(&nothing) {
        return tui::run(&nothing);
    }
    // Where the line cannot be read, whether a document was asked for is still known.
    output.set_json(arguments.iter().any(|argument| argument == "--json"));
    let matches = match parse(arguments)? {
        Parsed::Command(matches) => matches,
        Parsed::Text(text) => return rendered(&text, output),
    };
    if let Some(failure) = hidden_text::refused(&matches, &definition()) {
        return Err(failure);
    }
    let cli = Cli::from_arg_matches(&matches).map_err(|error| not_parsed(&error, arguments, &definition()))?;
    output.set_json(cli.json);
    output.of_subject(subject_of(&matches));
    match cli.command {
        Some(command) => command.run(output),
        None if tui::fits(&cli.tui) => tui::run(&cli.tui),
        None => help(output),
    }
}

/// The code behind a command of `posology subject`.
fn subject_of(matches: &clap::ArgMatches) -> Option<String> {
    let (_, command) = matches.subcommand().filter(|(name, _)| *name == "subject")?;
    let (_, act) = command.subcommand()?;
    act.try_get_one::<String>("code").ok().flatten().cloned()
}

fn help(output: &mut Output) -> Result<(), Failure> {
    rendered(&definition().render_help(), output)
}

fn rendered(text: &clap::builder::StyledStr, output: &mut Output) -> Result<(), Failure> {
    let text = if output.colours() { text.ansi().to_string() } else { text.to_string() };
    output.block(text.trim_end())
}

/// Wrong use, told in one sentence and a hint.
fn not_parsed(error: &clap::Error, arguments: &[OsString], definition: &clap::Command) -> Failure {
    if let Some(failure) = hidden_text::in_any(arguments) {
        return failure;
    }
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return without_command(&error.render().to_string());
    }
    if let Some(failure) = read::refused(error) {
        return failure;
    }
    let failure = wrong_use(&error.render().to_string());
    let quotes = quotes::forgotten(error, arguments, definition);
    let example = example::of_command(arguments, definition);
    Failure { hints: quotes.into_iter().chain(failure.hints).chain(example).collect(), ..failure }
}

/// What may stand where a command is missing: how it is written, and every command with what it is for.
fn without_command(help: &str) -> Failure {
    let usage = help.lines().filter(|line| line.starts_with("Usage:"));
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let hints = usage.chain(commands.take_while(|line| !line.is_empty())).map(str::trim_end);
    hints.fold(Failure::usage("a command is missing"), Failure::hint)
}

/// What the parser says of a figure, as every other figure is told.
fn in_plain_words(text: &str) -> String {
    let wrong = [
        ("invalid digit found in string", "it is not a whole number; write digits alone, such as 7"),
        ("cannot parse integer from empty string", "it is empty; write a whole number, such as 7"),
        ("number too large to fit in target type", "it is too large"),
        ("number too small to fit in target type", "it is too small"),
    ];
    wrong.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Lines that the parser laid out, as one: what is missing stands one under the other there.
fn on_one_line(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next().unwrap_or_default();
    let rest: Vec<&str> = lines.collect();
    match (rest.is_empty(), head.ends_with(':')) {
        (true, _) => head.to_owned(),
        (false, true) => format!("{head} {}", rest.join(", ")),
        (false, false) => format!("{head} {}", rest.join(" ")),
    }
}

/// The first paragraph is what is wrong; the rest is how it would be right.
fn wrong_use(text: &str) -> Failure {
    let mut paragraphs = text.trim_end().split("\n\n");
    let first = paragraphs.next().unwrap_or_default().trim_start_matches("error: ").trim_end();
    let first = in_plain_words(&on_one_line(first));
    let hints = paragraphs.map(|hint| on_one_line(hint).trim_start_matches("tip: ").to_owned());
    // What begins with a hyphen is never meant as a value here.
    let useless =
        |hint: &str| hint.is_empty() || ["For more information", "to pass '"].iter().any(|one| hint.starts_with(one));
    let hints = hints.filter(|hint| !useless(hint));
    hints.fold(Failure::usage(first), Failure::hint)
}
