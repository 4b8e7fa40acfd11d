//! The random namespace of a study: made once, by the program, and kept. Nobody is asked for one.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "keeps the namespace in a file")]

use std::fs;
use std::io::{Error, ErrorKind, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::study::is_namespace;

use super::Note;

/// A namespace, and the file in which it was kept just now; no file where it had been kept before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The UUID.
    pub namespace: String,
    /// Where it was written, if it was made now.
    pub made: Option<PathBuf>,
}

impl Kept {
    /// That it was made now, and what follows.
    pub fn note(&self) -> Option<Note> {
        let path = self.made.as_ref()?;
        Some(Note::told(format!(
            "a namespace was made and is kept in {}: the same entries keep their identities. Several sites of one study \
             share a study file instead.",
            path.display()
        )))
    }
}

/// A new random namespace.
pub fn new_namespace() -> String {
    Uuid::new_v4().hyphenated().to_string()
}

/// The namespace kept in a folder for a study that has no file, made if there is none yet. A study without a code has
/// one too.
pub fn kept_namespace(folder: &Path, study: Option<&str>) -> std::io::Result<Kept> {
    let path = folder.join(study.map_or_else(|| "namespace.txt".to_owned(), |code| format!("namespace-{code}.txt")));
    match fs::read_to_string(&path) {
        Ok(text) => return Ok(Kept { namespace: kept(&path, &text)?, made: None }),
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    private_folder(folder)?;
    let namespace = new_namespace();
    let of = study.map_or_else(|| "plans without a study".to_owned(), |code| format!("study {code}"));
    let mut file = tempfile::Builder::new().prefix(".posology-").tempfile_in(folder)?;
    writeln!(file, "# The namespace of {of}. Calendar entries are made from it: keep it, and never change it.")?;
    writeln!(file, "{namespace}")?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(Kept { namespace, made: Some(path) }),
        // Somebody else made one in between: theirs counts.
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            Ok(Kept { namespace: kept(&path, &fs::read_to_string(&path)?)?, made: None })
        }
        Err(error) => Err(error.error),
    }
}

fn kept(path: &Path, text: &str) -> std::io::Result<String> {
    let found = text.lines().map(str::trim).find(|line| is_namespace(line)).map(str::to_ascii_lowercase);
    found.ok_or_else(|| {
        let text = format!(
            "{} holds no namespace any more: write back what stood there, or every calendar entry comes twice",
            path.display()
        );
        Error::new(ErrorKind::InvalidData, text)
    })
}

/// Makes a folder that is its owner's alone: the record lies in it too.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    // Elsewhere the folder takes its rights from the person's own folder above it.
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_made_once_for_each_study_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let first = kept_namespace(&data, Some("TR-01")).unwrap();
        assert!(is_namespace(&first.namespace) && first.made.as_ref().is_some_and(|path| path.is_file()));
        let again = kept_namespace(&data, Some("TR-01")).unwrap();
        assert_eq!((again.namespace, again.made), (first.namespace.clone(), None));
        assert_ne!(kept_namespace(&data, Some("TR-02")).unwrap().namespace, first.namespace);
        assert_ne!(kept_namespace(&data, None).unwrap().namespace, first.namespace);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&data), mode(&data.join("namespace-TR-01.txt"))), (0o700, 0o600));
        }
        fs::write(data.join("namespace-TR-01.txt"), "nothing\n").unwrap();
        let lost = kept_namespace(&data, Some("TR-01")).unwrap_err();
        assert!(lost.to_string().contains("no namespace any more"), "{lost}");
    }
}
