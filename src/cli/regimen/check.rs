//! `posology regimen check`: what a compiler is to code.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::library::{Library, Origin, RegimenFile};
use crate::verify::{self, Untouched};

use super::super::{Output, diagnostic, places};

/// Options of `posology regimen check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders (every .toml in them) or ids
    #[arg(required = true)]
    paths: Vec<String>,
    /// Print what no worked example touches, as rows of examples to work out by hand from the protocol; no figure is filled in
    #[arg(long, conflicts_with = "watch")]
    rows: bool,
    /// Stay, and check a file again whenever it is saved; Ctrl-C ends it
    #[arg(long)]
    watch: bool,
    #[command(flatten)]
    places: places::Places,
}

/// Checks every file and runs its examples; ends with 1 when any blocks.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.places.library(&args.places.site()?)?;
    if args.watch {
        return watched(args, &library, output);
    }
    let mut entries = Vec::new();
    for path in &args.paths {
        entries.extend(named(&library, path)?);
    }
    let broken = entries.iter().filter(|entry| entry.regimen.is_none()).count();
    if args.rows && !output.is_json() {
        for entry in &entries {
            rows(entry, &library, output)?;
        }
    } else if output.is_json() {
        let files: Vec<_> = entries.iter().map(|entry| file(entry, &library)).collect();
        output.json(&json!({ "format": 1, "files": files }))?;
    } else {
        for entry in &entries {
            report(entry, &library, output)?;
        }
        output.line(&format!("{} checked, {broken} not usable", count(entries.len())))?;
    }
    if broken == 0 { Ok(()) } else { Err(Failure::check(format!("{} not usable", count(broken)))) }
}

/// What no example touches, to paste into the file and to fill in.
fn rows(entry: &RegimenFile, library: &Library, output: &mut Output) -> Result<(), Failure> {
    if entry.regimen.is_none() {
        return report_findings(entry, output);
    }
    let untouched = untouched(entry, library);
    if untouched.is_empty() {
        return output.line(&format!("# {}: the worked examples touch every figure that they can", name(entry)));
    }
    output.line(&format!("# {}: {} in no worked example.", name(entry), figures(untouched.len())))?;
    output.line(
        "# Work each out by hand from the protocol, best by somebody who has not seen the file, then paste it there.",
    )?;
    output.block(verify::rows_to_work_out(&untouched).trim_end())
}

/// What no worked example touches; nothing while the file is not usable.
fn untouched(entry: &RegimenFile, library: &Library) -> Vec<Untouched> {
    let regimen = entry.regimen.as_ref();
    regimen.map_or_else(Vec::new, |regimen| verify::tried(regimen, library.site()).untouched)
}

/// `1 figure stands`, `14 figures stand`
fn figures(count: usize) -> String {
    if count == 1 { "1 figure stands".to_owned() } else { format!("{count} figures stand") }
}

/// Checks again and again; the files of a folder are looked for anew each time.
fn watched(args: &Args, library: &Library, output: &mut Output) -> Result<(), Failure> {
    if output.is_json() {
        return Err(
            Failure::usage("--watch goes on for ever, and --json is one document").hint("leave one of them out")
        );
    }
    if let Some(absent) = args.paths.iter().find(|path| !Path::new(path).exists()) {
        let failure = Failure::unreadable(format!("--watch looks at files and folders, and {absent} is none"));
        return Err(failure.hint("name a file by its path, such as ./my-trial.toml"));
    }
    let files = || {
        let each =
            args.paths.iter().map(|path| if Path::new(path).is_dir() { inside(path) } else { Ok(vec![path.into()]) });
        Ok(each.collect::<Result<Vec<_>, _>>()?.concat())
    };
    let tell = |file: &Path, output: &mut Output| match one(library, file) {
        Ok(entry) => report(&entry, library, output),
        Err(failure) => output.line(&format!("{}: {}", file.display(), failure.message)),
    };
    super::watch::run(files, tell, super::watch::pause, output)
}

fn count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

fn named(library: &Library, path: &str) -> Result<Vec<RegimenFile>, Failure> {
    if !Path::new(path).is_dir() {
        let entry = library.find(path)?;
        // Whoever asks sees the examples run, also those of a shipped text.
        let run = || library.check(&entry.id, Origin::Shipped, &entry.text);
        return Ok(vec![if entry.origin == Origin::Shipped { run() } else { entry }]);
    }
    let files = inside(path)?;
    if files.is_empty() {
        return Err(Failure::unreadable(format!("{path} holds no .toml file")));
    }
    files.iter().map(|file| one(library, file)).collect()
}

/// The regimen files of a folder.
fn inside(path: &str) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(path).map_err(|error| Failure::unreadable(format!("{path}: {error}")))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|file| crate::library::is_regimen(file));
    files.sort();
    Ok(files)
}

fn one(library: &Library, file: &Path) -> Result<RegimenFile, Failure> {
    let bytes = crate::library::read(file)?;
    let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(library.check(&id, Origin::Named(file.to_owned()), &bytes))
}

fn name(entry: &RegimenFile) -> String {
    entry.origin.path().map_or_else(|| entry.id.clone(), |path| path.display().to_string())
}

fn report(entry: &RegimenFile, library: &Library, output: &mut Output) -> Result<(), Failure> {
    report_findings(entry, output)?;
    let left = untouched(entry, library).len();
    if left == 0 {
        return Ok(());
    }
    output.line(&format!(
        "  {} in no worked example; as rows to work out by hand: regimen check {} --rows",
        figures(left),
        name(entry)
    ))
}

fn report_findings(entry: &RegimenFile, output: &mut Output) -> Result<(), Failure> {
    if entry.findings.is_empty() {
        let come = match examples(entry) {
            1 => "1 worked example reproduced".to_owned(),
            many => format!("{many} worked examples reproduced"),
        };
        return output.line(&format!("{}: OK: no problems; {come}", name(entry)));
    }
    output.block(diagnostic::render(&name(entry), &entry.text, &entry.findings, output.colours()).trim_end())?;
    let blocks = number(&entry.findings, Severity::Block);
    let state = if blocks == 0 { "usable".to_owned() } else { format!("not usable, {blocks} to correct") };
    output.line(&format!("{}: {state}", name(entry)))
}

fn examples(entry: &RegimenFile) -> usize {
    entry.regimen.as_ref().map_or(0, |regimen| regimen.examples.len())
}

fn number(findings: &[Finding], severity: Severity) -> usize {
    findings.iter().filter(|finding| finding.severity == severity).count()
}

fn file(entry: &RegimenFile, library: &Library) -> serde_json::Value {
    json!({
        "file": name(entry),
        "usable": entry.regimen.is_some(),
        "findings": diagnostic::json(&entry.text, &entry.findings),
        "untouched": untouched(entry, library).into_iter().map(|one| one.what).collect::<Vec<_>>(),
    })
}
