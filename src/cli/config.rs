//! `posology config`: the settings file as it would be with every default, and where it belongs.

use serde_json::json;

use super::Output;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tui;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, output: &mut Output) -> Result<(), Failure> {
    let file = Settings::read().config.map(|folder| folder.join("settings.toml").display().to_string());
    let text = format!("{}\n{}", tui::settings_file::defaults(), super::study_settings::DEFAULTS);
    if output.is_json() {
        let read = |error: toml::de::Error| Failure::unreadable(format!("the defaults cannot be read: {error}"));
        let settings: toml::Table = toml::from_str(&text).map_err(read)?;
        return output.json(&json!({ "format": 1, "file": file, "defaults": settings }));
    }
    if let Some(file) = file {
        output.line(&format!("# Settings of posology; this file belongs at {file}"))?;
    }
    output.block(text.trim_end())
}
