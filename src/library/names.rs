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
}

/// Every other name, in small letters, with the substance it means.
static MEANS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table: BTreeMap<String, Names> = toml::from_str(TEXT).unwrap_or_default();
    let short = SHORT.iter().map(|(short, name)| ((*short).to_owned(), (*name).to_owned()));
    let named = table.into_iter().flat_map(|(substance, names)| {
        let all = [names.brands, names.also, names.chinese].into_iter().flatten();
        all.map(move |name| (name.to_lowercase(), substance.clone())).collect::<Vec<_>>()
    });
    short.chain(named).collect()
});

/// The substance that a word in small letters is another name of.
pub fn substance(word: &str) -> Option<&'static str> {
    MEANS.get(word).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_says_where_each_row_is_from_and_gives_no_name_twice() {
        let table: BTreeMap<String, Names> = toml::from_str(TEXT).unwrap();
        let rows: toml::Table = toml::from_str(TEXT).unwrap();
        let mut all: Vec<String> = Vec::new();
        for (substance, names) in &table {
            assert!(rows[substance]["source"].as_str().is_some_and(|source| !source.trim().is_empty()), "{substance}");
            let said = [&names.brands, &names.also, &names.chinese];
            all.extend(said.into_iter().flatten().map(|name| name.to_lowercase()));
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "a name stands twice");
        assert_eq!(substance("keytruda"), Some("pembrolizumab"));
        assert_eq!(substance("泰欣生"), Some("nimotuzumab"));
        assert_eq!(substance("ddp"), Some("cisplatin"));
        assert_eq!(substance("nothing"), None);
    }
}
