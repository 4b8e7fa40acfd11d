//! A row of one administration: what the plan says, and beside it what happened.

use std::sync::Arc;

use crate::calendar::{Date, days_between};
use crate::course::Key;
use crate::dosing::Step;
use crate::plan::{Administration, AdministrationState, PlannedDose, Run};
use crate::quantity::{Amount, number};
use crate::regimen::{Drug, Relative, Stated};

use super::super::{full_name, words};
use super::dose::{DoseRow, Facts, GivenRow, LeftOut, Occasion, Place, PlannedRow, RunRow, TabletRow};
use super::happened::{Happened, Source};

pub(super) fn dose_row(drug: &Drug, one: &Administration, source: Source<'_>) -> DoseRow {
    let happened = source.happened(one);
    let said = match &one.state {
        AdministrationState::Held(reason) | AdministrationState::Omitted(reason) => Some(reason.clone()),
        AdministrationState::Given | AdministrationState::Projected => happened.reason,
    };
    let facts = facts(one, &happened.deed);
    let recorded = happened.recorded;
    let Key { phase, cycle, day, drug: id, part } = one.key.clone();
    DoseRow {
        id,
        phase,
        cycle,
        day,
        part,
        facts,
        reason: said,
        recorded,
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
        place: if drug.home { Place::Home } else { Place::Clinic },
        over: one.infusion.clone(),
        when: when(drug, one),
        hours_after: one.hours.as_ref().map(|(_, hours)| *hours),
        closed: one.closed.clone(),
        note: drug.note.clone(),
    }
}

fn facts(one: &Administration, happened: &Happened) -> Facts {
    let planned = one.planned.as_ref().map(|planned| planned_row(one, planned));
    match (planned, happened) {
        (Some(planned), Happened::Taken { count: 0, .. }) => {
            Facts::Planned { planned, left_out: Some(LeftOut::Missed) }
        }
        (Some(planned), Happened::Taken { count, on }) => {
            let given = taken(one, &planned, (*count, *on));
            Facts::Given { planned: Some(planned), given }
        }
        (Some(planned), Happened::LeftOut(left_out)) => Facts::Planned { planned, left_out: *left_out },
        (planned, _) => {
            let days_late = one.planned.as_ref().map(|planned| days_between(planned.date, one.date));
            let run = one.run.as_ref().map(|run| run_row(one.date, run));
            let at = Occasion { date: one.date, portion: one.portion(), total: one.total(), run };
            let incomplete = *happened == Happened::Given { incomplete: true };
            Facts::Given { planned, given: GivenRow { at, incomplete, missed: 0, days_late } }
        }
    }
}

/// A run of which doses were counted as taken, up to a day. The count says how many and not which: they stand from the
/// first on.
fn taken(one: &Administration, planned: &PlannedRow, (count, until): (u32, Option<Date>)) -> GivenRow {
    let portion = one.portion();
    let days_late = Some(days_between(planned.at.date, one.date));
    let Some(run) = &one.run else {
        let at = Occasion { date: one.date, portion, total: portion.total(count, 0), run: None };
        return GivenRow { at, incomplete: false, missed: 0, days_late };
    };
    let (mornings, evenings) = run.halves_of(count);
    let until = until.filter(|until| (one.date..run.through).contains(until));
    let due = until.map_or(run.administrations, |until| run.doses_by(one.date, until));
    let known = RunRow { administrations: count, through: until.unwrap_or(run.through), ..run_row(one.date, run) };
    let at = Occasion { date: one.date, portion, total: portion.total(mornings, evenings), run: Some(known) };
    GivenRow { at, incomplete: count < run.administrations, missed: due.saturating_sub(count), days_late }
}

fn planned_row(one: &Administration, planned: &PlannedDose) -> PlannedRow {
    let dose = &planned.dose;
    let run = planned.run.as_ref().map(|run| run_row(planned.date, run));
    PlannedRow {
        at: Occasion { date: planned.date, portion: planned.portion(), total: planned.total(), run },
        window: one.window,
        calculated: dose.calculated,
        uncapped: dose.uncapped,
        per: dose.per,
        level: dose.level,
        percent: dose.percent,
        loading: dose.loading,
        difference: dose.difference,
        volume: dose.supply.volume,
        vials: dose.supply.vials.map(|(count, _)| count),
        supply: words::supply(&dose.supply, planned.run.is_some()),
        tablets: planned.run.as_ref().map(|run| tablets(run, planned)).unwrap_or_default(),
        spread: dose.spread.as_ref().filter(|_| planned.days.is_none()).map(|(of, amount)| (*amount, of.clone())),
        inputs: Arc::clone(&planned.inputs),
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
fn tablets(run: &Run, planned: &PlannedDose) -> Vec<TabletRow> {
    let row = |(count, strength): &(u32, Amount), times: u32| TabletRow {
        strength: *strength,
        count: count.saturating_mul(times),
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
    all
}

fn when(drug: &Drug, one: &Administration) -> Option<String> {
    if let Some((other, hours)) = &one.hours {
        return Some(format!("{} hours after {other}", number::print(*hours)));
    }
    match drug.relative.as_ref()? {
        Relative::After(other) => Some(format!("after {other}")),
        Relative::With(other) => Some(format!("with {other}")),
        Relative::Before(other, Some(period)) => Some(format!("{period} before {other}")),
        Relative::Before(other, None) => Some(format!("before {other}")),
    }
}
