//! A row of one administration: what the plan says, and beside it what happened.

use std::sync::Arc;

use crate::calendar::{Date, DayCount, Moment, days_between};
use crate::course::{Key, Times};
use crate::dosing::{Counted, Step, StepKind, prepared, vials};
use crate::plan::{Administration, AdministrationState, PlannedDose, Run};
use crate::quantity::{Amount, Portion, Volume, number};
use crate::regimen::{CycleWord, Days, Drug, Form, HalfDay, Hours, Phase, Relative, Role, Stated};

use super::super::name::full_name;
use super::dose::{DoseRow, Facts, LeftOut, Place};
use super::happened::{Happened, Source};
use super::planned::{GivenRow, Occasion, PlannedRow};
use super::preparation::PreparationRow;
use super::run::{Dispensed, Measure, RunRow, TabletRow};

/// What a drug stands among.
#[derive(Clone, Copy)]
pub(super) struct Among<'a> {
    /// Its phase, where the regimen still has it.
    pub(super) phase: Option<&'a Phase>,
    /// What the trial calls a cycle.
    pub(super) word: CycleWord,
    /// Whether a drug is given on the same day.
    pub(super) beside: &'a dyn Fn(&str) -> bool,
    /// Whether a drug is given on that day or later in its cycle.
    pub(super) to_come: &'a dyn Fn(&str) -> bool,
}

pub(super) fn dose_row(drug: &Drug, among: Among<'_>, one: &Administration, source: Source<'_>) -> DoseRow {
    let happened = source.happened(one);
    let said = match &one.state {
        AdministrationState::Held(reason) | AdministrationState::Omitted(reason) => Some(reason.clone()),
        AdministrationState::Given | AdministrationState::Projected => happened.reason,
    };
    let days = among.phase.map_or(DayCount::FromOne, |phase| phase.cycle.days);
    let facts = facts(drug, (days, one), (&happened.what, happened.times));
    let (recorded, used) = (happened.recorded, happened.used);
    let when = when(drug, among, one);
    // Of what was given the clock says when, not the plan.
    let when = if let Facts::Planned { planned, .. } = &facts { clocked(when, &planned.at) } else { when };
    let Key { phase, cycle, day, drug: id, part } = one.key.clone();
    DoseRow {
        id,
        phase,
        phase_name: among.phase.and_then(Phase::shown),
        cycle,
        cycle_word: among.word,
        day,
        part,
        facts,
        reason: said,
        changed: Vec::new(),
        recorded,
        used,
        certain: one.certain,
        drug: drug.name.clone(),
        formulation: drug.formulation.clone(),
        product: drug.product.clone(),
        shown: full_name(drug),
        role: drug.role,
        route: match &drug.route {
            Stated::Is(route) => Some(route.clone()),
            Stated::Unknown => None,
        },
        place: match (drug.home, drug.ward) {
            (true, _) => Place::Home,
            (false, true) => Place::Ward,
            (false, false) => Place::Clinic,
        },
        over: one.infusion.clone(),
        when,
        hours_after: one.hours.as_ref().map(|(_, hours)| *hours),
        own_hours: one.hours.as_ref().is_some_and(|(other, _)| *other == drug.id),
        closed: one.closed.clone(),
        own_day: days.later(one.key.day, one.shift),
        apart: among.phase.and_then(|phase| drug.apart(&phase.drugs)),
        handling: drug.handling.clone(),
        warn: drug.warn.clone(),
        missed: drug.missed,
        note: drug.note.clone(),
    }
}

fn facts(drug: &Drug, (days, one): (DayCount, &Administration), (happened, times): (&Happened, Times)) -> Facts {
    let planned = one.planned.as_ref().map(|planned| planned_row(drug, one, planned));
    match (planned, happened) {
        (Some(planned), Happened::Taken { count: 0, .. }) => {
            Facts::Planned { planned, left_out: Some(LeftOut::Missed) }
        }
        (Some(planned), Happened::Taken { count, on }) => {
            let given = taken((days, one), &planned, (*count, *on));
            Facts::Given { planned: Some(planned), given }
        }
        (Some(planned), Happened::LeftOut(left_out)) => Facts::Planned { planned, left_out: *left_out },
        (planned, _) => {
            let days_late = one.planned.as_ref().map(|planned| days_between(planned.date, one.date));
            let run = one.run.as_ref().map(|run| run_row(one.date, run));
            let portion = single(one.portion(), one.run.as_ref());
            // A run at home is many doses, and no hour is that of all.
            let times = if one.run.is_some() { Times::default() } else { times };
            let begins = times.start.map(|start| Moment::new(one.date, start));
            let ends = times.stop.map(|stop| Moment::new(times.last_day(one.date), stop));
            let at = Occasion { date: one.date, portion, total: one.total(), run, begins, ends };
            let incomplete = *happened == Happened::Given { incomplete: true };
            Facts::Given { planned, given: GivenRow { at, incomplete, missed: 0, days_late } }
        }
    }
}

/// A run of which doses were counted as taken, up to a day. The count says how many and not which: they stand from the
/// first on.
fn taken(
    (days, one): (DayCount, &Administration),
    planned: &PlannedRow,
    (count, until): (u32, Option<Date>),
) -> GivenRow {
    let portion = single(one.portion(), one.run.as_ref());
    let days_late = Some(days_between(planned.at.date, one.date));
    let Some(run) = &one.run else {
        let at =
            Occasion { date: one.date, portion, total: portion.total(count, 0), run: None, begins: None, ends: None };
        return GivenRow { at, incomplete: false, missed: 0, days_late };
    };
    let (mornings, evenings) = run.halves_of(count);
    let until = until.filter(|until| (one.date..run.through).contains(until));
    let due = until.map_or(run.administrations, |until| run.doses_by(one.date, until));
    let all = run_row(one.date, run);
    let known = if count < run.administrations {
        all.ended(count, |later| days.later(one.key.day, later))
    } else {
        RunRow { administrations: count, ..all }
    };
    let total = portion.total(mornings, evenings);
    let at = Occasion { date: one.date, portion, total, run: Some(known), begins: None, ends: None };
    GivenRow { at, incomplete: count < run.administrations, missed: due.saturating_sub(count), days_late }
}

/// The half of the day of a run that is one dose; `None` of a longer one.
fn only_half(run: Option<&Run>) -> Option<HalfDay> {
    run.filter(|run| run.administrations == 1).map(|run| run.starts.unwrap_or(HalfDay::Morning))
}

/// Of a run that is one dose what goes in then: it has no morning and evening.
fn single(portion: Portion, run: Option<&Run>) -> Portion {
    only_half(run).map_or(portion, |half| half.of(portion))
}

fn planned_row(drug: &Drug, one: &Administration, planned: &PlannedDose) -> PlannedRow {
    let dose = &planned.dose;
    let run = planned.run.as_ref().map(|run| run_row(planned.date, run));
    PlannedRow {
        at: Occasion {
            date: planned.date,
            portion: single(planned.portion(), planned.run.as_ref()),
            total: planned.total(),
            run,
            begins: planned.begins,
            ends: planned.ends,
        },
        window: one.window,
        calculated: dose.calculated,
        uncapped: dose.uncapped,
        per: dose.per,
        level: dose.level,
        percent: dose.percent,
        loading: dose.loading,
        step: dose.step,
        difference: dose.difference,
        preparation: preparation(drug, one, planned),
        measure: measure(drug, planned),
        tablets: planned.run.as_ref().map(|run| tablets(drug.form, run, planned)).unwrap_or_default(),
        dispensed: dispensed(drug, planned),
        every: planned.run.as_ref().filter(|run| run.administrations == 1).and_then(|_| every(drug)),
        spread: dose.spread.as_ref().filter(|_| planned.days.is_none()).map(|(of, amount)| (*amount, of.clone())),
        inputs: Arc::clone(&planned.inputs),
        size: dose.steps.iter().filter(|step| step.kind == StepKind::Size).map(Step::sentence).collect(),
        working: dose.steps.iter().map(Step::sentence).collect(),
        marks: one.marks.clone(),
    }
}

fn run_row(from: Date, run: &Run) -> RunRow {
    RunRow {
        from,
        through: run.through,
        through_day: run.through_day,
        starts: run.starts,
        ends: run.ends,
        times_a_day: run.times,
        administrations: run.administrations,
    }
}

/// Tablets for the whole run, by strength.
fn tablets(form: Form, run: &Run, planned: &PlannedDose) -> Vec<TabletRow> {
    let row = |(count, strength): &(u32, Amount), times: u32| TabletRow {
        strength: *strength,
        count: count.saturating_mul(times),
        form,
    };
    let Some((morning, evening)) = &planned.dose.part_tablets else {
        return planned.dose.supply.tablets.iter().map(|one| row(one, run.administrations)).collect();
    };
    let (mornings, evenings) = run.halves();
    let mut all: Vec<TabletRow> = morning.iter().map(|one| row(one, mornings)).collect();
    for one in evening.iter().map(|one| row(one, evenings)) {
        match all.iter_mut().find(|known| known.strength == one.strength) {
            Some(known) => known.count = known.count.saturating_add(one.count),
            None => all.push(one),
        }
    }
    all.retain(|one| one.count > 0);
    all
}

fn preparation(drug: &Drug, one: &Administration, planned: &PlannedDose) -> PreparationRow {
    let supply = &planned.dose.supply;
    PreparationRow {
        amount: prepared(drug, planned.dose.amount).unwrap_or(planned.dose.amount),
        drug: supply.volume,
        vials: supply.vials,
        dilution: drug.dilution.clone(),
        minutes: one.infusion.as_ref().and_then(crate::plan::Infusion::minutes),
    }
}

fn measure(drug: &Drug, planned: &PlannedDose) -> Measure {
    let each = measure_of_day(drug, planned);
    only_half(planned.run.as_ref()).map_or(each.clone(), |half| each.of(half))
}

fn measure_of_day(drug: &Drug, planned: &PlannedDose) -> Measure {
    let rows = |counted: &Counted| {
        counted
            .iter()
            .map(|(count, strength)| TabletRow { strength: *strength, count: *count, form: drug.form })
            .collect::<Vec<_>>()
    };
    let dose = &planned.dose;
    match (&dose.part_tablets, dose.supply.volume) {
        (Some((morning, evening)), _) if !(morning.is_empty() && evening.is_empty()) => {
            Measure::Halves { morning: rows(morning), evening: rows(evening) }
        }
        (_, Some(volume)) if drug.is_oral_liquid() && dose.parts.is_none() => Measure::Liquid(volume),
        _ if dose.parts.is_none() && !dose.supply.tablets.is_empty() => Measure::Tablets(rows(&dose.supply.tablets)),
        _ => Measure::Amount,
    }
}

/// What a whole run at home takes, where it is not tablets.
fn dispensed(drug: &Drug, planned: &PlannedDose) -> Option<Dispensed> {
    let (run, vial, total) = (planned.run.as_ref()?, drug.vial?, planned.total()?);
    if drug.is_oral_liquid() {
        let volume = Volume::drawn(total, vial.amount, vial.volume?)?;
        return Some(Dispensed::Liquid { volume, strength: vial });
    }
    let (each, _) = planned.dose.supply.vials?;
    Some(Dispensed::Vials { vial, shared: vials(total, vial)?, single: each.checked_mul(run.administrations)? })
}

/// Days from one dose to the next in a cycle, where they are always as many and more than one.
fn every(drug: &Drug) -> Option<i32> {
    let Days::List(days) = &drug.days else { return None };
    let gaps: Vec<i32> = days.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).collect();
    gaps.first().copied().filter(|first| *first > 1 && gaps.iter().all(|gap| gap == first))
}

/// The dose from which others are counted: the first of its day, or of all, where the hours reach beyond a day.
fn hour_0(drug: &Drug, day: i32) -> &'static str {
    let beyond = |hours: &Hours| hours.at.iter().any(|at| *at >= crate::quantity::Decimal::from(24));
    let first = matches!(&drug.days, Days::List(days) if days.first() == Some(&day));
    match (drug.hours.as_ref().is_some_and(beyond), first) {
        (false, _) => "hour 0, the first dose of the day",
        (true, true) => "hour 0, the first dose",
        (true, false) => "hour 0",
    }
}

/// The order within the day, and by the clock: `hour 8, at 16:00`, `at 11:00 until Mon 15-Mar-2027 10:00`.
fn clocked(when: Option<String>, planned: &Occasion) -> Option<String> {
    let told: Vec<String> = when.into_iter().chain(planned.clock_words()).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The order within the day. A drug that is not given that day is none to wait for.
fn when(drug: &Drug, Among { phase, beside, to_come, .. }: Among<'_>, one: &Administration) -> Option<String> {
    let named = |id: &str| {
        let other = phase.and_then(|phase| phase.drugs.iter().find(|other| other.id == id));
        other.map_or_else(
            || id.to_owned(),
            |other| match phase.and_then(|phase| other.apart(&phase.drugs)) {
                Some(apart) => format!("{}, {apart}", full_name(other)),
                None => full_name(other),
            },
        )
    };
    if let Some((other, hours)) = &one.hours {
        return Some(match (*other == drug.id, hours.is_zero()) {
            (true, true) => hour_0(drug, one.key.day).to_owned(),
            (true, false) => format!("hour {}", number::print(*hours)),
            (false, true) => format!("together with the start of {}", named(other)),
            (false, false) => format!("{} hours after {}", number::print(*hours), named(other)),
        });
    }
    match drug.relative.as_ref()? {
        Relative::After(other) => beside(other).then(|| format!("after {}", named(other))),
        Relative::With(other) => beside(other).then(|| format!("with {}", named(other))),
        // What is given on the days behind a drug is no longer given before it.
        Relative::Before(other, _) if !to_come(other) => Some(format!("for {}", named(other))),
        Relative::Before(other, Some(period)) => Some(format!("{period} before {}", named(other))),
        // Fluids that follow a drug, or its rescue, belong to it and are not given before it.
        Relative::Before(other, None) if drug.role == Role::Support => Some(format!("for {}", named(other))),
        Relative::Before(other, None) => Some(format!("before {}", named(other))),
    }
}
