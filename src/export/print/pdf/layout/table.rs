//! Tables, whose heads stand again on every page.

use super::super::super::document::{Cell, Table};
use super::super::letters::Style;
use super::super::tags::Kind;
use super::{Draw, LEADING, Layout, PAD, SIDE, lines_high, lines_that_fit, stacked};

impl Layout<'_> {
    pub(super) fn table(&mut self, table: &Table) {
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
    pub(super) fn widths(&self, table: &Table) -> Vec<f32> {
        let all: f32 = table.head.iter().map(|(_, share)| f32::from(*share)).sum::<f32>().max(1.0);
        let most = self.width * 0.35;
        let columns: Vec<(f32, f32)> = (0..)
            .zip(&table.head)
            .map(|(at, (name, share))| {
                let cells = table.rows.iter().filter_map(|row| row.get::<usize>(at)).map(|cell| match cell {
                    Cell::Text(words) => self.letters.widest_word(&self.letters.drawable(words), self.plain()),
                    Cell::Strong(words) => self.letters.widest_word(&self.letters.drawable(words), self.strong()),
                    Cell::Tick | Cell::Blank => 14.0,
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

    pub(super) fn head_style(&self) -> Style {
        Style { size: self.size * 0.9, bold: true, grey: false }
    }

    /// The heading row; repeated on a new page it is decoration.
    pub(super) fn head(&mut self, table: &Table, widths: &[f32], tag: Option<usize>) {
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

    pub(super) fn row(&mut self, table: &Table, cells: &[Cell], widths: &[f32], tag: usize) {
        let leading = self.size * LEADING;
        let laid: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| self.cell(cell, width - 2.0 * PAD)).collect();
        let count = laid.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let room = cells.iter().any(|cell| matches!(cell, Cell::Blank));
        let tick = cells.iter().any(|cell| matches!(cell, Cell::Tick));
        let least = if room || tick { self.size * 1.9 } else { 0.0 };
        let height = (lines_high(count, leading) + 2.0 * PAD).max(least);
        let page = self.bottom - self.top - 60.0;
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
                let mut draws = stacked(&here, x + PAD, self.y + PAD, style);
                if matches!(cell, Cell::Tick) {
                    let side = self.size * 1.1;
                    let left = x + (width - side) / 2.0;
                    let top = self.y + (height - side) / 2.0;
                    draws.push(Draw::Frame { x: left, y: top, width: side, height: side, line: 1.0 });
                }
                self.push(Some(*tag), draws);
                x += width;
            }
            self.y += height;
        }
    }

    pub(super) fn cell(&self, cell: &Cell, room: f32) -> Vec<String> {
        match cell {
            Cell::Text(words) if words.is_empty() => Vec::new(),
            Cell::Text(words) => self.letters.wrap(words, self.plain(), room),
            Cell::Strong(words) => self.letters.wrap(words, self.strong(), room),
            Cell::Tick | Cell::Blank => Vec::new(),
        }
    }
}
