//! `posology regimen diff`: what changed, in clinical words.

use serde_json::json;

use crate::failure::Failure;
use crate::present::{Change, diff};
use crate::regimen::Regimen;

use super::super::{Output, places};

/// Options of `posology regimen diff`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The first regimen: an id, or a path
    a: String,
    /// The second: what it says is the new state
    b: String,
    #[command(flatten)]
    places: places::Places,
}

/// Compares them.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.places.library(&args.places.site()?)?;
    let old = super::require_valid(&library.find(&args.a)?)?;
    let new = super::require_valid(&library.find(&args.b)?)?;
    let changes = diff(&old, &new);
    if output.is_json() {
        return output.json(
            &json!({ "format": 1, "from": named(&old), "to": named(&new), "differs": changes.iter().any(Change::differs), "changes": changes }),
        );
    }
    output.line(&format!("from  {}", line(&old)))?;
    output.line(&format!("to    {}", line(&new)))?;
    output.line("")?;
    if !changes.iter().any(Change::differs) {
        let same = if old.sha256 == new.sha256 { "the same text" } else { "the wording differs, the meaning does not" };
        output.line(&format!("no difference: {same}"))?;
        if !changes.is_empty() {
            output.line("")?;
        }
    }
    write(&changes, output)
}

fn named(regimen: &Regimen) -> serde_json::Value {
    json!({ "id": regimen.id, "version": regimen.version, "status": regimen.status.word(), "sha256": regimen.sha256 })
}

fn line(regimen: &Regimen) -> String {
    let hash: String = regimen.sha256.chars().take(12).collect();
    format!("{} v{} ({}), sha-256 {hash}…", regimen.id, regimen.version, regimen.status.word())
}

/// A heading for each thing the changes bear on, the changes of one part together.
fn write(changes: &[Change], output: &mut Output) -> Result<(), Failure> {
    let mut concern = None;
    for change in changes {
        if concern != Some(change.concerns) {
            if concern.is_some() {
                output.line("")?;
            }
            output.line(change.concerns.title())?;
            concern = Some(change.concerns);
        }
        output.line(&format!("  {}", change.told()))?;
    }
    Ok(())
}
