//! `posology` alone: the terminal interface.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::io::IsTerminal;

use super::data::Data;
use super::demo;
use super::places::Places;
use crate::calendar::Date;
use crate::clock;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tui;

/// What may be typed without a command.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    data: Data,
    /// The interface as plain text, line by line, for screen readers
    #[arg(long)]
    plain: bool,
    /// Three invented subjects in a scratch record, to try everything on; it is deleted when you leave
    #[arg(long, conflicts_with = "data")]
    demo: bool,
}

/// Whether there is someone at a terminal; otherwise help is printed.
pub(super) fn fits(args: &Args) -> bool {
    args.plain || (std::io::stdin().is_terminal() && std::io::stdout().is_terminal())
}

/// Today, or the day that was set for tests and training.
fn today() -> Date {
    super::read::today().unwrap_or_else(|_| clock::today())
}

/// Opens the interface.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let scratch = args.demo.then(|| demo::scratch(today())).transpose()?;
    let data = scratch.as_ref().map_or_else(|| args.data.clone(), |scratch| Data::at(scratch.folder()));
    let site = args.places.site()?;
    let library = args.places.library(&site)?;
    let environment = Settings::read();
    let text =
        environment.config.as_ref().and_then(|folder| std::fs::read_to_string(folder.join("settings.toml")).ok());
    let (settings, problems) = tui::Settings::read(&text.unwrap_or_default());
    if !problems.is_empty() {
        let failure = Failure::unreadable("the settings file cannot be used as it is".to_owned());
        return Err(problems.into_iter().fold(failure, Failure::hint));
    }
    let options = tui::Options {
        library,
        site,
        study: args.places.chosen()?,
        usual_study: super::study_settings::usual()?,
        settings,
        no_colour: !environment.colour_out,
        background: environment.background,
        plain: args.plain,
        state: environment.data.map(|folder| folder.join("safety-statement-read")),
        editor: environment.editor,
        home: etcetera::home_dir().ok(),
        data: data.folder().ok(),
        scratch: scratch.is_some(),
        command_line: super::tasks::command_line(super::tasks::start(&args.places, &data)),
        today_set: environment.today,
        folder: std::env::current_dir().unwrap_or_default(),
        today,
        rest_of_today: clock::rest_of_today,
        now: clock::now,
    };
    tui::run(options).map_err(|error| match error {
        tui::TuiError::Library(error) => error.into(),
        error @ tui::TuiError::Terminal(_) => Failure::unreadable(error.to_string()),
    })
}
