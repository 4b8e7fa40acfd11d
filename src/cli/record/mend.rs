//! Entries about entries: undoing, and what an entry should have said.

use crate::calendar;
use crate::cli::measure::{Echo, Size, date, read, unreadable};
use crate::cli::{Output, subject};
use crate::course::event::Event;
use crate::decide::{Command, Mending};
use crate::failure::Failure;
use crate::finding::Finding;
use crate::quantity::{Age, Amount, Creatinine, Gfr, Sex, number};

use super::open::Writing;

/// Options of `undo`.
#[derive(Debug, clap::Args)]
pub(super) struct Undo {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn undo(args: &Undo, output: &mut Output) -> Result<(), Failure> {
    args.writing.perform(&args.code, output, |_| Ok(Command::Undo { entry: args.entry, reason: args.reason.clone() }))
}

/// Options of `correct`.
#[derive(Debug, clap::Args)]
pub(super) struct Correct {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    /// The day it should have said
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The dose it should have said
    #[arg(long, value_name = "DOSE")]
    dose: Option<String>,
    /// Days of delay it should have said
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    days: Option<i32>,
    /// The level it should have said
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    level: Option<i32>,
    /// The percentage it should have said
    #[arg(long, value_name = "P")]
    percent: Option<String>,
    /// The creatinine it should have said
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    creatinine: Option<String>,
    /// The measured kidney function it should have said
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    gfr: Option<String>,
    /// The sex it should have said, of an enrolment: female or male
    #[arg(long, value_name = "SEX")]
    sex: Option<String>,
    /// The completed years on the first day it should have said, of an enrolment
    #[arg(long, value_name = "YEARS", conflicts_with = "born", allow_negative_numbers = true)]
    age: Option<String>,
    /// The date of birth, for the age it should have said; used to compute the age, never stored
    #[arg(long, value_name = "DATE")]
    born: Option<String>,
    /// The genotype it should have said, of an enrolment
    #[arg(long, value_name = "GENOTYPE")]
    genotype: Option<String>,
    /// The cohort it should have said, of an enrolment
    #[arg(long, value_name = "COHORT")]
    cohort: Option<String>,
    /// The laboratory result it should have said (may be repeated; all of them)
    #[arg(long, value_name = "TEST FIGURE UNIT")]
    lab: Vec<String>,
    /// Day 1 of cycle 1, as the enrolment should have said
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// The reason or remark it should have said
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    #[command(flatten)]
    size: Size,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn correct(args: &Correct, output: &mut Output) -> Result<(), Failure> {
    args.writing.perform(&args.code, output, |opened| {
        let (was, event) = opened.folded.now(args.entry).ok_or_else(|| {
            let text = format!("There is no entry {} that holds for {}.", args.entry, opened.code);
            Failure::blocked(vec![Finding::block("no-such-entry", text).field("entry")])
        })?;
        let effective = date("--on", args.on.as_ref())?.unwrap_or(was);
        let corrected = mended(event, args)?;
        Ok(Command::Correct { entry: args.entry, event: Box::new(corrected), effective, reason: args.reason.clone() })
    })
}

/// The entry as it should have been.
fn mended(event: &Event, args: &Correct) -> Result<Event, Failure> {
    let size = args.size.read(&mut Echo::default())?;
    let mut mending = Mending {
        dose: read("--dose", args.dose.as_ref(), Amount::read)?,
        height: size.height,
        weight: size.weight,
        creatinine: read("--creatinine", args.creatinine.as_ref(), Creatinine::read)?,
        gfr: read("--gfr", args.gfr.as_ref(), Gfr::read)?,
        sex: read("--sex", args.sex.as_ref(), Sex::read)?,
        age: read("--age", args.age.as_ref(), Age::read)?,
        genotype: args.genotype.clone(),
        cohort: args.cohort.clone(),
        tests: Some(subject::tests(&args.lab)?).filter(|tests| !tests.is_empty()),
        start: date("--start", args.start.as_ref())?,
        remeasured: size.remeasured,
        days: args.days,
        level: args.level,
        percent: read("--percent", args.percent.as_ref(), number::parse)?,
        text: args.text.clone(),
    };
    if let Some(born) = read("--born", args.born.as_ref(), calendar::read)? {
        mending = mending.born(born, event).map_err(|error| unreadable("--born", &error))?;
    }
    Ok(mending.mended(event))
}
