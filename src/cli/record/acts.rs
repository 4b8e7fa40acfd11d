//! What is recorded of a subject, one command each.

use crate::calendar::{self, Date};
use crate::cli::Output;
use crate::cli::measure::{self, Echo, Size, date, read};
use crate::cli::subject::before;
use crate::course::Text;
use crate::course::event::{Measured, SupplyAct};
use crate::decide::{Command, DoseChange, Scope};
use crate::failure::Failure;
use crate::quantity::{Amount, Gfr, number};

use super::open::{Writing, today};
use crate::subjects::Opened;

/// Which administrations are meant.
#[derive(Debug, clap::Args)]
struct ScopeArgs {
    /// Cycle
    #[arg(long, value_name = "N")]
    cycle: u32,
    /// Day of the cycle; every day where left out
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    day: Option<i32>,
    /// Drug; every drug where left out
    #[arg(long, value_name = "DRUG")]
    drug: Option<String>,
    /// Phase, where the regimen has several
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    /// morning, evening, or a number
    #[arg(long, value_name = "PART")]
    part: Option<String>,
}

impl ScopeArgs {
    fn scope(&self) -> Result<Scope, Failure> {
        let part = self.part.as_ref().map(|part| crate::course::Part::read(part));
        let part = part.transpose().map_err(|why| Failure::unreadable(format!("--part: {why}")))?;
        let (phase, drug) = (self.phase.clone(), self.drug.clone());
        Ok(Scope { phase, cycle: self.cycle, day: self.day, drug, part })
    }
}

/// Options of `measure`.
#[derive(Debug, clap::Args)]
pub(super) struct Measure {
    /// The subject's code
    code: String,
    #[command(flatten)]
    size: Size,
    /// Serum creatinine with its unit: "0.8 mg/dL" or "71 umol/L"
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    creatinine: Option<String>,
    /// Measured kidney function with its unit: "85 mL/min"
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    gfr: Option<String>,
    /// The day of the measurement; today where left out
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn measure(args: &Measure, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let size = args.size.read(&mut echo)?;
    let creatinine = measure::creatinine(args.creatinine.as_ref(), &mut echo)?;
    let gfr = read("--gfr", args.gfr.as_ref(), Gfr::read)?;
    let gfr = gfr.map(|gfr| echo.note("GFR", gfr));
    let on = date("--on", args.on.as_ref())?.map_or_else(today, Ok)?;
    output.message(&echo.line());
    args.writing.perform(&args.code, output, |_| {
        let (height, weight, remeasured) = (size.height, size.weight, size.remeasured);
        Ok(Command::Measure { on, measured: Measured { height, weight, creatinine, gfr, remeasured } })
    })
}

/// Options of `given`.
#[derive(Debug, clap::Args)]
pub(super) struct GivenArgs {
    /// The subject's code
    code: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// The day; the planned day where left out
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// The dose, where it was not the planned one: "120 mg"; of an infusion dosed by the day, that of each 24 hours
    #[arg(long, value_name = "DOSE")]
    dose: Option<String>,
    /// Only a part of the dose went in: --dose is all that did
    #[arg(long)]
    partly: bool,
    /// A second dose under an identity that has one already
    #[arg(long)]
    second_dose: bool,
    /// Why it differs
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn given(args: &GivenArgs, output: &mut Output) -> Result<(), Failure> {
    let scope = args.scope.scope()?;
    let on = date("--on", args.on.as_ref())?;
    let dose = read("--dose", args.dose.as_ref(), Amount::read)?;
    let (partly, second, reason) = (args.partly, args.second_dose, args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Give { scope, on, dose, partly, second, reason })
}

/// Options of `delay`.
#[derive(Debug, clap::Args)]
pub(super) struct Delay {
    /// The subject's code
    code: String,
    /// Cycle
    #[arg(long, value_name = "N")]
    cycle: u32,
    /// Days after its planned day 1, in all
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with = "to")]
    days: Option<i32>,
    /// The new day 1
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// The protocol requires it (criteria, toxicity): it is not out of window
    #[arg(long)]
    required: bool,
    /// Phase, where the regimen has several
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn delay(args: &Delay, output: &mut Output) -> Result<(), Failure> {
    let to = date("--to", args.to.as_ref())?;
    if to.is_none() && args.days.is_none() {
        let failure = Failure::usage("a delay needs its new day 1, or how many days it is in all");
        return Err(failure.hint("write for example --to 2026-12-14, or --days 7"));
    }
    args.writing.perform(&args.code, output, |opened| {
        let days = match (args.days, to) {
            (Some(days), _) => days,
            (None, to) => until(opened, args, to)?,
        };
        Ok(Command::Delay {
            phase: args.phase.clone(),
            cycle: args.cycle,
            days,
            reason: args.reason.clone(),
            required: args.required,
        })
    })
}

fn until(opened: &Opened, args: &Delay, to: Option<Date>) -> Result<i32, Failure> {
    let fits = |phase: &Option<String>| args.phase.is_none() || *phase == args.phase;
    let planned = opened.plan.as_ref().ok().and_then(|plan| {
        plan.cycles.iter().find(|cycle| cycle.number == args.cycle && fits(&cycle.phase_id)).map(|cycle| cycle.planned)
    });
    match (planned, to) {
        (Some(planned), Some(to)) => Ok(calendar::days_between(planned, to)),
        _ => Err(Failure::refused(format!("the plan has no cycle {}", args.cycle))),
    }
}

/// Options of `hold` and `omit`.
#[derive(Debug, clap::Args)]
pub(super) struct NotGiven {
    /// The subject's code
    code: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn hold(args: &NotGiven, output: &mut Output) -> Result<(), Failure> {
    let (scope, reason) = (args.scope.scope()?, args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Hold { scope, reason })
}

pub(super) fn omit(args: &NotGiven, output: &mut Output) -> Result<(), Failure> {
    let (scope, reason) = (args.scope.scope()?, args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Omit { scope, reason })
}

/// Options of `level`.
#[derive(Debug, clap::Args)]
pub(super) struct Level {
    /// The subject's code
    code: String,
    /// Drug and level: irinotecan=-1; or drug and percentage: irinotecan=75%
    #[arg(value_name = "DRUG=LEVEL")]
    change: String,
    /// First cycle it holds in
    #[arg(long, value_name = "N")]
    from: u32,
    /// Phase, where the regimen has several
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn level(args: &Level, output: &mut Output) -> Result<(), Failure> {
    let wrong = || {
        let text = format!("\"{}\" is no drug with a level or a percentage", number::shown(&args.change));
        Failure::unreadable(text).hint("write irinotecan=-1, or irinotecan=75%")
    };
    let (drug, change) = args.change.split_once('=').ok_or_else(wrong)?;
    let to = match change.strip_suffix('%') {
        Some(percent) => DoseChange::Percent(number::parse(percent.trim()).map_err(|_| wrong())?),
        None => DoseChange::Level(change.parse().map_err(|_| wrong())?),
    };
    args.writing.perform(&args.code, output, |_| {
        let (drug, phase, reason) = (drug.to_owned(), args.phase.clone(), args.reason.clone());
        Ok(Command::Change { drug, phase, from: args.from, to, reason })
    })
}

/// Options of `criteria`.
#[derive(Debug, clap::Args)]
pub(super) struct Criteria {
    /// The subject's code
    code: String,
    /// Cycle
    #[arg(long, value_name = "N")]
    cycle: u32,
    /// Day of the cycle
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    day: i32,
    /// Not all of them are met
    #[arg(long)]
    not_met: bool,
    /// What was found
    #[arg(long, value_name = "TEXT")]
    found: String,
    /// Phase, where the regimen has several
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn criteria(args: &Criteria, output: &mut Output) -> Result<(), Failure> {
    args.writing.perform(&args.code, output, |_| {
        let (phase, found) = (args.phase.clone(), args.found.clone());
        Ok(Command::Criteria { phase, cycle: args.cycle, day: args.day, met: !args.not_met, found })
    })
}

/// Options of `exposure`.
#[derive(Debug, clap::Args)]
pub(super) struct Exposure {
    /// The subject's code
    code: String,
    /// Drug, or the name of a lifetime limit (its first word will do)
    drug: String,
    /// none, unknown, or the amount received before: "300 mg", "240 mg/m2"
    before: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn exposure(args: &Exposure, output: &mut Output) -> Result<(), Failure> {
    let before = before("the exposure", &args.before)?;
    args.writing.carry_out(&args.code, output, &Command::Expose { drug: args.drug.clone(), before })
}

/// Options of `supply`.
#[derive(Debug, clap::Args)]
pub(super) struct Supply {
    /// The subject's code
    code: String,
    /// dispensed, returned or taken
    #[arg(value_parser = ["dispensed", "returned", "taken"])]
    act: String,
    /// How many: tablets dispensed or returned, doses taken
    count: u32,
    #[command(flatten)]
    scope: ScopeArgs,
    /// The day; today where left out
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn supply(args: &Supply, output: &mut Output) -> Result<(), Failure> {
    let act = SupplyAct::read(&args.act).map_err(|error| measure::unreadable("the act", &error))?;
    let scope = args.scope.scope()?;
    let on = date("--on", args.on.as_ref())?.map_or_else(today, Ok)?;
    let (count, reason) = (args.count, args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Supply { scope, act, count, on, reason })
}

/// Options of `stop`.
#[derive(Debug, clap::Args)]
pub(super) struct Stop {
    /// The subject's code
    code: String,
    /// The last day of treatment; today where left out
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn stop(args: &Stop, output: &mut Output) -> Result<(), Failure> {
    let on = date("--on", args.on.as_ref())?.map_or_else(today, Ok)?;
    args.writing.carry_out(&args.code, output, &Command::Stop { on, reason: args.reason.clone() })
}

/// Options of `note`.
#[derive(Debug, clap::Args)]
pub(super) struct Note {
    /// The subject's code
    code: String,
    /// The remark; nothing personal
    text: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn note(args: &Note, output: &mut Output) -> Result<(), Failure> {
    args.writing.carry_out(&args.code, output, &Command::Note { text: args.text.clone() })
}
