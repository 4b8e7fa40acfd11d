//! What a print-out is made of. HTML and PDF draw the same document, so each print-out is described once.

use super::timeline::Timeline;

/// A print-out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// Its name: `Preparation worksheet`.
    pub(crate) title: String,
    /// Letter instead of A4.
    pub(crate) letter: bool,
    /// A word that must stand out on every page: `DRAFT`.
    pub(crate) banner: Option<String>,
    /// What stands at the foot of every page, line by line.
    pub(crate) foot: Vec<String>,
    /// When it was made, as given.
    pub(crate) generated: String,
    /// Each begins on a new page.
    pub(crate) sheets: Vec<Sheet>,
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
    /// What stands on it, in order.
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A heading inside a sheet.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in a frame.
    Notice(String),
    /// Points.
    List(Vec<String>),
    /// Labels with values; an empty value is a line to write on.
    Fields(Vec<(String, String)>),
    /// A table.
    Table(Table),
    /// Pieces that stay on one page where they fit.
    Group(Vec<Block>),
    /// Cycles, days, drugs, windows as a picture.
    Timeline(Timeline),
    /// Framed cards, two a row; the first line of each is its heading.
    Cards(Vec<Vec<String>>),
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
