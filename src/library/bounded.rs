//! Reading a file that is small when it is what it should be: a device, a pipe or a wrong name may never end.

#![allow(clippy::disallowed_types, reason = "reads the files it is given")]

use std::fs::File;
use std::io::{Error, Read, Result};
use std::path::Path;

/// All of a file, of which more than so many bytes are refused.
pub fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        Ok(bytes)
    } else {
        Err(Error::other(format!("has more than {} MB, which no such file has", most / 1_000_000)))
    }
}
