//! What the environment and the user's folders say. The one place that reads the environment.

use std::io::IsTerminal;
use std::path::PathBuf;

use etcetera::BaseStrategy;

/// Settings as they stand at the start of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Whether standard output may be coloured.
    pub colour_out: bool,
    /// Whether standard error may be coloured.
    pub colour_err: bool,
    /// Columns of the terminal, where standard output is one.
    pub width: Option<usize>,
    /// The person's editor: `$VISUAL`, else `$EDITOR`, else what the system always has.
    pub editor: Option<String>,
    /// The user's folder for settings and regimens, such as `~/.config/posology`.
    pub config: Option<PathBuf>,
    /// The user's folder for records, such as `~/.local/share/posology`.
    pub data: Option<PathBuf>,
    /// The day that tests and training take for today (`POSOLOGY_TODAY`); every entry made under it says so.
    pub today: Option<String>,
}

impl Settings {
    /// Reads the environment.
    pub fn read() -> Self {
        let colour = !switched_off();
        let folders = etcetera::choose_base_strategy().ok();
        Self {
            colour_out: colour && std::io::stdout().is_terminal(),
            colour_err: colour && std::io::stderr().is_terminal(),
            width: columns(),
            editor: editor(),
            config: folders.as_ref().map(|folders| folders.config_dir().join("posology")),
            data: folders.as_ref().map(|folders| folders.data_dir().join("posology")),
            today: today(),
        }
    }
}

/// `NO_COLOR` with any text, or a terminal that calls itself dumb.
#[allow(clippy::disallowed_methods)] // the one home of the environment
fn switched_off() -> bool {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    no_color || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The day to take for today, where one is set.
#[allow(clippy::disallowed_methods)] // the one home of the environment
fn today() -> Option<String> {
    std::env::var("POSOLOGY_TODAY").ok().filter(|text| !text.is_empty())
}

#[allow(clippy::disallowed_methods)] // the one home of the environment
fn editor() -> Option<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
    // Windows has no editor in the environment, and one that is always there.
    named("VISUAL").or_else(|| named("EDITOR")).or_else(|| cfg!(windows).then(|| "notepad".to_owned()))
}

/// The width the terminal was opened with, where the shell says it.
#[allow(clippy::disallowed_methods)] // the one home of the environment
fn columns() -> Option<usize> {
    let columns = std::env::var("COLUMNS").ok()?.parse().ok()?;
    (std::io::stdout().is_terminal() && columns >= 60).then_some(columns)
}
