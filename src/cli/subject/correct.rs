//! Entries about entries: undoing, and what an entry should have said.

use crate::calendar::Date;
use crate::cli::Output;
use crate::cli::facts::{Corrected, Echo, Facts};
use crate::cli::read;
use crate::decide::{Command, Correction};
use crate::failure::Failure;
use crate::quantity::{Amount, Decimal, number};
use crate::subjects;

use super::of_dose::{ProductArgs, TimesArgs};
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
    if args.writing.undo_unread(&args.code, args.entry, &args.reason, output)? {
        return Ok(());
    }
    args.writing.perform(&args.code, output, |_| Ok(Command::Undo { entry: args.entry, reason: args.reason.clone() }))
}

/// Options of `redact`.
#[derive(Debug, clap::Args)]
pub(super) struct Redact {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    /// Why, without repeating what gives somebody away
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn redact(args: &Redact, output: &mut Output) -> Result<(), Failure> {
    let command = Command::Redact { entry: args.entry, reason: args.reason.clone() };
    args.writing.carry_out(&args.code, output, &command)
}

/// Options of `correct`.
#[derive(Debug, clap::Args)]
pub(super) struct Correct {
    /// The subject's code
    code: String,
    /// The entry, as the history numbers it
    entry: u64,
    /// The day it should have said
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    /// The dose it should have said
    #[arg(long, value_name = "DOSE", value_parser = Amount::read)]
    dose: Option<Amount>,
    /// Days of delay it should have said
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    days: Option<i32>,
    /// The level it should have said
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    level: Option<i32>,
    /// The percentage it should have said
    #[arg(long, value_name = "P", value_parser = number::parse)]
    percent: Option<Decimal>,
    #[command(flatten)]
    product: ProductArgs,
    #[command(flatten)]
    times: TimesArgs,
    /// The reason or remark it should have said
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten, next_help_heading = "What an enrolment or a measurement should have said")]
    facts: Facts<Corrected>,
}

pub(super) fn correct(args: &Correct, output: &mut Output) -> Result<(), Failure> {
    let known = args.facts.known(&mut Echo::default())?;
    let typed = args.writing.typed()?;
    let correction = Correction {
        facts: known.values().cloned().collect(),
        dose: args.dose,
        days: args.days,
        level: args.level,
        percent: args.percent,
        product: args.product.product(),
        times: args.times.times(),
        study: typed.code,
        site: typed.site,
        text: args.text.clone(),
    };
    args.writing.perform(&args.code, output, |opened| {
        let blocked = |finding| Failure::blocked(vec![finding]);
        let gone = || blocked(subjects::findings::no_entry(args.entry, &opened.code));
        let (was, event) = opened.folded.now(args.entry).ok_or_else(gone)?;
        let corrected = Box::new(correction.corrected(event).map_err(blocked)?);
        let effective = args.on.unwrap_or(was);
        Ok(Command::Correct { entry: args.entry, event: corrected, effective, reason: args.reason.clone() })
    })
}
