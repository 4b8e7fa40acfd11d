//! A regimen file on the shelf. Its card (name, status, the words by which it is found) is there at once; what the
//! text means is worked out when somebody looks, or by a thread that has nothing else to do. Reading every file in
//! full takes tens of times as long as reading every card.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::format::normalised;

use super::{Card, Entry, Library, LibraryError, Origin, read, shipped, stem};

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
    library: Arc<Library>,
    entry: OnceLock<Entry>,
}

impl Book {
    /// What the file means, with everything the checker says; worked out once.
    pub fn entry(&self) -> &Entry {
        self.entry.get_or_init(|| self.library.entry(&self.id, self.origin.clone(), &self.text))
    }

    /// The same, where it was worked out already.
    pub fn known(&self) -> Option<&Entry> {
        self.entry.get()
    }

    /// A text as a book of a library.
    pub fn new(library: &Arc<Library>, id: &str, origin: Origin, text: &[u8]) -> Self {
        Self::bound(library, id, origin, text, Card::read(id, &normalised(text)))
    }

    /// A file as a book of a library.
    pub fn at(library: &Arc<Library>, path: PathBuf) -> Self {
        let id = stem(&path);
        match read(&path) {
            Ok(bytes) => Self::new(library, &id, library.origin(path), &bytes),
            Err(error) => {
                let findings = vec![super::findings::unreadable(&error.to_string())];
                let (text, origin, approvals) = (Arc::from([]), library.origin(path), Vec::new());
                Self::from(Entry { id, origin, text, regimen: None, findings, approvals })
            }
        }
    }

    /// A shipped text, whose card was read when the program was built.
    fn shipped(library: &Arc<Library>, id: &str, text: &'static str, card: &shipped::Card) -> Self {
        let (name, status, words) = *card;
        let words = words.iter().map(|(word, text)| (*word, (*text).into())).collect();
        let card = Card { name: name.into(), status: status.into(), legible: true, words };
        Self::bound(library, id, Origin::Shipped, text.as_bytes(), card)
    }

    fn bound(library: &Arc<Library>, id: &str, origin: Origin, text: &[u8], card: Card) -> Self {
        let (id, text, library) = (id.to_owned(), text.into(), Arc::clone(library));
        Self { id, origin, card, text, library, entry: OnceLock::new() }
    }
}

impl From<Entry> for Book {
    fn from(entry: Entry) -> Self {
        let (id, origin, text) = (entry.id.clone(), entry.origin.clone(), entry.text.clone());
        let card = Card::read(&id, &normalised(&text));
        Self { id, origin, card, text, library: Arc::default(), entry: OnceLock::from(entry) }
    }
}

impl Library {
    /// Every regimen file with its card, by id. A file that cannot be read is on the shelf with the reason.
    pub fn shelf(&self) -> Result<Vec<Book>, LibraryError> {
        let library = Arc::new(self.clone());
        let shipped = shipped::CARDS.iter().zip(shipped::SHIPPED);
        let mut books: Vec<Book> = shipped.map(|(card, (id, text))| Book::shipped(&library, id, text, card)).collect();
        books.extend(self.files()?.into_iter().map(|path| Book::at(&library, path)));
        books.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(books)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Word;
    use super::*;

    #[test]
    fn every_shipped_card_says_what_the_regimen_says() {
        for book in Library::default().shelf().unwrap() {
            let regimen = book.entry().regimen.as_ref().unwrap_or_else(|| panic!("{}", book.id));
            assert_eq!((&*book.card.name, &*book.card.status), (&*regimen.name, regimen.said.word()));
            assert_eq!(book.card, Card::read(&book.id, std::str::from_utf8(&book.text).unwrap()), "{}", book.id);
            for drug in regimen.drugs() {
                let name = (Word::Drug, drug.name.to_lowercase().into());
                assert!(book.card.words.contains(&name), "{}", book.id);
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_on_the_shelf_with_the_reason() {
        let book = Book::at(&Arc::default(), PathBuf::from("/nowhere/lost.toml"));
        assert_eq!(book.id, "lost");
        assert!(book.entry().findings.iter().any(|one| one.text.contains("no such file")), "{:?}", book.entry());
    }
}
