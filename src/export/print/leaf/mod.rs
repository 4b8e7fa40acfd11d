//! A page that is designed as a whole, as a hand-out for patients is: strips, boxes, months, lines to write on, each at
//! its place. HTML and PDF draw the same one, and break it into the same pages.
//!
//! Lengths are in points (72 to the inch).

pub(crate) mod build;

/// Millimetres in points.
pub(crate) fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// A hand-out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Handout {
    /// Its name, for windows and lists of files.
    pub(crate) title: String,
    /// Letter instead of A4.
    pub(crate) letter: bool,
    /// When it was made, as given.
    pub(crate) generated: String,
    /// SAMPLE, DO NOT HAND OUT across every page.
    pub(crate) sample: bool,
    /// What stands at the foot of every page on the left, a line each; on the right stand [`Handout::code`] and the page.
    pub(crate) foot: Vec<Vec<Span>>,
    /// What tells the sheet from others, at the foot on the right.
    pub(crate) code: String,
    /// Each begins on a new page.
    pub(crate) leaves: Vec<Leaf>,
}

/// A part of a hand-out that begins on a new page, and goes on on others where it must.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    /// Its name, for the list of bookmarks.
    pub(crate) title: String,
    /// What stands at the top of each of its pages.
    pub(crate) head: Vec<Node>,
    /// What follows, in order; pages end between two of them, and between rows of a grid.
    pub(crate) body: Vec<Node>,
}

/// A piece of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Words with lines to write on and boxes to tick.
    Words(Words),
    /// Points, in so many columns.
    Points {
        /// Each point.
        points: Vec<String>,
        /// How many columns.
        columns: usize,
    },
    /// Pieces beside each other.
    Row {
        /// Each with its width.
        cells: Vec<(Width, Node)>,
        /// Room between two.
        gap: f32,
        /// In the middle of the row's height instead of at its top.
        middle: bool,
    },
    /// Pieces below each other that stay on one page.
    Stack(Vec<Node>),
    /// A piece in a frame or on a ground.
    Frame {
        /// How thick the frame is; 0 for none.
        line: f32,
        /// What it lies on.
        ground: Ground,
        /// Room inside, at the sides and above.
        pad: (f32, f32),
        /// What stands in it.
        inner: Box<Node>,
    },
    /// A month.
    Month(Month),
    /// A table.
    Grid(Grid),
    /// Room.
    Space(f32),
}

/// How wide a piece of a row is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Width {
    /// So many points.
    Points(f32),
    /// A share of what is left.
    Share(f32),
}

/// What a frame lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// Paper.
    Paper,
    /// Black, with white words.
    Black,
}

/// What words are to who hears the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rank {
    /// A heading, from 1 down.
    Heading(u16),
    /// A paragraph.
    Paragraph,
}

/// Where words stand in their width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// Words of one size.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Words {
    /// What they are made of.
    pub(crate) spans: Vec<Span>,
    /// Their size.
    pub(crate) size: f32,
    /// What they are.
    pub(crate) rank: Rank,
    /// Where they stand.
    pub(crate) align: Align,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Span {
    /// Words.
    Text {
        /// What they say.
        text: String,
        /// Whether they are bold.
        bold: bool,
        /// Their size in relation to that of the line.
        scale: f32,
    },
    /// A line to write on, so long.
    Blank(f32),
    /// A line to write on as far as the words may go.
    Rest,
    /// A box to tick.
    Tick,
    /// A day as it is marked in a month.
    Day(String, Mark),
}

/// How a day of a month is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A visit that is fixed: black.
    Fixed,
    /// A visit that is planned: framed.
    Planned,
    /// Medicine at home: underlined.
    Home,
}

/// A month with its marked days.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Month {
    /// `December 2026`
    pub(crate) name: String,
    /// Days of the week before the first, counted from Monday.
    pub(crate) lead: usize,
    /// Each day with its marks.
    pub(crate) days: Vec<Vec<Mark>>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// What it shows, for who cannot see it.
    pub(crate) caption: String,
    /// Its columns.
    pub(crate) widths: Vec<Width>,
    /// Their headings.
    pub(crate) head: Vec<String>,
    /// Size of the headings.
    pub(crate) head_size: f32,
    /// Frames around every cell instead of lines below the rows.
    pub(crate) boxed: bool,
    /// Its rows.
    pub(crate) rows: Vec<GridRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GridRow {
    /// Its cells, left to right.
    pub(crate) cells: Vec<GridCell>,
    /// How high it is where there is room.
    pub(crate) height: f32,
    /// How high it is at least.
    pub(crate) least: f32,
    /// A heavier line below it.
    pub(crate) heavy: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GridCell {
    /// Lines of words, each of one size.
    pub(crate) lines: Vec<Words>,
    /// Grey ground.
    pub(crate) grey: bool,
    /// A heavy frame of its own.
    pub(crate) framed: bool,
    /// How many columns it takes.
    pub(crate) columns: usize,
}

impl Grid {
    /// The same table with other rows.
    pub(crate) fn with_rows(&self, rows: Vec<GridRow>) -> Self {
        Self { rows, ..self.clone() }
    }
}
