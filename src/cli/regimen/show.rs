//! `posology regimen show`: the page a pharmacist reads against the protocol, and signs.

use serde_json::json;

use crate::failure::Failure;
use crate::library::{self, approval};
use crate::present::{Entry, NOT_AN_ORDER, Protocol, protocol, to_check};
use crate::regimen::Regimen;
use crate::regimen::Status;

use super::super::{Output, places};

/// Options of `posology regimen show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    #[command(flatten)]
    places: places::Places,
}

/// The longest name beside which a value stands.
const WIDEST: usize = 26;

/// Shows it.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entry = args.places.library(&args.places.site()?)?.find(&args.regimen)?;
    let regimen = super::require_valid(&entry)?;
    let page = protocol(&regimen);
    if output.is_json() {
        return output.json(&json!({
            "format": 1, "id": regimen.id, "status": regimen.status.word(), "sha256": regimen.sha256, "page": page,
            "unverified": regimen.unverified(), "conflicts": regimen.conflicts(),
            "to_check": to_check(&regimen), "approvals": entry.approved_by(),
        }));
    }
    write(&page, regimen.status, output)?;
    work_left(&to_check(&regimen), output)?;
    approvals(&entry, &regimen, output)?;
    signatures(&regimen, output)
}

fn write(page: &Protocol, status: Status, output: &mut Output) -> Result<(), Failure> {
    if let Some(banner) = status.banner() {
        output.line(&format!("*** {banner} ***"))?;
    }
    output.line(&format!("{}  ({})", page.name, page.state))?;
    output.line(NOT_AN_ORDER)?;
    for section in &page.sections {
        output.line("")?;
        output.line(&section.title)?;
        let widths = section.lines.iter().map(|line| line.label.chars().count());
        let width = widths.filter(|width| *width <= WIDEST).max().unwrap_or(4);
        for line in &section.lines {
            entry(line, width, output)?;
        }
    }
    Ok(())
}

/// What, and what the file says; a long name stands on a line of its own.
fn entry(line: &Entry, width: usize, output: &mut Output) -> Result<(), Failure> {
    let source = match line.source.as_deref() {
        Some("unverified") => "  [UNVERIFIED]".to_owned(),
        Some(source) => format!("  [{source}]"),
        None => String::new(),
    };
    if line.label.chars().count() > width {
        output.line(&format!("  {}", line.label))?;
        output.line(&format!("  {:width$}  {}{source}", "", line.value))?;
    } else {
        output.line(&format!("  {:width$}  {}{source}", line.label, line.value))?;
    }
    match &line.conflict {
        Some(conflict) => output.line(&format!("  {:width$}  SOURCES DISAGREE: {conflict}", "")),
        None => Ok(()),
    }
}

/// The open points together, as a list to work through: a signature covers them although nobody could look them up.
fn work_left(open: &[String], output: &mut Output) -> Result<(), Failure> {
    output.line("")?;
    if open.is_empty() {
        return output.line("Still to be checked: nothing that the file itself marks");
    }
    output.line("Still to be checked")?;
    open.iter().try_for_each(|one| output.line(&format!("  [ ] {one}")))
}

fn approvals(entry: &library::RegimenFile, regimen: &Regimen, output: &mut Output) -> Result<(), Failure> {
    let standing = entry.approved_by();
    output.line("")?;
    output.line("Approval (typed names, not signatures)")?;
    for one in &standing {
        output.line(&format!("  {} on {}, of this content", one.who, one.at))?;
        for (code, why) in &one.accepted {
            output.line(&format!("    accepted {code}: {why}"))?;
        }
    }
    let missing = approval::NEEDED.saturating_sub(standing.len());
    if missing > 0 {
        let word = if regimen.status == Status::Retired { "retired" } else { "a draft" };
        output.line(&format!("  {} of {} approvals: {word}", standing.len(), approval::NEEDED))?;
    }
    let lapsed = entry.approvals.iter().filter(|one| one.sha256 != regimen.sha256);
    for one in lapsed {
        output.line(&format!("  lapsed: {} on {}, of another content (v{})", one.who, one.at, one.version))?;
    }
    Ok(())
}

/// Two lines to sign, with the content they stand for.
fn signatures(regimen: &Regimen, output: &mut Output) -> Result<(), Failure> {
    let line = "_".repeat(28);
    output.line("")?;
    output.line("Signatures")?;
    output.line(&format!("  The content signed has the SHA-256 {}", regimen.sha256))?;
    for role in ["Compared with the protocol by", "Compared again, independently, by"] {
        output.line("")?;
        output.line(&format!("  {role:34} {line}  Date {}", "_".repeat(12)))?;
    }
    Ok(())
}
