//! What a print-out is made of. HTML and PDF draw the same document, so each print-out is described once.

mod label;
mod panel;

use super::timeline::Timeline;

pub(crate) use label::{Label, Labels, label_size, places, sheet_size, size_words};
pub(crate) use panel::{Boxed, Line, Panel};

/// A print-out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// Its name: `Preparation worksheet`.
    pub(crate) title: String,
    /// Letter instead of A4.
    pub(crate) letter: bool,
    /// A word that must stand out on every page: `DRAFT`.
    pub(crate) banner: Option<String>,
    /// What stands at the head of every page: captions with values, an empty value being written by hand.
    pub(crate) head: Vec<(String, String)>,
    /// What stands at the foot of every page, line by line.
    pub(crate) foot: Vec<String>,
    /// When it was made, as given.
    pub(crate) generated: String,
    /// Each begins on a new page.
    pub(crate) sheets: Vec<Sheet>,
    /// Labels instead of sheets: they have a stock of their own, and neither head nor foot.
    pub(crate) labels: Option<Labels>,
}

impl Document {
    /// The title that windows, tabs and lists of files show, where no page is seen: `DRAFT: Labels: CHOP`.
    pub(crate) fn full_title(&self) -> String {
        self.banner.as_ref().map_or(self.title.clone(), |banner| format!("{banner}: {}", self.title))
    }
}

/// A part of a print-out that begins on a new page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    /// Heading.
    pub(crate) title: String,
    /// Larger letters, for subjects.
    pub(crate) large: bool,
    /// What stands at the head of each of its pages, behind study and subject: cycle, day, date.
    pub(crate) head: Vec<(String, String)>,
    /// What stands on it, in order.
    pub(crate) blocks: Vec<Block>,
}

impl Sheet {
    /// A sheet in the letters of staff.
    pub(crate) fn new(title: &str, blocks: Vec<Block>) -> Self {
        Self { title: title.to_owned(), large: false, head: Vec::new(), blocks }
    }
}

/// A piece of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A paragraph.
    Text(String),
    /// A paragraph in a frame.
    Notice(String),
    /// Labels with values; an empty value is a line to write on.
    Fields(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// Pieces that stay on one page where they fit.
    Group(Vec<Block>),
    /// Cycles, days, drugs, windows as a picture.
    Timeline(Timeline),
    /// A drug of a worksheet.
    Panel(Panel),
    /// Captioned figures beside each other.
    Boxes(Vec<Boxed>),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// What it shows, for readers who cannot see it.
    pub(crate) caption: String,
    /// Column headings with their share of the width.
    pub(crate) head: Vec<(String, u16)>,
    /// Rows; each as long as `head`.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// Words that must be seen.
    Strong(String),
    /// A box to tick.
    Tick,
    /// Room to write.
    Blank,
}

impl Table {
    /// An empty table.
    pub(crate) fn new(caption: &str, head: &[(&str, u16)]) -> Self {
        let head = head.iter().map(|(name, share)| ((*name).to_owned(), *share)).collect();
        Self { caption: caption.to_owned(), head, rows: Vec::new() }
    }
}

/// A cell of words.
pub(crate) fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

/// A cell of words that must be seen.
pub(crate) fn strong(words: impl Into<String>) -> Cell {
    Cell::Strong(words.into())
}

/// A label with its value.
pub(crate) fn field(label: &str, value: impl Into<String>) -> (String, String) {
    (label.to_owned(), value.into())
}

/// A label with a line to write on.
pub(crate) fn blank(label: &str) -> (String, String) {
    (label.to_owned(), String::new())
}
