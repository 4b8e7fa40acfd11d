//! `posology subject list`, `show`, `export`: what the record says.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the command reads and writes the files it is given"
)]

use serde_json::{Value, json};

use crate::calendar;
use crate::cli::Output;
use crate::cli::data::{self, Data, Who, head};
use crate::cli::places::Places;
use crate::cli::read::today;
use crate::course::Text;
use crate::course::fold::{EntryStatus, HistoryEntry};
use crate::export;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::ledger::{self, Ledger};
use crate::plan::lifetime::LifetimeTotal;
use crate::present;
use crate::quantity::{Decimal, decimal, number};
use crate::regimen::Regimen;
use crate::store::Store;

use super::open::Reading;
use super::table;
use crate::subjects::{self, Listed, Opened, words};

/// Options of `list`.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn list(args: &ListArgs, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let all = subjects::register(&store, &library, today()?)?;
    if output.is_json() {
        output.json(&json!({ "format": 1, "subjects": all.iter().map(row).collect::<Vec<_>>() }))?;
        return read_all(&all);
    }
    for one in &all {
        if let Some(fault) = &one.fault {
            output.line(&format!("{:<12} {}: {fault}", one.code, one.standing()))?;
            continue;
        }
        let next = one.next.as_deref().unwrap_or("-");
        let way = one.way.map_or_else(String::new, |way| format!("  ({way})"));
        output.line(&format!("{:<12} {:<44} {:<24} {next}{way}", one.code, one.regimen, one.standing()))?;
    }
    if all.is_empty() { output.line("no subjects yet") } else { read_all(&all) }
}

/// The failure behind a list in which somebody could not be read.
fn read_all(all: &[Listed]) -> Result<(), Failure> {
    let unread: Vec<String> = all.iter().filter(|one| one.fault.is_some()).map(|one| one.code.clone()).collect();
    super::all_read(&unread, all.len())
}

fn row(one: &Listed) -> Value {
    json!({
        "code": one.code,
        "regimen": one.regimen,
        "version": one.version,
        "start": one.start,
        "study": one.study,
        "standing": one.standing(),
        "next": one.next,
        "visit": one.way.map(|way| way.word()),
        "missing": one.way.map(|way| way.missing()).unwrap_or_default(),
        "doses_given": one.given,
        "fault": one.fault,
    })
}

/// Options of `show`.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// The subject's code
    code: String,
    /// Every entry of the record, corrected and undone ones too
    #[arg(long)]
    history: bool,
    /// Planned and delivered doses, cumulative doses, relative dose intensity
    #[arg(long)]
    ledger: bool,
    /// Show how every dose came about
    #[arg(long)]
    working: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn show(args: &ShowArgs, output: &mut Output) -> Result<(), Failure> {
    let (store, library) = (args.reading.store(output)?, args.reading.library()?);
    let opened = subjects::open(&store, &args.code, &library)?;
    let ledger = opened.ledger(library.site());
    if output.is_json() {
        return output.json(&document(&opened, ledger.as_ref()));
    }
    output.line(&format!("Subject {}", opened.code))?;
    words::imported(&opened.folded).iter().try_for_each(|line| output.line(line))?;
    if let Some((on, why)) = &opened.folded.course.stopped {
        output.line(&format!("Treatment ended on {}: {why}", calendar::with_weekday(*on)))?;
    }
    for (drug, (on, why)) in &opened.folded.course.stopped_drugs {
        let (name, last) = (opened.regimen.name_of(drug, None, 1), calendar::with_weekday(*on));
        output.line(&format!("{name} stopped for good, last day {last}: {why}"))?;
    }
    for finding in words::checks_that_differ(&opened.folded) {
        output.line(&format!("{}: {}", finding.severity.word(), finding.text))?;
    }
    match &opened.plan {
        Ok(plan) => {
            let schedule = present::schedule(&opened.regimen, &opened.folded, plan);
            let verification = Some(words::verification(&opened.folded, &store));
            let options = export::Options {
                print: export::Print { verification, ..export::Print::default() },
                generated: crate::clock::now(),
                subject: Some(opened.code.clone()),
                working: args.working,
                width: crate::settings::Settings::read().width,
                ..export::Options::default()
            };
            let format = export::format("text").ok_or_else(|| Failure::usage("there is no format \"text\""))?;
            output
                .bytes(&format.bytes(&schedule, &options).map_err(|error| Failure::unreadable(error.to_string()))?)?;
        }
        Err(findings) => findings.iter().for_each(|finding| output.finding(finding)),
    }
    section("Given", &words::given(&opened.regimen, &opened.folded), output)?;
    section("Doses at home", &subjects::home(&opened), output)?;
    if args.ledger {
        let lines = ledger.as_ref().map(|ledger| words::ledger(&opened.regimen, ledger)).unwrap_or_default();
        section("Planned and delivered", &lines, output)?;
    }
    if args.ledger || opened.limits().iter().any(|sum| sum.given.is_some_and(|given| !given.is_zero())) {
        section("Lifetime limits", &words::limits(&opened.limits()), output)?;
    }
    if args.history {
        let lines: Vec<String> =
            opened.folded.history.iter().flat_map(|item| history_lines(&opened.regimen, item)).collect();
        section("History", &lines, output)?;
    }
    Ok(())
}

fn history_lines(regimen: &Regimen, item: &HistoryEntry) -> Vec<String> {
    let under = words::provenance(regimen, item).into_iter().map(|line| format!("        {line}"));
    std::iter::once(words::history(regimen, item)).chain(under).collect()
}

fn section(title: &str, lines: &[String], output: &mut Output) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    output.line("")?;
    output.line(title)?;
    lines.iter().try_for_each(|line| output.line(&format!("  {line}")))
}

fn document(opened: &Opened, ledger: Option<&Ledger>) -> Value {
    let plan = match &opened.plan {
        Ok(plan) => export::json::plan(&present::schedule(&opened.regimen, &opened.folded, plan)),
        Err(findings) => json!({ "findings": findings_value(findings) }),
    };
    let delivered: Vec<Value> = opened
        .folded
        .delivered
        .iter()
        .map(|one| json!({ "entry": one.seq, "date": one.on.write(), "given": one.given }))
        .collect();
    let history: Vec<Value> = opened
        .folded
        .history
        .iter()
        .map(|item| {
            let status = match item.status {
                EntryStatus::Holds => json!({ "holds": true }),
                EntryStatus::CorrectedBy(by) => json!({ "corrected_by": by }),
                EntryStatus::UndoneBy(by) => json!({ "undone_by": by }),
            };
            json!({
                "entry": item.entry.seq,
                "effective": item.entry.effective.write(),
                "recorded": item.entry.recorded,
                "who": item.entry.who,
                "event": item.entry.event,
                "answers": item.entry.answers,
                "today": item.entry.today,
                "imported_from": Some(&item.entry.origin).filter(|origin| !origin.is_empty()),
                "standing": status,
            })
        })
        .collect();
    json!({
        "format": 2,
        "subject": opened.code,
        "regimen": opened.folded.regimen,
        "stopped": opened.folded.course.stopped.as_ref().map(|(on, why)| json!({ "on": on.write(), "reason": why })),
        "stopped_drugs": opened.folded.course.stopped_drugs.iter().map(|(drug, (on, why))| {
            json!({ "drug": drug, "on": on.write(), "reason": why })
        }).collect::<Vec<_>>(),
        "findings": findings_value(&words::checks_that_differ(&opened.folded)),
        "plan": plan,
        "given": delivered,
        "ledger": ledger.map(ledger_value),
        "limits": opened.limits().iter().map(limit_value).collect::<Vec<_>>(),
        "history": history,
    })
}

fn findings_value(findings: &[Finding]) -> Value {
    serde_json::to_value(findings).unwrap_or(Value::Null)
}

fn limit_value(sum: &LifetimeTotal) -> Value {
    let figure = |value: Option<Decimal>| value.map(|value| number::plain(decimal::half_up(value, 4)));
    json!({
        "name": sum.name,
        "most": sum.most.write(),
        "before": figure(sum.before),
        "given": figure(sum.given),
        "planned": figure(sum.planned),
        "percent": figure(sum.percent()),
    })
}

fn ledger_value(ledger: &Ledger) -> Value {
    let text = |amount: Option<crate::quantity::Amount>| amount.map(|amount| amount.write());
    let figure = |value: Decimal| number::plain(decimal::half_up(value, 4));
    let drugs: Vec<Value> = ledger
        .drugs
        .iter()
        .map(|one| {
            json!({
                "drug": one.drug,
                "doses": one.doses,
                "uncounted_runs": one.uncounted,
                "planned": text(one.planned),
                "delivered": text(one.delivered),
                "before": one.before,
                "cumulative": text(one.cumulative),
                "relative_dose_intensity": one.intensity.map(|i| figure(i.relative)),
                "dose_part": one.intensity.map(|i| figure(i.dose)),
                "time_part": one.intensity.map(|i| figure(i.time)),
            })
        })
        .collect();
    json!({
        "drugs": drugs,
        "regimen_relative_dose_intensity": ledger.regimen.map(figure),
        "cycles": ledger.cycles,
        "planned_days": ledger.planned_days,
        "actual_days": ledger.actual_days,
        "convention": ledger::CONVENTION,
    })
}

/// Options of `import`.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// A file that `posology subject export` wrote
    file: std::path::PathBuf,
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    who: Who,
}

pub(super) fn import(args: &ImportArgs, output: &mut Output) -> Result<(), Failure> {
    let stamp = args.who.stamp()?;
    let library = args.places.library(&args.places.site()?)?;
    let wrong = |why: &dyn std::fmt::Display| Failure::unreadable(format!("{}: {why}", args.file.display()));
    let known = args.file.metadata().map_err(|error| wrong(&error))?;
    if !known.is_file() {
        return Err(wrong(&"it is not a file").hint("name a file that posology subject export wrote"));
    }
    let file = std::fs::File::open(&args.file).map_err(|error| wrong(&error))?;
    let mut store = subjects::require_intact(Store::open(&args.data.folder()?)?)?;
    let done = subjects::import(&mut store, &mut std::io::BufReader::new(file), &stamp, &library)?;
    let last = done.first + done.events as u64 - 1;
    output.recorded(format!("{} is recorded as entries {} through {last}", done.subject, done.first));
    data::warn(&store, output);
    if output.is_json() {
        return output
            .json(&json!({ "format": 1, "subject": done.subject, "events": done.events, "head": done.head.hash }));
    }
    output.line(&format!("Imported {}: {} events; the record is now {}", done.subject, done.events, head(&done.head)))
}

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The subject's code
    code: String,
    /// Write to a file, which nobody else may read, instead of the screen
    #[arg(short, long, value_name = "FILE")]
    output: Option<std::path::PathBuf>,
    /// Overwrite the file if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    data: Data,
}

pub(super) fn export(args: &ExportArgs, output: &mut Output) -> Result<(), Failure> {
    if let Some(why) =
        args.output.as_deref().and_then(|path| export::ending::wrong_ending(export::format("jsonl")?, path))
    {
        return Err(Failure::usage(why).hint("name the file such as S-014.jsonl"));
    }
    let store = args.data.intact(output)?;
    let mut bytes = Vec::new();
    store.export_subject(&args.code, &mut bytes)?;
    table::deliver(args.output.as_deref(), args.force, &bytes, output)
}
