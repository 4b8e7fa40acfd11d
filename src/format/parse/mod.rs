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

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, Deserializer, Error};

use crate::finding::Finding;
use crate::format::codes;
use crate::format::definition::{Definition, Pruned};
use crate::format::expand::expanded;

pub(crate) use crate::quantity::names::nearest;
pub(crate) use fields::fields;
pub use fields::{Tables, tables};
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

/// What reading a text into the structs of a format came to.
#[derive(Debug, Clone)]
pub struct Typed<T> {
    /// The file as written; what could not be read is left out.
    pub file: Option<T>,
    /// What was left out.
    pub pruned: Vec<Pruned>,
    /// Every fault of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// Reads a regimen file and tells every fault of its text at once.
pub fn read(text: &[u8]) -> Read {
    let Typed { file, pruned, findings, sha256 } = read_as::<Definition>(text, &tables());
    let definition = file.map(|definition| expanded(Definition { pruned, ..definition }));
    Read { definition, findings, sha256 }
}

/// Reads a file of any format and tells every fault of its text at once; `tables` names the keys of each of its tables.
pub fn read_as<T: DeserializeOwned>(text: &[u8], tables: &Tables) -> Typed<T> {
    let text = text::alike(text);
    let mut typed = Typed { file: None, pruned: Vec::new(), findings: Vec::new(), sha256: text::sha256(&text) };
    match text::utf8(&text) {
        Err(finding) => typed.findings.push(*finding),
        Ok(text) => {
            let (table, errors) = DeTable::parse_recoverable(text);
            if errors.as_slice().is_empty() {
                typed.deserialize(text, table, tables);
                return typed;
            }
            let mended = syntax::mend(text);
            let (table, errors) = DeTable::parse_recoverable(&mended.text);
            typed.findings = mended.findings;
            typed.findings.extend(errors.iter().take(MOST).map(|error| syntax::finding(error, text, 0)));
            typed.pruned = mended.pruned;
            if typed.findings.len() < MOST {
                typed.deserialize(&mended.text, table, tables);
            } else {
                typed.findings.push(too_many());
            }
        }
    }
    typed
}

impl<T: DeserializeOwned> Typed<T> {
    /// Deserializes the tree; on a fault, again without the entry at fault.
    fn deserialize(&mut self, text: &str, tree: Spanned<DeTable<'_>>, tables: &Tables) {
        let (odd, long) = plain::look(text, &tree);
        self.findings.extend(odd);
        self.findings.extend(unseen::look(text, &tree));
        if long {
            return;
        }
        let mut read = T::deserialize(Deserializer::from(tree));
        if read.is_err() {
            // Only a faulty file is parsed twice; a good one is never copied.
            let mut tree = DeTable::parse_recoverable(text).0;
            read = pruning(read, &mut tree, tables, &mut self.findings, &mut self.pruned);
        }
        self.file = read.ok();
    }
}

/// Takes out what is at fault until the rest fits.
fn pruning<T: DeserializeOwned>(
    mut read: Result<T, Error>,
    tree: &mut Spanned<DeTable<'_>>,
    tables: &Tables,
    findings: &mut Vec<Finding>,
    pruned: &mut Vec<Pruned>,
) -> Result<T, Error> {
    let top = 0..0;
    let mut lists = Vec::new();
    loop {
        match &read {
            Ok(_) if lists.is_empty() => return read,
            // A list without some of its elements says something else than its author: drop it.
            Ok(_) => lists.drain(..).for_each(|key| prune::drop_key(tree.get_mut(), &key)),
            Err(error) => {
                let cut = error.span().and_then(|fault| prune::prune(tree.get_mut(), &top, &fault));
                let (finding, meant) = fault::finding(error, cut.as_ref(), tables);
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
        read = T::deserialize(Deserializer::from(tree.clone()));
    }
}

fn too_many() -> Finding {
    let text = format!("{MOST} problems are listed; there may be more");
    Finding::block(codes::TOO_MANY, text).help("correct these and check again")
}
