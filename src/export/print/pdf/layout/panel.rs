//! One drug of a worksheet in its frame: what it is, how much, how it is prepared, and room to write. Never cut in two.

use super::super::super::document::{Boxed, Line, Panel};
use super::super::letters::Style;
use super::super::tags::Kind;
use super::{Draw, LEADING, Layout, RULE, SIDE, lines_high, stacked, words};

/// The black field with the number.
const TAB: f32 = 20.0;
const INDENT: f32 = TAB + 6.0;
const RIGHT: f32 = 6.0;
const WRITE: f32 = 15.5;

const NAME: Style = Style { size: 12.5, bold: true, grey: false };
const HOW: Style = Style { size: 8.2, bold: false, grey: false };
const DOSE: Style = Style { size: 18.0, bold: true, grey: false };
const SMALL: Style = Style { size: 7.4, bold: false, grey: false };
const CAPTION: Style = Style { size: 6.8, bold: false, grey: true };
const VALUE: Style = Style { size: 9.6, bold: true, grey: false };
const STRIP: Style = Style { size: 8.8, bold: true, grey: false };

/// What the upper part of a panel holds, broken into lines.
struct Upper {
    name: Vec<String>,
    how: Vec<String>,
    working: Vec<String>,
    dose: (Vec<String>, Style),
    /// Where the working begins, and how wide the dose is.
    working_at: f32,
    dose_width: f32,
    height: f32,
}

impl Layout<'_> {
    pub(super) fn panel(&mut self, panel: &Panel) {
        let inner = self.width - INDENT - RIGHT;
        let upper = self.upper(panel, inner);
        let boxes = self.boxes_high(&panel.boxes, inner);
        let strips: Vec<Vec<String>> =
            panel.strips.iter().map(|text| self.letters.wrap(text, STRIP, inner - 8.0)).collect();
        let notes: Vec<String> = panel.notes.iter().flat_map(|text| self.letters.wrap(text, SMALL, inner)).collect();
        let strip_high = |lines: &Vec<String>| lines_high(lines.len(), STRIP.size * LEADING) + 5.0;
        let height = 4.0
            + upper.height
            + if boxes > 0.0 { boxes + 3.0 } else { 0.0 }
            + strips.iter().map(strip_high).sum::<f32>()
            + lines_high(notes.len(), SMALL.size * LEADING)
            + lines_high(panel.lines.len(), WRITE)
            + 4.0;
        if height > self.bottom - self.top && !panel.working.is_empty() {
            // A working longer than a page goes before its panel, which then stays whole.
            self.list(&panel.working);
            return self.panel(&Panel { working: Vec::new(), ..panel.clone() });
        }
        self.need(height + 4.0);
        let top = self.y;
        self.push(
            None,
            vec![
                Draw::Frame { x: SIDE, y: top, width: self.width, height, line: 1.0 },
                Draw::Fill { x: SIDE, y: top, width: TAB, height, rgb: (0, 0, 0) },
            ],
        );
        let number = Style { size: 12.5, bold: true, grey: false };
        let x = SIDE + (TAB - self.letters.width(&panel.number, number)) / 2.0;
        self.push(None, vec![words(x, top + 4.0 + number.size, number, &panel.number).white()]);
        self.y += 4.0;
        self.upper_part(panel, &upper, inner);
        if boxes > 0.0 {
            self.boxes(&panel.boxes, (SIDE + INDENT, inner), boxes);
            self.y += 3.0;
        }
        for lines in &strips {
            let tag = self.tags.add(Kind::Paragraph, self.section);
            let high = strip_high(lines) - 2.0;
            self.push(
                None,
                vec![Draw::Fill { x: SIDE + INDENT, y: self.y, width: inner, height: high, rgb: (0, 0, 0) }],
            );
            let white = stacked(lines, SIDE + INDENT + 4.0, self.y + 1.0, STRIP).into_iter().map(Draw::white);
            self.push(Some(tag), white.collect());
            self.y += high + 2.0;
        }
        if !notes.is_empty() {
            let tag = self.tags.add(Kind::Paragraph, self.section);
            self.push(Some(tag), stacked(&notes, SIDE + INDENT, self.y, SMALL));
            self.y += lines_high(notes.len(), SMALL.size * LEADING);
        }
        for row in &panel.lines {
            self.write_line(row, inner);
        }
        self.y = top + height + 4.0;
    }

    fn upper(&self, panel: &Panel, inner: f32) -> Upper {
        let wide = self.letters.width(&panel.figure, DOSE);
        let dose_style = if wide <= inner * 0.34 { DOSE } else { Style { size: 11.0, ..DOSE } };
        let dose = self.letters.wrap(&panel.figure, dose_style, inner * 0.34);
        let dose_width = dose.iter().map(|line| self.letters.width(line, dose_style)).fold(0.0, f32::max);
        let left = inner * if panel.working.is_empty() { 0.62 } else { 0.32 };
        let name = self.letters.wrap(&panel.name, NAME, left);
        let how = self.letters.wrap(&panel.how, HOW, left);
        let working_at = left + 6.0;
        let room = (inner - working_at - dose_width - 8.0).max(60.0);
        let working: Vec<String> = panel.working.iter().flat_map(|step| self.letters.wrap(step, SMALL, room)).collect();
        let first = lines_high(name.len(), NAME.size * LEADING) + lines_high(how.len(), HOW.size * LEADING);
        let middle = lines_high(working.len(), SMALL.size * LEADING) + 2.0;
        let last = lines_high(dose.len(), dose_style.size * LEADING);
        let height = first.max(middle).max(last) + 3.0;
        Upper { name, how, working, dose: (dose, dose_style), working_at, dose_width, height }
    }

    fn upper_part(&mut self, panel: &Panel, upper: &Upper, inner: f32) {
        let (x, top) = (SIDE + INDENT, self.y);
        let heading = self.tags.add(Kind::Heading(2, panel.name.clone()), self.section);
        self.push(Some(heading), stacked(&upper.name, x, top, NAME));
        let dose = self.tags.add(Kind::Paragraph, self.section);
        let (lines, style) = &upper.dose;
        let mut baseline = top + style.size;
        let mut draws = Vec::new();
        for line in lines {
            let left = x + inner - self.letters.width(line, *style);
            draws.push(words(left.min(x + inner - upper.dose_width + 0.5), baseline, *style, line));
            baseline += style.size * LEADING;
        }
        self.push(Some(dose), draws);
        let how = self.tags.add(Kind::Paragraph, self.section);
        let below = top + lines_high(upper.name.len(), NAME.size * LEADING);
        self.push(Some(how), stacked(&upper.how, x, below, HOW));
        if !upper.working.is_empty() {
            let working = self.tags.add(Kind::Paragraph, self.section);
            self.push(Some(working), stacked(&upper.working, x + upper.working_at, top + 2.0, SMALL));
        }
        self.y = top + upper.height;
    }

    fn widths_of(boxes: &[Boxed], inner: f32) -> Vec<f32> {
        let all: f32 = boxes.iter().map(|one| f32::from(one.share)).sum::<f32>().max(1.0);
        boxes.iter().map(|one| inner * f32::from(one.share) / all).collect()
    }

    pub(super) fn boxes_high(&self, boxes: &[Boxed], inner: f32) -> f32 {
        let high = |(one, width): (&Boxed, f32)| {
            let value = self.letters.wrap(&one.value, VALUE, width - 6.0).len().max(1);
            let below = if one.below.is_empty() { 0 } else { self.letters.wrap(&one.below, SMALL, width - 6.0).len() };
            CAPTION.size * LEADING
                + lines_high(value, VALUE.size * LEADING)
                + lines_high(below, SMALL.size * LEADING)
                + 5.0
        };
        boxes.iter().zip(Self::widths_of(boxes, inner)).map(high).fold(0.0, f32::max)
    }

    pub(super) fn boxes(&mut self, boxes: &[Boxed], (left, inner): (f32, f32), height: f32) {
        let (mut x, top) = (left, self.y);
        for (one, width) in boxes.iter().zip(Self::widths_of(boxes, inner)) {
            self.push(None, vec![Draw::Frame { x, y: top, width, height, line: 0.5 }]);
            let tag = self.tags.add(Kind::Paragraph, self.section);
            let mut draws =
                vec![words(x + 3.0, top + 2.0 + CAPTION.size, CAPTION, &self.letters.drawable(&one.caption))];
            let mut y = top + 2.0 + CAPTION.size * LEADING;
            if one.value.is_empty() {
                // A line to write on, with its unit behind.
                let unit = self.letters.width(&one.unit, VALUE);
                let line =
                    Draw::Fill { x: x + 3.0, y: y + VALUE.size, width: width - unit - 10.0, height: 0.6, rgb: RULE };
                self.push(None, vec![line]);
                draws.push(words(x + width - unit - 4.0, y + VALUE.size, VALUE, &one.unit));
                y += VALUE.size * LEADING;
            } else {
                let lines = self.letters.wrap(&one.value, VALUE, width - 6.0);
                draws.extend(stacked(&lines, x + 3.0, y, VALUE));
                y += lines_high(lines.len(), VALUE.size * LEADING);
            }
            if !one.below.is_empty() {
                draws.extend(stacked(&self.letters.wrap(&one.below, SMALL, width - 6.0), x + 3.0, y, SMALL));
            }
            self.push(Some(tag), draws);
            x += width;
        }
        self.y = top + height;
    }

    /// Labels, each with a line to write on behind it.
    fn write_line(&mut self, row: &[Line], inner: f32) {
        let all: f32 = row.iter().map(|one| f32::from(one.share)).sum::<f32>().max(1.0);
        let (mut x, baseline) = (SIDE + INDENT, self.y + WRITE - 5.0);
        let tag = self.tags.add(Kind::Paragraph, self.section);
        let mut labels = Vec::new();
        for one in row {
            let width = inner * f32::from(one.share) / all;
            let mut start = x;
            if one.tick {
                let side = 10.0;
                self.push(
                    None,
                    vec![Draw::Frame { x: start, y: baseline - 8.5, width: side, height: side, line: 0.8 }],
                );
                start += side + 4.0;
            }
            labels.push(words(start, baseline, HOW, &one.label));
            start += self.letters.width(&one.label, HOW) + 3.0;
            let line = Draw::Fill {
                x: start,
                y: baseline + 1.0,
                width: (x + width - start - 5.0).max(4.0),
                height: 0.6,
                rgb: RULE,
            };
            self.push(None, vec![line]);
            x += width;
        }
        self.push(Some(tag), labels);
        self.y += WRITE;
    }
}
