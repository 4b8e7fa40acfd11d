//! A form being filled in: what is typed, what is wrong with it, the words that the command is given.

use std::ffi::OsString;
use std::sync::Arc;

use crate::quantity::number::shown;
use crate::tui::field::TextField;

use super::{Answer, Ask, Changes, Ran, Task, Word};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// It is filled in.
    #[default]
    Typing,
    /// What is there now is being read, to be looked at before anything is changed.
    Reading,
    /// What is there now stands on the screen: the same key again does it.
    Seen,
    /// It is being done.
    Running,
}

/// A command with what is typed into its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    /// The command.
    pub task: Arc<Task>,
    /// What is typed, an argument a field.
    pub fields: Vec<TextField>,
    /// What is wrong with each.
    pub faults: Vec<Option<String>>,
    /// The field that is typed in.
    pub focus: usize,
    /// How far it is.
    pub stage: Stage,
    /// What was said below the fields: what is there now, or why it was not done.
    pub said: Vec<String>,
    /// How far that is scrolled.
    pub scroll: usize,
}

impl TaskView {
    /// An empty form, with what is known already filled in, by the name of the argument.
    pub fn new(task: Arc<Task>, known: impl Fn(&str) -> Option<String>) -> Self {
        let fields: Vec<TextField> =
            task.asks.iter().map(|ask| known(&ask.id).map_or_else(TextField::default, TextField::offered)).collect();
        let focus = task.asks.iter().zip(&fields).position(|(ask, field)| ask.needed && field.text.is_empty());
        Self {
            faults: vec![None; fields.len()],
            focus: focus.unwrap_or(0),
            fields,
            task,
            stage: Stage::Typing,
            said: Vec::new(),
            scroll: 0,
        }
    }

    /// The field with the focus.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        self.fields.get_mut(self.focus)
    }

    /// Another field; from the last one to the first.
    pub fn move_focus(&mut self, back: bool) {
        let count = self.fields.len().max(1);
        self.focus = (self.focus + if back { count - 1 } else { 1 }) % count;
    }

    /// The text of an argument.
    pub fn text(&self, id: &str) -> &str {
        let at = self.task.asks.iter().position(|ask| ask.id == id);
        at.and_then(|at| self.fields.get(at)).map_or("", |field| field.text.trim())
    }

    /// Something was typed: what was seen before it no longer counts.
    pub fn typed(&mut self) {
        if let Some(fault) = self.faults.get_mut(self.focus) {
            *fault = None;
        }
        if self.stage == Stage::Seen {
            self.stage = Stage::Typing;
            self.said.clear();
        }
    }

    /// Whether something changes that should be looked at first.
    pub fn asks_first(&self) -> bool {
        self.task.row.changes != Changes::Nothing && self.stage != Stage::Seen
    }

    /// The words of the command; none where a field is wrong, which has the focus then.
    pub fn words(&mut self) -> Option<Vec<Word>> {
        let (mut options, mut places) = (Vec::new(), Vec::new());
        for (nth, (ask, field)) in self.task.asks.iter().zip(&self.fields).enumerate() {
            let read = said(ask, field.text.trim());
            if let Some(fault) = self.faults.get_mut(nth) {
                *fault = read.as_ref().err().cloned();
            }
            match &ask.option {
                Some(_) => options.extend(read.unwrap_or_default()),
                None => places.extend(read.unwrap_or_default()),
            }
        }
        if let Some(wrong) = self.faults.iter().position(Option::is_some) {
            self.focus = wrong;
            return None;
        }
        let name = self.task.row.path.split(' ').map(plain);
        // Behind two hyphens nothing is taken for an option.
        let divider = (!places.is_empty()).then(|| plain("--"));
        Some(name.chain(options).chain(whole(&self.task.start)).chain(divider).chain(places).collect())
    }

    /// The words of what is looked at first.
    pub fn first_words(&self) -> Option<Vec<Word>> {
        let (path, argument) = self.task.row.first?;
        let given = argument.map(|id| [plain("--"), plain(self.text(id))]);
        let start = whole(&self.task.first_start);
        Some(path.split(' ').map(plain).chain(start).chain(given.into_iter().flatten()).collect())
    }

    /// It did not do what was asked: the field that is refused has the focus.
    pub fn refused(&mut self, ran: &Ran) {
        self.stage = Stage::Typing;
        self.scroll = 0;
        let lines: Vec<String> = ran.told.lines().map(str::to_owned).collect();
        let field = ran.field.as_deref().and_then(|id| self.task.asks.iter().position(|ask| ask.id == id));
        match field {
            Some(at) => {
                self.focus = at;
                if let Some(fault) = self.faults.get_mut(at) {
                    *fault = Some(lines.join(" "));
                }
                self.said.clear();
            }
            None => self.said = lines,
        }
    }
}

fn plain(text: &str) -> Word {
    Word { before: OsString::new(), text: text.to_owned(), is_path: false }
}

/// Words that stand as they are.
fn whole(words: &[OsString]) -> impl Iterator<Item = Word> {
    words.iter().map(|word| Word { before: word.clone(), text: String::new(), is_path: false })
}

/// The words that a field says.
fn said(ask: &Ask, typed: &str) -> Result<Vec<Word>, String> {
    if typed.is_empty() {
        return if ask.needed { Err("needed: without it there is nothing to do".to_owned()) } else { Ok(Vec::new()) };
    }
    if typed == "-" && ask.is_path {
        return Err("nothing is handed in here: name a file".to_owned());
    }
    let before = ask.option.as_ref().map_or_else(String::new, |option| format!("--{option}="));
    let word = |text: &str| Word { before: before.clone().into(), text: text.to_owned(), is_path: ask.is_path };
    Ok(match &ask.answer {
        Answer::Switch => match typed.to_ascii_lowercase().as_str() {
            "y" | "yes" => vec![plain(before.trim_end_matches('='))],
            "n" | "no" => Vec::new(),
            _ => return Err(format!("\"{}\" is neither yes nor no: write y or n", shown(typed))),
        },
        Answer::Several => typed.split(';').map(str::trim).filter(|one| !one.is_empty()).map(word).collect(),
        Answer::OneOf(words) if !words.iter().any(|one| one == typed) => {
            return Err(format!("\"{}\" is none of {}", shown(typed), words.join(", ")));
        }
        Answer::OneOf(_) | Answer::Text => vec![word(typed)],
    })
}
