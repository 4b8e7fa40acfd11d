//! What each screen remembers.

use std::path::PathBuf;
use std::sync::Arc;

use crate::calendar::Date;
use crate::course::CycleKey;
use crate::tui::field::TextField;
use crate::tui::record::board::GroupBy;

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectsView {
    /// Its lines in their order, as far as the filter leaves them, among all of them.
    pub shown: Arc<[usize]>,
    /// The chosen one of those.
    pub at: usize,
    /// How far the pane below is scrolled.
    pub scroll: usize,
    /// The pane the arrows move in: the lines, or the chosen one in full.
    pub pane: Pane,
    /// How it is divided.
    pub group: GroupBy,
    /// Words that every line has.
    pub filter: TextField,
    /// Whether they are being typed.
    pub filtering: bool,
}

/// What is on record of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistoryView {
    /// The chosen entry.
    pub at: usize,
    /// How far the doses are scrolled.
    pub scroll: usize,
    /// The pane the arrows move in: entries, or the doses.
    pub pane: Pane,
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
    /// The heading under which each of them stands, while nothing is looked for.
    pub headings: Vec<&'static str>,
    /// Nothing goes by the words; what is found comes near, or has some of them.
    pub near: bool,
    /// In plain text the whole list was asked for.
    pub listed: bool,
    /// The chosen one of them.
    pub at: usize,
    /// How far the preview is scrolled.
    pub scroll: usize,
    /// The pane the arrows move in: the list, or the preview.
    pub pane: Pane,
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

impl Pane {
    /// The one that the arrows do not move in.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Pane::Calendar => Pane::Detail,
            Pane::Detail => Pane::Calendar,
        }
    }
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
    /// Words that every row of the list and of the matrix has.
    pub filter: TextField,
    /// Whether they are being typed.
    pub filtering: bool,
}

impl PlanView {
    /// A plan that stands on a day.
    pub fn on(cursor: Date) -> Self {
        Self {
            cursor,
            shape: Shape::default(),
            working: false,
            pane: Pane::default(),
            scroll: 0,
            filter: TextField::default(),
            filtering: false,
        }
    }

    /// The same shape as another view had, on a day.
    pub fn again(before: Option<&Self>, cursor: Date) -> Self {
        let (shape, working) = before.map_or_else(Default::default, |view| (view.shape, view.working));
        Self { shape, working, ..Self::on(cursor) }
    }
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

impl Vary {
    /// The next of the things that may differ, or the one before.
    #[must_use]
    pub fn next(self, back: bool) -> Self {
        const ORDER: [Vary; 6] = [Vary::Formula, Vary::Weight, Vary::Level, Vary::Start, Vary::Cycle, Vary::Delay];
        let at = ORDER.iter().position(|known| *known == self).unwrap_or(0);
        let to = if back { at + ORDER.len() - 1 } else { at + 1 };
        ORDER.get(to % ORDER.len()).copied().unwrap_or_default()
    }
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
    Study,
    /// A question of [`crate::tui::choices`], by its option.
    Choice(&'static str),
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
    /// What the list of formats is filtered by.
    pub query: TextField,
    /// Index into the formats.
    pub format: usize,
    /// Subject code.
    pub subject: TextField,
    /// The study: its code, or a file.
    pub study: TextField,
    /// What else the formats were told, by the option.
    pub choices: std::collections::BTreeMap<&'static str, TextField>,
    /// The path as proposed; one that was typed over is left alone.
    pub proposed: String,
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

impl Compare {
    pub(super) fn focused(&mut self) -> Option<&mut TextField> {
        match self.vary {
            Vary::Weight => Some(&mut self.weight),
            Vary::Start => Some(&mut self.start),
            Vary::Delay => Some(&mut self.delay),
            Vary::Formula | Vary::Level | Vary::Cycle => None,
        }
    }
}

impl ExportView {
    pub(super) fn focused(&mut self) -> &mut TextField {
        match self.focus {
            ExportField::Format => &mut self.query,
            ExportField::Subject => &mut self.subject,
            ExportField::Study => &mut self.study,
            ExportField::Choice(option) => self.choices.entry(option).or_default(),
            ExportField::Path => &mut self.path,
        }
    }
}

/// What a command said, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputView {
    /// Which command.
    pub title: String,
    /// What it told beside what it printed.
    pub told: Vec<String>,
    /// Whether it did not do what was asked.
    pub failed: bool,
    /// What it printed, line by line.
    pub lines: std::sync::Arc<[String]>,
    /// How far it is scrolled.
    pub scroll: usize,
}
