//! `posology regimen approve`: a second person's name under the content a first one has compared.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::clock;
use crate::export;
use crate::failure::Failure;
use crate::finding::Severity;
use crate::library::{Approval, RegimenFile, approval};
use crate::present::worked_by;
use crate::quantity::number::shown;
use crate::regimen::Regimen;
use crate::regimen::Status;
use crate::writing::same_person;

use super::super::{Output, places, read};

/// Options of `posology regimen approve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    /// Who approves: a name by which the person is known at the site. It is a typed name, not a signature
    #[arg(long, value_name = "NAME")]
    who: String,
    /// The SHA-256 on the page that was read, or at least its first 12 digits: another content is refused
    #[arg(long, value_name = "HASH")]
    sha256: Option<String>,
    /// Accept what stands in the way of an approval, with the reason: unverified="checked against the protocol"
    #[arg(long, value_name = "CODE=REASON", value_parser = read::answer)]
    accept: Vec<(String, String)>,
    #[command(flatten)]
    places: places::Places,
}

/// Records the approval.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.places.library(&args.places.site()?)?;
    let entry = library.find(&args.regimen)?;
    let regimen = super::require_valid(&entry)?;
    let accepted: BTreeMap<String, String> = args.accept.iter().cloned().collect();
    allowed(args, &entry, &regimen)?;
    open(&entry, &regimen, &accepted)?;
    let path = library.approvals_file(&entry).ok_or_else(|| {
        Failure::unreadable("approvals of a shipped regimen are kept in the settings folder, and there is none")
            .hint("set HOME, or copy the regimen into a folder of your own and name it by its path")
    })?;
    let mut all = approval::read(&path)?;
    all.push(Approval {
        who: args.who.trim().to_owned(),
        at: clock::now(),
        sha256: regimen.sha256.clone(),
        version: regimen.version.clone(),
        accepted,
    });
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::unreadable(format!("{}: {error}", folder.display())))?;
    }
    export::save::publish(&path, approval::text(&all).as_bytes(), true)
        .map_err(|error| Failure::unreadable(error.to_string()))?;
    report(&entry, &regimen, &approval::standing(&all, &regimen.sha256), &path.display().to_string(), output)
}

/// Who may approve what.
fn allowed(args: &Args, entry: &RegimenFile, regimen: &Regimen) -> Result<(), Failure> {
    if !args.who.chars().any(char::is_alphabetic) {
        return Err(Failure::usage("--who names nobody").hint("write the approver's name, such as --who \"A. Okafor\""));
    }
    if let Some(hash) = &args.sha256 {
        same_content(hash, entry, regimen)?;
    }
    if regimen.status == Status::Retired {
        return Err(Failure::refused(format!("{} is retired: it is not approved again", entry.id)));
    }
    let same = entry.approved_by().into_iter().find(|one| same_person(&one.who, &args.who));
    match same {
        Some(one) => Err(Failure::refused(format!("{} has approved this content already, on {}", one.who, one.at))
            .hint("the second approval is another person's; spaces, dots, capitals and look-alike letters make nobody another person")),
        None => Ok(()),
    }
}

/// So many digits of a SHA-256 name one content: by chance, one in 16 to the power of 12 others begins alike.
const DIGITS: usize = 12;

/// The content must be the one that was read. What is too short to tell one from another guards nothing: a variable of a
/// shell that is not set is an empty text.
fn same_content(typed: &str, entry: &RegimenFile, regimen: &Regimen) -> Result<(), Failure> {
    let hash = typed.trim().to_lowercase();
    let page = format!("`posology regimen show {}`", entry.id);
    if !(DIGITS..=regimen.sha256.len()).contains(&hash.len()) || !hash.chars().all(|digit| digit.is_ascii_hexdigit()) {
        let text =
            format!("--sha256: \"{}\" is not a SHA-256, nor the first {DIGITS} digits of one or more", shown(typed));
        return Err(Failure::usage(text).hint(format!("copy it from the page that was read: {page}")));
    }
    if regimen.sha256.starts_with(&hash) {
        return Ok(());
    }
    let text = format!("the file has changed since it was read: its SHA-256 is {}, not {hash}", regimen.sha256);
    Err(Failure::refused(text).hint(format!("read {page} again")))
}

/// What an approver must accept by name: warnings, marks, disagreement.
fn open(entry: &RegimenFile, regimen: &Regimen, accepted: &BTreeMap<String, String>) -> Result<(), Failure> {
    let warned = entry.findings.iter().filter(|finding| finding.severity == Severity::Warn);
    let mut needed: BTreeSet<(&str, String)> = warned
        .filter(|f| f.code != crate::library::codes::APPROVAL)
        .map(|finding| (finding.code.name(), finding.text.clone()))
        .collect();
    let marks = regimen.unverified();
    if !marks.is_empty() {
        needed.insert(("unverified", format!("nobody has verified {}", regimen.unverified_words().join("; "))));
    }
    let conflicts = regimen.conflicts();
    if !conflicts.is_empty() {
        needed.insert(("conflict", format!("the sources disagree on {}", conflicts.join("; "))));
    }
    needed.retain(|(code, _)| !accepted.contains_key(*code));
    if needed.is_empty() {
        return Ok(());
    }
    let texts: Vec<&str> = needed.iter().map(|(_, text)| text.as_str()).collect();
    let failure = Failure::refused(format!("not approved: {}", texts.join(". ")));
    let codes: BTreeSet<&str> = needed.iter().map(|(code, _)| *code).collect();
    Err(codes.iter().fold(failure, |failure, code| {
        failure.hint(format!("settle it in the file, or say why it may stand: --accept {code}=\"reason\""))
    }))
}

fn report(
    entry: &RegimenFile,
    regimen: &Regimen,
    standing: &[&Approval],
    file: &str,
    output: &mut Output,
) -> Result<(), Failure> {
    let approved = standing.len() >= approval::NEEDED;
    if output.is_json() {
        let status = if approved { "approved" } else { "draft" };
        return output.json(&json!({
            "format": 1, "id": entry.id, "version": regimen.version, "sha256": regimen.sha256,
            "status": status, "approvals": standing, "file": file, "examples_worked_by": worked_by(regimen),
        }));
    }
    let who: Vec<&str> = standing.iter().map(|approval| approval.who.as_str()).collect();
    output.line(&format!("{} v{}, sha-256 {}", entry.id, regimen.version, regimen.sha256))?;
    output.line(&format!("approved by {}; kept in {file}", listed(&who)))?;
    output.line(&format!("its examples were worked out by: {}", worked_by(regimen)))?;
    output.line(&if approved {
        let people = number_words(who.len());
        format!("{people} people have approved this content (typed names, not signatures): it is not a draft until one character of it changes")
    } else {
        "a second person's approval is needed; until then everything made from it says DRAFT".to_owned()
    })
}

/// `A`, `A and B`, `A, B and C`.
fn listed(names: &[&str]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

/// `two`, `three`; figures from ten on.
fn number_words(number: usize) -> String {
    let small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    small.get(number).map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
