//! `--lab neutrophils 0.9 10^9/L`: the shell cuts a value at its spaces, and the rest is unexpected. The value is told back in
//! quotes.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue};

use crate::quantity::number::shown;

/// What to type instead, where the argument that nobody expected continues the value of an option.
pub(super) fn forgotten(error: &clap::Error, arguments: &[OsString], definition: &clap::Command) -> Option<String> {
    let Some(ContextValue::String(unexpected)) = error.get(ContextKind::InvalidArg) else { return None };
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let at = words.iter().position(|word| word == unexpected)?;
    let option = words.get(..at)?.iter().rposition(|word| word.starts_with('-'))?;
    let name = words.get(option)?.strip_prefix("--").filter(|name| takes_value(definition, name))?;
    // The value goes on to the next option, or to what is a file of its own.
    let file = |word: &str| std::path::Path::new(word).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    let ends = |word: &&String| word.starts_with("--") || file(word);
    let value: Vec<&str> = words.get(option + 1..)?.iter().take_while(|word| !ends(word)).map(String::as_str).collect();
    let again = value.len() > 1;
    again.then(|| format!("put quotes round a value with spaces: --{name} \"{}\"", shown(&value.join(" "))))
}

/// Whether an option of this name stands before a value, in any command.
fn takes_value(definition: &clap::Command, name: &str) -> bool {
    let own = definition.get_arguments().any(|one| one.get_long() == Some(name) && one.get_action().takes_values());
    own || definition.get_subcommands().any(|one| takes_value(one, name))
}
