//! `posology regimen list`

use serde_json::json;

use crate::failure::Failure;
use crate::library::{RegimenFile, search};
use crate::present::{tall_man, words};
use crate::regimen::{CycleWord, Regimen};

use super::super::{Output, places};

/// Options of `posology regimen list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only regimens that fit every one of these words: a name, a drug under any of its names, a trial number, an indication
    words: Vec<String>,
    #[command(flatten)]
    places: places::Places,
}

/// Lists them: by id, or those that fit the words, best first.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let entries = args.places.library(&args.places.site()?)?.list()?;
    let query = args.words.join(" ");
    let found: Vec<&RegimenFile> = search::find(&query, &entries).into_iter().map(|at| entries[at].file()).collect();
    if output.is_json() {
        let rows: Vec<_> = found.iter().map(|entry| row(entry)).collect();
        return output.json(&json!({ "format": 1, "regimens": rows }));
    }
    if found.is_empty() {
        return Err(Failure::unreadable(nothing(&query)));
    }
    if !search::found_plainly(&query, &entries) {
        output.line(&format!("Nothing goes by {query}; these come near:"))?;
    }
    let width = found.iter().map(|entry| entry.id.len()).max().unwrap_or(0);
    for entry in found {
        match &entry.regimen {
            Some(regimen) => {
                output.line(&format!("{:width$}  {}", entry.id, regimen.name))?;
                output.line(&format!("{:width$}    {}", "", summary(regimen)))?;
            }
            None => output.line(&format!("{:width$}  not usable: see `posology regimen check`", entry.id))?,
        }
    }
    Ok(())
}

/// What to do where nothing is found: the file is made.
fn nothing(query: &str) -> String {
    format!(
        "no regimen goes by {query}, and none is shipped by that name; a drug is surest found by its generic name. Make the file: `posology regimen new SHORT-NAME` starts an empty one, \
         `posology regimen new SHORT-NAME --from ID` a copy of the nearest; docs/protocol-to-file.md leads through it"
    )
}

/// `irinotecan, nimotuzumab; 14-day cycles, up to 8 cycles; draft`
fn summary(regimen: &Regimen) -> String {
    let word = regimen.cycle_word;
    let cycles = regimen
        .phases
        .iter()
        .map(|phase| format!("{}, {}", each(phase.cycle.length, word), words::count(&phase.cycle, word)));
    format!("{}; {}; {}", drugs(regimen).join(", "), cycles.collect::<Vec<_>>().join(", then "), regimen.status.word())
}

/// `14-day cycles`; of weeks, which pass, `every 14 days`.
fn each(length: i32, word: CycleWord) -> String {
    match word {
        CycleWord::Week => format!("every {length} days"),
        word => format!("{length}-day {}", word.many()),
    }
}

fn drugs(regimen: &Regimen) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for drug in regimen.drugs() {
        let name = drug
            .formulation
            .as_ref()
            .map_or_else(|| tall_man(&drug.name), |form| format!("{} {form}", tall_man(&drug.name)));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn row(entry: &RegimenFile) -> serde_json::Value {
    let regimen = entry.regimen.as_ref();
    json!({
        "id": entry.id,
        "origin": entry.origin.word(),
        "path": entry.origin.path().map(|path| path.display().to_string()),
        "usable": regimen.is_some(),
        "name": regimen.map(|regimen| &regimen.name),
        "version": regimen.map(|regimen| &regimen.version),
        "status": regimen.map(|regimen| regimen.status.word()),
        "indication": regimen.map(|regimen| &regimen.indication),
        "trial": regimen.and_then(|regimen| regimen.trial.as_ref()).map(|trial| trial.known().cloned().unwrap_or_else(|| "unknown".to_owned())),
        "drugs": regimen.map(|regimen| drugs(regimen)),
        "sha256": regimen.map(|regimen| &regimen.sha256),
        "findings": entry.findings.len(),
    })
}
