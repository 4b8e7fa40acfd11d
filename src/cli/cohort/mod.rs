//! `posology cohort`: a whole list of subjects planned at once.
//!
//! Each row is held to what an enrolment is held to. What is refused, or would be asked, goes with its reason into a second
//! list, which can be corrected and given to the command again; the others are planned. Rows are read, planned on all cores
//! and written in rounds, in the order of the list: how many threads there are changes nothing that is written.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the command reads and writes the files it is given"
)]

mod answers;
mod column;
mod kept;
mod list;
mod row;
mod summary;
mod unit;
mod worker;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::export::{self, ExportError, cohort::Columns, save};
use crate::failure::Failure;

use super::{Output, places, read, write};
use list::List;
use summary::Summary;
use worker::{Round, Work, Worker};

/// Rows that a thread plans before they are written.
const ROWS: usize = 512;
/// How often somebody who waits is told how far it is.
const TELL: Duration = Duration::from_secs(5);

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A regimen's id in the library, or a path (with a / or ending in .toml)
    regimen: String,
    /// The subjects as CSV with a header, a row each; - reads them from standard input. Columns: code and start, and those of
    /// height, weight, sex, age, born, creatinine, gfr, genotype, lab, cohort, measured, level, exposure, instead … that the
    /// regimen asks for, each written as the option of that name; several results or levels in one cell with ;
    /// A unit may stand beside its figure: height-unit, weight-unit, creatinine-unit, gfr-unit. What would be asked is answered
    /// by accept (CODE=reason), and by confirm (CODE=reason) with second (who confirms it) and second-figure (DRUG=DOSE)
    subjects: PathBuf,
    /// The table of doses, as CSV; - writes it to standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The rows that were refused or would be asked about, with the reasons (OUTPUT-refused.csv)
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// lean: which dose of whom, how much, on which day; full: every column of the format csv
    #[arg(long, default_value = "lean", value_parser = ["lean", "full"])]
    columns: String,
    /// Print what the doses come to: quantiles, vials by size, how many were capped
    #[arg(long)]
    summary: bool,
    /// How many threads plan (as many as there are processors)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Overwrite files that exist
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    places: places::Places,
}

impl Args {
    fn to_stdout(&self) -> bool {
        self.output.as_os_str() == "-"
    }

    /// Where the rows go that are not planned.
    fn refused(&self) -> Result<PathBuf, Failure> {
        if let Some(file) = &self.refused {
            return Ok(file.clone());
        }
        if self.to_stdout() {
            let failure = Failure::usage("with -o - the rows that are not planned need a file of their own");
            return Err(failure.hint("name it: --refused refused.csv"));
        }
        let stem = self.output.file_stem().unwrap_or_default().to_string_lossy();
        Ok(self.output.with_file_name(format!("{stem}-refused.csv")))
    }

    fn threads(&self) -> usize {
        let all = || std::thread::available_parallelism().map_or(1, usize::from);
        self.threads.map_or_else(all, usize::from)
    }
}

/// Plans them all; ends with 3 where any row is not planned.
pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let refused = args.refused()?;
    if args.to_stdout() && (args.summary || output.is_json()) {
        let failure = Failure::usage("the table and the summary cannot both go to standard output");
        return Err(failure.hint("name a file for the table: -o doses.csv"));
    }
    if let Some(ending) = args.output.extension().filter(|ending| *ending != "csv") {
        let failure = Failure::usage(format!("a cohort is written as CSV, and not as {}", ending.to_string_lossy()));
        return Err(failure.hint("name a file that ends in .csv, such as -o doses.csv"));
    }
    let site = args.places.site()?;
    let entry = args.places.library(&site)?.find(&args.regimen)?;
    let regimen = super::regimen::require_valid(&entry)?;
    let list = List::open(input(&args.subjects)?)?;
    let columns = if args.columns == "full" { Columns::Full } else { Columns::Lean };
    let work = Work::new(&regimen, &site, read::today()?, columns, &list, args.summary || output.is_json());
    if let Some((_, words)) = regimen.status.caution() {
        output.message(&format!("NOTE: {} is {words}.", regimen.name));
    }
    let stopped = interrupted();
    let mut summary = Summary::default();
    let mut ended = Ok(());
    let kept = save::stream(&refused, args.force, |left| {
        let mut all =
            Rounds { args, work: &work, list, left, stopped: &stopped, summary: &mut summary, output: &mut *output };
        if args.to_stdout() {
            ended = all.onto_screen();
            return Ok(());
        }
        let kept = save::stream(&args.output, args.force, |out| all.run(&mut |bytes, _| Ok(out.write_all(bytes)?)));
        ended = kept.map_err(|error| write::unsaved(&error));
        match &ended {
            Ok(()) => Ok(()),
            // Nothing of one file without the other.
            Err(failure) => Err(ExportError::Refused(failure.message.clone())),
        }
    });
    ended?;
    kept.map_err(|error| write::unsaved(&error))?;
    told(args, &refused, &summary, &stopped, output)
}

/// What it came to.
fn told(
    args: &Args,
    refused: &Path,
    summary: &Summary,
    stopped: &AtomicBool,
    output: &mut Output,
) -> Result<(), Failure> {
    if output.is_json() {
        output.json(&summary.json())?;
    } else if args.summary {
        summary.lines().iter().try_for_each(|line| output.line(line))?;
    }
    output.message(&summary.words());
    if stopped.load(Ordering::Relaxed) {
        let failure = Failure::refused(format!("interrupted: only the first {} rows were read", summary.read));
        return Err(failure.hint("both files are whole as far as they go; run the command again for all of the list"));
    }
    let left = summary.refused + summary.questioned;
    if left == 0 {
        return Ok(());
    }
    let failure = Failure::refused(format!("{left} of {} rows were not planned", summary.read));
    Err(failure.hint(format!("the reasons stand in {}: correct its rows, or answer them in the columns accept, confirm and second, and run the command on it", refused.display())))
}

/// The list, as a stream.
fn input(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    if path.is_dir() {
        return Err(Failure::unreadable(format!("{} is a folder", path.display())).hint("name a file of subjects"));
    }
    let file = File::open(path).map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    Ok(Box::new(file))
}

/// Set by Ctrl-C; the round that is being planned is still written.
fn interrupted() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    {
        // Without it Ctrl-C ends the program at once, and leaves no file at all.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&flag));
    }
    flag
}

/// What takes the lines of doses.
type Put<'p> = &'p mut dyn FnMut(&[u8], &mut Output) -> Result<(), ExportError>;

/// The work, round by round.
struct Rounds<'a> {
    args: &'a Args,
    work: &'a Work<'a>,
    list: List<BufReader<Box<dyn Read>>>,
    left: export::Out<'a>,
    stopped: &'a AtomicBool,
    summary: &'a mut Summary,
    output: &'a mut Output,
}

impl Rounds<'_> {
    fn onto_screen(&mut self) -> Result<(), Failure> {
        let mut closed = None;
        let all = self.run(&mut |bytes, output| {
            output.bytes(bytes).map_err(|failure| {
                let why = failure.message.clone();
                closed = Some(failure);
                ExportError::Refused(why)
            })
        });
        closed.map_or(Ok(()), Err)?;
        all.map_err(|error| write::unwritten(&error))
    }

    /// Reads, plans and writes until the list ends.
    fn run(&mut self, put: Put<'_>) -> Result<(), ExportError> {
        put(&export::cohort::header(self.work.columns)?, self.output)?;
        let header = self.list.refused_header();
        self.left.write_all(&export::cohort::line(header.iter().map(String::as_str))?)?;
        let mut workers: Vec<Worker> = (0..self.args.threads()).map(|_| Worker::default()).collect();
        let (began, mut last) = (Instant::now(), Instant::now());
        while !self.stopped.load(Ordering::Relaxed) {
            let rounds = worker::lots(&mut self.list, workers.len(), ROWS)?;
            if rounds.is_empty() {
                break;
            }
            for done in worker::all(self.work, &mut workers, rounds) {
                let Round { doses, left, summary } = done?;
                put(&doses, self.output)?;
                self.left.write_all(&left)?;
                self.summary.add(summary);
            }
            if last.elapsed() >= TELL {
                last = Instant::now();
                let rate = self.summary.read / began.elapsed().as_secs().max(1);
                self.output.message(&format!("{} rows, {rate} a second", self.summary.read));
            }
        }
        Ok(())
    }
}
