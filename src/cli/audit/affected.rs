//! `posology audit affected`: whom a faulty version or text has touched.

use crate::cli::Output;
use crate::cli::subject::open::Reading;
use crate::cli::subject::table::{Table, Target};
use crate::failure::Failure;
use crate::subjects::affected::{self, Faulty};

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What was recorded by this version of the program, such as 0.1.0
    #[arg(long, value_name = "VERSION", required_unless_present = "regimen")]
    program: Option<String>,
    /// What was calculated from this regimen text: its SHA-256, or at least the first 12 digits
    #[arg(long, value_name = "HASH")]
    regimen: Option<String>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let regimen = args.regimen.as_deref().map(hash).transpose()?;
    let store = args.reading.store(output)?;
    let faulty = Faulty { program: args.program.clone(), regimen };
    let all = affected::affected(&store, &faulty, &args.reading.library()?)?;
    let mut subjects: Vec<&str> = all.iter().map(|one| one.subject.as_str()).collect();
    subjects.dedup();
    let doses = all.iter().filter(|one| !one.dose.is_empty()).count();
    let mut lines: Vec<String> = all.iter().map(affected::Affected::line).collect();
    lines.push(format!(
        "{}, {} on record",
        crate::quantity::number::count(subjects.len() as u64, "subject"),
        crate::quantity::number::count(doses as u64, "dose")
    ));
    let rows = all.iter().map(|one| one.cells().to_vec()).collect();
    Table { name: "affected", columns: &affected::COLUMNS, rows, lines }.write(&args.target, output)
}

fn hash(text: &str) -> Result<String, Failure> {
    super::verify::hash(text).map_err(|_| {
        let shown = crate::quantity::number::shown(text);
        Failure::usage(format!("--regimen: \"{shown}\" is not a SHA-256, nor the first 12 digits of one or more"))
            .hint("`posology regimen show` and `posology subject show` print it")
    })
}
