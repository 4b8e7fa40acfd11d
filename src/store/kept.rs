//! What lists show of each subject, kept beside the record so that it is not worked out anew each time.
//!
//! It may be deleted at any time, and nothing rests on it: a line is believed only under the hash of itself, of what it was
//! worked out with, of this record and of the subject's last event as the record names it now. What is damaged, of another
//! record or program, or older or newer than the subject is as if it were not there.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::chain::SubjectHead;
use super::error::StoreError;
use super::hash::framed;
use super::{State, Store, place};

/// More was not written by this program.
const MOST: u64 = 256 << 20;

/// The state of each subject's events, by code.
pub type Heads = Vec<(String, SubjectHead)>;

impl Store {
    /// What is kept in a file, by subject: what was worked out with the same `key` from the events that each has now.
    pub fn kept<T: DeserializeOwned>(&self, name: &str, key: &str, heads: &Heads) -> BTreeMap<String, T> {
        let file = self.folder.join(name);
        let text = match file.metadata() {
            Ok(known) if known.is_file() && known.len() <= MOST => std::fs::read_to_string(&file).unwrap_or_default(),
            _ => String::new(),
        };
        let with = [self.identity(), key.to_owned()];
        let believed = |line: &str| {
            let mut parts = line.splitn(3, '\t');
            let (mark, subject, said) = (parts.next()?, parts.next()?, parts.next()?);
            let at = heads.binary_search_by(|(known, _)| known.as_str().cmp(subject)).ok()?;
            let (_, head) = heads.get(at)?;
            let holds = mark == mark_of(&with, subject, head, said);
            let value = if holds { serde_json::from_str(said).ok()? } else { return None };
            Some((subject.to_owned(), value))
        };
        text.lines().filter_map(believed).collect()
    }

    /// Keeps what was worked out of subjects, in the place of what the file held. Where it cannot be written, it is worked
    /// out again next time.
    pub fn keep<'a, T: Serialize + 'a>(
        &self,
        name: &str,
        key: &str,
        all: impl Iterator<Item = (&'a str, &'a SubjectHead, &'a T)>,
    ) -> Result<(), StoreError> {
        if self.newer || self.older || self.pending.is_some() || matches!(self.state, State::Damaged(_)) {
            return Ok(());
        }
        let with = [self.identity(), key.to_owned()];
        let mut text = String::new();
        for (subject, head, value) in all.filter(|(subject, ..)| !subject.contains(['\t', '\n'])) {
            let said = serde_json::to_string(value).map_err(|error| StoreError::Other(error.to_string()))?;
            let mark = mark_of(&with, subject, head, &said);
            text.push_str(&format!("{mark}\t{subject}\t{said}\n"));
        }
        place::note(&self.folder, name, text.as_bytes())
    }
}

fn mark_of(with: &[String; 2], subject: &str, head: &SubjectHead, said: &str) -> String {
    let [identity, key] = with;
    let (seq, events) = (head.seq.to_string(), head.events.to_string());
    framed(&[identity, key, subject, &seq, &head.hash, &events, said].map(str::as_bytes))
}
