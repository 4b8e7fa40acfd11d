//! `posology regimen read-back`: the file in sentences, one a figure, for the person who holds the protocol.

use serde_json::json;

use crate::failure::Failure;
use crate::present::{NOT_AN_ORDER, Passage, Sentence, read_back};
use crate::regimen::Regimen;

use super::super::{Output, places};

/// Options of `posology regimen read-back`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A regimen's id, or a path
    regimen: String,
    #[command(flatten)]
    places: places::Places,
}

/// Reads it back.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entry = args.places.library(&args.places.site()?)?.find(&args.regimen)?;
    let regimen = super::require_valid(&entry)?;
    let passages = read_back(&regimen);
    if output.is_json() {
        return output.json(&json!({
            "format": 1, "id": regimen.id, "version": regimen.version, "sha256": regimen.sha256, "passages": passages,
        }));
    }
    if let Some(banner) = regimen.status.banner() {
        output.line(&format!("*** {banner} ***"))?;
    }
    output.line(&format!("{}, version {}, read back", regimen.name, regimen.version))?;
    output.line(NOT_AN_ORDER)?;
    output.line("Somebody reads it aloud; whoever holds the protocol looks each figure up there, without seeing the file, and ticks it.")?;
    for passage in &passages {
        tell(passage, output)?;
    }
    signed(&regimen, output)
}

fn tell(passage: &Passage, output: &mut Output) -> Result<(), Failure> {
    output.line("")?;
    output.line(&passage.about)?;
    passage.sentences.iter().try_for_each(|one| output.line(&format!("  [ ] {}{}", one.text, behind(one))))
}

/// Where the figure is from, and what is doubtful about it.
fn behind(sentence: &Sentence) -> String {
    let from = sentence.from.as_ref().map_or(String::new(), |from| format!("  [{from}]"));
    let unverified = if sentence.unverified { "  [UNVERIFIED]" } else { "" };
    let conflict = sentence.conflict.as_ref().map_or(String::new(), |said| format!("  SOURCES DISAGREE: {said}"));
    format!("{from}{unverified}{conflict}")
}

fn signed(regimen: &Regimen, output: &mut Output) -> Result<(), Failure> {
    output.line("")?;
    output.line(&format!("The content read back has the SHA-256 {}", regimen.sha256))?;
    let line = "_".repeat(28);
    output.line(&format!("Read by {line}  Compared with the protocol by {line}  Date {}", "_".repeat(12)))
}
