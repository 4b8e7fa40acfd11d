//! Where the record lies: a file of mode 0600 in a folder of mode 0700, on a disk of this computer.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::StoreError;

/// The name of the file in the data folder.
pub const FILE: &str = "records.sqlite";

/// The file in a data folder.
pub fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Makes the folder, for its owner only. One that is there and empty is closed to others; one that holds
/// anything is the user's to close.
///
/// Returns the folders that were made, the innermost first.
pub(super) fn make(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    if folder.is_dir() {
        let empty = folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
        return if empty { close(folder).map(|()| Vec::new()) } else { Ok(Vec::new()) };
    }
    let missing = |path: &&Path| !path.as_os_str().is_empty() && path.symlink_metadata().is_err();
    let made: Vec<PathBuf> = folder.ancestors().take_while(missing).map(Path::to_owned).collect();
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    private(&mut builder);
    builder.create(folder).map_err(|error| StoreError::io(folder, &error))?;
    // Their names have to reach the disk, too; not every system can be asked.
    for parent in made.iter().filter_map(|path| path.parent()) {
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let _ = std::fs::File::open(parent).and_then(|parent| parent.sync_all());
    }
    Ok(made)
}

/// Whether there is a record in a folder. A folder that may not be looked into is an error, and no answer.
pub(super) fn there(folder: &Path) -> Result<bool, StoreError> {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    let file = file(folder);
    match file.metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == NotFound => Ok(false),
        Err(error) if error.kind() == NotADirectory => {
            Err(StoreError::Unreadable { path: folder.to_owned(), why: "it is not a folder".to_owned() })
        }
        Err(error) => {
            let why = format!("it may not be looked into ({error}), so whether a record is there cannot be told");
            Err(StoreError::Unreadable { path: folder.to_owned(), why })
        }
    }
}

/// Writes a note beside the record, for its owner only: whole or not at all.
pub(super) fn note(folder: &Path, name: &str, text: &[u8]) -> Result<(), StoreError> {
    let written = tempfile::Builder::new().prefix(".posology-").tempfile_in(folder).and_then(|mut file| {
        file.write_all(text)?;
        file.persist(folder.join(name)).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| StoreError::io(&folder.join(name), &error))
}

/// How old a file without a name must be before it is nobody's.
const LEFT: std::time::Duration = std::time::Duration::from_hours(1);

/// Removes what programs that were ended left in the folder of the record.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    let old = |entry: &std::fs::DirEntry| {
        let known = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        known.modified().ok()?.elapsed().ok()
    };
    for entry in entries.filter_map(Result::ok) {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(".posology-"));
        if ours && old(&entry).is_some_and(|age| age > LEFT) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(unix)]
fn close(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let owner = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder, owner).map_err(|error| StoreError::io(folder, &error))
}

/// Windows hands rights down: a folder below the person's own is theirs. One elsewhere is warned of.
#[cfg(windows)]
fn close(_folder: &Path) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(unix)]
fn private(builder: &mut std::fs::DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

#[cfg(windows)]
fn private(_builder: &mut std::fs::DirBuilder) {}

/// Refuses a folder or file that anyone but its owner may open.
#[cfg(unix)]
pub(super) fn closed_to_others(path: &Path, right: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = path.metadata().map_err(|error| StoreError::io(path, &error))?.permissions().mode() & 0o777;
    let others = mode % 0o100;
    if others == 0 {
        return Ok(());
    }
    let command = format!("chmod {right:o} {}", quoted(path));
    Err(StoreError::Exposed { path: path.to_owned(), mode, command })
}

/// Windows hands rights down from folder to folder; [`warning`] speaks of a folder that is not the person's.
#[cfg(windows)]
pub(super) fn closed_to_others(_path: &Path, _right: u32) -> Result<(), StoreError> {
    Ok(())
}

/// A path as a shell takes it.
#[cfg(unix)]
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// What tells one file from another that took its name; `None` where there is no file.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|known| (known.dev(), known.ino()))
}

#[cfg(windows)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    let file = winapi_util::Handle::from_path_any(path).ok()?;
    let known = winapi_util::file::information(&file).ok()?;
    Some((known.volume_serial_number(), known.file_index()))
}

/// File systems of another computer: locks on them do not hold, and two writers can destroy a record.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "9p",
    "davfs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.ceph",
    "gfs2",
    "ocfs2",
    "beegfs",
];

/// The kind of network file system a path lies on, from the system's list of mounts
/// (`/proc/self/mountinfo`).
///
/// ```
/// use posology::store::network;
/// let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:35 / /home rw shared:5 - nfs4 server:/home rw\n";
/// assert_eq!(network(mounts, "/home/anna/records".as_ref()), Some("nfs4"));
/// assert_eq!(network(mounts, "/homework".as_ref()), None);
/// ```
pub fn network<'a>(mounts: &'a str, path: &Path) -> Option<&'a str> {
    let mounted = mounts.lines().filter_map(mount).filter(|(point, _)| path.starts_with(point));
    // Of two mounts on one point the later one is seen.
    let (_, kind) = mounted.max_by_key(|(point, _)| point.components().count())?;
    NETWORK.contains(&kind).then_some(kind)
}

/// Mount point and kind of a line of the list.
fn mount(line: &str) -> Option<(PathBuf, &str)> {
    let (left, right) = line.split_once(" - ")?;
    let point = left.split(' ').nth(4)?;
    Some((PathBuf::from(unescaped(point)), right.split(' ').next()?))
}

/// The list writes blanks and the like as `\040`.
fn unescaped(point: &str) -> String {
    let escapes = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")];
    escapes.iter().fold(point.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The warning for a folder on a network file system.
#[cfg(unix)]
pub(super) fn warning(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = network(&mounts, &folder.canonicalize().ok()?)?.to_owned();
    Some(on_the_network(folder, &kind))
}

fn on_the_network(folder: &Path, kind: &str) -> String {
    format!(
        "{} lies on a network file system ({kind}), where two programs can destroy a record; \
         keep it on a disk of this computer and copy backups to the network",
        folder.display()
    )
}

/// The warning for a folder on another computer, also behind the letter of a drive, or open to others.
#[cfg(windows)]
pub(super) fn warning(folder: &Path) -> Option<String> {
    let full = folder.canonicalize().ok()?.display().to_string();
    match lies(&full) {
        Lies::OwnFolder => None,
        Lies::Network => Some(on_the_network(folder, "a Windows share")),
        Lies::Elsewhere => Some(format!(
            "{} is outside your user folder, and others who use this computer may be able to open it; \
             keep the record below your user folder, or close the folder to others",
            folder.display()
        )),
    }
}

/// Where a full path of Windows leads.
#[cfg(any(windows, test))]
#[derive(Debug, PartialEq, Eq)]
enum Lies {
    OwnFolder,
    Elsewhere,
    Network,
}

/// From the full path as Windows writes it: `\\?\C:\Users\anna\…`, `\\?\UNC\server\share\…`.
#[cfg(any(windows, test))]
fn lies(full: &str) -> Lies {
    let (long, path) = full.strip_prefix(r"\\?\").map_or((false, full), |path| (true, path));
    if path.starts_with(r"\\") || (long && path.starts_with(r"UNC\")) {
        return Lies::Network;
    }
    let parts: Vec<&str> = path.split('\\').collect();
    match parts.as_slice() {
        [_, users, name, ..] if users.eq_ignore_ascii_case("Users") && !name.eq_ignore_ascii_case("Public") => {
            Lies::OwnFolder
        }
        _ => Lies::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lies, lies};

    #[test]
    fn a_share_of_windows_is_known_by_its_full_path() {
        for (path, expected) in [
            (r"\\?\C:\Users\anna\AppData\Roaming\posology", Lies::OwnFolder),
            (r"C:\users\anna\records", Lies::OwnFolder),
            (r"\\?\C:\Users\Public\records", Lies::Elsewhere),
            (r"\\?\D:\records", Lies::Elsewhere),
            (r"\\?\UNC\server\trials\records", Lies::Network),
            (r"\\server\trials\records", Lies::Network),
            // A folder of that name on a disk of one's own.
            (r"\\?\C:\Users\anna\UNC", Lies::OwnFolder),
        ] {
            assert_eq!(lies(path), expected, "{path}");
        }
    }
}
