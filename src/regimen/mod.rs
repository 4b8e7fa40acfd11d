//! Regimens: the file as written ([`definition`]), and what it means ([`model`]).
//!
//! A regimen is a set of drugs given on stated days of repeating cycles. [`Definition`] is the file
//! with every value at its position, possibly wrong; [`Regimen`] cannot be wrong, and code behind
//! [`resolve()`] never checks again. [`check`] goes the whole way and tells everything that is wrong at once.
//!
//! ```
//! use posology::regimen;
//! let checked = regimen::check(b"format = 1\n[cycle]\nlenght = \"14 days\"\n", &Default::default());
//! assert!(checked.regimen.is_none());
//! let told = checked.findings.iter().find(|f| f.code == "R004").unwrap();
//! assert!(told.help.as_deref().unwrap().contains("length"));
//! ```

pub mod advice;
mod cover;
pub mod definition;
pub mod genotype;
pub mod model;
mod plausible;
mod read;
mod resolve;
pub mod rules;
pub mod substance;

pub use definition::Definition;
pub use model::Regimen;
pub use read::{LIMIT, Read, normalised, position, read, tables};
pub use resolve::{Vocabulary, resolve, vocabularies};

use crate::calendar::Site;
use crate::finding::Finding;

/// What a text came to.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The regimen, when nothing blocks.
    pub regimen: Option<Regimen>,
    /// Everything found, in the order of the text.
    pub findings: Vec<Finding>,
    /// SHA-256 of the text after byte-order mark and line ends were made alike; lower-case hex.
    pub sha256: String,
}

/// The most findings that are told; nobody reads more in one go.
const MOST: usize = 300;

/// The first hundreds of findings, those that block before the others.
fn fewer(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() > MOST {
        findings.sort_by_key(|finding| finding.severity);
        let left = findings.len() - MOST;
        findings.truncate(MOST);
        let text = format!("{MOST} findings are listed; {left} more are not");
        findings.push(Finding::warn(rules::codes::TOO_MANY, text).help("correct these and check again"));
    }
    findings
}

/// Reads, resolves and applies every rule. The worked examples of the file are not run here.
pub fn check(text: &[u8], site: &Site) -> Checked {
    let Read { definition, mut findings, sha256 } = read(text);
    let Some(definition) = definition else { return Checked { regimen: None, findings, sha256 } };
    let (mut regimen, more) = resolve(&definition, &sha256, site);
    findings.extend(more);
    rules::apply(&definition, regimen.as_ref(), &mut findings);
    let blocked = crate::finding::blocks(&findings);
    findings = fewer(findings);
    findings.sort_by_key(|finding| finding.places.first().map_or(0, |place| place.range.start));
    if blocked {
        regimen = None;
    }
    Checked { regimen, findings, sha256 }
}
