//! Where the doses of a cycle stand, for what belongs to them.
//!
//! A premedication is planned on the days of its drug that this subject is given, on the day on which that dose really
//! comes, and is left out with it. A day of its own between two doses of its drug belongs to the nearer of them.

use std::collections::BTreeMap;

use crate::calendar::{Date, Window, days_between, plus_days};
use crate::course::Subject;
use crate::regimen::{Drug, Phase};

use super::turn::{self, Turn};
use super::{Administration, AdministrationState};

/// Where one day of a drug stands.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    pub(super) date: Date,
    /// Where it was planned, if it was given on another day.
    pub(super) planned: Date,
    pub(super) window: Option<Window>,
    /// Why it is not given.
    pub(super) left_out: Option<AdministrationState>,
}

impl Stand {
    fn later(&self, days: i32) -> Option<Stand> {
        let (date, planned) = (plus_days(self.date, days)?, plus_days(self.planned, days)?);
        Some(Stand { date, planned, window: self.window.and_then(|window| moved(window, days)), ..self.clone() })
    }
}

/// A window so many days later.
pub(super) fn moved(window: Window, days: i32) -> Option<Window> {
    Some(Window { earliest: plus_days(window.earliest, days)?, latest: plus_days(window.latest, days)? })
}

/// The days of each drug of a cycle that are planned, as far as it has been built.
#[derive(Debug, Default)]
pub(super) struct Stands(BTreeMap<usize, BTreeMap<i32, Stand>>);

impl Stands {
    /// Adds one day in the clinic, or one run of days at home, planned for `date`.
    pub(super) fn put(&mut self, turn: &Turn<'_>, block: &[i32], date: Date, of: &[Administration]) {
        let given = of.iter().filter(|one| !is_left_out(one)).min_by_key(|one| one.date);
        let left_out = if given.is_none() { of.first().map(|one| one.state.clone()) } else { None };
        let window = of.first().and_then(|one| one.window);
        let planned = of.first().and_then(|one| one.planned.as_ref()).map_or(date, |one| one.date);
        let date = given.map_or(date, |one| one.date);
        let Some(first) = block.first() else { return };
        let stand = Stand { date, planned, window, left_out };
        let days = self.0.entry(turn.index).or_default();
        for day in block {
            let later = offset(turn.phase, *day).saturating_sub(offset(turn.phase, *first));
            days.extend(stand.later(later).map(|stand| (*day, stand)));
        }
    }

    /// The days of a drug that are planned: of what belongs to another, those of that one.
    pub(super) fn planned(&self, turn: &Turn<'_>, subject: &Subject, blocks: Vec<Vec<i32>>) -> Vec<Vec<i32>> {
        let Some(id) = turn.drug.owner() else { return blocks };
        let owner = turn.phase.given(id, turn.cycle.number, subject);
        let Some((owner, days)) = owner.and_then(|at| Some((turn.phase.drugs.get(at)?, self.0.get(&at)?))) else {
            return Vec::new();
        };
        if turn.drug.days == owner.days && turn.drug.ramp.is_empty() {
            let days: Vec<i32> = days.keys().copied().collect();
            return turn::grouped(turn.phase, turn.drug, &days);
        }
        let belongs = |day: &i32| nearest(turn, owner, days, *day).is_some();
        let kept = blocks.into_iter().flat_map(|block| {
            let kept: Vec<i32> = block.into_iter().filter(belongs).collect();
            turn::grouped(turn.phase, turn.drug, &kept)
        });
        kept.collect()
    }

    /// Where a day stands by the drug it belongs to, or beside which it is given; `None` where it stands by itself.
    pub(super) fn of(&self, turn: &Turn<'_>, subject: &Subject, day: i32) -> Option<Stand> {
        let at = turn.phase.given(turn.drug.comes_with()?, turn.cycle.number, subject)?;
        let (owner, days) = (turn.phase.drugs.get(at)?, self.0.get(&at)?);
        let own = nearest(turn, owner, days, day)?;
        let later = offset(turn.phase, day).saturating_sub(offset(turn.phase, own));
        let stand = days.get(&own)?.later(later)?;
        // What only stands beside a drug is given without it, too, and then on its own day.
        if turn.drug.owner().is_some() { Some(stand) } else { Some(stand).filter(|stand| stand.left_out.is_none()) }
    }

    /// Why a run of days is not given: each of them belongs to a dose that is not.
    pub(super) fn left_out(&self, turn: &Turn<'_>, subject: &Subject, block: &[i32]) -> Option<AdministrationState> {
        let owner = turn.drug.owner()?;
        let states: Option<Vec<_>> = block.iter().map(|day| self.of(turn, subject, *day)?.left_out).collect();
        Some(match states?.into_iter().next()? {
            AdministrationState::Held(reason) => AdministrationState::Held(format!("with {owner}: {reason}")),
            AdministrationState::Omitted(reason) => AdministrationState::Omitted(format!("with {owner}: {reason}")),
            other => other,
        })
    }
}

/// The day of its drug that a day belongs to: the same, else the nearest that the regimen lists, of two the later.
fn nearest(turn: &Turn<'_>, owner: &Drug, planned: &BTreeMap<i32, Stand>, day: i32) -> Option<i32> {
    if planned.contains_key(&day) {
        return Some(day);
    }
    let far = |own: &i32| {
        let later = offset(turn.phase, *own).saturating_sub(offset(turn.phase, day));
        (later.saturating_abs(), later < 0)
    };
    let own = owner.days.in_cycle(turn.cycle.number)?.iter().min_by_key(|own| far(own))?;
    Some(*own).filter(|own| planned.contains_key(own))
}

fn offset(phase: &Phase, day: i32) -> i32 {
    phase.cycle.days.offset(day)
}

pub(super) fn is_left_out(one: &Administration) -> bool {
    matches!(one.state, AdministrationState::Omitted(_) | AdministrationState::Held(_))
}

/// How many drugs one stands behind: a drug is planned after that which it belongs to.
pub(super) fn rank(phase: &Phase, drug: &Drug, most: usize) -> usize {
    let Some(less) = most.checked_sub(1) else { return 0 };
    let share = drug.share.as_ref().map(|share| share.of.as_str());
    let others = [drug.comes_with(), share.filter(|of| drug.comes_with() != Some(*of))].into_iter().flatten();
    let behind =
        |id: &str| phase.drugs.iter().filter(|other| other.id == id).map(|other| rank(phase, other, less)).max();
    others.filter_map(behind).max().map_or(0, |rank| rank.saturating_add(1))
}

/// The window of a day that stands by another drug, where it has none of its own.
pub(super) fn window(stand: &Stand, drug: &Drug, date: Date) -> Option<Option<Window>> {
    if drug.owner().is_none() || drug.window.is_some() {
        return None;
    }
    Some(stand.window.and_then(|window| moved(window, days_between(stand.date, date))))
}
