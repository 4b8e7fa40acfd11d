//! Options before the command: `posology --data TRIAL subject list` is `posology subject list --data TRIAL`.
//!
//! The options of the interface (`--data`, `--library`, `--site-file`, `--plain`) may be typed before a command. Each is
//! handed to the command, or refused where the command has no such option. None is dropped: a restore would reach the
//! wrong record.

use std::ffi::OsString;

use crate::failure::Failure;

/// The arguments with every leading option behind the command it is meant for.
pub(super) fn settle(arguments: &[OsString], definition: &clap::Command) -> Result<Vec<OsString>, Failure> {
    let mut leading: Vec<(String, &[OsString])> = Vec::new();
    let mut path: Vec<&clap::Command> = vec![definition];
    let mut at = 1;
    while let Some(argument) = arguments.get(at) {
        let here = path.last().copied().unwrap_or(definition);
        let words = if let Some((name, words)) = movable(definition, arguments, at) {
            leading.push((name, words));
            words.len()
        } else if let Some(command) = argument.to_str().and_then(|word| here.find_subcommand(word)) {
            path.push(command);
            1
        } else if argument.to_str().is_some_and(|word| word.starts_with('-') && word != "-" && word != "--") {
            1 // a flag of the program, such as --json, or what the parser refuses
        } else {
            break;
        };
        at += words;
        if path.len() > 1 && path.last().is_some_and(|command| !command.has_subcommands()) {
            break;
        }
    }
    let (Some(command), true) = (path.last().filter(|_| path.len() > 1), !leading.is_empty()) else {
        return Ok(arguments.to_vec());
    };
    if let Some((name, _)) = leading.iter().find(|(name, _)| option(command, name).is_none()) {
        return Err(refused(name, &path));
    }
    let moved = |word: &OsString| leading.iter().any(|(_, words)| words.iter().any(|one| std::ptr::eq(one, word)));
    let (before, behind) = arguments.split_at(at);
    let kept = before.iter().filter(|word| !moved(word));
    Ok(kept.chain(leading.iter().flat_map(|(_, words)| *words)).chain(behind).cloned().collect())
}

/// The name and the words of an option of the program itself that a command may have too.
fn movable<'a>(program: &clap::Command, arguments: &'a [OsString], at: usize) -> Option<(String, &'a [OsString])> {
    let word = arguments.get(at)?.to_string_lossy();
    let (name, joined) = word.strip_prefix("--")?.split_once('=').map_or((&word[2..], false), |(name, _)| (name, true));
    let found = option(program, name).filter(|found| !found.is_global_set())?;
    let alone = joined || !found.get_action().takes_values();
    if !alone && arguments.len() < at + 2 {
        return None; // its value is missing, which the parser says
    }
    let words = arguments.get(at..at + if alone { 1 } else { 2 })?;
    Some((name.to_owned(), words))
}

/// The option of a command with this name; `--help` and `--version` are every command's own.
fn option<'c>(command: &'c clap::Command, name: &str) -> Option<&'c clap::Arg> {
    let own = |one: &&clap::Arg| !matches!(one.get_id().as_str(), "help" | "version");
    command.get_arguments().filter(own).find(|one| one.get_long() == Some(name))
}

fn refused(name: &str, path: &[&clap::Command]) -> Failure {
    let command: Vec<&str> = path.iter().map(|command| command.get_name()).collect();
    let command = command.join(" ");
    Failure::usage(format!("--{name} stands before `{command}`, which has no such option"))
        .hint(format!("leave --{name} out; `{command} --help` lists the options"))
}
