//! A hand-out broken into pages: tighter where that keeps a leaf on one page, else between two pieces or two rows.

use super::super::super::leaf::{Grid, Handout, Leaf, Node};
use super::grid::{columns, has_slack, tight};
use super::lay::Lay;

/// Room between the head that is repeated and what goes on below it.
const BELOW_HEAD: f32 = 7.0;

/// A leaf with what stands on each of its pages.
pub(in super::super::super) struct BrokenLeaf {
    /// Its name.
    pub(in super::super::super) title: String,
    /// Pages, each from top to bottom.
    pub(in super::super::super) pages: Vec<Vec<Node>>,
}

pub(super) fn broken(lay: &Lay<'_>, handout: &Handout, size: (f32, f32)) -> Vec<BrokenLeaf> {
    let (width, room) = (size.0 - 2.0 * super::MARGIN.0, super::room(lay, handout, size));
    let pages = |leaf: &Leaf| {
        let at_ease = filled(lay, leaf, &leaf.body, (width, room));
        if at_ease.len() < 2 || !leaf.body.iter().any(slack) {
            return at_ease;
        }
        let body: Vec<Node> = leaf.body.iter().map(tightened).collect();
        let closer = filled(lay, leaf, &body, (width, room));
        if closer.len() < at_ease.len() { closer } else { at_ease }
    };
    handout.leaves.iter().map(|leaf| BrokenLeaf { title: leaf.title.clone(), pages: pages(leaf) }).collect()
}

fn slack(node: &Node) -> bool {
    match node {
        Node::Grid(grid) => has_slack(grid),
        Node::Row { cells, .. } => cells.iter().any(|(_, node)| slack(node)),
        Node::Stack(nodes) => nodes.iter().any(slack),
        Node::Frame { inner, .. } => slack(inner),
        Node::Space(_) => true,
        Node::Words(_) | Node::Points { .. } | Node::Month(_) => false,
    }
}

/// Rows at their least height, and half the room between pieces.
fn tightened(node: &Node) -> Node {
    match node {
        Node::Grid(grid) => Node::Grid(tight(grid)),
        Node::Row { cells, gap, middle } => {
            let cells = cells.iter().map(|(width, node)| (*width, tightened(node))).collect();
            Node::Row { cells, gap: *gap, middle: *middle }
        }
        Node::Stack(nodes) => Node::Stack(nodes.iter().map(tightened).collect()),
        Node::Frame { line, ground, pad, inner } => {
            Node::Frame { line: *line, ground: *ground, pad: *pad, inner: Box::new(tightened(inner)) }
        }
        Node::Space(height) => Node::Space(height * 0.6),
        other => other.clone(),
    }
}

fn filled(lay: &Lay<'_>, leaf: &Leaf, body: &[Node], (width, room): (f32, f32)) -> Vec<Vec<Node>> {
    let head: f32 = leaf.head.iter().map(|node| lay.height(node, width)).sum();
    let mut filling =
        Filling { lay, width, room, head: &leaf.head, top: head, used: head, pages: vec![leaf.head.clone()] };
    body.iter().for_each(|node| filling.add(node));
    filling.pages
}

struct Filling<'a> {
    lay: &'a Lay<'a>,
    width: f32,
    room: f32,
    head: &'a [Node],
    /// Where a page begins below its head.
    top: f32,
    used: f32,
    pages: Vec<Vec<Node>>,
}

impl Filling<'_> {
    fn add(&mut self, node: &Node) {
        let height = self.lay.height(node, self.width);
        if self.used + height <= self.room {
            self.put(node.clone(), height);
        } else if let Node::Grid(grid) = node {
            self.rows(grid);
        } else if !matches!(node, Node::Space(_)) {
            if self.used > self.top + BELOW_HEAD {
                self.turn();
            }
            self.put(node.clone(), height);
        }
    }

    fn put(&mut self, node: Node, height: f32) {
        self.used += height;
        if let Some(page) = self.pages.last_mut() {
            page.push(node);
        }
    }

    fn turn(&mut self) {
        let mut page = self.head.to_vec();
        page.push(Node::Space(BELOW_HEAD));
        self.pages.push(page);
        self.used = self.top + BELOW_HEAD;
    }

    /// A table that goes on on the next page, under its headings again.
    fn rows(&mut self, grid: &Grid) {
        let widths = columns(grid, self.width);
        let heading = self.lay.head(grid, &widths).height;
        let (mut here, mut high) = (Vec::new(), heading);
        for row in &grid.rows {
            let height = self.lay.grid_row(grid, row, &widths).height;
            if self.used + high + height > self.room && (!here.is_empty() || self.used > self.top + BELOW_HEAD) {
                if !here.is_empty() {
                    self.put(Node::Grid(grid.with_rows(std::mem::take(&mut here))), high);
                }
                self.turn();
                high = heading;
            }
            here.push(row.clone());
            high += height;
        }
        if !here.is_empty() {
            self.put(Node::Grid(grid.with_rows(here)), high);
        }
    }
}
