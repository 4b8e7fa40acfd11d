//! The commands that the interface offers as forms: their arguments from the one definition, and a run of one whose output is
//! kept instead of printed.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::Write;
use std::rc::Rc;

use clap::ArgAction;
use clap::builder::ValueHint;
use clap::error::{ContextKind, ContextValue};

use super::data::Data;
use super::places::Places;
use super::{Output, leading};
use crate::failure::Failure;
use crate::tui::task::{Answer, Ask, CommandLine, ROWS, Ran, Row, Task};

/// The command line as the interface reaches it, for records and regimens in these places.
pub fn command_line(start: Vec<(&'static str, OsString)>) -> CommandLine {
    CommandLine { start, tasks, run }
}

/// Said once, when the program starts.
const AT_START: &[&str] = &["data", "library", "site_file", "study", "site", "json", "help", "version"];

/// Every command with a form, given these options of the start as far as each has them.
fn tasks(start: &[(&'static str, OsString)]) -> Vec<Task> {
    let mut definition = super::definition();
    definition.build();
    ROWS.iter().filter_map(|row| Some(task(row, find(&definition, row.path)?, &definition, start))).collect()
}

/// The options of the start, as a command is given them.
pub(super) fn start(places: &Places, data: &Data) -> Vec<(&'static str, OsString)> {
    let folder = data.folder().ok().map(|folder| ("data", folder.into_os_string()));
    folder.into_iter().chain(places.words()).collect()
}

fn find<'c>(definition: &'c clap::Command, path: &str) -> Option<&'c clap::Command> {
    path.split(' ').try_fold(definition, |command, name| command.find_subcommand(name))
}

fn task(
    row: &'static Row,
    command: &clap::Command,
    definition: &clap::Command,
    start: &[(&'static str, OsString)],
) -> Task {
    let asked = || command.get_arguments().filter(|one| !AT_START.contains(&one.get_id().as_str()));
    let (places, mut options): (Vec<_>, Vec<_>) = asked().partition(|one| one.is_positional());
    options.sort_by_key(|one| !one.is_required_set());
    Task {
        row,
        about: command.get_about().map(|about| about.to_string().trim_end_matches('.').to_owned()).unwrap_or_default(),
        asks: places.into_iter().chain(options).map(|one| ask(one, command)).collect(),
        start: given(start, command),
        first_start: row
            .first
            .and_then(|(path, _)| find(definition, path))
            .map_or_else(Vec::new, |first| given(start, first)),
    }
}

/// Those of the start that a command has.
fn given(start: &[(&'static str, OsString)], command: &clap::Command) -> Vec<OsString> {
    let has = |name: &str| command.get_arguments().any(|one| one.get_long() == Some(name));
    let word = |(name, text): &(&'static str, OsString)| {
        let mut word = OsString::from(format!("--{name}="));
        word.push(text);
        word
    };
    start.iter().filter(|(name, _)| has(name)).map(word).collect()
}

fn ask(one: &clap::Arg, command: &clap::Command) -> Ask {
    let words: Vec<String> = one.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let several =
        matches!(one.get_action(), ArgAction::Append) || one.get_num_args().is_some_and(|n| n.max_values() > 1);
    let answer = match one.get_action() {
        ArgAction::SetTrue => Answer::Switch,
        _ if several => Answer::Several,
        _ if !words.is_empty() => Answer::OneOf(words),
        _ => Answer::Text,
    };
    let is_path = matches!(one.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
    let help = one.get_help().map(|help| in_fields(&help.to_string(), command)).unwrap_or_default();
    Ask {
        id: one.get_id().to_string(),
        label: label(one),
        help,
        option: one.get_long().map(str::to_owned),
        // A name may be typed when it is asked for; here nobody asks.
        needed: one.is_required_set() || one.get_id() == "who",
        answer,
        is_path,
    }
}

/// `Generated at` of `--generated-at`.
fn label(one: &clap::Arg) -> String {
    let words = one.get_long().unwrap_or(one.get_id().as_str()).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}

/// What a command printed or told: an option of it is its field, one of another command is the field of that one's form. A
/// whole command, to be typed into a shell, stays as it is.
fn in_words(text: &str, command: &clap::Command, definition: &clap::Command) -> String {
    let mut others = Vec::new();
    options_of(definition, &mut others);
    others.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    let line = |line: &str| {
        if line.contains("posology ") {
            return line.to_owned();
        }
        let own = in_fields(line, command);
        others.iter().fold(own, |text, (long, label)| text.replace(&format!("--{long}"), &format!("“{label}”")))
    };
    let lines: Vec<String> = text.split('\n').map(line).collect();
    lines.join("\n")
}

fn options_of(command: &clap::Command, all: &mut Vec<(String, String)>) {
    all.extend(command.get_arguments().filter_map(|one| Some((one.get_long()?.to_owned(), label(one)))));
    command.get_subcommands().for_each(|below| options_of(below, all));
}

/// A sentence of the command line on a form: an option is its field.
fn in_fields(text: &str, command: &clap::Command) -> String {
    let mut options: Vec<(&str, String)> =
        command.get_arguments().filter_map(|one| Some((one.get_long()?, label(one)))).collect();
    // The longer first: --site-file holds --site.
    options.sort_by_key(|(long, _)| std::cmp::Reverse(long.len()));
    options
        .iter()
        .fold(text.to_owned(), |text, (long, label)| text.replace(&format!("--{long}"), &format!("“{label}”")))
}

/// What a command writes, kept.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.borrow()).into_owned()
    }
}

/// Runs a command with the words of a form.
fn run(words: &[OsString]) -> Ran {
    let arguments: Vec<OsString> = std::iter::once(OsString::from("posology")).chain(words.iter().cloned()).collect();
    let (out, err) = (Kept::default(), Kept::default());
    let mut output = Output::to(Box::new(out.clone()), Box::new(err.clone())).with_nobody_to_ask();
    let failure = super::attempt(&arguments, &mut output).err();
    if let Some(failure) = &failure {
        output.failure(failure);
    }
    let mut definition = super::definition();
    definition.build();
    let command = named(words, &definition);
    Ran {
        text: in_words(&out.text(), command, &definition),
        told: in_words(&err.text(), command, &definition),
        field: failure.as_ref().and_then(|failure| field(failure, &arguments, &definition, command)),
        failed: failure.is_some(),
    }
}

/// The command that the first words name.
fn named<'c>(words: &[OsString], definition: &'c clap::Command) -> &'c clap::Command {
    words.iter().map_while(|word| word.to_str()).fold(definition, |command, word| {
        if word.starts_with('-') { command } else { command.find_subcommand(word).unwrap_or(command) }
    })
}

/// The argument that is refused: the one that the parser names, or the one that the failure wants.
fn field(
    failure: &Failure,
    arguments: &[OsString],
    definition: &clap::Command,
    command: &clap::Command,
) -> Option<String> {
    let settled = leading::settle(arguments, definition).ok()?;
    let refused = definition.clone().try_get_matches_from(settled).err();
    let told = refused.as_ref().and_then(|error| match error.get(ContextKind::InvalidArg)? {
        ContextValue::String(one) => Some(one.clone()),
        ContextValue::Strings(all) => all.first().cloned(),
        _ => None,
    });
    let wanted = failure.remedies.iter().flat_map(|remedy| &remedy.fields).find_map(super::remedy::option);
    let is_it = |one: &&clap::Arg| {
        told.as_ref().is_some_and(|told| one.to_string() == *told)
            || wanted.is_some_and(|wanted| one.get_long() == wanted.strip_prefix("--"))
    };
    command.get_arguments().find(is_it).map(|one| one.get_id().to_string())
}
