//! The days of one cycle: where every drug of it stands, and what is known to have happened. Doses come later.

use crate::calendar::{self, Date, Moment, days_between};
use crate::course::{AdministrationRecord, Part};
use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::{Clock, Days};

use super::clock;
use super::companion::{self, CompanionDate, CompanionDates, rank};
use super::cycles::end_of_treatment;
use super::dated_cycle::{DatedCycle, DayOne};
use super::drug_in_cycle::{
    DrugInCycle, after_the_gap, anchor, begins_in_the_evening, doses_a_day, last_of, parts, run, step_of, window,
};
use super::planner::Planner;
use super::range::{BeyondCalendar, later, later_by, moved};
use super::received::{DoseCounter, Received, TowardsSteps};
use super::step_shift::StepShifts;
use super::visit::{Layout, Visit, VisitPart};
use super::{AdministrationState, PlannedCycle};

/// How far a chain of drugs that belong to each other is followed.
const DEEPEST: usize = 6;

/// Where the day stands on which the next cycle begins.
#[derive(Debug, Clone, Copy)]
pub(super) enum Follows<'c> {
    /// It is this cycle.
    Cycle(&'c PlannedCycle),
    /// None follows, because treatment ends before it: it would have begun here.
    End(DayOne),
    /// None was asked for.
    Nothing,
}

/// A cycle while it is laid out.
struct InCycle<'a, 'c> {
    /// Day 1 of the first cycle of the phase.
    phase_began: Date,
    follows: Follows<'c>,
    shifts: StepShifts<'a>,
    companions: CompanionDates,
    findings: Vec<Finding>,
}

impl<'a> Planner<'a> {
    /// Lays out a cycle that comes after others, and says what will have been received by its end.
    pub(super) fn lay_out(
        &self,
        before: &[DatedCycle],
        dated: &DatedCycle,
        follows: Follows<'_>,
        received: &DoseCounter<'a>,
    ) -> Result<(Layout, DoseCounter<'a>), BeyondCalendar> {
        let (mut layout, mut received, cycle) = (Layout::default(), received.clone(), &dated.cycle);
        let Some(phase) = self.regimen.phases.get(cycle.phase) else { return Ok((layout, received)) };
        let mut drugs: Vec<DrugInCycle<'_, '_>> =
            self.drugs_of(phase, cycle.number).map(|at| DrugInCycle::new(dated, phase, at)).collect();
        // What belongs to a drug is known after that drug.
        drugs.sort_by_key(|one| rank(phase, one.drug, DEEPEST));
        let first = before.iter().map(|one| &one.cycle).find(|one| one.phase == cycle.phase).unwrap_or(cycle);
        let mut in_cycle = InCycle {
            phase_began: first.actual,
            follows,
            shifts: StepShifts::default(),
            companions: CompanionDates::default(),
            findings: Vec::new(),
        };
        for one in drugs.iter().filter(|one| StepShifts::may_move(one.drug)) {
            let so_far = received.of(&one.drug.id);
            in_cycle.shifts.add(one, &self.runs(one, follows, so_far)?, self.course, so_far)?;
        }
        for one in &drugs {
            let visits = self.visits(one, &mut in_cycle, received.of(&one.drug.id))?;
            if let Some(last) = visits.last() {
                received.set(&one.drug.id, last.received(one.drug));
            }
            layout.drugs.push((one.index, visits));
        }
        layout.findings = in_cycle.findings;
        Ok((layout, received))
    }

    fn visits(
        &self,
        one: &DrugInCycle<'a, '_>,
        in_cycle: &mut InCycle<'a, '_>,
        mut received: Received,
    ) -> Result<Vec<Visit>, BeyondCalendar> {
        let (drug, subject) = (one.drug, &self.course.subject);
        let runs = self.runs(one, in_cycle.follows, received)?;
        let mut visits = Vec::new();
        for mut days in in_cycle.companions.planned(one, subject, runs) {
            let Some(first) = days.first().copied() else { continue };
            let beside = in_cycle.companions.of(one, subject, first);
            let stands = match &beside {
                Some(beside) => beside.date,
                None => later(one.date(first)?, in_cycle.shifts.of(drug, first))?,
            };
            let given = match self.record(one, first) {
                Some(AdministrationRecord::Given { on, .. }) => Some(*on),
                _ => None,
            };
            let date = match received.through.filter(|_| drug.home && given.is_none()) {
                Some(through) => after_the_run_before(one, stands, through, &mut in_cycle.findings)?,
                None => stands,
            };
            let on = given.unwrap_or(date);
            let runs_on = if drug.days == Days::EveryDay { Some(last_of(date, &days)?) } else { None };
            let last = self.last_possible(one, in_cycle.phase_began, on, received)?;
            let mut cut = false;
            if let Some(last) = last.into_iter().chain(runs_on).min() {
                let left = usize::try_from(days_between(on, last).saturating_add(1)).unwrap_or(0);
                if left == 0 && given.is_none() {
                    continue;
                }
                cut = left < days.len();
                days.truncate(left.max(1));
            }
            let left_out = in_cycle.companions.left_out(one, subject, &days).unwrap_or(AdministrationState::Projected);
            let planned = match &beside {
                Some(beside) => beside.planned,
                None => later(date, self.days_late(one, first).saturating_neg())?,
            };
            let mut visit = Visit { days, date, planned, parts: Vec::new(), earlier: received };
            for (part, hours) in parts(drug) {
                let part = self.part(one, &visit, (part, hours), (beside.as_ref(), &left_out, cut))?;
                visit.parts.push(part);
            }
            in_cycle.companions.add(one, &visit);
            received = visit.received(drug);
            visits.push(visit);
        }
        Ok(visits)
    }

    /// One administration of a visit: by the drug it belongs to, in a state unless something is on record, perhaps cut short.
    fn part(
        &self,
        one: &DrugInCycle<'a, '_>,
        visit: &Visit,
        (part, hours): (Option<Part>, Option<Decimal>),
        (beside, state, cut): (Option<&CompanionDate>, &AdministrationState, bool),
    ) -> Result<VisitPart, BeyondCalendar> {
        let key = one.key(visit.day(), part);
        let days = hours.map_or(0, clock::whole_days);
        let (as_it_stands, as_planned) = (
            self.begins_at(one, (self.begun(one, visit.day()), visit.date), hours),
            self.begins_at(one, (None, visit.planned), hours),
        );
        let of = |day: Date, begins: Option<Moment>| begins.map_or_else(|| later(day, days), |begins| Ok(begins.date));
        let (stands, planned) = (of(visit.date, as_it_stands)?, of(visit.planned, as_planned)?);
        let window = match beside.filter(|_| companion::has_the_others_window(one.drug)) {
            Some(beside) => companion::window(beside, stands),
            // A dose so many hours later has its day so many days later, and so has its window.
            None => window(one, visit.day(), visit.date)?
                .map(|window| moved(window, days_between(visit.date, stands)))
                .transpose()?,
        };
        let window = window.map(|window| after_the_gap(one.drug, window, visit.earlier.through, planned));
        let (state, date) = match self.course.recorded.get(&key) {
            Some(AdministrationRecord::Given { on, .. }) => (AdministrationState::Given, *on),
            Some(AdministrationRecord::Held(reason)) => (AdministrationState::Held(reason.clone()), stands),
            Some(AdministrationRecord::Omitted(reason)) => (AdministrationState::Omitted(reason.clone()), stands),
            None => (state.clone(), stands),
        };
        let run = |from| one.drug.home.then(|| run(one.drug, &visit.days, from, cut)).transpose();
        let (run, planned_run) = (run(date)?, run(planned)?);
        let begins = if state == AdministrationState::Given { as_planned } else { as_it_stands };
        let shift = days_between(visit.date, stands);
        Ok(VisitPart { key, hours, begins, shift, date, planned, window, state, run, planned_run })
    }

    /// By how many days the dose that set day 1 of the cycle came later than planned: it, and what stands before it, was
    /// planned so much earlier than the cycle as it came to be says.
    fn days_late(&self, one: &DrugInCycle<'a, '_>, day: i32) -> i32 {
        let (cycle, days) = (one.cycle, one.phase.cycle.days);
        let sets = cycle.set_by.is_some_and(|set_by| days.offset(day) <= days.offset(set_by));
        if !sets || one.drug.clock == Clock::Own {
            return 0;
        }
        let recorded = self.course.delays.get(&cycle.key()).map_or(0, |delay| delay.days);
        cycle.delay.saturating_sub(recorded)
    }

    /// The runs of days of a drug in a cycle, divided where the step before the full dose changes.
    fn runs(
        &self,
        one: &DrugInCycle<'a, '_>,
        follows: Follows<'_>,
        received: Received,
    ) -> Result<Vec<Vec<i32>>, BeyondCalendar> {
        let (cycle, drug) = (one.cycle, (one.phase, one.drug));
        let listed = self.listed_days(drug, (cycle.phase, cycle.number), one.measurements, cycle.actual);
        let runs = listed.unwrap_or_else(|| vec![(1..=self.days_until_next(one, follows)).collect()]);
        if one.drug.dosing.ramp.is_empty() {
            return Ok(runs);
        }
        let mut divided = Vec::new();
        for days in runs {
            self.by_step(one, days, received, &mut divided)?;
        }
        Ok(divided)
    }

    /// How many days a drug of every day runs: to the day before its next first day, so that a delay leaves no gap and an
    /// earlier cycle no overlap.
    fn days_until_next(&self, one: &DrugInCycle<'a, '_>, follows: Follows<'_>) -> i32 {
        let (length, day_1) = (one.cycle.length(), one.anchor());
        let next = match follows {
            Follows::Nothing => return length,
            // Until treatment ends the drug is taken.
            Follows::End(end) => return days_between(day_1, end.of(one.drug)).max(length),
            Follows::Cycle(next) => next,
        };
        let mut drugs = self.regimen.phases.get(next.phase).into_iter().flat_map(|phase| &phase.drugs);
        let drug = drugs.find(|drug| drug.id == one.drug.id && drug.in_cycle(next.number));
        let Some(drug) = drug.filter(|drug| drug.days == Days::EveryDay) else { return length };
        let planned = if drug.clock == Clock::Own { next.undelayed } else { next.planned };
        if days_between(day_1, planned) > length {
            return length;
        }
        days_between(day_1, anchor(drug, next)).max(1)
    }

    /// Adds a run of days divided where the step before the full dose changes.
    fn by_step(
        &self,
        one: &DrugInCycle<'a, '_>,
        days: Vec<i32>,
        received: Received,
        divided: &mut Vec<Vec<i32>>,
    ) -> Result<(), BeyondCalendar> {
        if days.len() < 2 {
            divided.push(days);
            return Ok(());
        }
        let began = days.first().map(|day| one.date(*day)).transpose()?;
        let so_far = began.map_or_else(TowardsSteps::default, |began| received.towards_steps(one.drug, began));
        let (mut first, mut given, a_day) = (so_far.first, so_far.doses, doses_a_day(one.drug));
        let mut rest = days;
        while let Some(day) = rest.first().copied() {
            let began = one.date(day)?;
            let step = |ahead: usize| {
                let days = i32::try_from(ahead).unwrap_or(i32::MAX);
                let days = days_between(first.unwrap_or(began), began).saturating_add(days);
                step_of(one.drug, days, given + ahead * a_day)
            };
            let length = (0..rest.len()).take_while(|ahead| step(*ahead) == step(0)).count();
            let after = rest.split_off(length.max(1));
            if !matches!(self.record(one, day), Some(AdministrationRecord::Held(_) | AdministrationRecord::Omitted(_)))
            {
                given += rest.len() * a_day;
                first = first.or(Some(began));
            }
            divided.push(std::mem::replace(&mut rest, after));
        }
        Ok(())
    }

    /// The last day on which a dose may stand: treatment was stopped, or may last no longer.
    fn last_possible(
        &self,
        one: &DrugInCycle<'a, '_>,
        phase_began: Date,
        date: Date,
        received: Received,
    ) -> Result<Option<Date>, BeyondCalendar> {
        let stopped = self.course.last_day_of(&one.drug.id);
        let drug_ends = match one.drug.stop_after {
            Some(after) => {
                let first = received.first.into_iter().chain(self.first_given(&one.drug.id, date)).min();
                Some(later_by(first.unwrap_or(date), after)?)
            }
            None => None,
        };
        let ends = [end_of_treatment(one.phase, phase_began)?, drug_ends];
        let before = ends.into_iter().flatten().map(|end| later(end, -1)).collect::<Result<Vec<_>, _>>()?;
        Ok(before.into_iter().chain(stopped).min())
    }

    /// The first day up to another on which a dose was recorded, whichever cycle it was recorded for.
    fn first_given(&self, drug: &str, until: Date) -> Option<Date> {
        let recorded = self.course.recorded.iter().filter_map(|(key, record)| match record {
            AdministrationRecord::Given { on, .. } if key.drug == drug => Some(*on),
            _ => None,
        });
        let again = self.course.extra.iter().filter(|one| one.key.drug == drug).map(|one| one.on);
        recorded.chain(again).filter(|on| *on <= until).min()
    }

    /// What is recorded of a cycle day; of several doses, of the first.
    fn record(&self, one: &DrugInCycle<'a, '_>, day: i32) -> Option<&'a AdministrationRecord> {
        let (part, _) = parts(one.drug).into_iter().next()?;
        self.course.recorded.get(&one.key(day, part))
    }
}

/// The day, or the first one on which the run before has ended: a run that began late is not doubled by the next.
fn after_the_run_before(
    one: &DrugInCycle<'_, '_>,
    date: Date,
    through: Date,
    findings: &mut Vec<Finding>,
) -> Result<Date, BeyondCalendar> {
    let free = if begins_in_the_evening(one.drug) { through } else { later(through, 1)? };
    if free <= date {
        return Ok(date);
    }
    let text = format!(
        "{} of {} begins on {}, {} days after its planned day, straight after the run before, which ends on {}: no day lies between them.",
        one.drug.full_name(),
        one.cycle.named(),
        calendar::print(free),
        days_between(date, free),
        calendar::print(through),
    );
    findings.push(Finding::note(super::codes::RUN_AFTER_RUN, text));
    Ok(free)
}
