//! Writing a file: whole or not at all, and never over another one unless told to.
//!
//! The bytes go to a temporary file in the same folder, reach the disk, and then take the name. Whoever
//! reads the file sees the old one or the new one, never half of one.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "writes the exported file")]

use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{ExportError, Out};

/// Why a file was not written. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file of that name exists.
    #[error("{} exists already.", .0.display())]
    Exists(PathBuf),
    /// The name is a folder's.
    #[error("{} is a folder; give the name of a file in it.", .0.display())]
    IsFolder(PathBuf),
    /// The folder does not exist.
    #[error("The folder {} does not exist; make it first, or choose another.", .0.display())]
    NoFolder(PathBuf),
    /// What should be a folder is a file.
    #[error("{} is a file, not a folder.", .0.display())]
    NotAFolder(PathBuf),
    /// The folder may not be written to.
    #[error("The folder {} may not be written to (read-only, or not yours); choose another.", .0.display())]
    Forbidden(PathBuf),
    /// The disk, or what one may use of it, is full.
    #[error("The disk, or what you may use of it, is full; nothing was written to {}.", .0.display())]
    Full(PathBuf),
    /// There is nothing to write.
    #[error("{0}")]
    Export(ExportError),
    /// Anything else.
    #[error("{} could not be written: {error}.", .path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

/// Who may read a file that is new. One that is replaced keeps its rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Its owner alone: it is about a subject.
    Owner,
    /// Whoever may read the user's other files.
    AsUsual,
}

/// Writes a file about a subject, for its owner alone. An existing one is overwritten only with `force`.
pub fn save(path: &Path, bytes: &[u8], force: bool) -> Result<(), SaveError> {
    stream(path, force, |out| Ok(out.write_all(bytes)?))
}

/// The same with bytes that come bit by bit: however many there are, they need not be held in memory.
pub fn stream(
    path: &Path,
    force: bool,
    fill: impl FnOnce(Out<'_>) -> Result<(), ExportError>,
) -> Result<(), SaveError> {
    put(path, force, Readers::Owner, fill)
}

/// Writes a file about nobody, such as approvals, with the rights that the user's other files get.
pub fn publish(path: &Path, bytes: &[u8], force: bool) -> Result<(), SaveError> {
    put(path, force, Readers::AsUsual, |out| Ok(out.write_all(bytes)?))
}

fn put(
    path: &Path,
    force: bool,
    readers: Readers,
    fill: impl FnOnce(Out<'_>) -> Result<(), ExportError>,
) -> Result<(), SaveError> {
    if path.is_dir() || path.file_name().is_none() {
        return Err(SaveError::IsFolder(path.to_owned()));
    }
    if is_device(path) {
        return device(path, fill).map_err(|error| told(path, path, error));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(SaveError::Exists(path.to_owned()));
    }
    // A link is followed, so that the file it points to is replaced and the link stays.
    let target = if force { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
    write(&target, force, readers, fill).map_err(|error| told(path, &target, error))
}

/// A terminal, a pipe, `/dev/stdout`: it holds nothing that could be lost, and a file must not take its place.
fn is_device(path: &Path) -> bool {
    path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir())
}

fn device(path: &Path, fill: impl FnOnce(Out<'_>) -> Result<(), ExportError>) -> Result<(), ExportError> {
    let mut out = BufWriter::new(File::options().write(true).open(path)?);
    fill(&mut out)?;
    Ok(out.flush()?)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write(
    path: &Path,
    force: bool,
    readers: Readers,
    fill: impl FnOnce(Out<'_>) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".posology-");
    let kept = path.metadata().ok().map(|known| known.permissions());
    if readers == Readers::AsUsual {
        as_usual(&mut builder);
    }
    let mut file = builder.tempfile_in(folder(path))?;
    let mut out = BufWriter::new(file.as_file_mut());
    fill(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(kept) = kept {
        file.as_file().set_permissions(kept)?;
    }
    file.as_file().sync_all()?;
    let kept = if force { file.persist(path) } else { file.persist_noclobber(path) };
    kept.map_err(|error| error.error)?;
    Ok(())
}

/// What the user's umask leaves; a temporary file is otherwise its owner's alone.
#[cfg(unix)]
fn as_usual(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

// A file takes its rights from its folder.
#[cfg(not(unix))]
fn as_usual(_: &mut tempfile::Builder<'_, '_>) {}

/// The system's error as a sentence.
fn told(path: &Path, target: &Path, error: ExportError) -> SaveError {
    let error = match error {
        ExportError::Io(error) => error,
        other => return SaveError::Export(other),
    };
    let folder = folder(target).to_owned();
    match error.kind() {
        ErrorKind::AlreadyExists => SaveError::Exists(path.to_owned()),
        ErrorKind::NotADirectory => SaveError::NotAFolder(folder),
        ErrorKind::NotFound if !folder.exists() => SaveError::NoFolder(folder),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::Forbidden(folder),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => SaveError::Full(path.to_owned()),
        _ => SaveError::Other { path: path.to_owned(), error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_fills_up_half_way_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.csv");
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge] {
            let full = |out: Out<'_>| {
                out.write_all(&vec![b'x'; 100_000])?;
                Err(ExportError::Io(kind.into()))
            };
            let refused = stream(&path, false, full).unwrap_err();
            assert!(matches!(refused, SaveError::Full(_)), "{refused:?}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "half a file is left");
        }
        save(&path, b"one", false).unwrap();
        let full = |out: Out<'_>| {
            out.write_all(b"two")?;
            Err(ExportError::Io(ErrorKind::StorageFull.into()))
        };
        assert!(stream(&path, true, full).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"one", "the old file stands until the new one is whole");
    }

    #[test]
    fn what_cannot_be_exported_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ics");
        let refused = stream(&path, false, |_| Err(ExportError::Refused("no subject".to_owned()))).unwrap_err();
        assert_eq!(refused.to_string(), "no subject");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_is_written_to_and_never_replaced() {
        use std::os::unix::fs::FileTypeExt;
        let full = Path::new("/dev/full");
        assert!(matches!(save(full, b"x", true), Err(SaveError::Full(_))));
        save(Path::new("/dev/null"), b"x", true).unwrap();
        for path in ["/dev/full", "/dev/null"] {
            assert!(Path::new(path).metadata().unwrap().file_type().is_char_device(), "{path}");
        }
    }
}
