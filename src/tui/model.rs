//! Everything the interface knows between two keys. Plain data: no terminal, no clock, no disk.

use std::path::PathBuf;
use std::sync::Arc;

use crate::calendar::{Date, Site};
use crate::course::CycleKey;
use crate::finding::Severity;
use crate::library::Book;

use super::field::TextField;
use super::key::Chord;
use super::session::Session;
use super::settings::Settings;

/// The regimens; two models share them or differ.
#[derive(Debug, Clone)]
pub struct Shelf(pub Arc<Vec<Book>>);

impl Eq for Shelf {}

impl PartialEq for Shelf {
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
    /// Every regimen file.
    pub shelf: Shelf,
    /// Where files go unless another path is typed.
    pub folder: PathBuf,
    /// Screens, the visible one last.
    pub stack: Vec<Screen>,
    /// The regimen in hand.
    pub session: Option<Session>,
    /// A message at the foot of the screen.
    pub notice: Option<Notice>,
    /// Number of the newest question to the worker; older answers are dropped.
    pub generation: u64,
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
    Messages(Scroll),
    Compare(Compare),
    Delay(DelayView),
    Export(ExportView),
    Charts(Charts),
    Help(Filter),
    Palette(Filter),
}

/// A screen's name, for the command table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    Safety,
    Finder,
    Form,
    Plan,
    Messages,
    Compare,
    Delay,
    Export,
    Charts,
    Help,
    Palette,
}

impl Kind {
    /// The word in help and documentation.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Safety => "Safety statement",
            Kind::Finder => "Finder",
            Kind::Form => "Subject form",
            Kind::Plan => "Plan",
            Kind::Messages => "Messages",
            Kind::Compare => "Compare",
            Kind::Delay => "What-if delay",
            Kind::Export => "Export",
            Kind::Charts => "Charts",
            Kind::Help => "Help",
            Kind::Palette => "Commands",
        }
    }
}

/// How far a text is scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll(pub usize);

/// The finder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finder {
    /// What is looked for.
    pub query: TextField,
    /// Entries that fit, best first.
    pub found: Vec<usize>,
    /// The chosen one of them.
    pub at: usize,
    /// How far the preview is scrolled.
    pub scroll: usize,
}

/// The shapes of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Shape {
    #[default]
    Months,
    Matrix,
    Agenda,
}

/// The panes of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Pane {
    #[default]
    Calendar,
    Detail,
}

/// The plan on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// The day it stands on.
    pub cursor: Date,
    /// The shape.
    pub shape: Shape,
    /// Whether the working is open.
    pub working: bool,
    /// The pane the arrows move in.
    pub pane: Pane,
    /// How far the detail pane is scrolled.
    pub scroll: usize,
}

/// What may differ in a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[allow(missing_docs)]
pub enum Vary {
    #[default]
    Formula,
    Weight,
    Level,
    Start,
    Cycle,
    Delay,
}

/// Two plans side by side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compare {
    /// What is being changed.
    pub vary: Vary,
    /// Index into the formulas; `None` is the regimen's own.
    pub formula: Option<usize>,
    /// Another weight.
    pub weight: TextField,
    /// Index into the steps of every drug's ladder; `None` is every drug as it is.
    pub level: Option<usize>,
    /// Another start.
    pub start: TextField,
    /// The cycle that comes later: 0 is the second.
    pub cycle: usize,
    /// Days by which it comes later.
    pub delay: TextField,
    /// How far the rows are scrolled.
    pub scroll: usize,
}

/// A delay tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelayView {
    /// The cycle.
    pub cycle: CycleKey,
    /// Days later.
    pub days: TextField,
    /// How far the rows are scrolled.
    pub scroll: usize,
}

/// The fields of the export dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum ExportField {
    #[default]
    Format,
    Subject,
    Path,
}

/// What is known of the path typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum PathState {
    #[default]
    Unknown,
    Free(PathBuf),
    Exists(PathBuf),
    Wrong(String),
}

/// The export dialog.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExportView {
    /// The field with the focus.
    pub focus: ExportField,
    /// Index into the formats.
    pub format: usize,
    /// Subject code.
    pub subject: TextField,
    /// Where to.
    pub path: TextField,
    /// What is known of that path.
    pub state: PathState,
    /// Endings that complete it.
    pub endings: Vec<String>,
    /// A file of that name is there, and the person asked to write.
    pub asked: bool,
    /// The file is being written.
    pub busy: bool,
}

/// Charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Charts {
    /// Which drug.
    pub drug: usize,
}

/// A list with a filter: help, palette.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What is typed.
    pub query: TextField,
    /// The chosen row.
    pub at: usize,
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
    Command(&'static str),
    Row(usize),
    Field(super::session::FieldId),
    Day(Date),
    Done(u64, Report),
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Report {
    Path { state: PathState, endings: Vec<String> },
    Exported(Result<PathBuf, String>),
    Remembered(Result<(), String>),
    Read,
    Edited(Box<super::editor::Edited>),
}

/// What a model asks the world to do.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Effect {
    Remember,
    Read(Shelf),
    Edit(Shelf, usize),
    Check { generation: u64, path: String },
    Export(Box<Job>),
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
    pub overwrite: bool,
}

impl Model {
    /// The visible screen's name.
    pub fn kind(&self) -> Kind {
        match self.stack.last() {
            Some(Screen::Safety(_)) => Kind::Safety,
            Some(Screen::Finder(_)) | None => Kind::Finder,
            Some(Screen::Form) => Kind::Form,
            Some(Screen::Plan(_)) => Kind::Plan,
            Some(Screen::Messages(_)) => Kind::Messages,
            Some(Screen::Compare(_)) => Kind::Compare,
            Some(Screen::Delay(_)) => Kind::Delay,
            Some(Screen::Export(_)) => Kind::Export,
            Some(Screen::Charts(_)) => Kind::Charts,
            Some(Screen::Help(_)) => Kind::Help,
            Some(Screen::Palette(_)) => Kind::Palette,
        }
    }

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
            Screen::Delay(delay) => Some(&mut delay.days),
            Screen::Export(export) => export.focused(),
            Screen::Help(filter) | Screen::Palette(filter) => Some(&mut filter.query),
            Screen::Safety(_) | Screen::Plan(_) | Screen::Messages(_) | Screen::Charts(_) => None,
        }
    }

    /// Whether letters are text now.
    pub fn is_typing(&self) -> bool {
        match self.stack.last() {
            Some(Screen::Finder(_) | Screen::Form | Screen::Delay(_) | Screen::Help(_) | Screen::Palette(_)) => true,
            Some(Screen::Compare(compare)) => matches!(compare.vary, Vary::Weight | Vary::Start | Vary::Delay),
            Some(Screen::Export(export)) => export.focus != ExportField::Format,
            _ => false,
        }
    }

    /// Puts a message at the foot of the screen.
    pub fn say(&mut self, severity: Severity, text: impl Into<String>) {
        self.notice = Some(Notice { severity, text: text.into() });
    }

    /// The next number for a question to the worker.
    pub fn ask(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }

    /// The plan in hand.
    pub fn planned(&self) -> Option<&Arc<super::session::Planned>> {
        self.session.as_ref()?.planned.as_ref()
    }
}

impl Compare {
    fn focused(&mut self) -> Option<&mut TextField> {
        match self.vary {
            Vary::Weight => Some(&mut self.weight),
            Vary::Start => Some(&mut self.start),
            Vary::Delay => Some(&mut self.delay),
            Vary::Formula | Vary::Level | Vary::Cycle => None,
        }
    }
}

impl ExportView {
    fn focused(&mut self) -> Option<&mut TextField> {
        match self.focus {
            ExportField::Format => None,
            ExportField::Subject => Some(&mut self.subject),
            ExportField::Path => Some(&mut self.path),
        }
    }
}
