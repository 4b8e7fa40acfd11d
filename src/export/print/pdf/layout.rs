//! Where everything stands: blocks to pieces on pages, before anything is drawn, so that every page
//! knows how many there are.

use super::super::document::{Block, Cell, Document, Sheet, Table};
use super::super::timeline::{Shape, Timeline, WIDTH};
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
}

/// Things drawn together under one tag; without a tag they are decoration.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) tag: Option<usize>,
    pub(super) draws: Vec<Draw>,
}

/// A page.
pub(super) type Page = Vec<Piece>;

/// Margins.
pub(super) const SIDE: f32 = 40.0;
const TOP: f32 = 44.0;
const BOTTOM: f32 = 60.0;
const LEADING: f32 = 1.3;
const PAD: f32 = 3.0;
const RULE: (u8, u8, u8) = (80, 80, 80);

/// The state of laying out.
pub(super) struct Layout<'a> {
    letters: &'a Letters,
    pub(super) tags: Tags,
    pub(super) pages: Vec<Page>,
    /// Page and height of each sheet's heading, for the outline.
    pub(super) headings: Vec<(String, usize)>,
    width: f32,
    bottom: f32,
    y: f32,
    size: f32,
    section: Option<usize>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(letters: &'a Letters, page: (f32, f32)) -> Self {
        Self {
            letters,
            tags: Tags::default(),
            pages: Vec::new(),
            headings: Vec::new(),
            width: page.0 - 2.0 * SIDE,
            bottom: page.1 - BOTTOM,
            y: TOP,
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
        self.y = TOP;
    }

    fn push(&mut self, tag: Option<usize>, draws: Vec<Draw>) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Piece { tag, draws });
        }
    }

    /// Goes on to a new page where so much does not fit and something stands above.
    fn need(&mut self, height: f32) -> bool {
        let full = self.y + height > self.bottom && self.y > TOP;
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
            Block::Heading(words) => {
                self.y += 5.0;
                self.need(self.size * 6.0);
                self.heading(2, words, self.size * 1.2);
            }
            Block::Text(words) => self.paragraph(words, self.plain(), Kind::Paragraph, 0.0),
            Block::Notice(words) => self.notice(words),
            Block::List(points) => self.list(points),
            Block::Fields(fields) => fields.chunks(2).for_each(|pair| self.fields(pair)),
            Block::Table(table) => self.table(table),
            Block::Group(blocks) => {
                let height = self.measure(blocks);
                self.need(height.min(self.bottom - TOP));
                blocks.iter().for_each(|block| self.block(block));
            }
            Block::Timeline(picture) => self.timeline(picture),
            Block::Cards(cards) => cards.chunks(2).for_each(|pair| self.cards(pair)),
        }
    }

    /// The height blocks take on a page without an end.
    fn measure(&self, blocks: &[Block]) -> f32 {
        let mut scratch = Layout::new(self.letters, (self.width + 2.0 * SIDE, f32::MAX));
        scratch.size = self.size;
        scratch.new_page();
        blocks.iter().for_each(|block| scratch.block(block));
        scratch.y - TOP
    }

    fn heading(&mut self, level: u16, words: &str, size: f32) {
        let style = Style { size, bold: true, grey: false };
        // A reader of tags needs words where a heading stands, whatever the file called the regimen.
        let words = if words.trim().is_empty() { "(no name)" } else { words };
        self.paragraph(words, style, Kind::Heading(level, words.to_owned()), 0.0);
    }

    fn paragraph(&mut self, words: &str, style: Style, kind: Kind, indent: f32) {
        let tag = self.tags.add(kind, self.section);
        let lines = self.letters.wrap(words, style, self.width - indent);
        self.lines(&lines, style, tag, indent);
        self.y += style.size * 0.35;
    }

    fn lines(&mut self, lines: &[String], style: Style, tag: usize, indent: f32) {
        let height = style.size * LEADING;
        for line in lines {
            self.need(height);
            let draw = words(SIDE + indent, self.y + style.size, style, line);
            self.push(Some(tag), vec![draw]);
            self.y += height;
        }
    }

    fn notice(&mut self, text: &str) {
        self.y += 3.0;
        let style = self.strong();
        let lines = self.letters.wrap(text, style, self.width - 10.0);
        let height = line_count(&lines) * style.size * LEADING + 7.0;
        self.need(height);
        let (top, tag) = (self.y, self.tags.add(Kind::Paragraph, self.section));
        if top + height <= self.bottom {
            self.push(None, vec![Draw::Frame { x: SIDE, y: top, width: self.width, height, line: 1.2 }]);
        }
        self.y += 3.0;
        self.lines(&lines, style, tag, 5.0);
        self.y += 7.0;
    }

    fn list(&mut self, points: &[String]) {
        let style = self.plain();
        let list = self.tags.add(Kind::List, self.section);
        for point in points {
            let item = self.tags.add(Kind::Item, Some(list));
            let body = self.tags.add(Kind::ItemBody, Some(item));
            let lines = self.letters.wrap(point, style, self.width - 14.0);
            self.need(style.size * LEADING);
            let dot =
                Draw::Fill { x: SIDE + 4.0, y: self.y + style.size * 0.55, width: 2.5, height: 2.5, rgb: (0, 0, 0) };
            self.push(None, vec![dot]);
            self.lines(&lines, style, body, 14.0);
        }
        self.y += 3.0;
    }

    /// Two labels with their values beside each other.
    fn fields(&mut self, pair: &[(String, String)]) {
        let style = self.plain();
        let label_style = Style { grey: true, ..style };
        let half = self.width / 2.0 - 6.0;
        let leading = style.size * LEADING;
        let laid: Vec<_> = pair
            .iter()
            .map(|(label, value)| {
                let label = self.letters.wrap(label, label_style, half * 0.5);
                let start = label.iter().map(|line| self.letters.width(line, label_style)).fold(0.0, f32::max) + 5.0;
                (label, start, self.letters.wrap(value, self.strong(), half - start), value.is_empty())
            })
            .collect();
        let count = laid.iter().map(|(label, _, value, _)| label.len().max(value.len())).max().unwrap_or(0);
        let blank = laid.iter().any(|(.., blank)| *blank);
        let height = lines_high(count, leading) + if blank { 7.0 } else { 2.0 };
        self.need(height.min(self.bottom - TOP));
        let lead = if blank { 5.0 } else { 0.0 };
        for ((label, start, value, blank), x) in laid.into_iter().zip([SIDE, SIDE + half + 12.0]) {
            let tag = self.tags.add(Kind::Paragraph, self.section);
            let mut draws = stacked(&label, x, self.y + lead, label_style);
            draws.extend(stacked(&value, x + start, self.y + lead, self.strong()));
            self.push(Some(tag), draws);
            if blank {
                let line =
                    Draw::Fill { x: x + start, y: self.y + height - 2.0, width: half - start, height: 0.6, rgb: RULE };
                self.push(None, vec![line]);
            }
        }
        self.y += height;
    }

    fn table(&mut self, table: &Table) {
        self.y += 3.0;
        self.need(self.size * 7.0);
        let caption = self.strong();
        self.paragraph(&table.caption, caption, Kind::Paragraph, 0.0);
        let tag = self.tags.add(Kind::Table, self.section);
        let widths = self.widths(table);
        self.head(table, &widths, Some(tag));
        for row in &table.rows {
            self.row(table, row, &widths, tag);
        }
        self.y += 5.0;
    }

    /// The shares of the columns, made wide enough for their longest words as far as there is room.
    fn widths(&self, table: &Table) -> Vec<f32> {
        let all: f32 = table.head.iter().map(|(_, share)| f32::from(*share)).sum::<f32>().max(1.0);
        let most = self.width * 0.35;
        let columns: Vec<(f32, f32)> = (0..)
            .zip(&table.head)
            .map(|(at, (name, share))| {
                let cells = table.rows.iter().filter_map(|row| row.get::<usize>(at)).map(|cell| match cell {
                    Cell::Text(words) => self.letters.widest_word(&self.letters.drawable(words), self.plain()),
                    Cell::Strong(words) => self.letters.widest_word(&self.letters.drawable(words), self.strong()),
                    Cell::Blank => 14.0,
                });
                let head = self.letters.widest_word(name, self.head_style());
                let least = (cells.fold(head, f32::max) + 2.0 * PAD + 0.5).min(most);
                (self.width * f32::from(*share) / all, least)
            })
            .collect();
        let lacking: f32 = columns.iter().map(|(width, least)| (least - width).max(0.0)).sum();
        let spare: f32 = columns.iter().map(|(width, least)| (width - least).max(0.0)).sum();
        let take = if spare > 0.0 { (lacking / spare).min(1.0) } else { 0.0 };
        let give = if lacking > 0.0 { (spare / lacking).min(1.0) } else { 0.0 };
        columns
            .into_iter()
            .map(
                |(width, least)| {
                    if width < least { width + (least - width) * give } else { width - (width - least) * take }
                },
            )
            .collect()
    }

    fn head_style(&self) -> Style {
        Style { size: self.size * 0.9, bold: true, grey: false }
    }

    /// The heading row; repeated on a new page it is decoration.
    fn head(&mut self, table: &Table, widths: &[f32], tag: Option<usize>) {
        let style = self.head_style();
        let names: Vec<Vec<String>> = table
            .head
            .iter()
            .zip(widths)
            .map(|((name, _), width)| self.letters.wrap(name, style, width - 2.0 * PAD))
            .collect();
        let height = lines_high(names.iter().map(Vec::len).max().unwrap_or(1), style.size * LEADING) + 2.0 * PAD;
        let row = tag.map(|tag| self.tags.add(Kind::Row, Some(tag)));
        let mut x = SIDE;
        for (name, width) in names.iter().zip(widths) {
            let ground = Draw::Fill { x, y: self.y, width: *width, height, rgb: (232, 235, 240) };
            let frame = Draw::Frame { x, y: self.y, width: *width, height, line: 0.5 };
            self.push(None, vec![ground, frame]);
            let cell = row.map(|row| self.tags.add(Kind::Head, Some(row)));
            self.push(cell, stacked(name, x + PAD, self.y + PAD, style));
            x += width;
        }
        self.y += height;
    }

    fn row(&mut self, table: &Table, cells: &[Cell], widths: &[f32], tag: usize) {
        let leading = self.size * LEADING;
        let laid: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| self.cell(cell, width - 2.0 * PAD)).collect();
        let count = laid.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let room = cells.iter().any(|cell| matches!(cell, Cell::Blank));
        let least = if room { 22.0 } else { 0.0 };
        let height = (lines_high(count, leading) + 2.0 * PAD).max(least);
        let page = self.bottom - TOP - 60.0;
        if self.need(height.min(page)) {
            self.head(table, widths, None);
        }
        let row = self.tags.add(Kind::Row, Some(tag));
        let tags: Vec<usize> = cells.iter().map(|_| self.tags.add(Kind::Cell, Some(row))).collect();
        // A row taller than a page goes on on the next.
        let most = lines_that_fit(page - 2.0 * PAD, leading);
        let parts = count.div_ceil(most);
        for part in 0..parts {
            if part > 0 {
                self.new_page();
                self.head(table, widths, None);
            }
            let lines = count.saturating_sub(part * most).min(most);
            let height = (lines_high(lines, leading) + 2.0 * PAD).max(if part == 0 { least } else { 0.0 });
            let mut x = SIDE;
            for (((cell, words), width), tag) in cells.iter().zip(&laid).zip(widths).zip(&tags) {
                self.push(None, vec![Draw::Frame { x, y: self.y, width: *width, height, line: 0.5 }]);
                let style = if matches!(cell, Cell::Strong(_)) { self.strong() } else { self.plain() };
                let here: Vec<String> = words.iter().skip(part * most).take(most).cloned().collect();
                self.push(Some(*tag), stacked(&here, x + PAD, self.y + PAD, style));
                x += width;
            }
            self.y += height;
        }
    }

    fn cell(&self, cell: &Cell, room: f32) -> Vec<String> {
        match cell {
            Cell::Text(words) if words.is_empty() => Vec::new(),
            Cell::Text(words) => self.letters.wrap(words, self.plain(), room),
            Cell::Strong(words) => self.letters.wrap(words, self.strong(), room),
            Cell::Blank => Vec::new(),
        }
    }

    fn cards(&mut self, pair: &[Vec<String>]) {
        let width = (self.width - 12.0) / 2.0;
        let big = Style { size: self.size * 1.2, bold: true, grey: false };
        let plain = self.plain();
        let laid: Vec<Vec<(String, Style)>> = pair
            .iter()
            .map(|lines| {
                let styled = lines.iter().enumerate().map(|(at, line)| (line, if at == 0 { big } else { plain }));
                styled
                    .flat_map(|(line, style)| {
                        self.letters.wrap(line, style, width - 14.0).into_iter().map(move |line| (line, style))
                    })
                    .collect()
            })
            .collect();
        let high =
            |lines: &Vec<(String, Style)>| lines.iter().map(|(_, style)| style.size * (LEADING + 0.15)).sum::<f32>();
        let height = laid.iter().map(high).fold(0.0, f32::max) + 14.0;
        self.need(height.min(self.bottom - TOP));
        for (lines, x) in laid.into_iter().zip([SIDE, SIDE + width + 12.0]) {
            self.push(None, vec![Draw::Frame { x, y: self.y, width, height, line: 1.0 }]);
            let tag = self.tags.add(Kind::Paragraph, self.section);
            let mut y = self.y + 7.0;
            let mut draws = Vec::new();
            for (line, style) in lines {
                draws.push(words(x + 7.0, y + style.size, style, &line));
                y += style.size * (LEADING + 0.15);
            }
            self.push(Some(tag), draws);
        }
        self.y += height + 10.0;
    }

    fn timeline(&mut self, picture: &Timeline) {
        self.y += 5.0;
        let scale = self.width / WIDTH;
        let height = picture.height * scale;
        self.need(height);
        let tag = self.tags.add(Kind::Figure(picture.words.clone()), self.section);
        let (left, top) = (SIDE, self.y);
        let draws = picture.shapes.iter().map(|shape| match shape {
            Shape::Box { x, y, width, height, ink } => Draw::Fill {
                x: left + x * scale,
                y: top + y * scale,
                width: width * scale,
                height: height * scale,
                rgb: ink.rgb(),
            },
            Shape::Diamond { x, y, half } => {
                Draw::Diamond { x: left + x * scale, y: top + y * scale, half: half * scale }
            }
            Shape::Text { x, y, size, words: text } => {
                let style = Style { size: size * scale, bold: false, grey: false };
                let text = self.letters.drawable(text).replace('\n', " ");
                words(left + x * scale, top + y * scale, style, &text)
            }
        });
        let draws = draws.collect();
        self.push(Some(tag), draws);
        self.y += height + 8.0;
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
fn lines_high(count: usize, leading: f32) -> f32 {
    count as f32 * leading
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and the lines of a page, or of a page without an end
fn lines_that_fit(room: f32, leading: f32) -> usize {
    ((room / leading).clamp(1.0, 1_000_000.0)) as usize
}
