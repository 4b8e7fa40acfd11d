//! Study files: by path, or by the code of the study that the settings name.

use std::path::{Path, PathBuf};

use crate::finding::{Finding, Severity};
use crate::format::{normalised, position};
use crate::quantity::number::shown;
use crate::study::{self, Chosen, Study, code_fault};

use super::LibraryError;

/// What the settings say of the study.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Usual {
    /// Its file.
    pub file: Option<PathBuf>,
    /// The site.
    pub site: Option<String>,
}

/// Why no study could be chosen.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    /// The file cannot be read.
    #[error(transparent)]
    Unreadable(#[from] LibraryError),
    /// Something in the file blocks.
    #[error("{}", unusable(.path, .text, .findings))]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: Vec<u8>,
        /// What is wrong.
        findings: Vec<Finding>,
    },
    /// What was typed is neither a file nor a code.
    #[error("\"{}\" is not a study: as a code it {why}", shown(.typed))]
    NoCode {
        /// What was typed.
        typed: String,
        /// Why it is none.
        why: &'static str,
    },
    /// The study has no such site.
    #[error("study {code} has no site \"{}\"; its sites are {}", shown(.typed), .sites.join(", "))]
    NoSite {
        /// The study.
        code: String,
        /// What was typed.
        typed: String,
        /// Its sites.
        sites: Vec<String>,
    },
    /// The study has several sites, and none was named.
    #[error("study {code} has several sites, and which one this is was not said: {}", .sites.join(", "))]
    WhichSite {
        /// The study.
        code: String,
        /// Its sites.
        sites: Vec<String>,
    },
}

/// The first fault with its line; the others are counted.
fn unusable(path: &Path, text: &[u8], findings: &[Finding]) -> String {
    let mut blocking = findings.iter().filter(|finding| finding.severity == Severity::Block);
    let Some(first) = blocking.next() else { return format!("{} cannot be used", path.display()) };
    let line = first.places.first().map(|place| position(&normalised(text), place.range.start).0);
    let line = line.map_or_else(String::new, |line| format!(", line {line}"));
    let more = match blocking.count() {
        0 => String::new(),
        more => format!(" ({more} more)"),
    };
    let told = crate::finding::in_full(&first.text, first.wanted());
    format!("{}{line}: {told}{more}", path.display())
}

/// Whether what was typed names a file: it has a `/` or ends in `.toml`, as for regimens.
pub fn is_file(typed: &str) -> bool {
    typed.contains(['/', '\\']) || Path::new(typed).extension().is_some_and(|end| end == "toml")
}

/// The study of a file, which must hold nothing that blocks.
pub fn open(path: &Path) -> Result<Study, StudyError> {
    let text = super::read(path)?;
    let read = study::read(&text);
    let findings = read.findings;
    read.study.ok_or_else(|| StudyError::Unusable { path: path.to_owned(), text, findings })
}

/// The study that was typed (a file, or a code), else the usual one; and its site.
///
/// The code of the usual study means its file. Any other code stands alone, without a file.
pub fn choose(typed: Option<&str>, site: Option<&str>, usual: &Usual) -> Result<Chosen, StudyError> {
    let site = site.map(str::trim).filter(|site| !site.is_empty());
    let kept = || usual.file.as_deref().map(open).transpose();
    let (code, study) = match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) if is_file(typed) => (None, Some(open(Path::new(typed))?)),
        Some(typed) => {
            if let Some(why) = code_fault(typed) {
                return Err(StudyError::NoCode { typed: typed.to_owned(), why });
            }
            // A usual file that cannot be read says nothing against a code typed by hand.
            (Some(typed.to_owned()), kept().ok().flatten().filter(|study| study.code == typed))
        }
        None => (None, kept()?),
    };
    let Some(study) = study else { return Ok(Chosen { code, study: None, site: site.map(str::to_owned) }) };
    let site = site_of(&study, site.or(usual.site.as_deref()))?;
    Ok(Chosen { code: Some(study.code.clone()), study: Some(study), site })
}

fn site_of(study: &Study, typed: Option<&str>) -> Result<Option<String>, StudyError> {
    let names = || study.sites.iter().map(|site| site.name.clone()).collect();
    match (study.sites.as_slice(), typed) {
        ([], typed) => Ok(typed.map(str::to_owned)),
        (_, Some(typed)) => match study.site(typed) {
            Some(site) => Ok(Some(site.name.clone())),
            None => Err(StudyError::NoSite { code: study.code.clone(), typed: typed.to_owned(), sites: names() }),
        },
        ([only], None) => Ok(Some(only.name.clone())),
        (_, None) => Err(StudyError::WhichSite { code: study.code.clone(), sites: names() }),
    }
}
