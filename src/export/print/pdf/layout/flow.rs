//! Running text: headings, paragraphs, notices, points, labels with their values.

use super::super::letters::Style;
use super::super::tags::Kind;
use super::{Draw, LEADING, Layout, RULE, SIDE, line_count, lines_high, stacked, words};

impl Layout<'_> {
    pub(super) fn heading(&mut self, level: u16, words: &str, size: f32) {
        let style = Style { size, bold: true, grey: false };
        // A reader of tags needs words where a heading stands, whatever the file called the regimen.
        let words = if words.trim().is_empty() { "(no name)" } else { words };
        self.paragraph(words, style, Kind::Heading(level, words.to_owned()), 0.0);
    }

    pub(super) fn paragraph(&mut self, words: &str, style: Style, kind: Kind, indent: f32) {
        let tag = self.tags.add(kind, self.section);
        let lines = self.letters.wrap(words, style, self.width - indent);
        self.lines(&lines, style, tag, indent);
        self.y += style.size * 0.35;
    }

    pub(super) fn lines(&mut self, lines: &[String], style: Style, tag: usize, indent: f32) {
        let height = style.size * LEADING;
        for line in lines {
            self.need(height);
            let draw = words(SIDE + indent, self.y + style.size, style, line);
            self.push(Some(tag), vec![draw]);
            self.y += height;
        }
    }

    pub(super) fn notice(&mut self, text: &str) {
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

    pub(super) fn list(&mut self, points: &[String]) {
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
    pub(super) fn fields(&mut self, pair: &[(String, String)]) {
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
        self.need(height.min(self.bottom - self.top));
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
}
