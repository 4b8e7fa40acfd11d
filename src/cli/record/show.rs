//! `posology subject list`, `show`, `export`: what the record says.

use serde_json::{Value, json};

use crate::calendar;
use crate::cli::Output;
use crate::course::fold::{Standing, Told};
use crate::course::{Folded, Text};
use crate::export;
use crate::failure::Failure;
use crate::finding::Finding;
use crate::ledger::{self, Ledger};
use crate::plan::{self, AdministrationState};
use crate::present;
use crate::quantity::{Decimal, decimal, number};

use super::open::{Opened, Reading, subject};

/// Options of `list`.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn list(args: &ListArgs, output: &mut Output) -> Result<(), Failure> {
    let (store, site) = (args.reading.store()?, args.reading.site()?);
    let mut rows = Vec::new();
    for code in store.subjects()? {
        rows.push(row(&subject(&store, &code, &site)?));
    }
    if output.is_json() {
        return output.json(&json!({ "format": 1, "subjects": rows }));
    }
    for row in &rows {
        let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        output.line(&format!(
            "{:<12} {:<44} {:<24} {}",
            text("code"),
            text("regimen"),
            text("standing"),
            text("next")
        ))?;
    }
    if rows.is_empty() { output.line("no subjects yet") } else { Ok(()) }
}

fn row(opened: &Opened) -> Value {
    let course = &opened.folded.course;
    let plan = opened.plan.as_ref().ok();
    let next =
        plan.and_then(|plan| plan.administrations.iter().find(|one| one.state == AdministrationState::Projected));
    let next = next.map(|one| format!("{} on {}", one.key, calendar::with_weekday(one.date)));
    let standing = match (&course.stopped, plan) {
        (Some((on, _)), _) => format!("stopped {}", calendar::print(*on)),
        (None, None) => "blocked".to_owned(),
        (None, Some(_)) => "on treatment".to_owned(),
    };
    json!({
        "code": opened.code,
        "regimen": opened.folded.regimen.id,
        "version": opened.folded.regimen.version,
        "start": calendar::iso(course.start),
        "standing": standing,
        "next": next,
        "doses_given": opened.folded.delivered.len(),
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
    let (store, site) = (args.reading.store()?, args.reading.site()?);
    let opened = subject(&store, &args.code, &site)?;
    let full = plan::plan(&opened.regimen, &ledger::at_full_dose(&opened.folded.course), &site, opened.options);
    let ledger = full.ok().map(|full| ledger::ledger(&opened.regimen, &opened.folded, &full));
    if output.is_json() {
        return output.json(&document(&opened, ledger.as_ref()));
    }
    output.line(&format!("Subject {}", opened.code))?;
    match &opened.plan {
        Ok(plan) => {
            let schedule = present::schedule(&opened.regimen, &opened.folded.course, plan);
            let options = export::Options {
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
    given(&opened.folded, output)?;
    if args.ledger {
        ledger.iter().try_for_each(|ledger| ledger_lines(ledger, output))?;
    }
    if args.history {
        output.line("\nHistory")?;
        opened.folded.history.iter().try_for_each(|told| output.line(&history_line(told)))?;
    }
    Ok(())
}

fn given(folded: &Folded, output: &mut Output) -> Result<(), Failure> {
    if folded.delivered.is_empty() {
        return Ok(());
    }
    output.line("\nGiven")?;
    for one in &folded.delivered {
        let planned = match one.given.planned {
            Some(planned) if planned == one.given.dose => String::new(),
            Some(planned) => format!(" (planned {planned})"),
            None => " (not planned)".to_owned(),
        };
        let part = if one.given.partly { ", in part" } else { "" };
        let second = if one.given.second { ", a second dose" } else { "" };
        let on = calendar::with_weekday(one.on);
        output.line(&format!(
            "  {on}  {}  {}{planned}{part}{second}  [entry {}]",
            one.given.key, one.given.dose, one.seq
        ))?;
    }
    Ok(())
}

fn percent(value: Decimal) -> String {
    format!("{} %", number::print(decimal::half_up(value, 1)))
}

fn ledger_lines(ledger: &Ledger, output: &mut Output) -> Result<(), Failure> {
    output.line(&format!(
        "\nDoses so far: {} cycles, {} days planned, {} days taken",
        ledger.cycles, ledger.planned_days, ledger.actual_days
    ))?;
    let amount = |amount: Option<crate::quantity::Amount>| match amount {
        Some(amount) => crate::quantity::Amount { value: decimal::half_up(amount.value, 3), ..amount }.to_string(),
        None => "unknown".to_owned(),
    };
    for one in &ledger.drugs {
        let intensity = one.intensity.map_or_else(
            || "dose intensity not computed".to_owned(),
            |i| format!("dose intensity {} (dose {}, time {})", percent(i.relative), percent(i.dose), percent(i.time)),
        );
        let delivered = if one.doses == 0 { "none".to_owned() } else { amount(one.delivered) };
        let planned = one.planned.map_or_else(|| "none".to_owned(), |planned| amount(Some(planned)));
        let cumulative = match &one.before {
            None => "exposure before not asked".to_owned(),
            Some(_) => format!("cumulative {}", amount(one.cumulative)),
        };
        output.line(&format!(
            "  {}: {} doses, {delivered} delivered of {planned} planned at full dose; {cumulative}; {intensity}",
            one.drug, one.doses
        ))?;
    }
    if let Some(regimen) = ledger.regimen {
        output.line(&format!("  regimen: dose intensity {}", percent(regimen)))?;
    }
    output.line(&format!("  {}", ledger::CONVENTION))
}

fn history_line(told: &Told) -> String {
    let entry = &told.entry;
    let standing = match told.standing {
        Standing::Holds => String::new(),
        Standing::CorrectedBy(by) => format!("  (corrected by entry {by})"),
        Standing::UndoneBy(by) => format!("  (undone by entry {by})"),
    };
    let about = entry.event.points_at().map_or_else(String::new, |at| format!(" entry {at}"));
    let reason = entry.event.reason().map_or_else(String::new, |reason| format!(": {reason}"));
    let answers = entry.answers.iter().map(|answer| format!("\n        answered {}: {}", answer.code, answer.reason));
    format!(
        "  {:>4}  {}  {}{about}{reason}  - {} at {}{standing}{}",
        entry.seq,
        calendar::print(entry.effective),
        entry.event.kind(),
        entry.who,
        entry.recorded,
        answers.collect::<String>()
    )
}

fn document(opened: &Opened, ledger: Option<&Ledger>) -> Value {
    let plan = match &opened.plan {
        Ok(plan) => serde_json::to_value(present::schedule(&opened.regimen, &opened.folded.course, plan)),
        Err(findings) => serde_json::to_value(json!({ "findings": findings_value(findings) })),
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
        .map(|told| {
            let standing = match told.standing {
                Standing::Holds => json!({ "holds": true }),
                Standing::CorrectedBy(by) => json!({ "corrected_by": by }),
                Standing::UndoneBy(by) => json!({ "undone_by": by }),
            };
            json!({
                "entry": told.entry.seq,
                "effective": told.entry.effective.write(),
                "recorded": told.entry.recorded,
                "who": told.entry.who,
                "event": told.entry.event,
                "answers": told.entry.answers,
                "standing": standing,
            })
        })
        .collect();
    json!({
        "format": 1,
        "subject": opened.code,
        "regimen": opened.folded.regimen,
        "plan": plan.unwrap_or(Value::Null),
        "given": delivered,
        "ledger": ledger.map(ledger_value),
        "history": history,
    })
}

fn findings_value(findings: &[Finding]) -> Value {
    serde_json::to_value(findings).unwrap_or(Value::Null)
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

/// Options of `export`.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The subject's code
    code: String,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn export(args: &ExportArgs, output: &mut Output) -> Result<(), Failure> {
    let store = args.reading.store()?;
    let mut bytes = Vec::new();
    store.export_subject(&args.code, &mut bytes)?;
    output.bytes(&bytes)
}
