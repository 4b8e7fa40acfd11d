//! `posology subject check`: a second person types an entry again, blind.
//!
//! The entry is not shown. Each figure it holds has to be typed; what differs is shown, and recorded
//! either way: a check that finds something is worth more than one that does not.

use crate::calendar;
use crate::cli::Output;
use crate::cli::measure::{Echo, Size, read};
use crate::cli::places::Places;
use crate::decide::Command;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::quantity::{Age, Amount, Creatinine, Gfr, QuantityError, Sex};
use crate::subjects::Opened;

use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    #[command(flatten)]
    size: Size,
    /// Sex, as the formulas use it: female or male
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// Completed years at the start
    #[arg(long, value_name = "YEARS")]
    age: Option<String>,
    /// Serum creatinine with its unit
    #[arg(long, value_name = "VALUE")]
    creatinine: Option<String>,
    /// Measured kidney function with its unit
    #[arg(long, value_name = "VALUE")]
    gfr: Option<String>,
    /// A laboratory result with its unit: "platelets 180 10^9/L" (may be repeated)
    #[arg(long, value_name = "TEST FIGURE UNIT")]
    lab: Vec<String>,
    /// The first day of treatment, of an enrolment
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// The dose given
    #[arg(long, value_name = "DOSE")]
    dose: Option<String>,
    /// The day it happened, of a dose or a measurement
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    writing: Writing,
}

/// Figures by the word under which each is typed.
type Figures = Vec<(&'static str, String)>;

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let typed = typed(args)?;
    args.writing.perform(&args.code, &args.places, output, |opened| {
        let differences = compare(&typed, &held(opened, args.entry)?)?;
        Ok(Command::Verify { entry: args.entry, agrees: differences.is_empty(), differences })
    })
}

/// What the second person typed, as the program writes such things.
fn typed(args: &Args) -> Result<Figures, Failure> {
    fn one<T: std::fmt::Display>(
        name: &'static str,
        option: &str,
        text: Option<&String>,
        reader: fn(&str) -> Result<T, QuantityError>,
    ) -> Result<Option<(&'static str, String)>, Failure> {
        Ok(read(option, text, reader)?.map(|value| (name, value.to_string())))
    }
    let day = |name, option, text: Option<&String>| -> Result<Option<(&'static str, String)>, Failure> {
        Ok(read(option, text, calendar::read)?.map(|date| (name, calendar::print(date))))
    };
    let lab = crate::cli::subject::tests(&args.lab)?;
    let size = args.size.read(&mut Echo::default())?;
    let all = [
        size.height.map(|height| ("height", height.to_string())),
        size.weight.map(|weight| ("weight", weight.to_string())),
        read("--sex", args.sex.as_ref(), Sex::read)?.map(|sex| ("sex", sex.written().to_owned())),
        one("age", "--age", args.age.as_ref(), Age::read)?,
        one("creatinine", "--creatinine", args.creatinine.as_ref(), Creatinine::read)?,
        one("gfr", "--gfr", args.gfr.as_ref(), Gfr::read)?,
        Some(("lab", lab.to_string())).filter(|_| !lab.is_empty()),
        one("dose", "--dose", args.dose.as_ref(), Amount::read)?,
        day("start", "--start", args.start.as_ref())?,
        day("on", "--on", args.on.as_ref())?,
    ];
    Ok(all.into_iter().flatten().collect())
}

/// What the entry says now.
fn held(opened: &Opened, entry: u64) -> Result<Figures, Failure> {
    let refuse = |code, text: String| Failure::blocked(vec![Finding::block(code, text).field("entry")]);
    let Some((on, event)) = opened.folded.now(entry) else {
        let text = format!("There is no entry {entry} that holds for {}.", opened.code);
        return Err(refuse("no-such-entry", text));
    };
    let figures = event.figures(on);
    if figures.is_empty() {
        let text = format!("Entry {entry} is of the kind \"{}\" and holds no figure to type again.", event.kind());
        return Err(refuse("nothing-to-check", text));
    }
    Ok(figures)
}

/// What differs. Every figure of the entry has to be typed, or nothing was checked.
fn compare(typed: &Figures, held: &Figures) -> Result<Vec<String>, Failure> {
    let find =
        |figures: &Figures, name: &str| figures.iter().find(|(one, _)| *one == name).map(|(_, text)| text.clone());
    let missing: Vec<String> =
        held.iter().filter(|(name, _)| find(typed, name).is_none()).map(|(name, _)| format!("--{name}")).collect();
    if !missing.is_empty() {
        let failure = Failure::usage("a check types every figure of the entry again, without seeing it");
        return Err(failure.hint(format!("still to be typed: {}", missing.join(", "))));
    }
    let nothing = || "nothing".to_owned();
    let differs = typed.iter().filter(|(name, text)| find(held, name).as_ref() != Some(text));
    let tell = |(name, text): &(&str, String)| {
        let says = find(held, name).unwrap_or_else(nothing);
        format!("{name}: the entry says {says}, the second person typed {text}")
    };
    Ok(differs.map(tell).collect())
}
