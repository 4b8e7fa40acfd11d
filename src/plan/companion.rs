//! Where the doses of a cycle stand, for what belongs to them.
//!
//! A premedication is planned on the days of its drug that this subject is given, on the day on which that dose really
//! comes, and is left out with it. A day of its own between two doses of its drug belongs to the nearer of them.

use std::collections::BTreeMap;

use crate::calendar::{Date, Window, days_between};
use crate::course::Subject;
use crate::regimen::{Drug, Phase};

use super::AdministrationState;
use super::drug_in_cycle::{DrugInCycle, grouped};
use super::range::{later, moved};
use super::visit::Visit;

/// Where one day of a drug stands.
#[derive(Debug, Clone)]
pub(super) struct CompanionDate {
    pub(super) date: Date,
    /// Where it was planned, if it was given on another day.
    pub(super) planned: Date,
    pub(super) window: Option<Window>,
    /// Why it is not given.
    pub(super) left_out: Option<AdministrationState>,
}

impl CompanionDate {
    fn later(&self, days: i32) -> Option<CompanionDate> {
        let (date, planned) = (later(self.date, days).ok()?, later(self.planned, days).ok()?);
        Some(CompanionDate {
            date,
            planned,
            window: self.window.and_then(|window| moved(window, days).ok()),
            ..self.clone()
        })
    }
}

/// The days of each drug of a cycle that are planned, as far as it has been laid out.
#[derive(Debug, Default)]
pub(super) struct CompanionDates(BTreeMap<usize, BTreeMap<i32, CompanionDate>>);

impl CompanionDates {
    /// Adds one day in the clinic, or one run of days at home.
    pub(super) fn add(&mut self, one: &DrugInCycle<'_, '_>, visit: &Visit) {
        let given = visit.given().min_by_key(|part| part.date);
        let first = visit.parts.first();
        let left_out = if given.is_none() { first.map(|part| part.state.clone()) } else { None };
        let window = first.and_then(|part| part.window);
        let planned = first.map_or(visit.date, |part| part.planned);
        let place = CompanionDate { date: given.map_or(visit.date, |part| part.date), planned, window, left_out };
        let days = self.0.entry(one.index).or_default();
        for day in &visit.days {
            let later = offset(one.phase, *day).saturating_sub(offset(one.phase, visit.day()));
            days.extend(place.later(later).map(|place| (*day, place)));
        }
    }

    /// The days of a drug that are planned: of what belongs to another, those of that one.
    pub(super) fn planned(&self, one: &DrugInCycle<'_, '_>, subject: &Subject, runs: Vec<Vec<i32>>) -> Vec<Vec<i32>> {
        let Some(id) = one.drug.owner() else { return runs };
        let owner = one.phase.given(id, one.cycle.number, subject);
        let Some((owner, days)) = owner.and_then(|at| Some((one.phase.drugs.get(at)?, self.0.get(&at)?))) else {
            return Vec::new();
        };
        if one.drug.days == owner.days && one.drug.dosing.ramp.is_empty() {
            let days: Vec<i32> = days.keys().copied().collect();
            return grouped(one.phase, one.drug, &days);
        }
        let belongs = |day: &i32| nearest(one, owner, days, *day).is_some();
        let kept = runs.into_iter().flat_map(|run| {
            let kept: Vec<i32> = run.into_iter().filter(belongs).collect();
            grouped(one.phase, one.drug, &kept)
        });
        kept.collect()
    }

    /// Where a day stands by the drug it belongs to, or beside which it is given; `None` where it stands by itself.
    pub(super) fn of(&self, one: &DrugInCycle<'_, '_>, subject: &Subject, day: i32) -> Option<CompanionDate> {
        let at = one.phase.given(one.drug.comes_with()?, one.cycle.number, subject)?;
        let (owner, days) = (one.phase.drugs.get(at)?, self.0.get(&at)?);
        let own = nearest(one, owner, days, day)?;
        let later = offset(one.phase, day).saturating_sub(offset(one.phase, own));
        let place = days.get(&own)?.later(later)?;
        // What only stands beside a drug is given without it, too, and then on its own day.
        Some(place).filter(|place| one.drug.owner().is_some() || place.left_out.is_none())
    }

    /// Why a run of days is not given: each of them belongs to a dose that is not.
    pub(super) fn left_out(
        &self,
        one: &DrugInCycle<'_, '_>,
        subject: &Subject,
        days: &[i32],
    ) -> Option<AdministrationState> {
        let owner = one.drug.owner()?;
        let states: Option<Vec<_>> = days.iter().map(|day| self.of(one, subject, *day)?.left_out).collect();
        Some(match states?.into_iter().next()? {
            AdministrationState::Held(reason) => AdministrationState::Held(format!("with {owner}: {reason}")),
            AdministrationState::Omitted(reason) => AdministrationState::Omitted(format!("with {owner}: {reason}")),
            other => other,
        })
    }
}

/// The day of its drug that a day belongs to: the same, else the nearest that the regimen lists, of two the later.
fn nearest(one: &DrugInCycle<'_, '_>, owner: &Drug, planned: &BTreeMap<i32, CompanionDate>, day: i32) -> Option<i32> {
    if planned.contains_key(&day) {
        return Some(day);
    }
    let far = |own: &i32| {
        let later = offset(one.phase, *own).saturating_sub(offset(one.phase, day));
        (later.saturating_abs(), later < 0)
    };
    let own = owner.days.in_cycle(one.cycle.number)?.iter().min_by_key(|own| far(own))?;
    Some(*own).filter(|own| planned.contains_key(own))
}

fn offset(phase: &Phase, day: i32) -> i32 {
    phase.cycle.days.offset(day)
}

/// How many drugs one stands behind: a drug is planned after that which it belongs to. `most` is how far a chain of them
/// is followed.
pub(super) fn rank(phase: &Phase, drug: &Drug, most: usize) -> usize {
    let Some(less) = most.checked_sub(1) else { return 0 };
    let fraction = drug.dosing.fraction().map(|fraction| fraction.drug.as_str());
    let others = [drug.comes_with(), fraction.filter(|of| drug.comes_with() != Some(*of))].into_iter().flatten();
    let behind =
        |id: &str| phase.drugs.iter().filter(|other| other.id == id).map(|other| rank(phase, other, less)).max();
    others.filter_map(behind).max().map_or(0, |rank| rank.saturating_add(1))
}

/// Whether a drug's day has the window of the drug it stands by: it belongs to one and says no window of its own.
pub(super) fn has_the_others_window(drug: &Drug) -> bool {
    drug.owner().is_some() && drug.window.is_none()
}

/// The window of a day that stands by another drug's day, moved with it; none where that day has none.
pub(super) fn window(place: &CompanionDate, date: Date) -> Option<Window> {
    place.window.and_then(|window| moved(window, days_between(place.date, date)).ok())
}
