//! Writing a file: whole or not at all, and never over another one unless told to.
//!
//! The bytes go to a temporary file in the same folder, reach the disk, and then take the name. Whoever
//! reads the file sees the old one or the new one, never half of one.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written. Nothing of it is left behind.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file of that name exists.
    #[error("{} exists already; --force overwrites it.", .0.display())]
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
    #[error("The disk is full; nothing was written to {}.", .0.display())]
    Full(PathBuf),
    /// Anything else.
    #[error("{} could not be written: {error}.", .path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

/// Writes a file. An existing one is overwritten only with `force`.
pub fn save(path: &Path, bytes: &[u8], force: bool) -> Result<(), SaveError> {
    if path.is_dir() || path.file_name().is_none() {
        return Err(SaveError::IsFolder(path.to_owned()));
    }
    if !force && path.symlink_metadata().is_ok() {
        return Err(SaveError::Exists(path.to_owned()));
    }
    // A link is followed, so that the file it points to is replaced and the link stays.
    let target = if force { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
    write(&target, bytes, force).map_err(|error| told(path, &target, error))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write(path: &Path, bytes: &[u8], force: bool) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".posology-");
    // A new file gets the rights the user's other files get; one that is replaced keeps its own.
    let kept = path.metadata().ok().map(|known| known.permissions());
    let mut file = rights(&mut builder).tempfile_in(folder(path))?;
    file.write_all(bytes)?;
    if let Some(kept) = kept {
        file.as_file().set_permissions(kept)?;
    }
    file.as_file().sync_all()?;
    if force {
        file.persist(path)?
    } else {
        file.persist_noclobber(path)?
    };
    Ok(())
}

#[cfg(unix)]
fn rights<'b>(builder: &'b mut tempfile::Builder<'static, 'static>) -> &'b mut tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    // Less what the user's umask takes away.
    builder.permissions(std::fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn rights<'b>(builder: &'b mut tempfile::Builder<'static, 'static>) -> &'b mut tempfile::Builder<'static, 'static> {
    builder
}

/// The system's error as a sentence.
fn told(path: &Path, target: &Path, error: std::io::Error) -> SaveError {
    let folder = folder(target).to_owned();
    match error.kind() {
        ErrorKind::AlreadyExists => SaveError::Exists(path.to_owned()),
        ErrorKind::NotADirectory => SaveError::NotAFolder(folder),
        ErrorKind::NotFound if !folder.exists() => SaveError::NoFolder(folder),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => SaveError::Forbidden(folder),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SaveError::Full(path.to_owned()),
        _ => SaveError::Other { path: path.to_owned(), error },
    }
}
