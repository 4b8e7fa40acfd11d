//! Where the record lies: a file of mode 0600 in a folder of mode 0700, on a disk of this computer.

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
pub(super) fn make(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        let empty = folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
        return if empty { close(folder) } else { Ok(()) };
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    private(&mut builder);
    builder.create(folder).map_err(|error| StoreError::io(folder, &error))
}

#[cfg(unix)]
fn close(folder: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let owner = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder, owner).map_err(|error| StoreError::io(folder, &error))
}

#[cfg(not(unix))]
fn close(_folder: &Path) -> Result<(), StoreError> {
    Ok(())
}

#[cfg(unix)]
fn private(builder: &mut std::fs::DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

#[cfg(not(unix))]
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

#[cfg(not(unix))]
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

/// What tells one file from another that took its name; `None` where the system cannot say.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|known| (known.dev(), known.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
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
pub(super) fn warning(folder: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = network(&mounts, &folder.canonicalize().ok()?)?.to_owned();
    Some(format!(
        "{} lies on a network file system ({kind}), where two programs can destroy a record; \
         keep it on a disk of this computer (--data DIR) and copy backups to the network",
        folder.display()
    ))
}
