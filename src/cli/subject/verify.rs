//! `posology subject verify`: the independent double check of a visit, before it is given.
//!
//! No figure of the visit is shown. The second person types what the source says and each dose as the protocol makes it; what
//! no option says is asked on the terminal. Both columns are shown once they are recorded, and never before.

use crate::calendar;
use crate::cli::Output;
use crate::cli::dose_of::{DoseOf, LookedOf};
use crate::cli::facts::{Echo, Facts, FromSource};
use crate::cli::read::{self, today};
use crate::course::event::{Event, Ticked};
use crate::decide::{self, AskedDose, AskedFigure, Command, Scope, TypedFigure, VisitToVerify};
use crate::failure::Failure;
use crate::quantity::{Amount, number};
use crate::regimen::Regimen;
use crate::subjects::{self, Opened};

use super::open::Writing;

/// What may be typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The subject's code
    code: String,
    /// Cycle
    #[arg(long, value_name = "N")]
    cycle: u32,
    /// Day of the cycle
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    day: i32,
    /// Phase, where the regimen has several
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    /// A dose as the protocol makes it: --dose "irinotecan=123 mg", --dose "capecitabine evening=2000 mg" (may be repeated)
    #[arg(long = "dose", value_name = "DRUG=DOSE", value_parser = DoseOf::read)]
    doses: Vec<DoseOf>,
    /// What else of a dose was looked at and is as the protocol and the label say, each by itself: volume, diluent, route,
    /// rate, expiry; --tick "irinotecan=volume,route" (may be repeated)
    #[arg(long = "tick", value_name = "DRUG=WHAT", value_parser = LookedOf::read)]
    ticks: Vec<LookedOf>,
    /// What of it is not as it should be, which is no pass: --wrong "irinotecan=rate" (may be repeated)
    #[arg(long = "wrong", value_name = "DRUG=WHAT", value_parser = LookedOf::read)]
    wrong: Vec<LookedOf>,
    #[command(flatten)]
    writing: Writing,
    #[command(flatten, next_help_heading = "From the source")]
    facts: Facts<FromSource>,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<(), Failure> {
    let blocked = |finding| Failure::blocked(vec![finding]);
    let known = args.facts.known(&mut Echo::default())?;
    let (actor, library) = (args.writing.actor()?, args.writing.library()?);
    let opened = args.writing.opened(&args.code, output)?;
    let scope = Scope { phase: args.phase.clone(), cycle: args.cycle, day: Some(args.day), drug: None, part: None };
    let visit = subjects::visit_to_verify(&opened, library.site(), &actor, &scope).map_err(blocked)?;
    decide::may_verify(&visit, &actor.who).map_err(blocked)?;
    output.message(&head(&opened, &visit));
    let mut typed: Vec<TypedFigure> = known.values().cloned().map(TypedFigure::Fact).collect();
    for one in &args.doses {
        let dose = meant(&opened.regimen, &visit, one.drug.as_deref(), "dose")?;
        typed.push(TypedFigure::Dose(dose, one.dose));
    }
    let mut ticks = Vec::new();
    for (all, agrees) in [(&args.ticks, true), (&args.wrong, false)] {
        for one in all {
            let option = if agrees { "tick" } else { "wrong" };
            let dose = meant(&opened.regimen, &visit, one.drug.as_deref(), option)?;
            ticks.extend(one.what.iter().map(|what| Ticked { dose: dose.key.clone(), what: *what, agrees }));
        }
    }
    asked(&visit, &mut typed, output)?;
    args.writing.carry_out(&args.code, output, &Command::DoubleCheck { scope, typed, ticks })?;
    if args.writing.yes() { told(&args.writing.opened(&args.code, output)?, output) } else { Ok(()) }
}

/// Which visit of which protocol, and no figure of it.
fn head(opened: &Opened, visit: &VisitToVerify) -> String {
    let Opened { code, regimen, .. } = opened;
    let phase = visit.cycle.0.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
    format!(
        "Independent double check of {code}: {phase}{} day {}, {}, {} version {}. Work from the source and the protocol: nothing that was entered or calculated is shown before all is typed.",
        visit.word.numbered(visit.cycle.1),
        visit.day,
        calendar::with_weekday(visit.date),
        regimen.name,
        regimen.version,
    )
}

/// The dose that a drug, or its name with the part of the day, means; without one, the only dose of the visit.
fn meant(regimen: &Regimen, visit: &VisitToVerify, word: Option<&str>, option: &str) -> Result<AskedDose, Failure> {
    let doses =
        || visit.asked.iter().filter_map(|asked| if let AskedFigure::Dose(dose) = asked { Some(dose) } else { None });
    let whole = doses().find(|dose| word.is_some_and(|word| dose.label.eq_ignore_ascii_case(word)));
    let id = |word: &str| regimen.drug_called(word).ok().map(|drug| drug.id.as_str());
    let (drug, part) = match (word.and_then(id), word.and_then(|word| word.rsplit_once(' '))) {
        (None, Some((drug, part))) => (id(drug), Some(format!(" {part}"))),
        (drug, _) => (drug, None),
    };
    let named = |dose: &&AskedDose| {
        word.is_none_or(|_| Some(dose.key.drug.as_str()) == drug)
            && part.as_ref().is_none_or(|part| dose.label.ends_with(part.as_str()))
    };
    let fits: Vec<&AskedDose> = whole.map_or_else(|| doses().filter(named).collect(), |whole| vec![whole]);
    // Both halves of a day are one dose to look at.
    let one_key = |all: &[&AskedDose]| all.windows(2).all(|pair| matches!(pair, [a, b] if a.key == b.key));
    match fits.as_slice() {
        [dose] => return Ok((*dose).clone()),
        [first, ..] if option != "dose" && one_key(&fits) => return Ok((*first).clone()),
        _ => {}
    }
    let all: Vec<String> = doses().map(|dose| format!("--{option} \"{}=…\"", dose.label)).collect();
    let text = format!("--{option}: \"{}\" is not one dose of this visit", number::shown(word.unwrap_or_default()));
    Err(Failure::usage(text).hint(format!("write {}", all.join(", "))))
}

/// Asks for what no option says; an answer that cannot be read is asked for again.
fn asked(visit: &VisitToVerify, typed: &mut Vec<TypedFigure>, output: &mut Output) -> Result<(), Failure> {
    let missing: Vec<AskedFigure> = decide::not_typed(visit, typed).into_iter().cloned().collect();
    let names: Vec<String> = missing.iter().map(option).collect();
    for one in &missing {
        let question = match one {
            AskedFigure::Fact(fact) => format!("{}, {}", one.label(), fact.described().hint),
            AskedFigure::Dose(_) => format!("{}, your dose with its unit", one.label()),
        };
        let figure = loop {
            let Some(line) = output.ask(&question) else {
                let failure = Failure::usage("a double check types every figure of the visit, without seeing any");
                return Err(failure.hint(format!("still to be typed: {}", names.join(", "))));
            };
            match figure(one, line.trim()) {
                Ok(figure) => break figure,
                Err(failure) => output.message(&failure.message),
            }
        };
        typed.push(figure);
    }
    Ok(())
}

fn option(asked: &AskedFigure) -> String {
    match asked {
        AskedFigure::Fact(fact) => format!("--{}", fact.name()),
        AskedFigure::Dose(dose) => format!("--dose \"{}=…\"", dose.label),
    }
}

fn figure(asked: &AskedFigure, text: &str) -> Result<TypedFigure, Failure> {
    let wrong = |error| read::unreadable(asked.label(), &error);
    Ok(match asked {
        AskedFigure::Fact(fact) => TypedFigure::Fact(fact.read(text, today()?).map_err(wrong)?.value),
        AskedFigure::Dose(dose) => TypedFigure::Dose(dose.clone(), Amount::read(text).map_err(wrong)?),
    })
}

/// Both columns, once they are on record; a difference is no pass.
fn told(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    let last = opened.folded.history.iter().rev().find_map(|item| match &item.entry.event {
        Event::DoubleChecked(check) => Some(check),
        _ => None,
    });
    let Some(check) = last else { return Ok(()) };
    if !output.is_json() {
        check.columns(&opened.regimen).iter().try_for_each(|line| output.line(&format!("  {line}")))?;
    }
    if check.agrees() {
        return Ok(());
    }
    output.told_recorded();
    Err(Failure::refused("the double check found a difference: no pass; both columns are kept"))
}
