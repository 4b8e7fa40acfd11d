//! Short words for the pieces of a page.

use super::{Align, GridCell, GridRow, Ground, Node, Rank, Span, Width, Words};

/// Plain words.
pub(crate) fn plain(text: impl Into<String>) -> Span {
    Span::Text { text: text.into(), bold: false, scale: 1.0 }
}

/// Bold words.
pub(crate) fn bold(text: impl Into<String>) -> Span {
    Span::Text { text: text.into(), bold: true, scale: 1.0 }
}

/// A line of spans.
pub(crate) fn line(size: f32, spans: Vec<Span>) -> Words {
    Words { spans, size, rank: Rank::Paragraph, align: Align::Left }
}

/// A paragraph of spans.
pub(crate) fn words(size: f32, spans: Vec<Span>) -> Node {
    Node::Words(line(size, spans))
}

/// A heading.
pub(crate) fn heading(level: u16, size: f32, text: impl Into<String>) -> Node {
    Node::Words(Words { rank: Rank::Heading(level), ..line(size, vec![bold(text)]) })
}

/// Words at the right or in the middle.
pub(crate) fn aligned(size: f32, align: Align, spans: Vec<Span>) -> Node {
    Node::Words(Words { align, ..line(size, spans) })
}

/// A frame around a piece.
pub(crate) fn frame(line: f32, pad: (f32, f32), inner: Node) -> Node {
    Node::Frame { line, ground: Ground::Paper, pad, inner: Box::new(inner) }
}

/// White words on black.
pub(crate) fn strip(pad: (f32, f32), inner: Node) -> Node {
    Node::Frame { line: 0.0, ground: Ground::Black, pad, inner: Box::new(inner) }
}

/// Pieces beside each other, at the top.
pub(crate) fn row(gap: f32, cells: Vec<(Width, Node)>) -> Node {
    Node::Row { cells, gap, middle: false }
}

/// Pieces beside each other, in the middle.
pub(crate) fn row_middle(gap: f32, cells: Vec<(Width, Node)>) -> Node {
    Node::Row { cells, gap, middle: true }
}

/// A cell of one line.
pub(crate) fn cell(size: f32, spans: Vec<Span>) -> GridCell {
    cell_of(vec![line(size, spans)])
}

/// A cell of several lines.
pub(crate) fn cell_of(lines: Vec<Words>) -> GridCell {
    GridCell { lines, grey: false, framed: false, columns: 1 }
}

/// A row of cells.
pub(crate) fn grid_row(height: f32, least: f32, cells: Vec<GridCell>) -> GridRow {
    GridRow { cells, height, least, heavy: false }
}
