//! `posology regimen check`: what a compiler is to code.

#![allow(clippy::disallowed_methods, reason = "the command reads and writes the files it is given")]

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::failure::Failure;
use crate::finding::{Finding, Severity};
use crate::library::{Library, Origin, RegimenFile};
use crate::verify::{self, Untouched};

use super::super::{Output, diagnostic, in_order, places};

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

/// Files that a thread checks before they are told.
const LOT: usize = 16;

/// Checks every file and runs its examples, in the order in which they were named, on all cores; ends with 1 when any blocks.
pub fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let library = args.places.library(&args.places.site()?)?;
    if args.watch {
        return watched(args, &library, output);
    }
    let files = named(&args.paths)?;
    let how = match (output.is_json(), args.rows) {
        (true, _) => How::Json,
        (false, true) => How::Rows,
        (false, false) => How::Words { colours: output.colours() },
    };
    let work = |file: &Named| file.checked(&library).map(|entry| told(&entry, &library, how));
    let mut seen = Seen::default();
    if how == How::Json {
        output.json_list(&json!({ "format": 1 }), "files", |list| {
            in_order::all(&files, LOT, work, |told| {
                seen.count(told).map_or(Ok(()), |told| told.json.map_or(Ok(()), |file| list.value(&file)))
            })
        })?;
    } else {
        in_order::all(&files, LOT, work, |told| match seen.count(told) {
            Some(told) => told.said.iter().try_for_each(|said| said.write(output)),
            None => Ok(()),
        })?;
    }
    if let Some(failure) = seen.failure {
        return Err(failure);
    }
    if let How::Words { .. } = how {
        output.line(&format!("{} checked, {} not usable", count(files.len()), seen.broken))?;
    }
    if seen.broken == 0 { Ok(()) } else { Err(Failure::check(format!("{} not usable", count(seen.broken)))) }
}

/// How a file is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Words { colours: bool },
    Rows,
    Json,
}

/// What is written of a file.
enum Said {
    Line(String),
    /// Lines that were laid out.
    Block(String),
}

impl Said {
    fn write(&self, output: &mut Output) -> Result<(), Failure> {
        match self {
            Said::Line(text) => output.line(text),
            Said::Block(text) => output.block(text.trim_end()),
        }
    }
}

/// What a file came to.
struct Told {
    said: Vec<Said>,
    json: Option<serde_json::Value>,
    usable: bool,
}

/// What the files that were told came to.
#[derive(Default)]
struct Seen {
    broken: usize,
    /// The first file that could not be read; the others are told nonetheless.
    failure: Option<Failure>,
}

impl Seen {
    fn count(&mut self, told: Result<Told, Failure>) -> Option<Told> {
        match told {
            Ok(told) => {
                self.broken += usize::from(!told.usable);
                Some(told)
            }
            Err(failure) => {
                self.failure.get_or_insert(failure);
                None
            }
        }
    }
}

fn told(entry: &RegimenFile, library: &Library, how: How) -> Told {
    let said = match how {
        How::Words { colours } => report(entry, library, colours),
        How::Rows => rows(entry, library),
        How::Json => Vec::new(),
    };
    let json = (how == How::Json).then(|| file(entry, library));
    Told { said, json, usable: entry.regimen.is_some() }
}

/// What no example touches, to paste into the file and to fill in.
fn rows(entry: &RegimenFile, library: &Library) -> Vec<Said> {
    if entry.regimen.is_none() {
        return report_findings(entry, false);
    }
    let untouched = untouched(entry, library);
    if untouched.is_empty() {
        return vec![Said::Line(format!("# {}: the worked examples touch every figure that they can", name(entry)))];
    }
    vec![
        Said::Line(format!("# {}: {} in no worked example.", name(entry), figures(untouched.len()))),
        Said::Line(
            "# Work each out by hand from the protocol, best by somebody who has not seen the file, then paste it there."
                .to_owned(),
        ),
        Said::Block(verify::rows_to_work_out(&untouched)),
    ]
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
        Ok(entry) => report(&entry, library, output.colours()).iter().try_for_each(|said| said.write(output)),
        Err(failure) => output.line(&format!("{}: {}", file.display(), failure.message)),
    };
    super::watch::run(files, tell, super::watch::pause, output)
}

fn count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

/// What is to be checked.
enum Named {
    /// As it was typed: an id or a path.
    Typed(String),
    /// Found in a folder.
    Found(PathBuf),
}

impl Named {
    fn checked(&self, library: &Library) -> Result<RegimenFile, Failure> {
        let entry = match self {
            Named::Found(file) => return one(library, file),
            Named::Typed(typed) => library.find(typed)?,
        };
        // Whoever asks sees the examples run, also those of a shipped text.
        let run = || library.check(&entry.id, Origin::Shipped, &entry.text);
        Ok(if entry.origin == Origin::Shipped { run() } else { entry })
    }
}

fn named(paths: &[String]) -> Result<Vec<Named>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        if !Path::new(path).is_dir() {
            all.push(Named::Typed(path.clone()));
            continue;
        }
        let files = inside(path)?;
        if files.is_empty() {
            return Err(Failure::unreadable(format!("{path} holds no .toml file")));
        }
        all.extend(files.into_iter().map(Named::Found));
    }
    Ok(all)
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

fn report(entry: &RegimenFile, library: &Library, colours: bool) -> Vec<Said> {
    let mut said = report_findings(entry, colours);
    let left = untouched(entry, library).len();
    if left > 0 {
        said.push(Said::Line(format!(
            "  {} in no worked example; as rows to work out by hand: regimen check {} --rows",
            figures(left),
            name(entry)
        )));
    }
    said
}

fn report_findings(entry: &RegimenFile, colours: bool) -> Vec<Said> {
    if entry.findings.is_empty() {
        let come = match examples(entry) {
            1 => "1 worked example reproduced".to_owned(),
            many => format!("{many} worked examples reproduced"),
        };
        return vec![Said::Line(format!("{}: OK: no problems; {come}", name(entry)))];
    }
    let blocks = number(&entry.findings, Severity::Block);
    let state = if blocks == 0 { "usable".to_owned() } else { format!("not usable, {blocks} to correct") };
    vec![
        Said::Block(diagnostic::render(&name(entry), &entry.text, &entry.findings, colours)),
        Said::Line(format!("{}: {state}", name(entry))),
    ]
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
