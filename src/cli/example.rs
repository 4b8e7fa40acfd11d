//! The example at the foot of a command's help, which a line that was written wrongly is answered with.

use std::ffi::OsString;

/// What it begins with in the help.
const EXAMPLE: &str = "Example: ";

/// The example of the command that was meant, where its help has one.
pub(super) fn of_command(arguments: &[OsString], definition: &clap::Command) -> Option<String> {
    let mut meant = definition;
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        meant = meant.find_subcommand(word).unwrap_or(meant);
    }
    let help = meant.get_after_help()?.to_string();
    help.lines().any(|line| line.starts_with(EXAMPLE)).then_some(help)
}
