//! `posology study check FILE`.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::{Output, diagnostic, site};
use crate::failure::Failure;
use crate::finding::{Severity, blocks};
use crate::library;
use crate::study;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The study files
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Checks every file; ends with 1 when any blocks.
pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let mut broken = 0;
    let mut documents = Vec::new();
    for path in &args.files {
        let text = library::read(path).map_err(|error| super::code_for_file(path, error.into()))?;
        let mut read = study::read(&text);
        read.findings.extend(read.study.as_ref().and_then(site::unknown_code));
        read.study = read.study.filter(|_| !blocks(&read.findings));
        let (name, usable) = (path.display().to_string(), read.study.is_some());
        broken += usize::from(!usable);
        if output.is_json() {
            let findings = diagnostic::json(&text, &read.findings);
            documents.push(json!({ "file": name, "usable": usable, "findings": findings }));
            continue;
        }
        if !read.findings.is_empty() {
            let told = diagnostic::render(&name, &text, &read.findings, output.colours());
            output.block(told.trim_end())?;
        }
        let blocking = read.findings.iter().filter(|finding| finding.severity == Severity::Block).count();
        output.line(&match (usable, read.findings.is_empty()) {
            (true, true) => format!("{name}: OK: no problems"),
            (true, false) => format!("{name}: usable"),
            (false, _) => format!("{name}: not usable, {blocking} to correct"),
        })?;
    }
    if output.is_json() {
        output.json(&json!({ "format": 1, "files": documents }))?;
    }
    match broken {
        0 => Ok(()),
        1 => Err(Failure::check("1 file not usable")),
        many => Err(Failure::check(format!("{many} files not usable"))),
    }
}
