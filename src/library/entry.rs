//! A regimen file in the list. Its summary (name, status, the words by which it is found) is there at once; what the
//! text means is worked out when somebody looks, or by a thread that has nothing else to do. Reading every file in
//! full takes tens of times as long as reading every summary.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::format::normalised;

use super::{Library, LibraryError, Origin, RegimenFile, Summary, read, shipped, stem};

/// A regimen file with its summary.
#[derive(Debug)]
pub struct RegimenEntry {
    /// The id by which it is found.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What a list shows.
    pub summary: Summary,
    text: Arc<[u8]>,
    library: Arc<Library>,
    file: OnceLock<RegimenFile>,
}

impl RegimenEntry {
    /// What the file means, with everything the checker says; worked out once.
    pub fn file(&self) -> &RegimenFile {
        self.file.get_or_init(|| match &self.origin {
            Origin::Shipped => self.library.shipped(&self.id, &self.text),
            origin => self.library.check(&self.id, origin.clone(), &self.text),
        })
    }

    /// The same, where it was worked out already.
    pub fn file_if_read(&self) -> Option<&RegimenFile> {
        self.file.get()
    }

    /// A text as an entry of a library.
    pub fn new(library: &Arc<Library>, id: &str, origin: Origin, text: &[u8]) -> Self {
        Self::bound(library, id, origin, text, Summary::read(id, &normalised(text)))
    }

    /// A file as an entry of a library.
    pub fn at(library: &Arc<Library>, path: PathBuf) -> Self {
        let id = stem(&path);
        match read(&path) {
            Ok(bytes) => Self::new(library, &id, library.origin(path), &bytes),
            Err(error) => {
                let findings = vec![super::findings::unreadable(&error.to_string())];
                let (text, origin, approvals) = (Arc::from([]), library.origin(path), Vec::new());
                Self::from(RegimenFile { id, origin, text, regimen: None, findings, approvals })
            }
        }
    }

    /// A shipped text, whose summary was read when the program was built.
    fn shipped(library: &Arc<Library>, id: &str, text: &'static str, summary: &shipped::Summary) -> Self {
        let (name, status, words) = *summary;
        let words = words.iter().map(|(word, text)| (*word, (*text).into())).collect();
        let summary = Summary { name: name.into(), status: status.into(), legible: true, words };
        Self::bound(library, id, Origin::Shipped, text.as_bytes(), summary)
    }

    fn bound(library: &Arc<Library>, id: &str, origin: Origin, text: &[u8], summary: Summary) -> Self {
        let (id, text, library) = (id.to_owned(), text.into(), Arc::clone(library));
        Self { id, origin, summary, text, library, file: OnceLock::new() }
    }
}

impl From<RegimenFile> for RegimenEntry {
    fn from(file: RegimenFile) -> Self {
        let (id, origin, text) = (file.id.clone(), file.origin.clone(), file.text.clone());
        let summary = Summary::read(&id, &normalised(&text));
        Self { id, origin, summary, text, library: Arc::default(), file: OnceLock::from(file) }
    }
}

impl Library {
    /// Every regimen file with its summary, by id. A file that cannot be read is in the list with the reason.
    pub fn list(&self) -> Result<Vec<RegimenEntry>, LibraryError> {
        let library = Arc::new(self.clone());
        let shipped = shipped::SUMMARIES.iter().zip(shipped::SHIPPED);
        let mut entries: Vec<RegimenEntry> =
            shipped.map(|(summary, (id, text))| RegimenEntry::shipped(&library, id, text, summary)).collect();
        entries.extend(self.files()?.into_iter().map(|path| RegimenEntry::at(&library, path)));
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Word;
    use super::*;

    #[test]
    fn every_shipped_card_says_what_the_regimen_says() {
        for entry in Library::default().list().unwrap() {
            let regimen = entry.file().regimen.as_ref().unwrap_or_else(|| panic!("{}", entry.id));
            assert_eq!((&*entry.summary.name, &*entry.summary.status), (&*regimen.name, regimen.said.word()));
            assert_eq!(
                entry.summary,
                Summary::read(&entry.id, std::str::from_utf8(&entry.text).unwrap()),
                "{}",
                entry.id
            );
            for drug in regimen.drugs() {
                let name = (Word::Drug, drug.name.to_lowercase().into());
                assert!(entry.summary.words.contains(&name), "{}", entry.id);
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_in_the_list_with_the_reason() {
        let entry = RegimenEntry::at(&Arc::default(), PathBuf::from("/nowhere/lost.toml"));
        assert_eq!(entry.id, "lost");
        assert!(entry.file().findings.iter().any(|one| one.text.contains("no such file")), "{:?}", entry.file());
    }
}
