//! Bytes to text: size, encoding, hash.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::finding::Finding;
use crate::format::codes;

/// The largest text that is read, in bytes.
pub const LIMIT: usize = 1_000_000;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text without a byte-order mark and with line feeds as line ends: what is read, hashed and pointed into.
/// Bytes that are no UTF-8 become replacement characters, for printing.
pub fn normalised(text: &[u8]) -> Cow<'_, str> {
    match alike(text) {
        Cow::Borrowed(text) => String::from_utf8_lossy(text),
        Cow::Owned(text) => Cow::Owned(String::from_utf8_lossy(&text).into_owned()),
    }
}

/// The bytes without a byte-order mark, CRLF made LF; copied only where there is a CRLF.
pub(super) fn alike(text: &[u8]) -> Cow<'_, [u8]> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    if !text.contains(&b'\r') {
        return Cow::Borrowed(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\r' || bytes.peek() != Some(&b'\n') {
            plain.push(byte);
        }
    }
    Cow::Owned(plain)
}

/// The text, or why it is none.
pub(super) fn utf8(text: &[u8]) -> Result<&str, Box<Finding>> {
    if text.len() > LIMIT {
        let told = format!("the file has {} bytes, and a regimen has at most {LIMIT}", text.len());
        return Err(Box::new(Finding::block(codes::SIZE, told).help("check that this is a regimen file")));
    }
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => return Err(Box::new(not_utf8(text, error.valid_up_to()))),
    };
    if text.trim().is_empty() {
        let finding = Finding::block(codes::SIZE, "the file is empty");
        return Err(Box::new(finding.help("start from the template that `regimen new` prints")));
    }
    Ok(text)
}

fn not_utf8(text: &[u8], at: usize) -> Finding {
    let before = text.get(..at).unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    let byte = text.get(at).copied().unwrap_or_default();
    let told = format!("byte {} (line {line}) is 0x{byte:02X}, which is not UTF-8 text", at + 1);
    let wide = matches!(text, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let help = if wide { "the file is UTF-16: save it as UTF-8" } else { "save the file as UTF-8" };
    Finding::block(codes::NOT_TEXT, told).help(help)
}

/// The hash of a text that has been through [`alike`], in lower-case hex.
pub(super) fn sha256(text: &[u8]) -> String {
    let hash = Sha256::digest(text);
    hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        hex
    })
}

/// Line and column of a byte, both from 1; columns count characters.
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one_and_line_ends_do_not_change_it() {
        // FIPS 180-2, appendix B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(sha256(&alike(b"\xef\xbb\xbfabc")), abc);
        assert_eq!(alike(b"a\r\nb\r\n"), b"a\nb\n".as_slice());
        assert_eq!(alike(b"a\rb\r"), b"a\rb\r".as_slice());
        assert_eq!(normalised(b"\xff"), "\u{fffd}");
    }
}
