//! Who has approved which content of a regimen file.
//!
//! Approvals stand in a file of their own, `ID.approvals.toml`, beside the regimen's file (for a shipped regimen, in
//! the user's folder of regimens). Each names a person, a time and the SHA-256 of the content that person compared
//! with the protocol. A regimen counts as approved while two different people have approved **this** content: one
//! changed character is another content, and its approvals are gone. What the file itself says under `status` is
//! a wish; without two approvals it is a draft, and everything made from it says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{LibraryError, Origin, RegimenFile};
use crate::writing::{hidden, names_somebody, same_person, toml_fault};

/// So many different people must have approved a content.
pub const NEEDED: usize = 2;

/// How the names of approval files end.
pub const ENDING: &str = ".approvals.toml";

/// One person's approval of one content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Who.
    pub who: String,
    /// When, such as `2026-12-07T09:30:00Z`.
    pub at: String,
    /// The content: the SHA-256 of the text, as `regimen show` prints it.
    pub sha256: String,
    /// The file's own version, for readers.
    pub version: String,
    /// What the person accepted, and why, by code.
    #[serde(default)]
    pub accepted: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    approval: Vec<Approval>,
}

/// Those of one content, one a person.
pub fn standing<'a>(all: &'a [Approval], sha256: &str) -> Vec<&'a Approval> {
    let mut found: Vec<&Approval> = Vec::new();
    for approval in all.iter().filter(|approval| approval.sha256 == sha256 && names_somebody(&approval.who)) {
        if !found.iter().any(|one| same_person(&one.who, &approval.who)) {
            found.push(approval);
        }
    }
    found
}

/// Where the approvals of a regimen stand: beside its file, or in the user's folder for a shipped one.
pub fn place(origin: &Origin, id: &str, user: Option<&Path>) -> Option<PathBuf> {
    let folder = match origin.path() {
        Some(path) => path.parent().unwrap_or(Path::new(".")),
        None => user?,
    };
    Some(folder.join(format!("{id}{ENDING}")))
}

/// Reads the approvals of a file; none where it does not exist.
pub fn read(path: &Path) -> Result<Vec<Approval>, LibraryError> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let refuse = |why: String| LibraryError::Unreadable { path: path.display().to_string(), why };
    let text = String::from_utf8(super::read(path)?).map_err(|_| refuse("is not UTF-8 text".to_owned()))?;
    let file: File =
        toml::from_str(&text).map_err(|error| refuse(format!("holds no approvals: {}", toml_fault(&text, &error))))?;
    let texts = |one: &Approval| {
        let said = [&one.who, &one.at, &one.sha256, &one.version].into_iter();
        said.chain(one.accepted.iter().flat_map(|(code, why)| [code, why])).find_map(|text| hidden(text))
    };
    if let Some(found) = file.approval.iter().find_map(texts) {
        return Err(refuse(format!("holds {found} of a text, which nobody can see")));
    }
    Ok(file.approval)
}

/// The text of an approvals file.
pub fn text(all: &[Approval]) -> String {
    let mut out = String::from(
        "# Written by Posology when a regimen is approved. Each entry: a person, a time, and the content that was approved.\n",
    );
    for approval in all {
        out.push_str("\n[[approval]]\n");
        for (key, value) in
            [("who", &approval.who), ("at", &approval.at), ("sha256", &approval.sha256), ("version", &approval.version)]
        {
            out.push_str(&format!("{key} = {}\n", quoted(value)));
        }
        if !approval.accepted.is_empty() {
            let pairs = approval.accepted.iter().map(|(code, why)| format!("{} = {}", quoted(code), quoted(why)));
            out.push_str(&format!("accepted = {{ {} }}\n", pairs.collect::<Vec<_>>().join(", ")));
        }
    }
    out
}

/// A TOML text on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out + "\""
}

impl RegimenFile {
    /// The approvals of this content, one a person.
    pub fn approved_by(&self) -> Vec<&Approval> {
        self.regimen.as_ref().map_or_else(Vec::new, |regimen| standing(&self.approvals, &regimen.sha256))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(who: &str, sha256: &str) -> Approval {
        let accepted = BTreeMap::from([("unverified".to_owned(), "a \"reason\" \\ with all of it".to_owned())]);
        Approval {
            who: who.into(),
            at: "2026-12-07T09:30:00Z".into(),
            sha256: sha256.into(),
            version: "1".into(),
            accepted,
        }
    }

    #[test]
    fn one_person_under_two_spellings_is_one() {
        let all = [
            one("A. Müller", "aa"),
            one("a müller", "aa"),
            one("B. Okafor", "aa"),
            one("\u{410}. M\u{fc}ller", "aa"),
            one("C. Li", "bb"),
            one(" .", "aa"),
        ];
        let who: Vec<&str> = standing(&all, "aa").iter().map(|approval| approval.who.as_str()).collect();
        assert_eq!(who, ["A. Müller", "B. Okafor"]);
        assert_eq!(standing(&all, "cc"), [] as [&Approval; 0]);
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.approvals.toml");
        assert_eq!(read(&path).unwrap(), []);
        let all = [one("A. Müller", "aa"), one("C. Li", "bb")];
        std::fs::write(&path, text(&all)).unwrap();
        assert_eq!(read(&path).unwrap(), all);
        std::fs::write(&path, "nonsense = 1").unwrap();
        assert!(read(&path).is_err());
    }
}
