//! The source of a key that stands in another table than the one it holds in.

use std::collections::BTreeMap;

use crate::format::definition::{At, OneOrMany, SourcesDef};
use crate::regimen::Provenance;

/// What a table says its key comes from.
pub(super) fn of(sources: Option<&SourcesDef>, key: &str) -> Option<At<String>> {
    let entries = match sources? {
        SourcesDef::All(id) => return Some(id.clone()),
        SourcesDef::ByKey(entries) => &entries.value,
    };
    let lists = |(name, entry): (&At<String>, &OneOrMany)| match entry {
        OneOrMany::Many(keys) => keys.value.iter().any(|at| at.value == key).then(|| name.clone()),
        OneOrMany::One(id) => (name.value == key).then(|| id.clone()),
    };
    let default = |(name, entry): (&At<String>, &OneOrMany)| match entry {
        OneOrMany::One(id) => (name.value == "default").then(|| id.clone()),
        OneOrMany::Many(_) => None,
    };
    entries.iter().find_map(lists).or_else(|| entries.iter().find_map(default))
}

/// The word for what nobody has verified.
pub(super) fn unverified() -> At<String> {
    At { value: Provenance::UNVERIFIED.to_owned(), span: 0..0 }
}

/// What a table says, with the source of each key that it took over.
pub(super) fn with(own: Option<SourcesDef>, taken: Vec<(&'static str, At<String>)>) -> Option<SourcesDef> {
    let Some((_, first)) = taken.first() else { return own };
    let mut entries = match own {
        Some(SourcesDef::All(id)) => {
            let span = id.span.clone();
            let default = At { value: "default".to_owned(), span: span.clone() };
            At { value: BTreeMap::from([(default, OneOrMany::One(id))]), span }
        }
        Some(SourcesDef::ByKey(entries)) => entries,
        None => At { value: BTreeMap::new(), span: first.span.clone() },
    };
    for (key, id) in taken {
        let key = At { value: key.to_owned(), span: id.span.clone() };
        entries.value.insert(key, OneOrMany::One(id));
    }
    Some(SourcesDef::ByKey(entries))
}
