//! `posology study new CODE`: a file to fill in. The namespace is made here, once, and asked of nobody.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::PathBuf;

use crate::cli::Output;
use crate::cli::write::unsaved;
use crate::export::{new_namespace, save};
use crate::failure::Failure;
use crate::quantity::number::shown;
use crate::study;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The study's code, as it stands on every page: letters, digits, points, hyphens and underscores
    code: String,
    /// The file [default: the code, in small letters, with .toml, in the folder you are in]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    if let Some(why) = study::code_fault(&args.code) {
        let failure = Failure::usage(format!("the study's code \"{}\" {why}", shown(&args.code)));
        return Err(failure.hint("write such as TR-01 or NCT04548271"));
    }
    // A file's name is no code: it would stand on every page.
    if let Some(code) = args.code.strip_suffix(".toml") {
        let failure = Failure::usage(format!("{} is the name of a file, and the study's code is wanted", args.code));
        return Err(failure.hint(format!("write posology study new {} -o {}", code.to_uppercase(), args.code)));
    }
    let path = args.output.clone().unwrap_or_else(|| format!("{}.toml", args.code.to_lowercase()).into());
    let text = study::template(&args.code, &new_namespace());
    // A namespace that was handed out is never replaced, so there is no way to overwrite the file.
    save::save(&path, text.as_bytes(), false).map_err(|error| match &error {
        save::SaveError::Exists(_) => Failure::unreadable(error.to_string())
            .hint("open that file, or name another with -o; a study keeps the namespace it began with"),
        _ => unsaved(&error),
    })?;
    let full = path.canonicalize().unwrap_or(path);
    if output.is_json() {
        return output.json(&serde_json::json!({ "format": 1, "file": full.display().to_string() }));
    }
    output.line(&format!("Wrote {}: fill it in, then", full.display()))?;
    output.line(&format!("  posology study check {}", full.display()))?;
    output.line(&format!("  posology plan REGIMEN --study {} …", full.display()))
}
