//! A command of the command line that has no screen of its own, as a form: its arguments are the fields, with their
//! help and choices. The definition comes from the command line itself, so that a new argument is a new field without a
//! line here; what is typed is handed to the very command, word by word, without a shell.

mod table;
mod view;

use std::ffi::OsString;

pub use table::{Changes, Group, ROWS, Row};
pub use view::{Stage, TaskView};

/// A command as a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its row in the table.
    pub row: &'static Row,
    /// What it is for, in a sentence.
    pub about: String,
    /// Its arguments, those without an option first.
    pub asks: Vec<Ask>,
    /// Options that the program was started with and that this command has too: where records and regimens lie.
    pub start: Vec<OsString>,
    /// The same of what is looked at before it is done.
    pub first_start: Vec<OsString>,
}

/// An argument of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Its name in the definition.
    pub id: String,
    /// How its field is labelled.
    pub label: String,
    /// What it is for.
    pub help: String,
    /// Its option; none where it stands by its place.
    pub option: Option<String>,
    /// What may be typed.
    pub answer: Answer,
    /// Whether the command does nothing without it.
    pub needed: bool,
    /// Whether it names a file or a folder.
    pub is_path: bool,
}

/// What may be typed into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes or nothing.
    Switch,
    /// A text.
    Text,
    /// Several texts, divided by semicolons.
    Several,
    /// One of a few words.
    OneOf(Vec<String>),
}

impl Ask {
    /// What may be typed, where the help does not say it.
    pub fn hint(&self) -> String {
        match &self.answer {
            Answer::Switch => "y, or leave it empty".to_owned(),
            Answer::Several => "several with a ; between them".to_owned(),
            Answer::OneOf(words) => format!("one of {}", words.join(", ")),
            Answer::Text => String::new(),
        }
    }
}

impl Task {
    /// Whether every word is in its name or in what it is for.
    pub fn fits(&self, query: &str) -> bool {
        let text = format!("{} {} {}", self.row.path, self.about, self.row.group.heading()).to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// A word for a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// What stands before the text: `--output=`.
    pub before: OsString,
    /// The text.
    pub text: String,
    /// Whether the text names a file: `~` and relative paths begin where the person is.
    pub is_path: bool,
}

/// What a command said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ran {
    /// What it printed.
    pub text: String,
    /// What it told beside that: warnings, why it did not do it.
    pub told: String,
    /// Whether it did not do what was asked.
    pub failed: bool,
    /// The argument that is refused, by its name in the definition.
    pub field: Option<String>,
}

/// The command line, as the interface reaches it.
#[derive(Clone)]
pub struct CommandLine {
    /// Options that the program was started with.
    pub start: Vec<(&'static str, OsString)>,
    /// Every command of [`ROWS`], with those of the start that it has.
    pub tasks: fn(&[(&'static str, OsString)]) -> Vec<Task>,
    /// Runs one with these words, the command's own name first; nothing is asked and nothing printed on the way.
    pub run: fn(&[OsString]) -> Ran,
}
