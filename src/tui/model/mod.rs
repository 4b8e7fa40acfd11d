//! Everything the interface knows between two keys. Plain data: no terminal, no clock, no disk.

mod kind;
mod views;

use crate::regimen::CycleWord;
use std::path::PathBuf;
use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::export;
use crate::finding::Severity;
use crate::library::RegimenEntry;
use crate::study::Chosen;

pub use super::advice::AdviceView;
use super::field::TextField;
use super::key::Chord;
use super::session::Session;
use super::settings::Settings;
use super::task::{Changes, Ran, Task, TaskView, Word};
pub use kind::Kind;
pub use views::{
    Charts, Compare, DelayView, ExportField, ExportView, Filter, Finder, HistoryView, OutputView, Pane, PathState,
    PlanView, Scroll, Shape, SubjectsView, Vary,
};

/// The regimens; two models share them or differ.
#[derive(Debug, Clone)]
pub struct RegimenList(pub Arc<Vec<RegimenEntry>>);

impl Eq for RegimenList {}

impl PartialEq for RegimenList {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The state of the interface.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Columns and rows of the window.
    pub size: (u16, u16),
    /// Today, as last told.
    pub today: Date,
    /// Looks and keys.
    pub settings: Settings,
    /// Closures and the site's values.
    pub site: Arc<Site>,
    /// The study and its site.
    pub study: Arc<Chosen>,
    /// Every regimen file.
    pub regimens: RegimenList,
    /// Where files go unless another path is typed.
    pub folder: PathBuf,
    /// Screens, the visible one last.
    pub stack: Vec<Screen>,
    /// The subjects of the record.
    pub record: super::record::Record,
    /// The regimen in hand.
    pub session: Option<Session>,
    /// The commands that have no screen of their own, as soon as they were asked for.
    pub tasks: Arc<[Arc<Task>]>,
    /// Their forms as they were left.
    pub left: Vec<TaskView>,
    /// The regimens at hand: favourites, and those opened last.
    pub shelf: super::shelf::Shelf,
    /// The format that was written last.
    pub last_format: Option<&'static str>,
    /// The calculators as they were left.
    pub calculators: Option<Box<super::calculators::CalculatorsView>>,
    /// A message at the foot of the screen.
    pub notice: Option<Notice>,
    /// Number of the newest question to the worker; older answers are dropped.
    pub generation: u64,
    /// Ctrl-C was the last key: once more leaves.
    pub interrupted: bool,
    /// The last key, where it would have lost what is typed: once more does it.
    pub leaving: Option<Chord>,
    /// The loop ends.
    pub quit: bool,
}

/// A message at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// What it says.
    pub text: String,
}

/// A screen and what it remembers.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Screen {
    Safety(Scroll),
    Finder(Finder),
    Form,
    Plan(PlanView),
    /// What can be recorded; the chosen act.
    Menu(usize),
    Messages(Scroll),
    ReadBack(Scroll),
    Compare(Compare),
    Advice(Box<AdviceView>),
    Delay(DelayView),
    Export(ExportView),
    Charts(Charts),
    Subjects(SubjectsView),
    History(HistoryView),
    Act(Box<super::record::act::ActView>),
    Calculators(Box<super::calculators::CalculatorsView>),
    Tasks(Filter),
    Task(Box<TaskView>),
    Output(OutputView),
    Locked(TextField),
    Help(Filter),
    Palette(Filter),
}

/// What happens to a model.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Message {
    Key(Chord),
    Paste(String),
    Resize(u16, u16),
    Today(Date),
    Wheel(i16),
    /// The terminal has said what its background is like.
    Background(super::theme::Theme),
    Command(&'static str),
    Row(usize),
    Field(super::session::FieldId),
    Day(Date),
    Done(u64, Report),
    /// Nobody has touched a key for long.
    Idle,
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Report {
    Path {
        state: PathState,
        endings: Vec<String>,
    },
    Exported(Result<(PathBuf, Vec<export::Note>), String>),
    Looked(Result<Ran, String>),
    Remembered(Result<(), String>),
    Subjects(Result<super::record::Register, String>),
    Opened(Result<super::record::OpenSubject, String>),
    Recorded(super::record::Recorded),
    /// The whole record was looked at: why it cannot be trusted, where it cannot.
    Checked(Result<Vec<String>, String>),
    Read,
    Edited(Box<Edited>),
    Tasks(Arc<[Arc<Task>]>),
    /// What a command said; the regimens, where it changed them.
    Ran(Ran, Option<RegimenList>),
}

/// What came of a visit to the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The file.
    pub path: PathBuf,
    /// Whether it is a copy made just now.
    pub copied: bool,
    /// Why the editor could not be used.
    pub failed: Option<String>,
    /// Every regimen, as the files are now.
    pub regimens: RegimenList,
}

/// What a model asks the world to do.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Effect {
    Remember,
    /// The format that was written last, for the next time.
    KeepFormat(&'static str),
    /// The looks that were chosen, for the next time.
    KeepTheme(&'static str),
    /// The regimens at hand, for the next time.
    KeepShelf(String),
    Read(RegimenList),
    Edit(RegimenList, usize),
    Check {
        generation: u64,
        path: String,
    },
    Export(Box<Job>),
    /// The first rows of what would be written.
    Look(Box<Job>),
    Subjects(u64),
    Open(u64, String),
    Record(u64, Box<super::record::Job>),
    /// The commands that have no screen of their own.
    Tasks,
    Task {
        generation: u64,
        words: Vec<Word>,
        changes: Changes,
    },
    Copy(String),
    Suspend,
    Redraw,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Job {
    pub generation: u64,
    pub path: PathBuf,
    pub format: &'static str,
    pub planned: Arc<super::session::Planned>,
    pub subject: Option<String>,
    /// The study as typed: a code, or a file.
    pub study: String,
    /// What else was typed, by the option that says it.
    pub choices: Vec<(&'static str, String)>,
    /// The subject's record behind the plan, where there is one: it says who verified what.
    pub record: Option<super::record::OpenSubject>,
    pub overwrite: bool,
}

impl Model {
    /// The plan on the stack, also when another screen covers it.
    pub fn plan_view(&self) -> Option<&PlanView> {
        self.stack.iter().rev().find_map(|screen| match screen {
            Screen::Plan(view) => Some(view),
            _ => None,
        })
    }

    /// The field in which letters are text, if there is one.
    pub fn typing(&mut self) -> Option<&mut TextField> {
        match self.stack.last_mut()? {
            Screen::Finder(finder) => Some(&mut finder.query),
            Screen::Form => self.session.as_mut()?.focused(),
            Screen::Compare(compare) => compare.focused(),
            Screen::Advice(view) => view.focused(),
            Screen::Delay(delay) => Some(&mut delay.days),
            Screen::Export(export) => Some(export.focused()),
            Screen::Act(view) => view.focused(),
            Screen::Calculators(view) => view.focused(),
            Screen::Locked(field) => Some(field),
            Screen::Task(view) => view.focused(),
            Screen::Help(filter) | Screen::Palette(filter) | Screen::Tasks(filter) => Some(&mut filter.query),
            Screen::Plan(view) => view.filtering.then_some(&mut view.filter),
            Screen::Subjects(view) => view.filtering.then_some(&mut view.filter),
            Screen::Safety(_)
            | Screen::Menu(_)
            | Screen::Messages(_)
            | Screen::ReadBack(_)
            | Screen::Charts(_)
            | Screen::Output(_)
            | Screen::History(_) => None,
        }
    }

    /// Whether letters are text now.
    pub fn is_typing(&self) -> bool {
        match self.stack.last() {
            Some(
                Screen::Finder(_)
                | Screen::Form
                | Screen::Delay(_)
                | Screen::Act(_)
                | Screen::Locked(_)
                | Screen::Tasks(_)
                | Screen::Task(_)
                | Screen::Help(_)
                | Screen::Palette(_),
            ) => true,
            Some(Screen::Plan(view)) => view.filtering,
            Some(Screen::Subjects(view)) => view.filtering,
            Some(Screen::Advice(view)) => !view.fields.is_empty(),
            Some(Screen::Compare(compare)) => matches!(compare.vary, Vary::Weight | Vary::Start | Vary::Delay),
            Some(Screen::Export(_)) => true,
            Some(Screen::Calculators(view)) => view.focus.is_some(),
            _ => false,
        }
    }

    /// Plans again from what is typed.
    pub fn replan(&mut self) {
        let (today, site) = (self.today, self.site.clone());
        if let Some(session) = &mut self.session {
            session.plan_again(today, &site);
        }
    }

    /// Whether a key that leaves the screen would lose what is typed there: told the first time, done the second.
    pub fn asks_before_leaving(&mut self, chord: Chord) -> bool {
        let typed = match self.stack.last() {
            Some(Screen::Act(view)) => view.typed && !view.busy,
            Some(Screen::Advice(view)) => view.typed,
            _ => false,
        };
        self.asks_twice(chord, typed, "What is typed here is not recorded", "leaves it")
    }

    /// Whether a key is asked for a second time before it does what cannot be taken back.
    pub fn asks_twice(&mut self, chord: Chord, asks: bool, what: &str, does: &str) -> bool {
        let sure = self.leaving.take() == Some(chord);
        if asks && !sure {
            self.leaving = Some(chord);
            let text = format!("{what}: {} once more {does}; any other key stays.", chord.label());
            self.notify(Severity::Warn, text);
        }
        asks && !sure
    }

    /// Puts a message at the foot of the screen.
    pub fn notify(&mut self, severity: Severity, text: impl Into<String>) {
        self.notice = Some(Notice { severity, text: text.into() });
    }

    /// The next number for a question to the worker.
    pub fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// Whether anything of a subject of the record is on the screen or behind it.
    pub fn shows_subjects(&self) -> bool {
        let shows = |screen: &Screen| matches!(screen, Screen::Subjects(_) | Screen::Task(_) | Screen::Output(_));
        self.open_subject().is_some() || self.stack.iter().any(shows)
    }

    /// The subject in hand, where the record has one.
    pub fn open_subject(&self) -> Option<&super::record::OpenSubject> {
        self.session.as_ref()?.subject.as_ref()
    }

    /// What the trial in hand calls a cycle.
    pub fn cycle_word(&self) -> CycleWord {
        self.session.as_ref().map_or_else(CycleWord::default, |session| session.regimen.cycle_word)
    }

    /// The plan in hand.
    pub fn planned(&self) -> Option<&Arc<super::session::Planned>> {
        self.session.as_ref()?.planned.as_ref()
    }
}
