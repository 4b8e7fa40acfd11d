//! A table of a designed page.

use super::super::super::leaf::{Grid, GridCell, GridRow};
use super::super::layout::Draw;
use super::super::letters::Style;
use super::super::tags::Kind;
use super::lay::{Laid, Lay, shared};

/// Room in a cell at its sides.
const PAD: f32 = 4.0;
const THIN: f32 = 0.6;
const HEAVY: f32 = 1.4;

impl Lay<'_> {
    pub(super) fn grid(&self, grid: &Grid, width: f32) -> Laid {
        let widths = columns(grid, width);
        let mut table = Laid { kind: Some(Kind::Table), ..Laid::holding(0.0) };
        if !grid.head.is_empty() {
            let head = self.head(grid, &widths);
            table.height = head.height;
            table.inside.push((0.0, 0.0, head));
        }
        for row in &grid.rows {
            let laid = self.grid_row(grid, row, &widths);
            let y = table.height;
            table.height += laid.height;
            table.inside.push((0.0, y, laid));
        }
        table
    }

    pub(super) fn head(&self, grid: &Grid, widths: &[f32]) -> Laid {
        let style = Style { size: grid.head_size, bold: true, grey: false };
        let mut row = Laid { kind: Some(Kind::Row), ..Laid::holding(0.0) };
        let lines = |(name, width): (&String, &f32)| self.letters.wrap(name, style, width - 2.0 * PAD);
        let laid: Vec<Vec<String>> = grid.head.iter().zip(widths).map(lines).collect();
        let most = laid.iter().map(Vec::len).max().unwrap_or(1);
        let leading = style.size * 1.15;
        row.height = f32::from(u8::try_from(most).unwrap_or(1)) * leading + 5.0;
        let mut x = 0.0;
        for (lines, width) in laid.into_iter().zip(widths) {
            let mut cell = Laid { kind: Some(Kind::Head), ..Laid::holding(row.height) };
            let above = row.height - 4.0 - f32::from(u8::try_from(lines.len()).unwrap_or(1)) * leading;
            for (at, text) in (1_u8..).zip(lines) {
                let baseline = above + f32::from(at) * leading - style.size * 0.12;
                cell.draws.push(Draw::Words { x: PAD, baseline, style, text });
            }
            if grid.boxed {
                row.under.push(Draw::Frame { x, y: 0.0, width: *width, height: row.height, line: 1.0 });
            }
            row.inside.push((x, 0.0, cell));
            x += width;
        }
        if !grid.boxed {
            row.under.push(rule(row.height - HEAVY, x, HEAVY));
        }
        row
    }

    pub(super) fn grid_row(&self, grid: &Grid, row: &GridRow, widths: &[f32]) -> Laid {
        let mut columns = widths.iter();
        let cells: Vec<(f32, &GridCell, Laid)> = row
            .cells
            .iter()
            .map(|cell| {
                let width: f32 = columns.by_ref().take(cell.columns.max(1)).sum();
                let mut stack = Laid { kind: Some(Kind::Cell), ..Laid::holding(0.0) };
                for words in &cell.lines {
                    let mut laid = self.words(words, width - 2.0 * PAD, false);
                    laid.kind = None;
                    let y = stack.height;
                    stack.height += laid.height;
                    stack.inside.push((PAD, y, laid));
                }
                (width, cell, stack)
            })
            .collect();
        let several = row.cells.iter().any(|cell| cell.lines.len() > 1);
        let tallest = cells.iter().map(|(_, _, laid)| laid.height).fold(0.0, f32::max);
        let height = row.height.max(tallest + if several { 7.0 } else { 3.0 });
        let mut out = Laid { kind: Some(Kind::Row), ..Laid::holding(height) };
        let mut x = 0.0;
        for (width, cell, mut laid) in cells {
            if cell.grey {
                out.under.push(Draw::Fill { x, y: 0.0, width, height, rgb: (222, 222, 222) });
            }
            if grid.boxed {
                out.under.push(Draw::Frame { x, y: 0.0, width, height, line: THIN });
            }
            let down = if several { 3.0 } else { (height - laid.height) / 2.0 };
            laid.height = height;
            for (_, y, _) in &mut laid.inside {
                *y += down;
            }
            out.inside.push((x, 0.0, flattened(laid)));
            x += width;
        }
        // Heavy frames last, above those of their neighbours.
        let mut left = 0.0;
        let mut columns = widths.iter();
        for cell in &row.cells {
            let width: f32 = columns.by_ref().take(cell.columns.max(1)).sum();
            if cell.framed {
                out.under.push(Draw::Frame { x: left, y: 0.0, width, height, line: 2.0 });
            }
            left += width;
        }
        let thick = if row.heavy { HEAVY } else { THIN };
        if row.heavy || !grid.boxed {
            out.under.push(rule(height - thick, x, thick));
        }
        out
    }
}

/// The widths of the columns.
pub(super) fn columns(grid: &Grid, width: f32) -> Vec<f32> {
    shared(grid.widths.iter().copied(), 0.0, width)
}

/// A cell is one thing to who hears it: its lines become its own.
fn flattened(mut cell: Laid) -> Laid {
    for (dx, dy, inner) in std::mem::take(&mut cell.inside) {
        cell.under.extend(inner.under.into_iter().map(|draw| draw.moved(dx, dy)));
        cell.draws.extend(inner.draws.into_iter().map(|draw| draw.moved(dx, dy)));
    }
    cell
}

fn rule(y: f32, width: f32, height: f32) -> Draw {
    Draw::Fill { x: 0.0, y, width, height, rgb: (0, 0, 0) }
}

/// The rows at their least height, for a page that would not hold them.
pub(super) fn tight(grid: &Grid) -> Grid {
    grid.with_rows(grid.rows.iter().map(|row| GridRow { height: row.least, ..row.clone() }).collect())
}

/// Whether any row could be lower.
pub(super) fn has_slack(grid: &Grid) -> bool {
    grid.rows.iter().any(|row| row.least < row.height)
}
