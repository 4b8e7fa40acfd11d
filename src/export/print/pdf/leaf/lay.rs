//! A piece laid out: how high it is, and what is drawn where, from its own top left corner.

use super::super::super::leaf::{Align, Ground, Month, Node, Rank, Span, Width, Words};
use super::super::layout::Draw;
use super::super::letters::Letters;
use super::super::tags::Kind;
use super::line::{Lines, Setting, day, lines};

/// A piece at its place.
pub(super) struct Laid {
    pub(super) height: f32,
    /// What it is to who hears the page; `None` of what only holds other pieces.
    pub(super) kind: Option<Kind>,
    /// Frames, grounds, lines.
    pub(super) under: Vec<Draw>,
    /// Its own words.
    pub(super) draws: Vec<Draw>,
    /// Pieces in it, each with its place.
    pub(super) inside: Vec<(f32, f32, Laid)>,
}

impl Laid {
    pub(super) fn holding(height: f32) -> Self {
        Self { height, kind: None, under: Vec::new(), draws: Vec::new(), inside: Vec::new() }
    }
}

/// Lays pieces out.
pub(super) struct Lay<'a> {
    pub(super) letters: &'a Letters,
}

/// The size of points.
const POINTS: f32 = 12.0;
/// A month: its cells, and the size of its figures.
const CELL: (f32, f32) = (17.6, 17.0);
const DAY: f32 = 12.0;

impl Lay<'_> {
    pub(super) fn height(&self, node: &Node, width: f32) -> f32 {
        self.node(node, width, false).height
    }

    pub(super) fn node(&self, node: &Node, width: f32, white: bool) -> Laid {
        match node {
            Node::Words(words) => self.words(words, width, white),
            Node::Points { points, columns } => self.points(points, *columns, width, white),
            Node::Row { cells, gap, middle } => self.row((cells, *gap, *middle), width, white),
            Node::Stack(nodes) => self.stack(nodes, width, white),
            Node::Frame { line, ground, pad, inner } => self.frame((*line, *ground, *pad, inner), width, 0.0),
            Node::Month(month) => self.month(month),
            Node::Grid(grid) => self.grid(grid, width),
            Node::Space(height) => Laid::holding(*height),
        }
    }

    pub(super) fn line(&self, spans: &[Span], size: f32, width: f32) -> Laid {
        let setting = Setting { size, width, align: Align::Left, white: false };
        held(lines(self.letters, spans, &setting), None)
    }

    pub(super) fn words(&self, words: &Words, width: f32, white: bool) -> Laid {
        let setting = Setting { size: words.size, width, align: words.align, white };
        let kind = match words.rank {
            Rank::Heading(level) => Kind::Heading(level, said(&words.spans)),
            Rank::Paragraph => Kind::Paragraph,
        };
        held(lines(self.letters, &words.spans, &setting), Some(kind))
    }

    fn points(&self, points: &[String], columns: usize, width: f32, white: bool) -> Laid {
        let columns = columns.max(1);
        let gap = 17.0;
        let shares = f32::from(u8::try_from(columns).unwrap_or(1));
        let each = (width - gap * (shares - 1.0)) / shares;
        let laid: Vec<Laid> = points
            .iter()
            .map(|point| {
                let text = Span::Text { text: point.clone(), bold: false, scale: 1.0 };
                let setting = Setting { size: POINTS, width: each - 12.0, align: Align::Left, white };
                let mut item = held(lines(self.letters, &[text], &setting), Some(Kind::ItemBody));
                for draw in &mut item.draws {
                    *draw = draw.clone().moved(12.0, 0.0);
                }
                let dot = Draw::Fill { x: 0.0, y: 5.0, width: 5.0, height: 5.0, rgb: (0, 0, 0) };
                item.under.push(dot);
                Laid { kind: Some(Kind::Item), inside: vec![(0.0, 0.0, item)], ..Laid::holding(0.0) }
            })
            .collect();
        let heights: Vec<f32> =
            laid.iter().map(|item| item.inside.iter().map(|(_, _, inner)| inner.height).sum()).collect();
        let mut list = Laid { kind: Some(Kind::List), ..Laid::holding(0.0) };
        let cut = cut(&heights, columns);
        let (mut x, mut y, mut column) = (0.0, 0.0, 0);
        for (at, (item, height)) in laid.into_iter().zip(heights).enumerate() {
            if cut.get(column).is_some_and(|first| *first == at) {
                (x, y, column) = (x + each + gap, 0.0, column + 1);
            }
            list.inside.push((x, y, item));
            y += height;
            list.height = list.height.max(y);
        }
        list
    }

    fn row(&self, (cells, gap, middle): (&[(Width, Node)], f32, bool), width: f32, white: bool) -> Laid {
        let widths = shared(cells.iter().map(|(width, _)| *width), gap, width);
        let laid: Vec<Laid> =
            cells.iter().zip(&widths).map(|((_, node), width)| self.node(node, *width, white)).collect();
        let height = laid.iter().map(|laid| laid.height).fold(0.0, f32::max);
        let mut row = Laid::holding(height);
        let mut x = 0.0;
        for (((_, node), laid), width) in cells.iter().zip(laid).zip(widths) {
            // Frames beside each other are equally high.
            let laid = match node {
                Node::Frame { line, ground, pad, inner } => self.frame((*line, *ground, *pad, inner), width, height),
                _ => laid,
            };
            let down = if middle { (height - laid.height) / 2.0 } else { 0.0 };
            row.inside.push((x, down, laid));
            x += width + gap;
        }
        row
    }

    fn stack(&self, nodes: &[Node], width: f32, white: bool) -> Laid {
        let mut stack = Laid::holding(0.0);
        for node in nodes {
            let laid = self.node(node, width, white);
            let y = stack.height;
            stack.height += laid.height;
            stack.inside.push((0.0, y, laid));
        }
        stack
    }

    fn frame(&self, (line, ground, pad, inner): (f32, Ground, (f32, f32), &Node), width: f32, least: f32) -> Laid {
        let laid = self.node(inner, width - 2.0 * pad.0, ground == Ground::Black);
        let height = (laid.height + 2.0 * pad.1).max(least);
        let mut frame = Laid::holding(height);
        let rgb = match ground {
            Ground::Paper => None,
            Ground::Black => Some((0, 0, 0)),
        };
        frame.under.extend(rgb.map(|rgb| Draw::Fill { x: 0.0, y: 0.0, width, height, rgb }));
        if line > 0.0 {
            let half = line / 2.0;
            frame.under.push(Draw::Frame { x: half, y: half, width: width - line, height: height - line, line });
        }
        frame.inside.push((pad.0, pad.1, laid));
        frame
    }

    fn month(&self, month: &Month) -> Laid {
        let mut out = Lines { draws: Vec::new(), under: Vec::new(), height: 0.0 };
        let name = super::Style { size: DAY, bold: true, grey: false };
        out.draws.push(Draw::Words { x: 4.0, baseline: 12.0, style: name, text: month.name.clone() });
        let middle = |row: f32| 16.0 + CELL.1 * (row + 0.5);
        for (column, letter) in (0_u8..).zip(["M", "T", "W", "T", "F", "S", "S"]) {
            let place = (f32::from(column) * CELL.0, middle(0.0), CELL.0, CELL.1 - 3.0);
            day(self.letters, letter, &[], place, (DAY, &mut out));
        }
        let rule = Draw::Fill { x: 0.0, y: 16.0 + CELL.1 - 1.0, width: 7.0 * CELL.0, height: 0.7, rgb: (0, 0, 0) };
        out.under.push(rule);
        let mut rows = 1.0;
        for (at, marks) in month.days.iter().enumerate() {
            let place = month.lead + at;
            let number = |figure: usize| f32::from(u8::try_from(figure).unwrap_or_default());
            let row = number(place / 7 + 1);
            rows = row + 1.0;
            let place = (number(place % 7) * CELL.0, middle(row) + 0.5, CELL.0, CELL.1 - 3.2);
            day(self.letters, &(at + 1).to_string(), marks, place, (DAY, &mut out));
        }
        out.height = 16.0 + CELL.1 * rows + 2.0;
        held(out, Some(Kind::Figure(read_aloud(month))))
    }
}

/// `December 2026. Fixed: 7. Planned: 21.`
fn read_aloud(month: &Month) -> String {
    use super::super::super::leaf::Mark;
    let of = |mark: Mark| {
        let days = month.days.iter().enumerate().filter(|(_, marks)| marks.contains(&mark));
        days.map(|(at, _)| (at + 1).to_string()).collect::<Vec<_>>().join(", ")
    };
    let told = [("Fixed", of(Mark::Fixed)), ("Planned", of(Mark::Planned)), ("Medicine at home", of(Mark::Home))];
    let told = told.iter().filter(|(_, days)| !days.is_empty()).map(|(word, days)| format!(" {word}: {days}."));
    format!("{}.{}", month.name, told.collect::<String>())
}

pub(super) fn held(lines: Lines, kind: Option<Kind>) -> Laid {
    Laid { kind, under: lines.under, draws: lines.draws, ..Laid::holding(lines.height) }
}

/// What the words say.
fn said(spans: &[Span]) -> String {
    let text = spans.iter().map(|span| match span {
        Span::Text { text, .. } | Span::Day(text, _) => text.as_str(),
        Span::Blank(_) | Span::Rest | Span::Tick => "",
    });
    text.collect()
}

/// The widths of pieces beside each other.
pub(super) fn shared(widths: impl Iterator<Item = Width> + Clone, gap: f32, width: f32) -> Vec<f32> {
    let count = f32::from(u8::try_from(widths.clone().count()).unwrap_or(1));
    let fixed: f32 = widths.clone().map(|one| if let Width::Points(points) = one { points } else { 0.0 }).sum();
    let shares: f32 = widths.clone().map(|one| if let Width::Share(share) = one { share } else { 0.0 }).sum();
    let left = (width - fixed - gap * (count - 1.0)).max(0.0);
    let one = |width| match width {
        Width::Points(points) => points,
        Width::Share(share) => left * share / shares.max(0.01),
    };
    widths.map(one).collect()
}

/// The items with which the second and later columns begin, so that the columns are about equally high.
fn cut(heights: &[f32], columns: usize) -> Vec<usize> {
    let all: f32 = heights.iter().sum();
    let each = all / f32::from(u8::try_from(columns).unwrap_or(1));
    let mut firsts = Vec::new();
    let mut above = 0.0;
    for (at, height) in heights.iter().enumerate() {
        let full = f32::from(u8::try_from(firsts.len() + 1).unwrap_or(1)) * each;
        if firsts.len() + 1 < columns && above + height / 2.0 > full && at > 0 {
            firsts.push(at);
        }
        above += height;
    }
    firsts
}
