//! From text to [`Definition`], telling every fault of the text in one run.
//!
//! A good file is parsed and deserialized once. When a value does not fit, the fault is kept, the innermost
//! entry around it is taken out of the tree and the rest is deserialized again, until it fits. When the text
//! is no TOML, each block between two headers is parsed alone, so that one missing quote hides nothing else.
//! What was taken out stands in [`Definition::pruned`], so that nobody calls it missing.

mod fault;
mod fields;
mod plain;
mod prune;
mod syntax;
mod text;
mod unseen;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer, Error};

use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::{Definition, Pruned};

pub(crate) use fault::nearest;
pub use fields::tables;
pub use text::{LIMIT, normalised, position};

/// The most problems that are listed.
const MOST: usize = 100;

/// What reading came to.
#[derive(Debug, Clone)]
pub struct Read {
    /// The file as written; what could not be read is left out.
    pub definition: Option<Definition>,
    /// Every fault of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// Reads a regimen file and tells every fault of its text at once.
pub fn read(text: &[u8]) -> Read {
    let text = text::alike(text);
    let sha256 = text::sha256(&text);
    match text::utf8(&text) {
        Err(finding) => Read { definition: None, findings: vec![*finding], sha256 },
        Ok(text) => {
            let (table, errors) = DeTable::parse_recoverable(text);
            let (definition, findings) = if errors.as_slice().is_empty() {
                typed(text, table, Vec::new(), Vec::new())
            } else {
                let mended = syntax::mend(text);
                let (table, errors) = DeTable::parse_recoverable(&mended.text);
                let mut findings = mended.findings;
                findings.extend(errors.iter().take(MOST).map(|error| syntax::finding(error, text, 0)));
                if findings.len() < MOST {
                    typed(&mended.text, table, findings, mended.pruned)
                } else {
                    findings.push(too_many());
                    (None, findings)
                }
            };
            Read { definition, findings, sha256 }
        }
    }
}

/// Deserializes the tree; on a fault, again without the entry at fault.
fn typed(
    text: &str,
    tree: Spanned<DeTable<'_>>,
    mut findings: Vec<Finding>,
    mut pruned: Vec<Pruned>,
) -> (Option<Definition>, Vec<Finding>) {
    let (odd, long) = plain::look(text, &tree);
    findings.extend(odd);
    findings.extend(unseen::look(text, &tree));
    if long {
        return (None, findings);
    }
    let mut read = Definition::deserialize(Deserializer::from(tree));
    if read.is_err() {
        // Only a faulty file is parsed twice; a good one is never copied.
        let mut tree = DeTable::parse_recoverable(text).0;
        read = pruning(read, &mut tree, &mut findings, &mut pruned);
    }
    let definition = read.ok().map(|definition| Definition { pruned, ..definition });
    (definition, findings)
}

/// Takes out what is at fault until the rest fits.
fn pruning(
    mut read: Result<Definition, Error>,
    tree: &mut Spanned<DeTable<'_>>,
    findings: &mut Vec<Finding>,
    pruned: &mut Vec<Pruned>,
) -> Result<Definition, Error> {
    let top = 0..0;
    let mut lists = Vec::new();
    loop {
        match &read {
            Ok(_) if lists.is_empty() => return read,
            // A list without some of its elements says something else than its author: drop it.
            Ok(_) => lists.drain(..).for_each(|key| prune::drop_key(tree.get_mut(), &key)),
            Err(error) => {
                let cut = error.span().and_then(|fault| prune::prune(tree.get_mut(), &top, &fault));
                let (finding, meant) = fault::finding(error, cut.as_ref());
                findings.push(finding);
                let Some(cut) = cut else { return read };
                // Nobody need say that the key which was misspelt is missing.
                pruned.extend(meant.map(|key| Pruned { table: cut.pruned.table.clone(), key }));
                pruned.push(cut.pruned);
                lists.extend(cut.element.then_some(cut.key));
            }
        }
        if findings.len() >= MOST {
            findings.push(too_many());
            return read;
        }
        read = Definition::deserialize(Deserializer::from(tree.clone()));
    }
}

fn too_many() -> Finding {
    let text = format!("{MOST} problems are listed; there may be more");
    Finding::block(codes::TOO_MANY, text).help("correct these and check again")
}
