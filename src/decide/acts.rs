//! What happened to measurements, doses and cycles.

use crate::calendar::{self, Date, days_between};
use crate::course::event::{
    Before, Criteria, Delayed, Event, Exposure, Given, Measured, NotGiven, Reason, Supply, SupplyAct,
};
use crate::course::{CycleKey, Deed, Key};
use crate::finding::{Finding, Severity};
use crate::plan::Administration;
use crate::plausibility::{self, Measurements, Policy, Previous};
use crate::quantity::{Amount, Basis, Creatinine, Height, Weight, decimal, number};
use crate::regimen::Regimen;
use crate::regimen::model::{Drug, Rounding};

use super::code::dose_in_text;
use super::command::Scope;
use super::{Context, Draft, past, reasoned};

/// The drug a word names.
pub(super) fn drug<'r>(regimen: &'r Regimen, word: &str) -> Result<&'r Drug, Finding> {
    let named = |drug: &&Drug| drug.id == word || drug.name == word || drug.also.iter().any(|also| also == word);
    regimen.drugs().find(named).ok_or_else(|| {
        let mut ids: Vec<&str> = regimen.drugs().map(|drug| drug.id.as_str()).collect();
        ids.dedup();
        let text = format!("{} has no drug \"{}\"; it has {}.", regimen.name, number::shown(word), ids.join(", "));
        Finding::block("unknown-drug", text).field("drug")
    })
}

/// The cycle meant by a number, and by a phase where the number alone does not say.
pub(super) fn cycle(context: &Context<'_>, phase: Option<&str>, number: u32) -> Result<CycleKey, Finding> {
    let refuse = |text: String, help: String| Err(Finding::block("no-such-cycle", text).field("cycle").help(help));
    if phase.is_some_and(|phase| !context.regimen.phases.iter().any(|known| known.id.as_deref() == Some(phase))) {
        let known: Vec<&str> = context.regimen.phases.iter().filter_map(|phase| phase.id.as_deref()).collect();
        let text = format!("{} has no phase \"{}\".", context.regimen.name, number::shown(phase.unwrap_or_default()));
        return refuse(
            text,
            format!(
                "it has {}",
                if known.is_empty() { "one phase without a name".to_owned() } else { known.join(", ") }
            ),
        );
    }
    let Some(plan) = context.plan else {
        let first = context.regimen.phases.first().and_then(|phase| phase.id.clone());
        return Ok((phase.map(str::to_owned).or(first), number));
    };
    let fits = |cycle: &&crate::plan::PlannedCycle| {
        cycle.number == number && phase.is_none_or(|phase| cycle.phase_id.as_deref() == Some(phase))
    };
    let mut found = plan.cycles.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(cycle), None) => Ok(cycle.key()),
        (Some(_), Some(_)) => {
            refuse(format!("Cycle {number} stands in several phases."), "name the phase with --phase".to_owned())
        }
        (None, _) => {
            let last = plan.cycles.iter().map(|cycle| cycle.number).max().unwrap_or(0);
            refuse(format!("The plan has no cycle {number}."), format!("it has cycles 1 through {last}"))
        }
    }
}

/// The planned administrations a scope means.
fn meant<'a>(context: &Context<'a>, scope: &Scope) -> Result<Vec<&'a Administration>, Finding> {
    let (phase, number) = cycle(context, scope.phase.as_deref(), scope.cycle)?;
    let drug = scope.drug.as_ref().map(|word| drug(context.regimen, word)).transpose()?;
    let Some(plan) = context.plan else { return Ok(Vec::new()) };
    let fits = |one: &&Administration| {
        one.key.phase == phase
            && one.key.cycle == number
            && scope.day.is_none_or(|day| one.key.day == day)
            && drug.is_none_or(|drug| one.key.drug == drug.id)
            && scope.part.is_none_or(|part| one.key.part == Some(part))
    };
    Ok(plan.administrations.iter().filter(fits).collect())
}

pub(super) fn measure(
    context: &Context<'_>,
    on: Date,
    height: Option<Height>,
    weight: Option<Weight>,
    creatinine: Option<Creatinine>,
    remeasured: bool,
) -> Result<Draft, Finding> {
    past(context, on)?;
    if height.is_none() && weight.is_none() && creatinine.is_none() {
        let text = "Nothing was measured.";
        return Err(Finding::block("nothing", text).help("give --weight, --height or --creatinine"));
    }
    let asks = plausible(context, on, (height, weight, creatinine), remeasured)?;
    let event = Event::Measured(Measured { height, weight, creatinine, remeasured });
    Ok(Draft::one(on, event).asking(asks))
}

/// The newest figures before a day.
fn earlier(context: &Context<'_>, on: Date) -> Previous {
    let course = &context.folded.course;
    let start = Previous {
        height: course.subject.height,
        weight: course.subject.weight,
        creatinine: course.subject.creatinine,
        measured: course.subject.measured.or(Some(course.start)),
    };
    course.measurements.iter().filter(|one| one.on <= on).fold(start, |known, one| Previous {
        height: one.height.or(known.height),
        weight: one.weight.or(known.weight),
        creatinine: one.creatinine.or(known.creatinine),
        measured: one.weight.map_or(known.measured, |_| Some(one.on)),
    })
}

/// A weight alone is looked at beside the height that is known.
fn plausible(
    context: &Context<'_>,
    on: Date,
    (height, weight, creatinine): (Option<Height>, Option<Weight>, Option<Creatinine>),
    remeasured: bool,
) -> Result<Vec<Finding>, Finding> {
    let subject = &context.folded.course.subject;
    let before = earlier(context, on);
    let body = height.is_some() || weight.is_some();
    let measurements = Measurements {
        height: if body { height.or(before.height) } else { None },
        weight: if body { weight.or(before.weight) } else { None },
        age: subject.age,
        sex: subject.sex,
        creatinine,
        previous: Some(before),
        measured: Some(on),
        ..Measurements::default()
    };
    let policy = Policy {
        remeasured,
        body_surface_dosing: context.regimen.drugs().any(|drug| drug.dose.basis == Basis::PerM2),
        ..Policy::default()
    };
    let findings = plausibility::check(&measurements, &policy);
    // The plan tells of a changed weight with both doses, against the regimen's own threshold.
    let planned = context.regimen.body.is_some();
    let theirs = |finding: &Finding| planned && finding.code == "weight-change";
    match findings.iter().find(|finding| finding.severity == Severity::Block) {
        Some(block) => Err(block.clone()),
        None => Ok(findings.into_iter().filter(|finding| !theirs(finding)).collect()),
    }
}

/// What was given.
pub(super) struct Giving<'a> {
    pub scope: &'a Scope,
    pub on: Option<Date>,
    pub dose: Option<Amount>,
    pub partly: bool,
    pub second: bool,
    pub reason: Option<&'a str>,
}

pub(super) fn give(context: &Context<'_>, giving: &Giving<'_>) -> Result<Draft, Finding> {
    let reason = giving.reason.map(reasoned).transpose()?;
    if giving.partly && (reason.is_none() || giving.dose.is_none()) {
        let text = "A dose given in part needs the amount that went in, and the reason.";
        return Err(Finding::block("partly", text)
            .field("dose")
            .help("such as --dose \"80 mg\" --reason \"infusion reaction\""));
    }
    let meant = meant(context, giving.scope)?;
    if meant.is_empty() {
        return unplanned(context, giving, reason);
    }
    if giving.dose.is_some() && meant.len() > 1 {
        let text = format!("{} means {} administrations, and one dose was named.", giving.scope.words(), meant.len());
        return Err(Finding::block("which", text).field("drug").help("name the drug and the day: --drug … --day …"));
    }
    let mut days: Vec<i32> = meant.iter().map(|one| one.key.day).collect();
    days.sort_unstable();
    days.dedup();
    if let (Some(_), [_, _, ..]) = (giving.on, days.as_slice()) {
        let text = format!("{} has doses on several days, and one date was named.", giving.scope.words());
        return Err(Finding::block("which", text).field("day").help("name the day: --day 1"));
    }
    let mut draft = Draft { events: Vec::new(), asks: Vec::new(), fact: true };
    for one in meant {
        let event = given(context, giving, one, reason.clone(), &mut draft.asks)?;
        draft.events.push(event);
    }
    Ok(draft)
}

fn given(
    context: &Context<'_>,
    giving: &Giving<'_>,
    one: &Administration,
    reason: Option<String>,
    asks: &mut Vec<Finding>,
) -> Result<(Date, Event), Finding> {
    let on = past(context, giving.on.unwrap_or(one.date))?;
    once(context, &one.key, giving.second, asks)?;
    if let Some(Deed::Omitted(why)) = context.folded.course.deeds.get(&one.key) {
        let text = format!("{} was recorded as omitted ({why}). Was it given after all?", one.key);
        asks.push(Finding::warn("was-omitted", text));
    }
    let dose = giving.dose.unwrap_or(one.dose.amount);
    asks.extend(differs(context, one, dose, giving.partly));
    asks.extend(reason.as_deref().filter(|_| giving.dose.is_none()).and_then(dose_in_text));
    asks.extend(age_of_weight(context, one, on));
    let given = Given {
        key: one.key.clone(),
        dose,
        planned: Some(one.dose.amount),
        planned_on: Some(one.date),
        inputs: one.dose.steps.iter().map(crate::dosing::Step::sentence).collect(),
        partly: giving.partly,
        second: giving.second,
        reason,
    };
    Ok((on, Event::Given(given)))
}

/// The same administration twice: a slip of the pen, or a second dose?
fn once(context: &Context<'_>, key: &Key, second: bool, asks: &mut Vec<Finding>) -> Result<(), Finding> {
    let earlier = context.folded.delivered.iter().rev().find(|one| one.given.key == *key);
    match (earlier, second) {
        (None, false) => Ok(()),
        (None, true) => {
            let text = format!("{key} has no dose on record, so this is not a second one.");
            Err(Finding::block("no-first-dose", text).field("second-dose").help("leave --second-dose out"))
        }
        (Some(one), false) => {
            let text = format!(
                "{key} was recorded as given on {} ({}, entry {}). Mend that entry, or was a second dose given?",
                calendar::print(one.on),
                one.given.dose,
                one.seq
            );
            let help = format!("correct entry {} or undo it; a second dose is recorded with --second-dose", one.seq);
            Err(Finding::block("already-given", text).field("day").help(help))
        }
        (Some(one), true) => {
            let text = format!("{key} was given twice: {} on {} already.", one.given.dose, calendar::print(one.on));
            asks.push(Finding::warn("second-dose", text));
            Ok(())
        }
    }
}

/// Against the regimen's own limit; where it states none, every difference is asked about.
fn differs(context: &Context<'_>, one: &Administration, dose: Amount, partly: bool) -> Option<Finding> {
    let planned = one.dose.amount;
    let same = dose.in_unit(planned.unit).map(|dose| dose.value);
    if same == Some(planned.value) {
        return None;
    }
    let drug = context.regimen.phases.get(one.phase)?.drugs.get(one.drug)?;
    let within = match &drug.rounding {
        Rounding::Step { within, .. } | Rounding::Bands { within, .. } => *within,
        Rounding::None | Rounding::Unknown => None,
    };
    let Some(percent) = same.and_then(|value| decimal::difference_percent(value, planned.value)) else {
        let text = format!("{}: {dose} given, and {planned} planned; the units do not compare.", one.key);
        return Some(Finding::warn("dose-differs", text).field("dose"));
    };
    let what = if partly { "given in part, " } else { "" };
    let text = format!("{}: {what}{dose} against {planned} planned ({}).", one.key, number::percent(percent));
    let small = within.is_some_and(|within| percent.abs() <= within);
    let severity = if small && !partly { Severity::Note } else { Severity::Warn };
    Some(Finding::new(severity, "dose-differs", text).field("dose"))
}

/// Told, not asked: what was given was given.
fn age_of_weight(context: &Context<'_>, one: &Administration, on: Date) -> Option<Finding> {
    let flat = one.dose.per.basis == Basis::Flat;
    let course = &context.folded.course;
    let newest = course.measurements.iter().filter(|one| one.weight.is_some() && one.on <= on).map(|one| one.on).max();
    let measured = newest.or(course.subject.measured).unwrap_or(course.start);
    let days = days_between(measured, on);
    (!flat && days > 7).then(|| {
        let text = format!("{}: the weight was {days} days old ({}).", one.key, calendar::print(measured));
        Finding::note("stale-weight", text).field("weight")
    })
}

/// A dose that no plan holds can still have been given.
fn unplanned(context: &Context<'_>, giving: &Giving<'_>, reason: Option<String>) -> Result<Draft, Finding> {
    let scope = giving.scope;
    let refuse = |text: &str| {
        let help = "name everything: --drug … --day … --on DATE --dose \"… mg\"";
        Err(Finding::block("not-planned", format!("The plan has no {}. {text}", scope.words())).field("day").help(help))
    };
    let (Some(word), Some(day), Some(on), Some(dose)) = (&scope.drug, scope.day, giving.on, giving.dose) else {
        return refuse("A dose that was given outside the plan needs its drug, day, date and dose.");
    };
    let drug = drug(context.regimen, word)?;
    let (phase, number) = cycle(context, scope.phase.as_deref(), scope.cycle)?;
    let on = past(context, on)?;
    let key = Key { phase, cycle: number, day, drug: drug.id.clone(), part: scope.part };
    let mut asks = Vec::new();
    once(context, &key, giving.second, &mut asks)?;
    let text = format!("{key} was not planned; {dose} on {} is kept as it happened.", calendar::with_weekday(on));
    asks.push(Finding::warn("not-planned", text).field("day"));
    let given = Given {
        key,
        dose,
        planned: None,
        planned_on: None,
        inputs: Vec::new(),
        partly: giving.partly,
        second: giving.second,
        reason,
    };
    Ok(Draft::one(on, Event::Given(given)).fact().asking(asks))
}

pub(super) fn not_given(
    context: &Context<'_>,
    scope: &Scope,
    reason: &str,
    event: fn(NotGiven) -> Event,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    let keys: Vec<Key> = meant(context, scope)?.into_iter().map(|one| one.key.clone()).collect();
    if keys.is_empty() {
        let text = format!("The plan has no {}.", scope.words());
        return Err(Finding::block("not-planned", text).field("day"));
    }
    let given = context.folded.delivered.iter().find(|one| keys.contains(&one.given.key));
    if let Some(one) = given {
        let text = format!("{} was given on {} (entry {}).", one.given.key, calendar::print(one.on), one.seq);
        let help = format!("undo entry {} if it never happened, or name the drug or day that was not given", one.seq);
        return Err(Finding::block("already-given", text).field("day").help(help));
    }
    let not_given = NotGiven { keys, scope: scope.words(), reason };
    Ok(Draft::one(context.now, event(not_given)).fact())
}

pub(super) fn delay(
    context: &Context<'_>,
    phase: Option<&str>,
    number: u32,
    days: i32,
    reason: &str,
    required: bool,
) -> Result<Draft, Finding> {
    let reason = reasoned(reason)?;
    if !(-60..=400).contains(&days) {
        let text = format!("A delay of {days} days is outside -60 to 400.");
        return Err(Finding::block("delay", text).field("days").help("stop treatment, or correct the number"));
    }
    let cycle = cycle(context, phase, number)?;
    if context.folded.treated().contains(&cycle) {
        let text = format!("Cycle {number} was begun already; its day 1 is the day on which it was given.");
        return Err(Finding::block("already-given", text).field("cycle").help("correct the entry of the dose"));
    }
    let delayed = Delayed { cycle, days, reason, required };
    Ok(Draft::one(context.now, Event::Delayed(delayed)))
}

pub(super) fn criteria(
    context: &Context<'_>,
    phase: Option<&str>,
    number: u32,
    day: i32,
    met: bool,
    found: &str,
) -> Result<Draft, Finding> {
    let found = reasoned(found)?;
    let cycle = cycle(context, phase, number)?;
    Ok(Draft::one(context.now, Event::Criteria(Criteria { cycle, day, met, found })).fact())
}

pub(super) fn expose(context: &Context<'_>, word: &str, before: &Before) -> Result<Draft, Finding> {
    let drug = drug(context.regimen, word)?.id.clone();
    Ok(Draft::one(context.now, Event::Exposure(Exposure { drug, before: before.clone() })).fact())
}

pub(super) fn supply(
    context: &Context<'_>,
    scope: &Scope,
    act: SupplyAct,
    count: u32,
    on: Date,
    reason: Option<&str>,
) -> Result<Draft, Finding> {
    past(context, on)?;
    let reason = reason.map(reasoned).transpose()?;
    let runs: Vec<&Administration> = meant(context, scope)?.into_iter().filter(|one| one.run.is_some()).collect();
    let [run] = runs.as_slice() else {
        let text = format!("{} means {} runs of home doses; one is needed.", scope.words(), runs.len());
        return Err(Finding::block("which", text).field("drug").help("name the drug and the day the run begins"));
    };
    let event = Event::Supply(Supply { key: run.key.clone(), act, count, reason });
    Ok(Draft::one(on, event).fact())
}

pub(super) fn stop(context: &Context<'_>, on: Date, reason: &str) -> Result<Draft, Finding> {
    past(context, on)?;
    let reason = reasoned(reason)?;
    if let Some((stopped, why)) = &context.folded.course.stopped {
        let text = format!("Treatment was stopped on {} already ({why}).", calendar::print(*stopped));
        return Err(Finding::block("stopped", text).field("on").help("correct or undo that entry"));
    }
    Ok(Draft::one(on, Event::Stopped(Reason { reason })).fact())
}

pub(super) fn note(context: &Context<'_>, text: &str) -> Result<Draft, Finding> {
    let reason = reasoned(text)?;
    let asks = dose_in_text(&reason);
    Ok(Draft::one(context.now, Event::Note(Reason { reason })).fact().asking(asks))
}
