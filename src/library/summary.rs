//! What a list needs of a regimen file, read without judging the file. The build script reads the summaries of the
//! shipped files with these same lines: nothing here knows the rest of the program.

use std::borrow::Cow;

use toml::de::{DeTable, DeValue};

/// What a word on a summary says about the regimen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Word {
    Id,
    Name,
    Also,
    Drug,
    Product,
    Indication,
    Trial,
    Protocol,
}

/// Name, status, and the words by which a regimen is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The regimen's name; the id where the file does not say it.
    pub name: Cow<'static, str>,
    /// The status as written.
    pub status: Cow<'static, str>,
    /// Whether the text is TOML with a name at all.
    pub legible: bool,
    /// Texts to search, in small letters.
    pub words: Vec<(Word, Cow<'static, str>)>,
}

impl Summary {
    /// Reads what stands at the known places; whatever is missing or of another kind is left out.
    pub fn read(id: &str, text: &str) -> Self {
        let mut summary = Self { name: id.to_owned().into(), ..Self::default() };
        summary.word(Word::Id, id);
        let Ok(table) = DeTable::parse(text) else { return summary };
        let table = table.get_ref();
        if let Some(about) = table.get("regimen").and_then(|value| value.get_ref().as_table()) {
            summary.about(about);
        }
        let phases = tables(table, "phase").chain([table]);
        for drug in phases.flat_map(|phase| tables(phase, "drug")) {
            for (key, word) in [("name", Word::Drug), ("also", Word::Drug)] {
                summary.texts(drug, key, word);
            }
            for key in ["formulation", "product"] {
                summary.texts(drug, key, Word::Product);
            }
        }
        summary
    }

    fn about(&mut self, about: &DeTable<'_>) {
        if let Some(name) = text_of(about, "name") {
            self.name = name.to_owned().into();
            self.legible = true;
        }
        self.status = text_of(about, "status").unwrap_or_default().to_owned().into();
        let places = [
            ("name", Word::Name),
            ("also", Word::Also),
            ("indication", Word::Indication),
            ("trial", Word::Trial),
            ("protocol", Word::Protocol),
        ];
        for (key, word) in places {
            self.texts(about, key, word);
        }
    }

    /// A text, or every text of a list.
    fn texts(&mut self, table: &DeTable<'_>, key: &str, word: Word) {
        match table.get(key).map(toml::Spanned::get_ref) {
            Some(DeValue::String(text)) => self.word(word, text),
            Some(DeValue::Array(list)) => {
                list.iter().filter_map(|one| one.get_ref().as_str()).for_each(|text| self.word(word, text));
            }
            _ => {}
        }
    }

    fn word(&mut self, word: Word, text: &str) {
        self.words.push((word, text.to_lowercase().into()));
    }
}

fn text_of<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

/// The tables of a `[[key]]`.
fn tables<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> impl Iterator<Item = &'t DeTable<'i>> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flat_map(|list| list.iter()).filter_map(|one| one.get_ref().as_table())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(summary: &Summary, wanted: Word) -> Vec<&str> {
        summary.words.iter().filter(|(word, _)| *word == wanted).map(|(_, text)| &**text).collect()
    }

    #[test]
    fn a_card_has_the_words_of_a_file_and_does_not_judge_it() {
        let text = "[regimen]\nname = \"Two Drugs\"\nstatus = \"draft\"\nalso = [\"TD\", 7]\ntrial = \"NCT1\"\n\
                     [[drug]]\nname = \"Cisplatin\"\ndose = \"nonsense\"\n[[phase]]\n[[phase.drug]]\nname = \"Paclitaxel\"\nalso = [\"Taxol\"]\n";
        let summary = Summary::read("two", text);
        assert_eq!((&*summary.name, &*summary.status, summary.legible), ("Two Drugs", "draft", true));
        assert_eq!(words(&summary, Word::Also), ["td"]);
        assert_eq!(words(&summary, Word::Trial), ["nct1"]);
        assert_eq!(words(&summary, Word::Drug), ["paclitaxel", "taxol", "cisplatin"]);
    }

    #[test]
    fn what_is_no_toml_is_found_by_its_id() {
        let summary = Summary::read("torn", "[regimen\nname = ");
        assert_eq!((&*summary.name, summary.legible), ("torn", false));
        assert_eq!(words(&summary, Word::Id), ["torn"]);
    }
}
