//! Taking the entry at fault out of the tree.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::format::definition::Pruned;

/// An entry that was taken out.
pub(super) struct Cut {
    /// Its table and key, for those who would call it missing.
    pub(super) pruned: Pruned,
    /// Where the key stands, which names it exactly.
    pub(super) key: Range<usize>,
    /// The table it stood in: `drug`, `cycle.count`; empty at the top.
    pub(super) path: String,
    /// Whether only an element of a list was taken out.
    pub(super) element: bool,
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Takes out the innermost entry that covers `fault`.
pub(super) fn prune(tree: &mut DeTable<'_>, span: &Range<usize>, fault: &Range<usize>) -> Option<Cut> {
    in_table(tree, span, "", fault)
}

/// The tables of a `[header]` lie outside its span, so every entry is looked into.
fn in_table(table: &mut DeTable<'_>, span: &Range<usize>, path: &str, fault: &Range<usize>) -> Option<Cut> {
    let mut found = None;
    for (key, value) in table.iter_mut() {
        let cut = |element| Cut {
            pruned: Pruned { table: span.clone(), key: key.get_ref().clone().into_owned() },
            key: key.span(),
            path: path.to_owned(),
            element,
        };
        match in_value(value, &join(path, key.get_ref()), fault) {
            Some(Inner::Cut(inner)) => return Some(*inner),
            Some(Inner::Element) => return Some(cut(true)),
            None if covers(&key.span(), fault) || covers(&value.span(), fault) => {
                found = Some((key.clone(), cut(false)));
                break;
            }
            None => {}
        }
    }
    let (key, cut) = found?;
    table.remove(&key);
    Some(cut)
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

enum Inner {
    /// An entry inside a table inside.
    Cut(Box<Cut>),
    /// An element of this list, or of a list in it.
    Element,
}

fn in_value(value: &mut Spanned<DeValue<'_>>, path: &str, fault: &Range<usize>) -> Option<Inner> {
    let span = value.span();
    match value.get_mut() {
        DeValue::Table(table) => in_table(table, &span, path, fault).map(|cut| Inner::Cut(Box::new(cut))),
        DeValue::Array(array) => in_array(array, path, fault),
        _ => None,
    }
}

fn in_array(array: &mut DeArray<'_>, path: &str, fault: &Range<usize>) -> Option<Inner> {
    for at in 0..array.len() {
        let element = array.get_mut(at)?;
        if let Some(inner) = in_value(element, path, fault) {
            return Some(inner);
        }
        if covers(&element.span(), fault) {
            let others = array.iter().enumerate().filter(|(here, _)| *here != at);
            *array = others.map(|(_, element)| element.clone()).collect();
            return Some(Inner::Element);
        }
    }
    None
}

/// Takes out the entry whose key stands at `key`.
pub(super) fn drop_key(tree: &mut DeTable<'_>, key: &Range<usize>) {
    let found = tree.keys().find(|here| here.span() == *key).cloned();
    if let Some(found) = found {
        tree.remove(&found);
        return;
    }
    for (_, value) in tree.iter_mut() {
        drop_in_value(value.get_mut(), key);
    }
}

fn drop_in_value(value: &mut DeValue<'_>, key: &Range<usize>) {
    match value {
        DeValue::Table(table) => drop_key(table, key),
        DeValue::Array(array) => {
            for at in 0..array.len() {
                if let Some(element) = array.get_mut(at) {
                    drop_in_value(element.get_mut(), key);
                }
            }
        }
        _ => {}
    }
}
