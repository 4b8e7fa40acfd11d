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
    /// What the environment says of the colours of the terminal (`COLORFGBG`): `15;0`.
    pub background: String,
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
            background: variable(&["COLORFGBG"]),
            width: columns(),
            editor: editor(),
            config: folders.as_ref().map(|folders| folders.config_dir().join("posology")),
            data: folders.as_ref().map(|folders| folders.data_dir().join("posology")),
            today: today(),
        }
    }
}

/// What tells this program from another version and another build of it.
#[allow(clippy::disallowed_methods, reason = "the one home of what the system says")]
pub fn program() -> String {
    let file = std::env::current_exe().and_then(|file| file.metadata());
    let built = file.map(|file| format!("{} {:?}", file.len(), file.modified().ok())).unwrap_or_default();
    format!("{} {built}", env!("CARGO_PKG_VERSION"))
}

/// Under which account of the operating system, on which computer; each empty where it cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Computer {
    /// The account.
    pub account: String,
    /// The computer's name.
    pub machine: String,
}

impl Computer {
    /// Asks the system.
    pub fn here() -> Self {
        Self { account: account(), machine: machine() }
    }
}

/// The account that owns this process, as the system knows it: the environment says what somebody set.
#[cfg(target_os = "linux")]
#[allow(clippy::disallowed_methods, reason = "the one home of what the system says")]
fn account() -> String {
    use std::os::unix::fs::MetadataExt;
    let Ok(process) = std::fs::metadata("/proc/self") else { return variable(&["USER", "LOGNAME"]) };
    let uid = process.uid().to_string();
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == uid).then(|| name.to_owned())
    });
    // An account of a directory service is in no file; its number is.
    named.unwrap_or_else(|| format!("uid {uid}"))
}

#[cfg(not(target_os = "linux"))]
fn account() -> String {
    variable(&["USER", "LOGNAME", "USERNAME"])
}

#[cfg(target_os = "linux")]
#[allow(clippy::disallowed_methods, reason = "the one home of what the system says")]
fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if name.trim().is_empty() { variable(&["HOSTNAME"]) } else { name.trim().to_owned() }
}

#[cfg(not(target_os = "linux"))]
fn machine() -> String {
    variable(&["COMPUTERNAME", "HOSTNAME", "HOST"])
}

/// The first of some variables that says anything.
#[allow(clippy::disallowed_methods)] // the one home of the environment
fn variable(names: &[&str]) -> String {
    names.iter().filter_map(|name| std::env::var(name).ok()).find(|text| !text.is_empty()).unwrap_or_default()
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
