//! `posology subject check`: a second person types an entry again, blind.
//!
//! The entry is not shown. Each figure it holds has to be typed; what differs is shown, and recorded
//! either way: a check that finds something is worth more than one that does not.

use crate::calendar;
use crate::cli::Output;
use crate::cli::measure::{self, Echo, Size, read};
use crate::cli::places::Places;
use crate::course::event::Event;
use crate::decide::Command;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::quantity::Amount;
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
    /// Serum creatinine with its unit
    #[arg(long, value_name = "VALUE")]
    creatinine: Option<String>,
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

/// One figure: its option, what was typed, and what the entry says.
type Figure = (&'static str, Option<String>, Option<String>);

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let typed = typed(args)?;
    args.writing.perform(&args.code, &args.places, output, |opened| {
        let differences = compare(&figures(opened, args.entry, &typed)?)?;
        Ok(Command::Verify { entry: args.entry, agrees: differences.is_empty(), differences })
    })
}

/// What the second person typed, as the program writes such things.
struct Typed {
    height: Option<String>,
    weight: Option<String>,
    creatinine: Option<String>,
    start: Option<String>,
    dose: Option<String>,
    on: Option<String>,
}

fn typed(args: &Args) -> Result<Typed, Failure> {
    let mut echo = Echo::default();
    let size = args.size.read(&mut echo)?;
    let creatinine = measure::creatinine(args.creatinine.as_ref(), &mut echo)?;
    let date = |option, text: &Option<String>| -> Result<Option<String>, Failure> {
        Ok(read(option, text.as_ref(), calendar::read)?.map(calendar::print))
    };
    Ok(Typed {
        height: size.height.map(|height| height.to_string()),
        weight: size.weight.map(|weight| weight.to_string()),
        creatinine: creatinine.map(|creatinine| creatinine.to_string()),
        start: date("--start", &args.start)?,
        dose: read("--dose", args.dose.as_ref(), Amount::read)?.map(|dose| dose.to_string()),
        on: date("--on", &args.on)?,
    })
}

fn figures(opened: &Opened, entry: u64, typed: &Typed) -> Result<Vec<Figure>, Failure> {
    let refuse = |code, text: String| Failure::blocked(vec![Finding::block(code, text).field("entry")]);
    let (on, event) = opened
        .folded
        .now(entry)
        .ok_or_else(|| refuse("no-such-entry", format!("There is no entry {entry} that holds for {}.", opened.code)))?;
    let shown = |value: Option<&dyn std::fmt::Display>| value.map(ToString::to_string);
    let size = |height, weight, creatinine| -> Vec<Figure> {
        vec![
            ("--height", typed.height.clone(), height),
            ("--weight", typed.weight.clone(), weight),
            ("--creatinine", typed.creatinine.clone(), creatinine),
        ]
    };
    match event {
        Event::Enrolled(one) => {
            let mut all = size(
                one.height.as_ref().and_then(|value| shown(Some(value))),
                one.weight.as_ref().and_then(|value| shown(Some(value))),
                one.creatinine.as_ref().and_then(|value| shown(Some(value))),
            );
            all.push(("--start", typed.start.clone(), Some(calendar::print(one.start))));
            Ok(all)
        }
        Event::Measured(one) => {
            let mut all = size(
                one.height.as_ref().and_then(|value| shown(Some(value))),
                one.weight.as_ref().and_then(|value| shown(Some(value))),
                one.creatinine.as_ref().and_then(|value| shown(Some(value))),
            );
            all.push(("--on", typed.on.clone(), Some(calendar::print(on))));
            Ok(all)
        }
        Event::Given(one) => Ok(vec![
            ("--dose", typed.dose.clone(), Some(one.dose.to_string())),
            ("--on", typed.on.clone(), Some(calendar::print(on))),
        ]),
        other => {
            let text = format!("Entry {entry} is of the kind \"{}\" and holds no figure to type again.", other.kind());
            Err(refuse("nothing-to-check", text))
        }
    }
}

/// What differs. Every figure of the entry has to be typed, or nothing was checked.
fn compare(figures: &[Figure]) -> Result<Vec<String>, Failure> {
    let missing: Vec<&str> = figures
        .iter()
        .filter(|(_, typed, held)| typed.is_none() && held.is_some())
        .map(|(option, ..)| *option)
        .collect();
    if !missing.is_empty() {
        let failure = Failure::usage("a check types every figure of the entry again, without seeing it");
        return Err(failure.hint(format!("still to be typed: {}", missing.join(", "))));
    }
    let name = |option: &str| option.trim_start_matches('-').to_owned();
    let differs = figures.iter().filter(|(_, typed, held)| typed != held);
    Ok(differs
        .map(|(option, typed, held)| {
            let (typed, held) = (typed.as_deref().unwrap_or("nothing"), held.as_deref().unwrap_or("nothing"));
            format!("{}: the entry says {held}, the second person typed {typed}", name(option))
        })
        .collect())
}
