//! What was given: once, in order, and what it differs from.

use std::collections::BTreeSet;

use crate::calendar::{Date, days_between};
use crate::course::event::{Event, Given};
use crate::course::fold::LookedAt;
use crate::course::{AdministrationRecord, Key, Product, Times};
use crate::dosing::Dose;
use crate::finding::{Finding, Severity};
use crate::plan::{self, Administration, Plan};
use crate::quantity::{Amount, Basis, Decimal, Portion, decimal};
use crate::regimen::{Drug, Role, Rounding};

use super::code::dose_in_text;
use super::command::Scope;
use super::findings::{self, Difference};
use super::scope::{administrations_in_scope, cycle, drug};
use super::{Context, Draft, after, dates, held, infused, past, reasoned, unverified};

/// What was given.
pub(super) struct Giving<'a> {
    pub scope: &'a Scope,
    pub on: Option<Date>,
    pub dose: Option<Amount>,
    pub partly: bool,
    pub second: bool,
    pub product: &'a Product,
    pub times: &'a Times,
    pub reason: Option<&'a str>,
}

pub(super) fn give(context: &Context<'_>, giving: &Giving<'_>) -> Result<Draft, Finding> {
    let reason = giving.reason.map(reasoned).transpose()?;
    if giving.partly && (reason.is_none() || giving.dose.is_none()) {
        return Err(findings::partly_incomplete());
    }
    let planned = administrations_in_scope(context, giving.scope)?;
    if planned.is_empty() {
        return unplanned(context, giving, reason);
    }
    if (giving.dose.is_some() || !giving.times.is_empty()) && planned.len() > 1 {
        let of_one = if giving.dose.is_some() { "one dose was" } else { "the hours of one were" };
        return Err(findings::several_administrations(context.regimen, giving.scope, planned.len(), of_one));
    }
    let drugs: BTreeSet<&str> = planned.iter().map(|one| one.key.drug.as_str()).collect();
    if !giving.product.is_empty() && drugs.len() > 1 {
        return Err(findings::several_drugs(context.regimen, giving.scope, giving.product, drugs.len()));
    }
    let mut days: Vec<i32> = planned.iter().map(|one| one.key.day).collect();
    days.sort_unstable();
    days.dedup();
    if let (Some(_), [_, _, ..]) = (giving.on, days.as_slice()) {
        return Err(findings::several_days(context.regimen, giving.scope));
    }
    let asks = out_of_order(context, &planned).into_iter().chain(held::before(context, &planned)).collect();
    let mut draft = Draft { events: Vec::new(), asks, fact: true, regimen: None };
    let then = of_the_day(context, giving, &planned)?;
    for one in planned.iter().copied() {
        draft.asks.extend(held::step_before(context, one, &planned).filter(|_| !giving.second));
        let planned = then.as_ref().and_then(|plan| planned_of(plan, one));
        let planned = planned.unwrap_or((one.portion(), &*one.dose));
        let event = given(context, giving, (one, planned), reason.clone(), &mut draft.asks)?;
        draft.events.push(event);
    }
    Ok(draft)
}

/// The plan as it is once the doses were given on a day they were not planned on: a day decides which weight holds, and what was
/// planned of a dose is what was planned of it on that day.
fn of_the_day(
    context: &Context<'_>,
    giving: &Giving<'_>,
    planned: &[&Administration],
) -> Result<Option<Plan>, Finding> {
    let Some(on) = giving.on.filter(|on| !giving.second && planned.iter().any(|one| one.date != *on)) else {
        return Ok(None);
    };
    let events = planned.iter().map(|one| (on, Event::Given(bare(giving, one, (one.portion(), &*one.dose), None))));
    let draft = Draft { events: events.collect(), asks: Vec::new(), fact: true, regimen: None };
    let course = after(context, &draft)?.course;
    Ok(plan::plan(context.regimen, &course, context.site, context.options).ok())
}

/// What a plan says of a dose, whatever happened.
fn planned_of<'a>(plan: &'a Plan, one: &Administration) -> Option<(Portion, &'a Dose)> {
    let planned = plan.administrations.iter().find(|other| other.key == one.key)?.planned.as_ref()?;
    let portion = Portion { amount: planned.dose.amount, halves: planned.dose.parts, days: planned.days };
    Some((portion, &*planned.dose))
}

/// What would be kept of a dose.
fn bare(giving: &Giving<'_>, one: &Administration, (portion, dose): (Portion, &Dose), reason: Option<String>) -> Given {
    let amount = amount_given(giving, one, portion);
    // Nothing was planned of a second dose, so it differs from nothing.
    let planned = (!giving.second).then_some(portion);
    Given {
        key: one.key.clone(),
        dose: amount.amount,
        morning: amount.halves.map(|(morning, _)| morning),
        evening: amount.halves.map(|(_, evening)| evening),
        days: amount.days,
        planned: planned.map(|dose| dose.amount),
        planned_words: planned.filter(|dose| !dose.is_plain()).map(|dose| dose.to_string()),
        planned_on: planned.map(|_| one.date),
        inputs: dose.steps.iter().map(crate::dosing::Step::sentence).collect(),
        product: giving.product.clone(),
        times: *giving.times,
        partly: giving.partly,
        second: giving.second,
        reason,
    }
}

fn given(
    context: &Context<'_>,
    giving: &Giving<'_>,
    (one, planned): (&Administration, (Portion, &Dose)),
    reason: Option<String>,
    asks: &mut Vec<Finding>,
) -> Result<(Date, Event), Finding> {
    let on = past(context, giving.on.unwrap_or(one.date))?;
    hours(context, giving.times, on)?;
    check_not_already_given(context, &one.key, giving.second, asks)?;
    if let Some(AdministrationRecord::Omitted(why)) = context.folded.course.recorded.get(&one.key) {
        asks.push(findings::was_omitted(one.key.named(context.regimen), why));
    }
    let held = held::of(context, one).filter(|held| !asks.contains(held));
    asks.extend(held);
    let unmet = not_met(context, &one.key).filter(|unmet| !asks.contains(unmet));
    asks.extend(unmet);
    let unverified = unverified::told(context, one, "given").filter(|told| !giving.second && !asks.contains(told));
    asks.extend(unverified);
    let amount = amount_given(giving, one, planned.0);
    let difference = differs(context, &one.key, planned.0, amount, giving.partly);
    // Nothing was planned of a second dose, so that it differs from nothing, until it is more than twice what was planned of the first.
    asks.extend(difference.filter(|told| !giving.second || told.severity == Severity::Confirm));
    asks.extend(reason.as_deref().filter(|_| giving.dose.is_none()).and_then(dose_in_text));
    asks.extend(infused::told(context, one, (on, giving.times, giving.partly)));
    asks.extend(age_of_weight(context, one, on));
    asks.extend(dates::of_dose(context, &dates::Dose { key: &one.key, on, planned: Some(one.date), entry: None })?);
    Ok((on, Event::Given(bare(giving, one, planned, reason))))
}

/// What is told of the hours of a dose has happened, and its end comes behind its start.
pub(super) fn hours(context: &Context<'_>, times: &Times, on: Date) -> Result<(), Finding> {
    past(context, times.last_day(on))?;
    if times.run_backwards(on) { Err(findings::stop_before_start(times, on)) } else { Ok(()) }
}

/// What went in: as planned, or the dose that was typed, in the unit of the plan, in which doses are added up. Of an infusion
/// dosed by the day a typed dose is that of each 24 hours; of one given in part, and of a second one, all that went in.
fn amount_given(giving: &Giving<'_>, one: &Administration, planned: Portion) -> Portion {
    let all = planned.days.and_then(|_| one.total());
    match giving.dose.map(|dose| dose.in_unit(planned.amount.unit).unwrap_or(dose)) {
        None if giving.second => Portion::once(all.unwrap_or(planned.amount)),
        None => planned,
        Some(dose) if giving.second => Portion::once(dose),
        Some(amount) => Portion {
            amount,
            halves: planned.halves.map(|_| (amount, amount)),
            days: planned.days.map(|days| if giving.partly { Decimal::ONE } else { days }),
        },
    }
}

/// The same administration twice: a slip of the pen, or a second dose?
fn check_not_already_given(
    context: &Context<'_>,
    key: &Key,
    second: bool,
    asks: &mut Vec<Finding>,
) -> Result<(), Finding> {
    let earlier = context.folded.delivered.iter().rev().find(|one| one.given.key == *key);
    match (earlier, second) {
        (None, false) => Ok(()),
        (None, true) => Err(findings::no_first_dose(key.named(context.regimen))),
        (Some(one), false) => Err(findings::given_already(context.regimen, one)),
        (Some(one), true) => {
            asks.push(findings::second_dose(context.regimen, one));
            Ok(())
        }
    }
}

/// An earlier cycle with nothing on record: forgotten, or the wrong cycle typed?
fn out_of_order(context: &Context<'_>, planned: &[&Administration]) -> Option<Finding> {
    let first = planned.first()?;
    let open = context.plan?.cycles.iter().find(|cycle| {
        (cycle.phase, cycle.number) < (first.phase, first.key.cycle) && !context.folded.touched(&cycle.key())
    })?;
    Some(findings::out_of_order(first.key.named(context.regimen), open.number))
}

/// The criteria to treat of that very day, as they were looked at last: given all the same?
pub(super) fn not_met(context: &Context<'_>, key: &Key) -> Option<Finding> {
    let of_day = |looked: &&LookedAt| {
        let criteria = &looked.criteria;
        (&criteria.cycle.0, criteria.cycle.1, criteria.day) == (&key.phase, key.cycle, key.day)
    };
    let treats = |drug: &Drug| drug.role == Role::Treatment;
    let LookedAt { on, criteria: last, .. } = context.folded.criteria.iter().rev().find(of_day)?;
    if last.met || !drug_of(context, key).is_none_or(treats) {
        return None;
    }
    Some(findings::criteria_not_met(key.named(context.regimen), *on, &last.found))
}

/// Against the regimen's own limit; where it states none, every difference is asked about.
fn differs(context: &Context<'_>, key: &Key, planned: Portion, dose: Portion, partly: bool) -> Option<Finding> {
    let in_unit = dose.amount.in_unit(planned.amount.unit);
    if in_unit.is_some_and(|amount| Portion { amount, ..dose } == planned) {
        return None;
    }
    // A morning and an evening, every day of an infusion: all of it beside all of it.
    let whole = planned.total(1, 1);
    let same = dose.total(1, 1).zip(whole).and_then(|(dose, whole)| dose.in_unit(whole.unit));
    let within = match drug_of(context, key).map(|drug| &drug.rounding) {
        Some(Rounding::Step { within, .. } | Rounding::Bands { within, .. }) => *within,
        Some(Rounding::None | Rounding::Unknown) | None => None,
    };
    let percent = same.zip(whole).and_then(|(same, whole)| decimal::difference_percent(same.value, whole.value));
    let Some(percent) = percent else { return Some(findings::units_differ(key.named(context.regimen), planned, dose)) };
    let small = within.is_some_and(|within| percent.abs() <= within);
    let severity = match percent {
        percent if percent > Decimal::ONE_HUNDRED => Severity::Confirm,
        _ if small && !partly => Severity::Note,
        _ => Severity::Warn,
    };
    Some(findings::dose_differs(severity, key.named(context.regimen), &Difference { planned, dose, percent, partly }))
}

/// The same of a dose that is corrected, against what was planned of it then.
pub(super) fn differs_from_planned(context: &Context<'_>, given: &Given) -> Option<Finding> {
    let planned = Portion { days: given.days, ..Portion::once(given.planned?) };
    if let (Some(_), Some(words)) = (given.morning, &given.planned_words) {
        return Some(findings::halves_differ(given.key.named(context.regimen), words, given.portion()));
    }
    differs(context, &given.key, planned, given.portion(), given.partly)
}

/// The drug that an identity means, in the text its cycle is planned on.
fn drug_of<'a>(context: &'a Context<'_>, key: &Key) -> Option<&'a Drug> {
    let phase = context.regimen.phases.iter().find(|phase| phase.id == key.phase)?;
    phase.drugs.iter().find(|drug| drug.id == key.drug && drug.in_cycle(key.cycle))
}

/// Told, not asked: what was given was given.
fn age_of_weight(context: &Context<'_>, one: &Administration, on: Date) -> Option<Finding> {
    let flat = one.dose.per.basis == Basis::Flat;
    let known = context.folded.course.measured_until(on);
    let measured = known.iter().rev().find(|one| one.weight.is_some())?.on;
    let days = days_between(measured, on);
    (!flat && days > 7).then(|| findings::weight_aged(one.key.named(context.regimen), measured, days))
}

/// A dose that no plan holds can still have been given.
fn unplanned(context: &Context<'_>, giving: &Giving<'_>, reason: Option<String>) -> Result<Draft, Finding> {
    let scope = giving.scope;
    let (Some(word), Some(day), Some(on), Some(dose)) = (&scope.drug, scope.day, giving.on, giving.dose) else {
        return Err(findings::unplanned_incomplete(context.regimen, scope));
    };
    let drug = drug(context.regimen, word)?;
    let (phase, number) = cycle(context, scope.phase.as_deref(), scope.cycle)?;
    let others = context.plan.map(|plan| plan.administrations.as_slice()).unwrap_or_default();
    let usual = others.iter().find(|one| one.key.drug == drug.id).map(|one| one.portion().amount.unit);
    let dose = usual.and_then(|unit| dose.in_unit(unit)).unwrap_or(dose);
    let on = past(context, on)?;
    hours(context, giving.times, on)?;
    let key = Key { phase, cycle: number, day, drug: drug.id.clone(), part: scope.part };
    let mut asks = Vec::new();
    check_not_already_given(context, &key, giving.second, &mut asks)?;
    asks.extend(not_met(context, &key));
    asks.extend(dates::of_dose(context, &dates::Dose { key: &key, on, planned: None, entry: None })?);
    asks.push(findings::unplanned(key.named(context.regimen), dose, on));
    let given = Given {
        key,
        dose,
        morning: None,
        evening: None,
        days: None,
        planned: None,
        planned_words: None,
        planned_on: None,
        inputs: Vec::new(),
        product: giving.product.clone(),
        times: *giving.times,
        partly: giving.partly,
        second: giving.second,
        reason,
    };
    Ok(Draft::one(on, Event::Given(given)).fact().asking(asks))
}
