//! Labels on their stock: each of one size whatever stands on it, at the places of the sheet they are printed on.

use crate::study::LabelSize;

use super::super::document::{Label, Labels, Line, label_size, places};
use super::layout::{Draw, Page, Piece};
use super::letters::{Letters, Style};
use super::tags::{Kind, Tags};

/// Sizes of letters on one stock, in points. Nothing is smaller than 8, but on a label that would not fit.
#[derive(Clone, Copy)]
struct Sizes {
    who: f32,
    small: f32,
    name: f32,
    dose: f32,
    body: f32,
    row: f32,
    pad: (f32, f32),
}

const LARGE: Sizes = Sizes { who: 10.0, small: 8.2, name: 13.0, dose: 20.0, body: 9.6, row: 14.0, pad: (11.0, 6.0) };
const SMALL: Sizes = Sizes { who: 8.6, small: 8.0, name: 10.5, dose: 15.0, body: 8.2, row: 11.2, pad: (8.0, 3.0) };

/// The smallest letters of a label that would not fit in its usual ones.
const LEAST: f32 = 6.5;
/// A line that is written by hand is no lower than this.
const LEAST_ROW: f32 = 11.2;
const LEADING: f32 = 1.2;
const RULE: (u8, u8, u8) = (0, 0, 0);

fn sizes(size: LabelSize) -> &'static Sizes {
    match size {
        LabelSize::Roll | LabelSize::A4Eight => &LARGE,
        LabelSize::LetterTen => &SMALL,
    }
}

impl Sizes {
    fn scaled(self, by: f32) -> Self {
        Self {
            who: self.who * by,
            small: self.small * by,
            name: self.name * by,
            dose: self.dose * by,
            body: self.body * by,
            row: (self.row * by).max(LEAST_ROW),
            pad: self.pad,
        }
    }
}

fn style(size: f32, bold: bool) -> Style {
    Style { size, bold, grey: false }
}

/// Sets a label in the largest letters in which all of it fits its stock; whether there are any.
pub(super) fn shrink(letters: &Letters, label: &mut Label, size: LabelSize) -> bool {
    let least = LEAST / sizes(size).small;
    for step in 0u8..=5 {
        label.scale = (1.0 - f32::from(step) * 0.05).max(least);
        if fits(letters, label, size) {
            return true;
        }
    }
    false
}

/// Whether everything on a label fits its stock.
fn fits(letters: &Letters, label: &Label, size: LabelSize) -> bool {
    let mut pen = Pen::new(letters, (size, label.scale), (0.0, 0.0));
    pen.label(label, &mut Tags::default());
    pen.fits
}

/// The pages with their labels.
pub(super) fn pages(letters: &Letters, labels: &Labels, tags: &mut Tags) -> Vec<Page> {
    let corners = places(labels.size);
    let mut pages = Vec::new();
    for sheet in labels.sheets() {
        let mut page = Page::new();
        for (label, place) in sheet.iter().zip(&corners) {
            let mut pen = Pen::new(letters, (labels.size, label.scale), *place);
            pen.label(label, tags);
            page.append(&mut pen.pieces);
        }
        pages.push(page);
    }
    pages
}

/// Where the next line of a label goes.
struct Pen<'a> {
    letters: &'a Letters,
    sizes: Sizes,
    x: f32,
    y: f32,
    width: f32,
    bottom: f32,
    pieces: Vec<Piece>,
    fits: bool,
}

impl<'a> Pen<'a> {
    fn new(letters: &'a Letters, (size, scale): (LabelSize, f32), (left, top): (f32, f32)) -> Self {
        let (width, height) = label_size(size);
        let sizes = sizes(size).scaled(scale);
        let (side, above) = sizes.pad;
        Self {
            letters,
            sizes,
            x: left + side,
            y: top + above,
            width: width - 2.0 * side,
            bottom: top + height - above,
            pieces: Vec::new(),
            fits: true,
        }
    }

    fn drawn(&mut self, tag: Option<usize>, draws: Vec<Draw>) {
        self.pieces.push(Piece { tag, draws });
    }

    fn rule(&mut self, y: f32) {
        let (x, width) = (self.x, self.width);
        self.drawn(None, vec![Draw::Fill { x, y, width, height: 0.7, rgb: RULE }]);
    }

    fn words(&self, x: f32, y: f32, style: Style, text: &str) -> Draw {
        let text = self.letters.drawable(text).replace('\n', " ");
        Draw::Words { x, baseline: y + style.size, style, text }
    }

    fn right(&self, y: f32, style: Style, text: &str) -> Draw {
        let text = self.letters.drawable(text);
        self.words(self.x + self.width - self.letters.width(&text, style), y, style, &text)
    }

    fn label(&mut self, label: &Label, tags: &mut Tags) {
        let section = tags.add(Kind::Section, None);
        self.who(label, tags, section);
        self.drug(label, tags, section);
        let remark = label.remark.iter().map(|remark| (remark.clone(), String::new()));
        let lines: Vec<(String, String)> = label.lines.iter().cloned().chain(remark).collect();
        self.figures(&lines, tags, section);
        for text in &label.strips {
            self.strip(text, tags, section);
        }
        self.foot(label, tags, section);
    }

    /// Whose it is and when; a name is written by hand.
    fn who(&mut self, label: &Label, tags: &mut Tags, section: usize) {
        let tag = tags.add(Kind::Paragraph, Some(section));
        let (bold, plain) = (style(self.sizes.who, true), style(self.sizes.who, false));
        let (left, date) = (self.letters.width(&label.who, bold), self.letters.width(&label.date, bold));
        let middle = self.letters.width(&label.visit, plain);
        let together = left + middle + date + 12.0 <= self.width;
        let mut draws = vec![self.words(self.x, self.y, bold, &label.who)];
        let mut second = self.y;
        if !together {
            second += bold.size * LEADING;
        }
        let at = if together { self.x + left + (self.width - left - date - middle) / 2.0 } else { self.x };
        draws.push(self.words(at, second, plain, &label.visit));
        draws.push(self.right(second, bold, &label.date));
        self.drawn(Some(tag), draws);
        self.y = second + bold.size * LEADING + 1.0;
        self.rule(self.y);
        self.y += 2.0;
        let small = style(self.sizes.small, false);
        let caption = "Name / 2nd identifier";
        let mut draws = vec![self.words(self.x, self.y, small, caption)];
        let draft = label.draft.as_ref().map_or(0.0, |word| {
            let bold = Style { bold: true, ..small };
            draws.push(self.right(self.y, bold, word));
            self.letters.width(word, bold) + 6.0
        });
        let from = self.x + self.letters.width(caption, small) + 3.0;
        let width = (self.x + self.width - draft - from).max(10.0);
        let line = Draw::Fill { x: from, y: self.y + small.size + 1.0, width, height: 0.6, rgb: RULE };
        let tag = tags.add(Kind::Paragraph, Some(section));
        self.drawn(Some(tag), draws);
        self.drawn(None, vec![line]);
        self.y += small.size * LEADING + 2.0;
    }

    /// The drug on the left, its dose on the right.
    fn drug(&mut self, label: &Label, tags: &mut Tags, section: usize) {
        let mut dose = style(self.sizes.dose, true);
        let beside = !label.dose.is_empty() && self.letters.width(&label.dose, dose) <= self.width * 0.5;
        if !beside {
            dose.size *= 0.62;
        }
        let mut name = style(self.sizes.name, true);
        let taken = if beside { self.letters.width(&label.dose, dose) + 8.0 } else { 0.0 };
        // A name of many words is written smaller, never below the smallest letters of the label.
        while name.size > self.sizes.small + 1.0 && self.letters.wrap(&label.name, name, self.width - taken).len() > 2 {
            name.size -= 1.0;
        }
        let tag = tags.add(Kind::Heading(1, label.name.clone()), Some(section));
        let mut draws = Vec::new();
        let top = self.y;
        for line in self.letters.wrap(&label.name, name, self.width - taken) {
            draws.push(self.words(self.x, self.y, name, &line));
            self.y += name.size * LEADING;
        }
        self.drawn(Some(tag), draws);
        let dose_ends = if beside { top + dose.size * LEADING } else { top };
        self.how(label, (taken, dose_ends), tags, section);
        let tag = tags.add(Kind::Paragraph, Some(section));
        if beside {
            let draw = self.right(top, dose, &label.dose);
            self.drawn(Some(tag), vec![draw]);
            self.y = self.y.max(top + dose.size * LEADING);
        } else {
            let mut draws = Vec::new();
            for line in self.letters.wrap(&label.dose, dose, self.width).iter().filter(|line| !line.is_empty()) {
                draws.push(self.words(self.x, self.y, dose, line));
                self.y += dose.size * LEADING;
            }
            self.drawn(Some(tag), draws);
        }
        if let Some(pack) = &label.pack {
            let bold = style(self.sizes.small, true);
            let tag = tags.add(Kind::Paragraph, Some(section));
            let draw = self.words(self.x, self.y, bold, pack);
            self.drawn(Some(tag), vec![draw]);
            self.y += bold.size * LEADING + 1.0;
        }
    }

    /// What tells it from another label of its name, white on black, and how it is given.
    fn how(&mut self, label: &Label, (taken, dose_ends): (f32, f32), tags: &mut Tags, section: usize) {
        let bold = style(self.sizes.small, true);
        let mut indent = 0.0;
        if let Some(apart) = &label.apart {
            let text = self.letters.drawable(&apart.to_uppercase());
            let (x, y, width) = (self.x, self.y, self.letters.width(&text, bold) + 8.0);
            let height = bold.size * LEADING;
            self.drawn(None, vec![Draw::Fill { x, y, width, height, rgb: RULE }]);
            let tag = tags.add(Kind::Paragraph, Some(section));
            let draw = self.words(self.x + 4.0, self.y, bold, &text).white();
            self.drawn(Some(tag), vec![draw]);
            indent = width + 5.0;
        }
        // Behind the tag only where all of it has room there, else below.
        if indent > 0.0 && self.letters.width(&label.how, bold) > self.width - taken - indent {
            self.y += bold.size * LEADING + 1.0;
            indent = 0.0;
        }
        let below = if self.y >= dose_ends { 0.0 } else { taken };
        let tag = tags.add(Kind::Paragraph, Some(section));
        let mut draws = Vec::new();
        for line in self.letters.wrap(&label.how, bold, self.width - below - indent) {
            draws.push(self.words(self.x + indent, self.y, bold, &line));
            self.y += bold.size * LEADING;
        }
        self.drawn(Some(tag), draws);
        self.y += 1.0;
    }

    /// What stands in the frame: volumes and rates, or how it is taken.
    fn figures(&mut self, lines: &[(String, String)], tags: &mut Tags, section: usize) {
        if lines.is_empty() {
            return;
        }
        let top = self.y;
        let plain = style(self.sizes.body, false);
        let bold = Style { bold: true, ..plain };
        let tag = tags.add(Kind::Paragraph, Some(section));
        let mut draws = Vec::new();
        self.y += 2.0;
        for (left, right) in lines {
            let width = self.letters.width(right, bold);
            let room = self.width - 10.0 - if right.is_empty() { 0.0 } else { width + 6.0 };
            if !right.is_empty() {
                let text = self.letters.drawable(right);
                draws.push(self.words(self.x + self.width - 5.0 - width, self.y, bold, &text));
            }
            for line in self.letters.wrap(left, plain, room) {
                draws.push(self.words(self.x + 5.0, self.y, plain, &line));
                self.y += plain.size * LEADING;
            }
        }
        self.y += 2.5;
        let (x, width) = (self.x, self.width);
        self.drawn(None, vec![Draw::Frame { x, y: top, width, height: self.y - top, line: 0.8 }]);
        self.drawn(Some(tag), draws);
        self.y += 2.5;
    }

    fn strip(&mut self, text: &str, tags: &mut Tags, section: usize) {
        let style = Style { size: self.sizes.small + 0.4, bold: true, grey: false };
        let lines = self.letters.wrap(text, style, self.width - 8.0);
        let height = super::layout::lines_high(lines.len(), style.size * LEADING) + 3.0;
        let (x, width) = (self.x, self.width);
        self.drawn(None, vec![Draw::Fill { x, y: self.y, width, height, rgb: RULE }]);
        let tag = tags.add(Kind::Paragraph, Some(section));
        let mut draws = Vec::new();
        let mut y = self.y + 1.0;
        for line in &lines {
            draws.push(self.words(self.x + 4.0, y, style, line).white());
            y += style.size * LEADING;
        }
        self.drawn(Some(tag), draws);
        self.y += height + 2.0;
    }

    /// What is written by hand, and what the law asks for: at the lower edge, wherever the rest ends.
    fn foot(&mut self, label: &Label, tags: &mut Tags, section: usize) {
        let small = style(self.sizes.small, false);
        let text: Vec<String> = label.foot.iter().flat_map(|line| self.letters.wrap(line, small, self.width)).collect();
        let rows = super::layout::lines_high(label.write.len(), self.sizes.row);
        let high = rows + super::layout::lines_high(text.len(), small.size * LEADING) + 3.0;
        let top = self.bottom - high;
        self.fits = self.y <= top + 0.5;
        self.y = top;
        for row in &label.write {
            self.write(row, small, tags, section);
        }
        self.rule(self.y + 1.0);
        self.y += 2.5;
        let tag = tags.add(Kind::Paragraph, Some(section));
        let mut draws = Vec::new();
        for line in &text {
            draws.push(self.words(self.x, self.y, small, line));
            self.y += small.size * LEADING;
        }
        self.drawn(Some(tag), draws);
    }

    fn write(&mut self, row: &[Line], style: Style, tags: &mut Tags, section: usize) {
        let all: f32 = row.iter().map(|one| f32::from(one.share)).sum::<f32>().max(1.0);
        let tag = tags.add(Kind::Paragraph, Some(section));
        let (mut x, mut draws, mut lines) = (self.x, Vec::new(), Vec::new());
        let y = self.y + self.sizes.row - style.size * LEADING - 1.0;
        for one in row {
            let width = self.width * f32::from(one.share) / all;
            draws.push(self.words(x, y, style, &one.label));
            let from = x + self.letters.width(&one.label, style) + 3.0;
            let width_left = (x + width - from - 4.0).max(4.0);
            lines.push(Draw::Fill { x: from, y: y + style.size + 1.0, width: width_left, height: 0.6, rgb: RULE });
            x += width;
        }
        self.drawn(Some(tag), draws);
        self.drawn(None, lines);
        self.y += self.sizes.row;
    }
}
