//! What is recorded of a subject, one command each.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::calendar::{self, Date};
use crate::cli::Output;
use crate::cli::facts::{Echo, Facts, Measurement};
use crate::cli::read::{self, today};
use crate::course::event::{Before, Measured, SupplyAct};
use crate::course::{Departure, DepartureKind, Noted, Part};
use crate::decide::{Command, DoseChange, Scope};
use crate::failure::Failure;
use crate::quantity::{Amount, number};
use crate::subject::Subject;
use crate::subjects::Opened;

use super::of_dose::{ProductArgs, TimesArgs};
use super::open::Writing;

/// Which administrations are meant.
#[derive(Debug, clap::Args)]
pub(super) struct ScopeArgs {
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
    #[arg(long, value_name = "PART", value_parser = read::part)]
    part: Option<Part>,
}

impl ScopeArgs {
    pub(super) fn scope(&self) -> Scope {
        let (phase, drug) = (self.phase.clone(), self.drug.clone());
        Scope { phase, cycle: self.cycle, day: self.day, drug, part: self.part }
    }
}

/// Options of `measure`.
#[derive(Debug, clap::Args)]
pub(super) struct Measure {
    /// The subject's code
    code: String,
    #[command(flatten)]
    facts: Facts<Measurement>,
    /// The day of the measurement; today where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn measure(args: &Measure, output: &mut Output) -> Result<(), Failure> {
    let mut echo = Echo::default();
    let Subject { height, weight, creatinine, gfr, weight_from, .. } = args.facts.known(&mut echo)?.subject();
    let on = args.on.map_or_else(today, Ok)?;
    output.message(&echo.line());
    let measured = Measured { height, weight, creatinine, gfr, weight_from, remeasured: false };
    args.writing.carry_out(&args.code, output, &Command::Measure { on, measured })
}

/// Options of `given`.
#[derive(Debug, clap::Args)]
pub(super) struct GivenArgs {
    /// The subject's code
    code: String,
    #[command(flatten)]
    scope: ScopeArgs,
    /// The day; the planned day where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    /// The dose, where it was not the planned one: "120 mg"; of an infusion dosed by the day, that of each 24 hours
    #[arg(long, value_name = "DOSE", value_parser = Amount::read)]
    dose: Option<Amount>,
    /// Only a part of the dose went in: --dose is all that did
    #[arg(long)]
    partly: bool,
    /// A second dose under an identity that has one already
    #[arg(long)]
    second_dose: bool,
    #[command(flatten)]
    product: ProductArgs,
    #[command(flatten)]
    times: TimesArgs,
    /// Why it differs
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn given(args: &GivenArgs, output: &mut Output) -> Result<(), Failure> {
    let (scope, on, dose) = (args.scope.scope(), args.on, args.dose);
    let (partly, second, reason) = (args.partly, args.second_dose, args.reason.clone());
    let (product, times) = (args.product.product(), args.times.times());
    let give = Command::Give { scope, on, dose, partly, second, product, times, reason };
    args.writing.carry_out(&args.code, output, &give)
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
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    to: Option<Date>,
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
    let to = args.to;
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
        _ => Err(Failure::refused(format!("the plan has no {}", opened.regimen.cycle_word.numbered(args.cycle)))),
    }
}

/// Options of `omit`.
#[derive(Debug, clap::Args)]
pub(super) struct Omit {
    #[command(flatten)]
    doses: NotGiven,
    /// Nobody decided it: the doses were due and were not given or taken
    #[arg(long)]
    missed: bool,
}

/// Which doses, and why.
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
    let (scope, reason) = (args.scope.scope(), args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Hold { scope, reason })
}

pub(super) fn omit(args: &Omit, output: &mut Output) -> Result<(), Failure> {
    let (doses, missed) = (&args.doses, args.missed);
    let (scope, reason) = (doses.scope.scope(), doses.reason.clone());
    doses.writing.carry_out(&doses.code, output, &Command::Omit { scope, reason, missed })
}

/// Options of `level`.
#[derive(Debug, clap::Args)]
pub(super) struct Level {
    /// The subject's code
    code: String,
    /// Drug and level: irinotecan=-1; or drug and percentage: irinotecan=75%
    #[arg(value_name = "DRUG=LEVEL", value_parser = Assigned::read)]
    change: Assigned,
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

/// A drug and what its dose becomes.
#[derive(Debug, Clone)]
struct Assigned {
    drug: String,
    to: DoseChange,
}

impl Assigned {
    fn read(text: &str) -> Result<Self, Failure> {
        let wrong = || {
            let text = format!("\"{}\" is not a drug with a level or a percentage", number::shown(text));
            Failure::unreadable(text).hint("write irinotecan=-1, or irinotecan=75%")
        };
        let (drug, change) = text.split_once('=').ok_or_else(wrong)?;
        let to = match change.strip_suffix('%') {
            Some(percent) => DoseChange::Percent(number::parse(percent.trim()).map_err(|_| wrong())?),
            None => DoseChange::Level(change.parse().map_err(|_| wrong())?),
        };
        Ok(Self { drug: drug.to_owned(), to })
    }
}

pub(super) fn level(args: &Level, output: &mut Output) -> Result<(), Failure> {
    let Assigned { drug, to } = args.change.clone();
    let (phase, reason) = (args.phase.clone(), args.reason.clone());
    args.writing.carry_out(&args.code, output, &Command::Change { drug, phase, from: args.from, to, reason })
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
    let (phase, found) = (args.phase.clone(), args.found.clone());
    let command = Command::Criteria { phase, cycle: args.cycle, day: args.day, met: !args.not_met, found };
    args.writing.carry_out(&args.code, output, &command)
}

/// Options of `exposure`.
#[derive(Debug, clap::Args)]
pub(super) struct Exposure {
    /// The subject's code
    code: String,
    /// Drug, or the name of a lifetime limit (its first word will do)
    drug: String,
    /// none, unknown, or the amount received before: "300 mg", "240 mg/m2"
    #[arg(value_parser = Before::read)]
    before: Before,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn exposure(args: &Exposure, output: &mut Output) -> Result<(), Failure> {
    let (drug, before) = (args.drug.clone(), args.before.clone());
    args.writing.carry_out(&args.code, output, &Command::Expose { drug, before })
}

/// Options of `supply`.
#[derive(Debug, clap::Args)]
pub(super) struct Supply {
    /// The subject's code
    code: String,
    /// dispensed, returned or taken
    #[arg(value_parser = supply_act())]
    act: SupplyAct,
    /// How many: tablets dispensed or returned, doses taken
    count: u32,
    #[command(flatten)]
    scope: ScopeArgs,
    /// The day; today where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    #[command(flatten)]
    product: ProductArgs,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

fn supply_act() -> impl TypedValueParser<Value = SupplyAct> {
    PossibleValuesParser::new(["dispensed", "returned", "taken"]).try_map(|word| SupplyAct::read(&word))
}

pub(super) fn supply(args: &Supply, output: &mut Output) -> Result<(), Failure> {
    let (scope, act) = (args.scope.scope(), args.act);
    let on = args.on.map_or_else(today, Ok)?;
    let (count, reason) = (args.count, args.reason.clone());
    let product = args.product.product();
    args.writing.carry_out(&args.code, output, &Command::Supply { scope, act, count, on, product, reason })
}

/// Options of `stop`.
#[derive(Debug, clap::Args)]
pub(super) struct Stop {
    /// The subject's code
    code: String,
    /// One drug alone, by its name; the others go on. All treatment where left out
    #[arg(long, value_name = "DRUG")]
    drug: Option<String>,
    /// The last day of treatment, or of the drug; today where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn stop(args: &Stop, output: &mut Output) -> Result<(), Failure> {
    let on = args.on.map_or_else(today, Ok)?;
    args.writing.carry_out(
        &args.code,
        output,
        &Command::Stop { drug: args.drug.clone(), on, reason: args.reason.clone() },
    )
}

/// Options of `note`.
#[derive(Debug, clap::Args)]
pub(super) struct Note {
    /// The subject's code
    code: String,
    /// The remark; nothing personal
    text: String,
    /// The day it is about; today where left out
    #[arg(long, value_name = "DATE", value_parser = read::date)]
    on: Option<Date>,
    /// The subject consented again on that day
    #[arg(long, conflicts_with = "deviation")]
    reconsented: bool,
    /// It tells of a deviation from the protocol: criteria, withdrawal, treatment, medication or visit
    #[arg(long, value_name = "TYPE", value_parser = DepartureKind::read)]
    deviation: Option<DepartureKind>,
    /// The deviation is important: for what the data are worth, or for the subject
    #[arg(long, requires = "deviation")]
    important: bool,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn note(args: &Note, output: &mut Output) -> Result<(), Failure> {
    let deviation = args.deviation.map(|kind| Noted::Deviation(Departure { kind, important: args.important }));
    let what = deviation.or(args.reconsented.then_some(Noted::Reconsented));
    args.writing.carry_out(&args.code, output, &Command::Note { text: args.text.clone(), on: args.on, what })
}
