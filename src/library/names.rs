//! Other names of a substance: brands, the US name beside the international one, Chinese names. The abbreviations are those of
//! [`crate::regimen::substance`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::regimen::substance::SHORT;

const TEXT: &str = include_str!("names.toml");

/// The names of one substance. Its row also says where they were read.
#[derive(Debug, Clone, Deserialize)]
struct Names {
    /// Brand names.
    #[serde(default)]
    brands: Vec<String>,
    /// Other generic names and spellings.
    #[serde(default)]
    also: Vec<String>,
    /// Chinese names, generic and brand.
    #[serde(default)]
    chinese: Vec<String>,
    /// The form these are names of, where the plain drug is another thing: `liposomal`.
    formulation: Option<String>,
    /// The substance, where the row is of one form of it.
    of: Option<String>,
}

/// What another name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// The substance.
    pub substance: String,
    /// Its form, where only that one is meant: Onivyde is no plain irinotecan.
    pub formulation: Option<String>,
}

/// Every other name, in small letters, with the substance it means.
static MEANS: LazyLock<BTreeMap<String, Meant>> = LazyLock::new(|| {
    let table: BTreeMap<String, Names> = toml::from_str(TEXT).unwrap_or_default();
    let plain = |name: &str| Meant { substance: name.to_owned(), formulation: None };
    let short = SHORT.iter().map(|(short, name)| ((*short).to_owned(), plain(name)));
    let named = table.into_iter().flat_map(|(row, names)| {
        let meant = Meant { substance: names.of.unwrap_or(row), formulation: names.formulation };
        let all = [names.brands, names.also, names.chinese].into_iter().flatten();
        all.map(move |name| (name.to_lowercase(), meant.clone())).collect::<Vec<_>>()
    });
    short.chain(named).collect()
});

/// What a word in small letters is another name of.
pub fn meant(word: &str) -> Option<&'static Meant> {
    MEANS.get(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_says_where_each_row_is_from_and_gives_no_name_twice() {
        let table: BTreeMap<String, Names> = toml::from_str(TEXT).unwrap();
        let rows: toml::Table = toml::from_str(TEXT).unwrap();
        let mut all: Vec<String> = Vec::new();
        for (row, names) in &table {
            assert!(rows[row]["source"].as_str().is_some_and(|source| !source.trim().is_empty()), "{row}");
            assert_eq!(names.of.is_some(), names.formulation.is_some(), "{row}: a form of what");
            let said = [&names.brands, &names.also, &names.chinese];
            all.extend(said.into_iter().flatten().map(|name| name.to_lowercase()));
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "a name stands twice");
        let substance = |word| meant(word).map(|meant| meant.substance.as_str());
        assert_eq!(substance("keytruda"), Some("pembrolizumab"));
        assert_eq!(substance("泰欣生"), Some("nimotuzumab"));
        assert_eq!(substance("ddp"), Some("cisplatin"));
        assert_eq!(substance("nothing"), None);
        let onivyde = meant("onivyde").map(|meant| (meant.substance.as_str(), meant.formulation.as_deref()));
        assert_eq!(onivyde, Some(("irinotecan", Some("liposomal"))));
    }
}
