//! The plan itself: every drug on every day of every cycle.

use std::collections::BTreeMap;

use crate::calendar::{Date, Site, days_between, plus_days};
use crate::course::{Course, Deed, Part};
use crate::dosing::{Dose, DoseError};
use crate::finding::{Finding, blocks};
use crate::formula::{Inputs, bmi};
use crate::quantity::{Amount, Bmi, Decimal, Portion, decimal};
use crate::regimen::model::{Clock, Days, Drug, HalfDay, Regimen, Stated};

use super::dosed::Doses;
use super::infusion::Infusion;
use super::turn::{Turn, consecutive, date_marks, key, parts, run, step_of, window};
use super::{
    Administration, AdministrationState, EndVisit, Options, Plan, PlannedCycle, Run, assess, checks, given, lifetime,
    timeline, total,
};

/// Plans a regimen for a subject. While anything a dose needs is missing or wrong there is no plan,
/// not a partial one: the findings say what to correct.
pub fn plan(regimen: &Regimen, course: &Course, site: &Site, options: Options) -> Result<Plan, Vec<Finding>> {
    let mut findings = checks::before(regimen, course, options);
    if blocks(&findings) {
        return Err(findings);
    }
    let beyond = || {
        vec![
            Finding::block(
                "date-out-of-range",
                "The plan reaches beyond the calendar; start earlier or plan fewer cycles.",
            )
            .field("start"),
        ]
    };
    let (cycles, continues) = timeline::cycles(regimen, course, options).ok_or_else(beyond)?;
    let assessments = assess::assessments(regimen, &cycles, site).ok_or_else(beyond)?;
    let mut builder = Builder {
        regimen,
        course,
        site,
        doses: Doses::new(regimen, course),
        given: BTreeMap::new(),
        administrations: Vec::new(),
        ends: Vec::new(),
        problems: Vec::new(),
        in_cycle: None,
    };
    for cycle in &cycles {
        builder.cycle(cycle);
    }
    let size = cycles.first().and_then(|first| {
        let measurements = builder.doses.in_force(first);
        builder.doses.size(&measurements, first.actual).ok().flatten()
    });
    findings.append(&mut builder.doses.findings);
    findings.append(&mut builder.problems);
    if blocks(&findings) {
        findings.retain(|finding| finding.severity == crate::finding::Severity::Block);
        return Err(findings);
    }
    let mut plan = Plan {
        cycles,
        administrations: builder.administrations,
        ends: builder.ends,
        assessments,
        size,
        bmi: body_mass(course),
        findings,
        continues,
    };
    plan.administrations.sort_by_key(|one| one.date);
    plan.ends.sort_by_key(|end| end.date);
    assess::after_doses(regimen, course, site, &mut plan).ok_or_else(beyond)?;
    checks::after(regimen, course, site, &mut plan);
    given::beyond(regimen, course, &mut plan);
    let about_limits = lifetime::findings(regimen, course, &plan);
    plan.findings.extend(about_limits);
    Ok(plan)
}

fn body_mass(course: &Course) -> Option<Bmi> {
    let inputs = Inputs { height: course.subject.height, weight: course.subject.weight, ..Inputs::default() };
    bmi::compute(&inputs).ok().map(|computed| Bmi::new(decimal::half_up(computed.value, 1)))
}

/// The last dose of a drug that was given or planned, and how many there were.
#[derive(Clone, Copy)]
struct Last {
    on: Date,
    count: usize,
}

struct Builder<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    site: &'a Site,
    doses: Doses<'a>,
    given: BTreeMap<String, Last>,
    administrations: Vec<Administration>,
    ends: Vec<EndVisit>,
    problems: Vec<Finding>,
    /// What is planned of one drug in one cycle, as far as it has been built.
    in_cycle: Option<Amount>,
}

impl Builder<'_> {
    fn cycle(&mut self, cycle: &PlannedCycle) {
        let regimen = self.regimen;
        let Some(phase) = regimen.phases.get(cycle.phase) else { return };
        let measurements = self.doses.in_force(cycle);
        for (index, drug) in phase.drugs.iter().enumerate() {
            let in_span = cycle.number >= drug.first_cycle && drug.last_cycle.is_none_or(|last| cycle.number <= last);
            if !in_span || !drug.is_given_to(&self.course.subject, &phase.drugs) {
                continue;
            }
            let anchor = if drug.clock == Clock::Own { cycle.undelayed } else { cycle.actual };
            let turn = Turn { cycle, phase, drug, index, anchor, measurements };
            if self.drug(&turn).is_none() {
                self.problems.push(Finding::block("date-out-of-range", "The plan reaches beyond the calendar."));
            }
        }
    }

    /// `None` beyond the calendar.
    fn drug(&mut self, turn: &Turn<'_>) -> Option<()> {
        let drug = turn.drug;
        self.in_cycle = None;
        let blocks = match self.days(turn) {
            DaysHere::Blocks(blocks) => blocks,
            DaysHere::EveryDay => {
                let last = days_between(turn.anchor, turn.cycle.last_day).checked_add(1)?;
                vec![(1..=last).collect()]
            }
        };
        let blocks = blocks.into_iter().map(|block| self.by_step(turn, block)).collect::<Option<Vec<_>>>()?;
        for block in blocks.into_iter().flatten() {
            let first = *block.first()?;
            let date = turn.phase.cycle.days.date(turn.anchor, first)?;
            if let Some(stop) = drug.stop_after
                && self
                    .first_dose(&drug.id)
                    .is_some_and(|first| crate::calendar::plus(first, stop).is_some_and(|end| date >= end))
            {
                continue;
            }
            if self.course.stopped.as_ref().is_some_and(|(stopped, _)| date > *stopped) {
                continue;
            }
            self.block(turn, &block, date)?;
        }
        if let Some(error) = checks::cycle_maximum(drug, self.in_cycle) {
            self.problem(&error);
        }
        Some(())
    }

    /// A run of days divided where the step before the full dose changes.
    fn by_step(&self, turn: &Turn<'_>, block: Vec<i32>) -> Option<Vec<Vec<i32>>> {
        let drug = turn.drug;
        if drug.ramp.is_empty() || block.len() < 2 {
            return Some(vec![block]);
        }
        let began = turn.phase.cycle.days.date(turn.anchor, *block.first()?)?;
        let first = self.first_dose(&drug.id).unwrap_or(began);
        let mut parts: Vec<(Option<usize>, Vec<i32>)> = Vec::new();
        for (given, day) in (self.dosed_days(&drug.id)..).zip(block) {
            let date = turn.phase.cycle.days.date(turn.anchor, day)?;
            let step = step_of(drug, days_between(first, date), given);
            match parts.last_mut() {
                Some((last, days)) if *last == step => days.push(day),
                _ => parts.push((step, vec![day])),
            }
        }
        Some(parts.into_iter().map(|(_, days)| days).collect())
    }

    /// The step before the full dose on a day.
    fn step(&self, drug: &Drug, date: Date) -> Option<usize> {
        let first = self.first_dose(&drug.id).unwrap_or(date);
        step_of(drug, days_between(first, date), self.dosed_days(&drug.id))
    }

    /// Days on which a drug has been planned so far.
    fn dosed_days(&self, drug: &str) -> usize {
        let first_part = |part: Option<Part>| matches!(part, None | Some(Part::Half(HalfDay::Morning) | Part::Nth(1)));
        let own = self.administrations.iter().filter(|one| one.key.drug == drug && first_part(one.key.part));
        own.map(|one| one.run.as_ref().map_or(1, |run| usize::try_from(run.days).unwrap_or(1))).sum()
    }

    fn first_dose(&self, drug: &str) -> Option<Date> {
        self.administrations.iter().find(|one| one.key.drug == drug).map(|one| one.date)
    }

    fn days(&self, turn: &Turn<'_>) -> DaysHere {
        let force = self.doses.force(&turn.drug.id, turn.cycle, false);
        let ladder = turn.drug.ladder_of(&self.course.subject, self.course.start);
        let stepped = ladder.and_then(|ladder| {
            let taken = usize::try_from(force.level.checked_neg()?).ok()?;
            ladder.steps.iter().take(taken).rev().find_map(|step| step.days.as_ref())
        });
        let list = match stepped.unwrap_or(&turn.drug.days) {
            Days::EveryDay => return DaysHere::EveryDay,
            Days::List(days) => days.clone(),
            Days::ByCycle(rows) => {
                let number = turn.cycle.number;
                let row =
                    rows.iter().find(|(from, through, _)| *from <= number && through.is_none_or(|last| number <= last));
                row.map_or_else(Vec::new, |(_, _, days)| days.clone())
            }
        };
        DaysHere::Blocks(if turn.drug.home {
            consecutive(&list, turn)
        } else {
            list.into_iter().map(|day| vec![day]).collect()
        })
    }

    /// One day in the clinic, or one run of days at home.
    fn block(&mut self, turn: &Turn<'_>, block: &[i32], date: Date) -> Option<()> {
        let drug = turn.drug;
        let last = self.given.get(drug.id.as_str()).copied();
        let loading = drug.loading.as_ref().is_some_and(|loading| match last {
            None => true,
            Some(last) => match loading.again_after {
                Some(Stated::Is(days)) => days_between(last.on, date) >= days,
                _ => false,
            },
        });
        let mut force = self.doses.force(&drug.id, turn.cycle, loading);
        force.ramp = self.step(drug, date);
        match self.doses.of((turn.cycle.phase, turn.index), turn.cycle, turn.measurements, date) {
            Ok(of) => force.of = of,
            Err(error) => {
                self.problem(&error);
                return Some(());
            }
        }
        let dose = match self.doses.dose((turn.cycle.phase, turn.index), force, turn.measurements, date) {
            Ok(dose) => dose,
            Err(error) => {
                self.problem(&error);
                return Some(());
            }
        };
        if let Some(error) = checks::day_maximum(drug, &dose) {
            self.problem(&error);
            return Some(());
        }
        let count = last.map_or(1, |last| last.count + 1);
        let infusion = Infusion::of(drug, count, loading, dose.amount);
        let parts = parts(drug);
        for (part, hours) in parts {
            self.push(turn, block, date, part, hours, &dose, infusion.clone())?;
        }
        if let Some(ends) = &drug.ends {
            let date = turn.phase.cycle.days.date(turn.anchor, ends.day)?;
            self.ends.push(EndVisit {
                key: key(turn, *block.first()?, None),
                phase: turn.cycle.phase,
                drug: turn.index,
                day: ends.day,
                date,
                visit: ends.visit.clone(),
                certain: turn.cycle.certain,
                closed: self.closed(date),
            });
        }
        let omitted =
            self.administrations.last().is_some_and(|one| matches!(one.state, AdministrationState::Omitted(_)));
        if !omitted {
            let on = self.administrations.last().map_or(date, |one| one.date);
            self.given.insert(drug.id.clone(), Last { on, count });
        }
        Some(())
    }

    /// Adds what is planned to the total of this drug in this cycle.
    fn count(&mut self, amount: Amount) -> Option<()> {
        let so_far = self.in_cycle.map_or(Some(Decimal::ZERO), |sum| Some(sum.in_unit(amount.unit)?.value))?;
        self.in_cycle = Some(Amount { value: so_far.checked_add(amount.value)?, ..amount });
        Some(())
    }

    fn problem(&mut self, error: &DoseError) {
        let finding = error.finding();
        if !self.problems.contains(&finding) {
            self.problems.push(finding);
        }
    }

    fn closed(&self, date: Date) -> Option<String> {
        self.site.closures.reason(date).map(str::to_owned)
    }

    #[allow(clippy::too_many_arguments)] // everything one administration is made of, each once
    fn push(
        &mut self,
        turn: &Turn<'_>,
        block: &[i32],
        date: Date,
        part: Option<Part>,
        hours: Option<crate::quantity::Decimal>,
        dose: &std::sync::Arc<Dose>,
        infusion: Option<Infusion>,
    ) -> Option<()> {
        let day = *block.first()?;
        let drug = turn.drug;
        let key = key(turn, day, part);
        let date = match hours.and_then(|hours| decimal::whole((hours / crate::quantity::Decimal::from(24)).floor())) {
            Some(days) => plus_days(date, days)?,
            None => date,
        };
        let mut dose = total::of_part(drug, dose, part);
        let planned = Portion { amount: dose.amount, halves: dose.parts, days: total::days_of(drug) };
        let mut days = planned.days;
        let (state, date) = match self.course.deeds.get(&key) {
            Some(Deed::Given { on, dose: given }) => {
                let given = given.map_or(planned, |given| given.beside(planned));
                days = given.days;
                dose = given::as_given(&dose, planned, given);
                (AdministrationState::Given, *on)
            }
            Some(Deed::Held(reason)) => (AdministrationState::Held(reason.clone()), date),
            Some(Deed::Omitted(reason)) => (AdministrationState::Omitted(reason.clone()), date),
            None => (AdministrationState::Projected, date),
        };
        let window = window(turn, day)?;
        let run = if drug.home { Some(run(turn, block, date)?) } else { None };
        let (mornings, evenings) = run.as_ref().map_or((1, 0), Run::halves);
        self.count(planned.total(mornings, evenings)?)?;
        let closed = if drug.home { None } else { self.closed(date) };
        let mut marks = dose.marks.clone();
        marks.extend(date_marks(turn));
        self.administrations.push(Administration {
            key,
            phase: turn.cycle.phase,
            drug: turn.index,
            date,
            window,
            certain: turn.cycle.certain || state == AdministrationState::Given,
            state,
            dose,
            planned: true,
            infusion,
            days,
            hours: hours.and_then(|hours| drug.hours.as_ref().map(|rule| (rule.drug.clone(), hours))),
            run,
            closed,
            measured: turn.measurements.measured,
            marks,
        });
        Some(())
    }
}

enum DaysHere {
    Blocks(Vec<Vec<i32>>),
    EveryDay,
}
