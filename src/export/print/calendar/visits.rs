//! The days on which a patient comes, and those with medicine at home.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Date, plus_days};
use crate::present::{DoseRow, DoseState, EndRow, Place, Schedule};

use super::super::super::{Options, reading};
use super::super::visit::wanted;
use super::parts::capital;

/// A day on which the patient comes.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Visit {
    /// What there is beside the treatment.
    pub(super) what: Vec<String>,
    /// Doses of that day, by how they stand.
    states: Vec<DoseState>,
    /// When its doses are, where they are counted in hours.
    pub(super) hours: Option<String>,
    /// Why the clinic is closed that day.
    pub(super) closed: Option<String>,
}

/// How a visit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was.
    Done,
    /// The first of all; nothing was given yet.
    Fixed,
    /// It will be confirmed.
    Planned,
    /// On hold.
    Held,
}

/// All of them by day.
pub(super) struct Visits {
    pub(super) days: BTreeMap<Date, Visit>,
    /// Days with medicine at home.
    pub(super) home: BTreeSet<Date>,
}

/// Visits and home days of the cycles wanted.
pub(super) fn visits(schedule: &Schedule, options: &Options) -> Visits {
    let mut all = Visits { days: BTreeMap::new(), home: BTreeSet::new() };
    for dose in schedule.doses.iter().filter(|dose| wanted(options, dose.cycle) && !dose.never_given()) {
        if let Some(run) = dose.run() {
            let days = std::iter::successors(Some(run.from), |day| plus_days(*day, 1));
            all.home.extend(days.take_while(|day| *day <= run.through));
        } else if dose.place == Place::Home {
            all.home.insert(dose.date());
        } else {
            let visit = all.days.entry(dose.date()).or_default();
            visit.states.push(dose.state());
            visit.closed = visit.closed.take().or_else(|| dose.closed.clone());
        }
    }
    for end in schedule.ends.iter().filter(|end| wanted(options, end.cycle)) {
        add(&mut all, end.date, &end.visit, end.closed.as_ref());
        if gone(schedule, end)
            && let Some(visit) = all.days.get_mut(&end.date)
        {
            visit.states.push(DoseState::Given);
        }
    }
    for test in schedule.assessments.iter().filter(|test| test.cycle.is_none_or(|cycle| wanted(options, cycle))) {
        if options.print.cycle.is_none() || test.cycle.is_some() {
            add(&mut all, test.date, &test.name, test.closed.as_ref());
        }
    }
    starts(schedule, options, &mut all);
    for (date, visit) in &mut all.days {
        let own = schedule.doses.iter().filter(|dose| wanted(options, dose.cycle) && dose.date() == *date);
        visit.hours = reading::hours(own.filter(|dose| dose.place != Place::Home && !dose.never_given()));
    }
    all
}

/// Whether the end of an infusion lies behind: it was given, and something was given or treatment ended since.
fn gone(schedule: &Schedule, end: &EndRow) -> bool {
    let own = |dose: &&DoseRow| (&dose.id, &dose.phase, dose.cycle) == (&end.id, &end.phase, end.cycle);
    let given = schedule.doses.iter().filter(own).any(|dose| dose.given().is_some());
    let last = schedule.doses.iter().filter_map(|dose| Some(dose.given()?.at.date)).max();
    let since = last.into_iter().chain(schedule.discontinued.as_ref().map(|ended| ended.date)).max();
    given && since.is_some_and(|since| since >= end.date)
}

fn add(all: &mut Visits, date: Date, what: &str, closed: Option<&String>) {
    let visit = all.days.entry(date).or_default();
    if !visit.what.iter().any(|known| *known == capital(what)) {
        visit.what.push(capital(what));
    }
    visit.closed = visit.closed.take().or_else(|| closed.cloned());
}

/// A cycle of medicine at home alone begins with a visit too: the medicine is handed out.
fn starts(schedule: &Schedule, options: &Options, all: &mut Visits) {
    for cycle in schedule.sheets.cycles.iter().filter(|cycle| wanted(options, cycle.number)) {
        let own = |dose: &&DoseRow| dose.cycle == cycle.number && dose.phase == cycle.phase;
        let clinic = schedule.doses.iter().filter(own).any(|dose| dose.place != Place::Home);
        let home = schedule.doses.iter().filter(own).any(|dose| dose.run().is_some() && !dose.never_given());
        if home && !clinic {
            add(all, cycle.first, "medicine for home", None);
        }
    }
}

impl Visits {
    /// Each with how it stands, in order.
    pub(super) fn standing(&self) -> Vec<(Date, &Visit, Standing)> {
        let begun = self.days.values().any(|visit| visit.states.iter().any(|state| was_given(*state)));
        let all = self.days.iter().enumerate();
        all.map(|(at, (date, visit))| (*date, visit, visit.standing(at == 0 && !begun))).collect()
    }

    /// The first visit after a day.
    pub(super) fn next(&self, after: Date) -> Option<Date> {
        self.days.range(after..).map(|(date, _)| *date).find(|date| *date > after)
    }
}

fn was_given(state: DoseState) -> bool {
    matches!(state, DoseState::Given | DoseState::Incomplete)
}

impl Visit {
    fn standing(&self, first: bool) -> Standing {
        let any = !self.states.is_empty();
        if any && self.states.iter().all(|state| was_given(*state)) {
            Standing::Done
        } else if any && self.states.iter().all(|state| *state == DoseState::Held) {
            Standing::Held
        } else if first && self.closed.is_none() {
            Standing::Fixed
        } else {
            Standing::Planned
        }
    }
}
