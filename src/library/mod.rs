//! Regimen files: those shipped inside the program, those in the user's folder, those in folders named
//! on the command line, and single files by path.

#![allow(clippy::disallowed_methods, reason = "reads regimen files")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

pub mod approval;
mod bounded;
pub mod codes;
pub mod copy;
pub mod disease;
mod entry;
mod findings;
mod names;
pub mod search;
mod spelling;
pub mod study;
mod summary;

use crate::calendar::Site;
use crate::checker;
use crate::finding::{Finding, blocks};
use crate::format::codes::{NO_EXAMPLE, SIZE};
use crate::quantity::number::shown;
use crate::regimen::Regimen;
use crate::regimen::Status;
use crate::verify;
pub use approval::Approval;
pub use bounded::read_at_most;
pub use entry::RegimenEntry;
pub use summary::{Summary, Word};

mod shipped {
    use super::summary::Word;

    /// Name, status, words.
    pub(super) type Summary = (&'static str, &'static str, &'static [(Word, &'static str)]);

    include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
}

/// Whether the worked examples of a text are run, or are known to come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Examples {
    Run,
    Proved,
}

/// Larger files are no regimens.
const LARGEST: u64 = 1_000_000;

/// Where an entry comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Inside the program.
    Shipped,
    /// The user's folder.
    User(PathBuf),
    /// A folder or file named by the caller.
    Named(PathBuf),
}

impl Origin {
    /// One word for lists.
    pub fn word(&self) -> &'static str {
        match self {
            Origin::Shipped => "shipped",
            Origin::User(_) => "user",
            Origin::Named(_) => "named",
        }
    }

    /// The file, for those that have one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Origin::Shipped => None,
            Origin::User(path) | Origin::Named(path) => Some(path),
        }
    }
}

/// A regimen file, read, checked and its examples run.
#[derive(Debug, Clone)]
pub struct RegimenFile {
    /// The id by which it is found: the file's name without its ending.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its text.
    pub text: Arc<[u8]>,
    /// What it means; `None` while anything in it blocks.
    pub regimen: Option<Arc<Regimen>>,
    /// What the checker and the examples say.
    pub findings: Vec<Finding>,
    /// Every approval on record, of this content and of earlier ones.
    pub approvals: Vec<Approval>,
}

/// Why a regimen could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// No such id.
    #[error("there is no regimen \"{asked}\" in the library")]
    NotFound {
        /// What was asked for.
        asked: String,
        /// Ids that come near.
        near: Vec<String>,
    },
    /// Two files claim one id.
    #[error("the regimen id \"{id}\" stands in two places: {first} and {second}")]
    Shadowed {
        /// The id.
        id: String,
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// The file cannot be read.
    #[error("{path}: {why}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// Why.
        why: String,
    },
}

/// Where to look beside the shipped regimens.
#[derive(Debug, Clone, Default)]
pub struct Library {
    user: Option<PathBuf>,
    folders: Vec<PathBuf>,
    site: Arc<Site>,
    /// Texts of records that were resolved before, by their hash.
    resolved: Arc<Mutex<BTreeMap<String, Regimen>>>,
    /// Approvals that were read ahead; else they are looked up each time.
    approvals: Option<Arc<Vec<Approval>>>,
}

impl Library {
    /// The shipped regimens, the user's folder (which need not exist) and folders named by the caller (which must).
    pub fn new(user: Option<PathBuf>, folders: Vec<PathBuf>, site: Site) -> Self {
        Self { user, folders, site: Arc::new(site), resolved: Arc::default(), approvals: None }
    }

    /// The same with the approvals as they stand now: for a list of many subjects.
    #[must_use]
    pub fn with_approvals_read(&self) -> Self {
        Self { approvals: Some(Arc::new(self.approvals())), ..self.clone() }
    }

    /// All that what is worked out of a text may rest on beside the text: the site, and the approvals there are. The same
    /// words, the same results.
    pub fn beside_texts(&self) -> String {
        let approvals = self.approvals.as_ref().map_or_else(|| self.approvals(), |known| known.to_vec());
        format!("{:?} {approvals:?}", self.site)
    }

    fn approvals(&self) -> Vec<Approval> {
        let folders = self.user.iter().chain(&self.folders);
        let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
        let files = files.map(|file| file.path()).filter(|path| path.to_string_lossy().ends_with(approval::ENDING));
        files.filter_map(|file| approval::read(&file).ok()).flatten().collect()
    }

    /// The regimen of a text that a record keeps under its hash, whatever its examples say today; its approvals are
    /// looked up. A text is resolved once.
    pub fn resolved(&self, sha256: &str, text: &[u8]) -> Result<Regimen, Vec<Finding>> {
        let mut known = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        let regimen = if let Some(regimen) = known.get(sha256) {
            regimen.clone()
        } else {
            let report = checker::check(text, &self.site);
            let regimen = report.regimen.ok_or(report.findings)?;
            known.insert(sha256.to_owned(), regimen.clone());
            regimen
        };
        Ok(self.with_status_by_approvals(regimen))
    }

    /// The user's own folder of regimens, which need not exist.
    pub fn user(&self) -> Option<&Path> {
        self.user.as_deref()
    }

    /// Every regimen, by id. Broken files are in the list with their findings.
    pub fn load(&self) -> Result<Vec<RegimenFile>, LibraryError> {
        let mut entries: Vec<RegimenFile> =
            shipped::SHIPPED.iter().map(|(id, text)| self.shipped(id, text.as_bytes())).collect();
        for path in self.files()? {
            let id = stem(&path);
            let bytes = read(&path)?;
            entries.push(self.check(&id, self.origin(path), &bytes));
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(entries)
    }

    /// The regimen an argument names: a path (it has a `/` or ends in `.toml`) or an id.
    pub fn find(&self, argument: &str) -> Result<RegimenFile, LibraryError> {
        if argument.contains(['/', '\\']) || Path::new(argument).extension().is_some_and(|end| end == "toml") {
            let path = PathBuf::from(argument);
            let bytes = read(&path)?;
            return Ok(self.check(&stem(&path), Origin::Named(path), &bytes));
        }
        let mut found = self.named(argument)?;
        match (found.pop(), found.pop()) {
            (Some(entry), None) => Ok(entry),
            (Some(second), Some(first)) => Err(LibraryError::Shadowed {
                id: argument.to_owned(),
                first: place(&first.origin),
                second: place(&second.origin),
            }),
            (None, _) => Err(LibraryError::NotFound { asked: shown(argument), near: self.near(argument) }),
        }
    }

    fn named(&self, id: &str) -> Result<Vec<RegimenFile>, LibraryError> {
        let shipped = shipped::SHIPPED.iter().filter(|(known, _)| *known == id);
        let mut found: Vec<RegimenFile> = shipped.map(|(id, text)| self.shipped(id, text.as_bytes())).collect();
        for path in self.files()?.into_iter().filter(|path| stem(path) == id) {
            let bytes = read(&path)?;
            found.push(self.check(id, self.origin(path), &bytes));
        }
        Ok(found)
    }

    fn near(&self, asked: &str) -> Vec<String> {
        let files = self.files().unwrap_or_default();
        let ids = shipped::SHIPPED.iter().map(|(id, _)| (*id).to_owned()).chain(files.iter().map(|path| stem(path)));
        let asked = asked.to_lowercase();
        let score = |id: &str| {
            let shared = id.split('-').filter(|word| word.len() > 2 && asked.contains(word)).count();
            let likeness = strsim::jaro_winkler(id, &asked);
            (shared, likeness)
        };
        let mut scored: Vec<_> =
            ids.map(|id| (score(&id), id)).filter(|((shared, like), _)| *shared > 0 || *like > 0.75).collect();
        scored.sort_by(|(a, _), (b, _)| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        scored.into_iter().take(4).map(|(_, id)| id).collect()
    }

    fn origin(&self, path: PathBuf) -> Origin {
        match &self.user {
            Some(user) if path.starts_with(user) => Origin::User(path),
            _ => Origin::Named(path),
        }
    }

    fn files(&self) -> Result<Vec<PathBuf>, LibraryError> {
        let mut files = Vec::new();
        if let Some(user) = self.user.as_ref().filter(|user| user.is_dir()) {
            files.extend(folder(user)?);
        }
        for named in &self.folders {
            files.extend(folder(named)?);
        }
        Ok(files)
    }

    /// A shipped text. Its examples come out, as the tests of this program prove for a site of which nothing is known: they
    /// are run again only for one that says something of its own.
    fn shipped(&self, id: &str, text: &[u8]) -> RegimenFile {
        let known = [Site::default(), Site::unknown()].contains(&self.site.of_the_file());
        let examples = if known { Examples::Proved } else { Examples::Run };
        self.checked(id, Origin::Shipped, text, examples)
    }

    /// Reads, checks and runs the examples of one text. Whether it is approved is for its approvals to say.
    pub fn check(&self, id: &str, origin: Origin, text: &[u8]) -> RegimenFile {
        self.checked(id, origin, text, Examples::Run)
    }

    fn checked(&self, id: &str, origin: Origin, text: &[u8], examples: Examples) -> RegimenFile {
        let mut checked = checker::check(text, &self.site);
        match checked.regimen.as_ref().filter(|_| !blocks(&checked.findings)) {
            Some(regimen) => {
                checked.findings.extend(verify::flat_doses(regimen));
                if examples == Examples::Run {
                    checked.findings.extend(verify::examples(regimen, &self.site.of_the_file()));
                }
            }
            None => checked.findings.extend(examples_not_run(&checked.findings)),
        }
        checked.findings = self.site.grades.raised_in_file(checked.findings);
        let sound = !blocks(&checked.findings);
        if let Some(file) = checked.definition.as_ref().filter(|_| !matches!(origin, Origin::Shipped)) {
            checked.findings.extend(spelling::notes(file));
        }
        let place = approval::place(&origin, id, self.user.as_deref());
        let approvals = place.map_or_else(|| Ok(Vec::new()), |path| approval::read(&path)).unwrap_or_else(|error| {
            checked.findings.push(findings::approvals_unreadable(&error.to_string()));
            Vec::new()
        });
        let regimen = checked.regimen.filter(|_| sound);
        let regimen = regimen.map(|regimen| Arc::new(with_status(regimen, &approvals, &mut checked.findings)));
        let findings = checked.findings;
        RegimenFile { id: id.to_owned(), origin, text: text.into(), regimen, findings, approvals }
    }

    /// A regimen text kept elsewhere, with the status it has by the approvals of its content in the
    /// user's folder and the folders named.
    pub fn with_status_by_approvals(&self, regimen: Regimen) -> Regimen {
        match &self.approvals {
            Some(approvals) => with_status(regimen, approvals, &mut Vec::new()),
            None => with_status(regimen, &self.approvals(), &mut Vec::new()),
        }
    }

    /// The site whose values the regimens are read with.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Where the approvals of an entry are kept; `None` for a shipped regimen without a user's folder.
    pub fn approvals_file(&self, entry: &RegimenFile) -> Option<PathBuf> {
        approval::place(&entry.origin, &entry.id, self.user.as_deref())
    }
}

/// The regimen with the status it has by its approvals, whatever the file says of itself.
fn with_status(regimen: Regimen, approvals: &[Approval], findings: &mut Vec<Finding>) -> Regimen {
    let standing = approval::standing(approvals, &regimen.sha256).len();
    let status = match regimen.said.alone() {
        Status::Draft if standing >= approval::NEEDED => Status::Approved,
        alone => alone,
    };
    if status == Status::Draft {
        findings.extend(findings::claims_more(regimen.said, standing, approval::NEEDED));
    }
    Regimen { status, ..regimen }
}

/// Why nothing is said of the worked examples; nothing where there are none.
fn examples_not_run(findings: &[Finding]) -> Option<Finding> {
    let any = !findings.iter().any(|finding| [NO_EXAMPLE, SIZE].contains(&finding.code));
    any.then(findings::examples_not_run)
}

fn place(origin: &Origin) -> String {
    origin.path().map_or_else(|| "shipped with the program".to_owned(), |path| path.display().to_string())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, LibraryError> {
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && is_regimen(file));
    files.sort();
    Ok(files)
}

/// Whether a file's name is that of a regimen: `.toml`, and no file of approvals.
pub fn is_regimen(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".toml") && !name.ends_with(approval::ENDING)
}

/// Reads a file that may be a regimen: no directory, no device, no more than a megabyte.
pub fn read(path: &Path) -> Result<Vec<u8>, LibraryError> {
    let data = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    let refuse = |why: String| LibraryError::Unreadable { path: path.display().to_string(), why };
    if data.is_dir() {
        return Err(refuse(
            "is a folder; name a .toml file in it, or check the whole folder with `regimen check`".to_owned(),
        ));
    }
    if data.len() > LARGEST {
        return Err(refuse(format!("has {} MB; a regimen file has a few kilobytes", data.len() / 1_000_000)));
    }
    read_at_most(path, LARGEST).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &io::Error) -> LibraryError {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission to read it".to_owned(),
        _ => error.to_string(),
    };
    LibraryError::Unreadable { path: path.display().to_string(), why }
}
