//! `posology config`: the settings file as it would be with every default, and where it belongs.

use super::Output;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tui;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, output: &mut Output) -> Result<(), Failure> {
    if let Some(folder) = Settings::read().config {
        output.line(&format!(
            "# Settings of posology; this file belongs at {}",
            folder.join("settings.toml").display()
        ))?;
    }
    output.line(tui::settings::defaults().trim_end())
}
