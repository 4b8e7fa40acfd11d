//! The reading order of a page for people who hear it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagTree};

/// What a piece is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Section,
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    ItemBody,
    Table,
    Row,
    Head,
    Cell,
    Figure(String),
}

struct Entry {
    kind: Kind,
    inner: Vec<usize>,
    drawn: Vec<Identifier>,
}

/// Every tag, each with its parent.
#[derive(Default)]
pub(super) struct Tags {
    entries: Vec<Entry>,
    roots: Vec<usize>,
}

impl Tags {
    /// A new tag inside another.
    pub(super) fn add(&mut self, kind: Kind, parent: Option<usize>) -> usize {
        let at = self.entries.len();
        self.entries.push(Entry { kind, inner: Vec::new(), drawn: Vec::new() });
        match parent.and_then(|parent| self.entries.get_mut(parent)) {
            Some(parent) => parent.inner.push(at),
            None => self.roots.push(at),
        }
        at
    }

    /// Something drawn belongs to the tag.
    pub(super) fn drawn(&mut self, tag: usize, what: Identifier) {
        if let Some(entry) = self.entries.get_mut(tag) {
            entry.drawn.push(what);
        }
    }

    /// The whole tree.
    pub(super) fn tree(mut self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        for root in std::mem::take(&mut self.roots) {
            if let Some(group) = self.group(root) {
                tree.push(group);
            }
        }
        tree
    }

    fn group(&mut self, at: usize) -> Option<TagGroup> {
        let entry = self.entries.get_mut(at)?;
        let mut group = group_of(&entry.kind);
        for one in std::mem::take(&mut entry.drawn) {
            group.push(Node::Leaf(one));
        }
        for inner in std::mem::take(&mut entry.inner) {
            if let Some(inner) = self.group(inner) {
                group.push(inner);
            }
        }
        Some(group)
    }
}

fn group_of(kind: &Kind) -> TagGroup {
    match kind {
        Kind::Section => TagGroup::new(Tag::Section),
        Kind::Heading(level, words) => {
            TagGroup::new(Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(words.clone())))
        }
        Kind::Paragraph => TagGroup::new(Tag::P),
        Kind::List => TagGroup::new(Tag::L(ListNumbering::Disc)),
        Kind::Item => TagGroup::new(Tag::LI),
        Kind::ItemBody => TagGroup::new(Tag::LBody),
        Kind::Table => TagGroup::new(Tag::Table),
        Kind::Row => TagGroup::new(Tag::TR),
        Kind::Head => TagGroup::new(Tag::TH(TableHeaderScope::Column)),
        Kind::Cell => TagGroup::new(Tag::TD),
        Kind::Figure(words) => TagGroup::new(Tag::Figure(Some(words.clone()))),
    }
}
