//! SHA-256, of bytes and of parts that are kept apart by their lengths.

use sha2::{Digest, Sha256};

/// SHA-256 over parts, each behind its length in bytes as eight bytes, most significant first.
pub fn framed(parts: &[&[u8]]) -> String {
    hex(&digest(parts))
}

/// The same as bytes.
pub fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The SHA-256 of bytes, hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
