//! `posology regimen show`: the page a pharmacist reads against the protocol.

use serde_json::json;

use crate::failure::Failure;
use crate::present::{Entry, NOT_AN_ORDER, Protocol, protocol};

use super::super::{Output, places};

/// Options of `posology regimen show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    #[command(flatten)]
    places: places::Places,
}

/// Shows it.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entry = args.places.library(&args.places.site()?)?.find(&args.regimen)?;
    let regimen = super::sound(&entry)?;
    let page = protocol(&regimen);
    if output.is_json() {
        return output.json(&json!({ "format": 1, "id": regimen.id, "sha256": regimen.sha256, "page": page }));
    }
    write(&page, output)
}

fn write(page: &Protocol, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!("{}  ({})", page.name, page.state))?;
    output.line(NOT_AN_ORDER)?;
    for section in &page.sections {
        output.line("")?;
        output.line(&section.title)?;
        let width = section.lines.iter().map(|line| line.label.chars().count()).max().unwrap_or(0).min(26);
        for line in &section.lines {
            entry(line, width, output)?;
        }
    }
    Ok(())
}

fn entry(line: &Entry, width: usize, output: &mut Output) -> Result<(), Failure> {
    let source = match line.source.as_deref() {
        Some("unverified") => "  [UNVERIFIED]".to_owned(),
        Some(source) => format!("  [{source}]"),
        None => String::new(),
    };
    output.line(&format!("  {:width$}  {}{source}", line.label, line.value))?;
    match &line.conflict {
        Some(conflict) => output.line(&format!("  {:width$}  SOURCES DISAGREE: {conflict}", "")),
        None => Ok(()),
    }
}
