//! The door of the command line: no argument but a path may hold what nobody sees.

use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::writing::{Hidden, hidden};

/// The refusal of the first argument that holds a character nobody sees. A path is taken as it is: the name of a folder
/// is not the user's to choose, and is made visible where it is shown.
pub(super) fn refused(matches: &clap::ArgMatches, command: &clap::Command) -> Option<Failure> {
    let texts = command.get_arguments().filter(|one| one.get_value_parser().type_id() != TypeId::of::<PathBuf>());
    let found = texts.filter_map(|one| {
        let mut typed = matches.try_get_raw(one.get_id().as_str()).ok()??;
        let found = typed.find_map(|text| hidden(&text.to_string_lossy()))?;
        let name = one.get_long().map_or_else(|| format!("the {}", one.get_id()), |long| format!("--{long}"));
        Some(failure(&name, found))
    });
    let here = found.into_iter().next();
    here.or_else(|| {
        let (name, inner) = matches.subcommand()?;
        refused(inner, command.find_subcommand(name)?)
    })
}

/// The same of a line that cannot be read: what the parser says quotes the argument as it is.
pub(super) fn in_any(arguments: &[OsString]) -> Option<Failure> {
    let found = |(place, argument): (usize, &OsString)| {
        hidden(&argument.to_string_lossy()).map(|found| failure(&format!("argument {place}"), found))
    };
    arguments.iter().enumerate().skip(1).find_map(found)
}

fn failure(what: &str, found: Hidden) -> Failure {
    Failure::usage(format!("{what} holds {found}, which nobody can see"))
        .hint("type the text instead of pasting it, on one line")
}
