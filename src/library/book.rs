//! A regimen file on the shelf. Its card (name, status, the words by which it is found) is there at once; what the
//! text means is worked out when somebody looks, or by a thread that has nothing else to do. Reading every file in
//! full takes tens of times as long as reading every card.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use toml::de::{DeTable, DeValue};

use crate::calendar::Site;
use crate::finding::Finding;
use crate::regimen::normalised;

use super::{Entry, Library, LibraryError, Origin, read, shipped, stem};

/// What a word on a card says about the regimen.
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

/// What a list needs of a file, read without judging the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The regimen's name; the id where the file does not say it.
    pub name: String,
    /// The status as written.
    pub status: String,
    /// Whether the text is TOML with a name at all.
    pub legible: bool,
    /// Texts to search, in small letters.
    pub words: Vec<(Word, String)>,
}

/// A regimen file with its card.
#[derive(Debug)]
pub struct Book {
    /// The id by which it is found.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What a list shows.
    pub card: Card,
    text: Arc<[u8]>,
    site: Arc<Site>,
    entry: OnceLock<Entry>,
}

impl Book {
    /// What the file means, with everything the checker says; worked out once.
    pub fn entry(&self) -> &Entry {
        self.entry.get_or_init(|| super::entry(&self.id, self.origin.clone(), &self.text, &self.site))
    }

    /// The same, where it was worked out already.
    pub fn known(&self) -> Option<&Entry> {
        self.entry.get()
    }
}

impl From<Entry> for Book {
    fn from(entry: Entry) -> Self {
        let (id, origin, text) = (entry.id.clone(), entry.origin.clone(), entry.text.clone());
        let card = Card::read(&id, &text);
        Self { id, origin, card, text, site: Arc::default(), entry: OnceLock::from(entry) }
    }
}

impl Library {
    /// Every regimen file with its card, by id. A file that cannot be read is on the shelf with the reason.
    pub fn shelf(&self) -> Result<Vec<Book>, LibraryError> {
        let mut books: Vec<Book> =
            shipped::SHIPPED.iter().map(|(id, text)| self.book(id, Origin::Shipped, text.as_bytes())).collect();
        books.extend(self.files()?.into_iter().map(|path| self.book_at(path)));
        books.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(books)
    }

    /// A text as a book.
    pub fn book(&self, id: &str, origin: Origin, text: &[u8]) -> Book {
        Book {
            id: id.to_owned(),
            origin,
            card: Card::read(id, text),
            text: text.into(),
            site: self.site.clone(),
            entry: OnceLock::new(),
        }
    }

    /// A file as a book.
    pub fn book_at(&self, path: PathBuf) -> Book {
        let id = stem(&path);
        match read(&path) {
            Ok(bytes) => self.book(&id, self.origin(path), &bytes),
            Err(error) => {
                let finding = Finding::block("unreadable", error.to_string());
                let (text, origin) = (Arc::from([]), self.origin(path));
                Book::from(Entry { id, origin, text, regimen: None, findings: vec![finding] })
            }
        }
    }
}

impl Card {
    /// Reads what stands at the known places; whatever is missing or of another kind is left out.
    pub fn read(id: &str, text: &[u8]) -> Self {
        let mut card = Self { name: id.to_owned(), ..Self::default() };
        card.word(Word::Id, id);
        let text = normalised(text);
        let Ok(table) = DeTable::parse(&text) else { return card };
        let table = table.get_ref();
        if let Some(about) = table.get("regimen").and_then(|value| value.get_ref().as_table()) {
            card.about(about);
        }
        let phases = tables(table, "phase").chain([table]);
        for drug in phases.flat_map(|phase| tables(phase, "drug")) {
            for (key, word) in [("name", Word::Drug), ("also", Word::Drug)] {
                card.texts(drug, key, word);
            }
            for key in ["formulation", "product"] {
                card.texts(drug, key, Word::Product);
            }
        }
        card
    }

    fn about(&mut self, about: &DeTable<'_>) {
        if let Some(name) = text_of(about, "name") {
            self.name = name.to_owned();
            self.legible = true;
        }
        self.status = text_of(about, "status").unwrap_or_default().to_owned();
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
        self.words.push((word, text.to_lowercase()));
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

    fn words(card: &Card, wanted: Word) -> Vec<&str> {
        card.words.iter().filter(|(word, _)| *word == wanted).map(|(_, text)| text.as_str()).collect()
    }

    #[test]
    fn a_card_has_the_words_of_a_file_and_does_not_judge_it() {
        let text = b"[regimen]\nname = \"Two Drugs\"\nstatus = \"draft\"\nalso = [\"TD\", 7]\ntrial = \"NCT1\"\n\
                     [[drug]]\nname = \"Cisplatin\"\ndose = \"nonsense\"\n[[phase]]\n[[phase.drug]]\nname = \"Paclitaxel\"\nalso = [\"Taxol\"]\n";
        let card = Card::read("two", text);
        assert_eq!((card.name.as_str(), card.status.as_str(), card.legible), ("Two Drugs", "draft", true));
        assert_eq!(words(&card, Word::Also), ["td"]);
        assert_eq!(words(&card, Word::Trial), ["nct1"]);
        assert_eq!(words(&card, Word::Drug), ["paclitaxel", "taxol", "cisplatin"]);
    }

    #[test]
    fn what_is_no_toml_is_found_by_its_id() {
        let card = Card::read("torn", b"[regimen\nname = ");
        assert_eq!((card.name.as_str(), card.legible), ("torn", false));
        assert_eq!(words(&card, Word::Id), ["torn"]);
    }

    #[test]
    fn every_shipped_card_says_what_the_regimen_says() {
        for book in Library::default().shelf().unwrap() {
            let regimen = book.entry().regimen.as_ref().unwrap_or_else(|| panic!("{}", book.id));
            assert_eq!((&book.card.name, book.card.status.as_str()), (&regimen.name, regimen.status.word()));
            for drug in regimen.drugs() {
                assert!(words(&book.card, Word::Drug).contains(&drug.name.to_lowercase().as_str()), "{}", book.id);
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_on_the_shelf_with_the_reason() {
        let book = Library::default().book_at(PathBuf::from("/nowhere/lost.toml"));
        assert_eq!(book.id, "lost");
        assert!(book.entry().findings.iter().any(|one| one.text.contains("no such file")), "{:?}", book.entry());
    }
}
