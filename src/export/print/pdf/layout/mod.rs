//! Where everything stands: blocks to pieces on pages, before anything is drawn, so that every page
//! knows how many there are.

mod flow;
mod panel;
mod picture;
mod table;

use super::super::document::{Block, Document, Sheet};
use super::letters::{Letters, Style};
use super::tags::{Kind, Tags};

/// Something to draw, in points from the top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Draw {
    Words {
        x: f32,
        baseline: f32,
        style: Style,
        text: String,
    },
    /// White words, on black.
    White {
        x: f32,
        baseline: f32,
        style: Style,
        text: String,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        rgb: (u8, u8, u8),
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        line: f32,
    },
    Diamond {
        x: f32,
        y: f32,
        half: f32,
    },
}

impl Draw {
    /// The same, elsewhere.
    pub(super) fn moved(mut self, dx: f32, dy: f32) -> Self {
        match &mut self {
            Draw::Words { x, baseline: y, .. }
            | Draw::White { x, baseline: y, .. }
            | Draw::Fill { x, y, .. }
            | Draw::Frame { x, y, .. }
            | Draw::Diamond { x, y, .. } => (*x, *y) = (*x + dx, *y + dy),
        }
        self
    }

    /// The same words in white.
    pub(super) fn white(self) -> Self {
        match self {
            Draw::Words { x, baseline, style, text } => Draw::White { x, baseline, style, text },
            other => other,
        }
    }
}

/// Things drawn together under one tag; without a tag they are decoration.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) tag: Option<usize>,
    pub(super) draws: Vec<Draw>,
}

/// A page.
pub(super) type Page = Vec<Piece>;

/// Captions with values.
pub(super) type Captions = Vec<(String, String)>;

/// Margins.
pub(super) const SIDE: f32 = 34.0;
/// Where the running head begins, how high it is, and the strip below it.
pub(super) const HEAD: (f32, f32) = (16.0, 28.0);
pub(super) const STRIP: f32 = 14.0;
const BOTTOM: f32 = 56.0;
const LEADING: f32 = 1.3;
const PAD: f32 = 3.0;
const RULE: (u8, u8, u8) = (80, 80, 80);

/// The state of laying out.
pub(super) struct Layout<'a> {
    letters: &'a Letters,
    pub(super) tags: Tags,
    pub(super) pages: Vec<Page>,
    /// What stands at the head of each page, behind study and subject.
    pub(super) heads: Vec<Captions>,
    /// The same of the sheet that is laid out.
    head: Captions,
    /// Page and height of each sheet's heading, for the outline.
    pub(super) headings: Vec<(String, usize)>,
    width: f32,
    top: f32,
    bottom: f32,
    y: f32,
    size: f32,
    section: Option<usize>,
}

impl<'a> Layout<'a> {
    /// `strip` is whether a black strip stands below the running head.
    pub(super) fn new(letters: &'a Letters, page: (f32, f32), strip: bool) -> Self {
        let top = HEAD.0 + HEAD.1 + if strip { STRIP } else { 0.0 } + 7.0;
        Self {
            letters,
            tags: Tags::default(),
            pages: Vec::new(),
            heads: Vec::new(),
            head: Vec::new(),
            headings: Vec::new(),
            width: page.0 - 2.0 * SIDE,
            top,
            bottom: page.1 - BOTTOM,
            y: top,
            size: 9.0,
            section: None,
        }
    }

    pub(super) fn document(&mut self, document: &Document) {
        for sheet in &document.sheets {
            self.sheet(document, sheet);
        }
    }

    fn sheet(&mut self, document: &Document, sheet: &Sheet) {
        self.head.clone_from(&sheet.head);
        self.new_page();
        self.size = if sheet.large { 12.0 } else { 9.0 };
        let section = self.tags.add(Kind::Section, None);
        self.section = Some(section);
        let what = Style { size: 8.5, bold: false, grey: true };
        self.paragraph(&document.title, what, Kind::Paragraph, 0.0);
        self.headings.push((sheet.title.clone(), self.pages.len().saturating_sub(1)));
        self.heading(1, &sheet.title, self.size * 1.6);
        sheet.blocks.iter().for_each(|block| self.block(block));
    }

    fn new_page(&mut self) {
        self.pages.push(Page::new());
        self.heads.push(self.head.clone());
        self.y = self.top;
    }

    fn push(&mut self, tag: Option<usize>, draws: Vec<Draw>) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Piece { tag, draws });
        }
    }

    /// Goes on to a new page where so much does not fit and something stands above.
    fn need(&mut self, height: f32) -> bool {
        let full = self.y + height > self.bottom && self.y > self.top;
        if full {
            self.new_page();
        }
        full
    }

    fn plain(&self) -> Style {
        Style { size: self.size, bold: false, grey: false }
    }

    fn strong(&self) -> Style {
        Style { bold: true, ..self.plain() }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(words) => self.paragraph(words, self.plain(), Kind::Paragraph, 0.0),
            Block::Notice(words) => self.notice(words),
            Block::Fields(fields) => fields.chunks(2).for_each(|pair| self.fields(pair)),
            Block::Table(table) => self.table(table),
            Block::Group(blocks) => {
                let height = self.measure(blocks);
                self.need(height.min(self.bottom - self.top));
                blocks.iter().for_each(|block| self.block(block));
            }
            Block::Timeline(picture) => self.timeline(picture),
            Block::Panel(panel) => self.panel(panel),
            Block::Boxes(boxes) => {
                let height = self.boxes_high(boxes, self.width);
                self.need(height);
                self.boxes(boxes, (SIDE, self.width), height);
                self.y += 4.0;
            }
        }
    }

    /// The height blocks take on a page without an end.
    fn measure(&self, blocks: &[Block]) -> f32 {
        let mut scratch = Layout::new(self.letters, (self.width + 2.0 * SIDE, f32::MAX), false);
        scratch.size = self.size;
        scratch.new_page();
        blocks.iter().for_each(|block| scratch.block(block));
        scratch.y - scratch.top
    }
}

fn words(x: f32, baseline: f32, style: Style, text: &str) -> Draw {
    Draw::Words { x, baseline, style, text: text.to_owned() }
}

fn stacked(lines: &[String], x: f32, top: f32, style: Style) -> Vec<Draw> {
    let mut baseline = top + style.size;
    let mut draws = Vec::new();
    for line in lines {
        draws.push(words(x, baseline, style, line));
        baseline += style.size * LEADING;
    }
    draws
}

fn line_count(lines: &[String]) -> f32 {
    lines_high(lines.len(), 1.0)
}

#[allow(clippy::cast_precision_loss)] // lines of a page
pub(super) fn lines_high(count: usize, leading: f32) -> f32 {
    count as f32 * leading
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and the lines of a page, or of a page without an end
fn lines_that_fit(room: f32, leading: f32) -> usize {
    ((room / leading).clamp(1.0, 1_000_000.0)) as usize
}
