//! From text to [`Definition`].

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::de::{DeTable, Deserializer};

use super::definition::Definition;
use super::rules::codes;
use crate::finding::Finding;

/// The largest text that is read, in bytes.
pub const LIMIT: usize = 1_000_000;

/// What reading came to.
#[derive(Debug, Clone)]
pub struct Read {
    /// The file as written; what could not be read is left out.
    pub definition: Option<Definition>,
    /// Every fault of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// Reads a regimen file and tells every fault of its text at once.
pub fn read(text: &[u8]) -> Read {
    let sha256 = sha256(text);
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let told = format!("byte {} is no UTF-8 text", at + 1);
            return Read { definition: None, findings: vec![Finding::block(codes::NOT_TEXT, told)], sha256 };
        }
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut findings: Vec<Finding> = errors
        .iter()
        .map(|e| Finding::block(codes::SYNTAX, e.message()).at(e.span().unwrap_or(0..0), "here"))
        .collect();
    if !findings.is_empty() {
        return Read { definition: None, findings, sha256 };
    }
    match Definition::deserialize(Deserializer::from(table)) {
        Ok(definition) => Read { definition: Some(definition), findings, sha256 },
        Err(e) => {
            findings.push(Finding::block(codes::WRONG_TYPE, e.message()).at(e.span().unwrap_or(0..0), "here"));
            Read { definition: None, findings, sha256 }
        }
    }
}

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The hash of a text, the same whether or not an editor added a byte-order mark or CRLF line ends.
fn sha256(text: &[u8]) -> String {
    let mut hash = Sha256::new();
    let mut rest = text.strip_prefix(MARK).unwrap_or(text);
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        hash.update(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    hash.update(rest);
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        use std::fmt::Write;
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The word a misspelt one was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let distance = |candidate: &&str| strsim::damerau_levenshtein(word, candidate);
    let near = words.iter().copied().filter(|candidate| candidate.len() < 100).min_by_key(distance)?;
    let allowed = (near.len().max(word.len()) / 3).max(1);
    (word.len() < 100 && distance(&near) <= allowed).then_some(near)
}
