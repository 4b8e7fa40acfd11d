//! The plan itself: every drug on every day of every cycle.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Date, Site, days_between, plus_days};
use crate::course::{Course, Deed, Part};
use crate::dosing::{self, Dose, DoseError, Size};
use crate::finding::{Finding, blocks};
use crate::formula::{Inputs, bmi};
use crate::quantity::{Amount, Bmi, Decimal, Portion, decimal};
use crate::regimen::{Clock, Days, Drug, Regimen, Role};

mod pump;
mod reach;
mod which;

pub(super) use reach::last_dose;
use reach::{anchor, last_of};

use super::dosed::Doses;
use super::infusion::Infusion;
use super::moves::{self, Before, Moves, Place};
use super::owner::{self, Stand, Stands};
use super::received::{Ledger, Received};
use super::turn::{self, Turn, date_marks, key, parts, run, window};
use super::{
    Administration, AdministrationState, EndVisit, Options, Plan, PlannedCycle, PlannedDose, Run, assess, birthday,
    checks, genotype, given, lifetime, reduced, timeline, total, twice,
};

/// Plans a regimen for a subject. While anything a dose needs is missing or wrong there is no plan,
/// not a partial one: the findings say what to correct.
pub fn plan(regimen: &Regimen, course: &Course, site: &Site, options: Options) -> Result<Plan, Vec<Finding>> {
    let respelled = genotype::respelled(regimen, course);
    let course = respelled.as_ref().unwrap_or(course);
    match regimen.with_steps_carried_on() {
        Some(carried) => plan_of(&carried, course, site, options),
        None => plan_of(regimen, course, site, options),
    }
}

fn plan_of(regimen: &Regimen, course: &Course, site: &Site, options: Options) -> Result<Plan, Vec<Finding>> {
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
    // A run divided by its steps has more doses than the dates know of: what seems omitted may be omitted in part.
    let mut partly = Vec::new();
    let (cycles, continues) = loop {
        let (cycles, continues) = timeline::cycles(regimen, course, options, &partly).ok_or_else(beyond)?;
        if !cycles.iter().any(|cycle| cycle.omitted) {
            break (cycles, continues);
        }
        let more = left(regimen, &Builder::of(regimen, course, site, &cycles).administrations, &cycles);
        if more.is_empty() {
            break (cycles, continues);
        }
        partly.extend(more);
    };
    let assessments = assess::assessments(regimen, course, &cycles, site).ok_or_else(beyond)?;
    let mut builder = Builder::of(regimen, course, site, &cycles);
    findings.extend(builder.doses.notices.into_iter().map(|notice| notice.finding));
    findings.append(&mut builder.problems);
    if blocks(&findings) {
        findings.retain(|finding| finding.severity == crate::finding::Severity::Block);
        return Err(findings);
    }
    let (administrations, ends, size) = (builder.administrations, builder.ends, builder.size);
    let bmi = body_mass(course);
    let mut plan = Plan { cycles, administrations, ends, assessments, size, bmi, findings, continues };
    plan.administrations.sort_by_key(|one| one.date);
    plan.ends.sort_by_key(|end| end.date);
    given::beyond(regimen, course, &mut plan);
    assess::after_doses(regimen, course, site, &mut plan).ok_or_else(beyond)?;
    let doubled = twice::findings(regimen, course, &plan);
    if blocks(&doubled) {
        return Err(doubled);
    }
    plan.findings.extend(doubled);
    checks::after(regimen, course, site, &mut plan);
    let about_age = birthday::finding(regimen, course, &plan);
    plan.findings.extend(about_age);
    let about_limits = lifetime::findings(regimen, course, &plan);
    plan.findings.extend(about_limits);
    Ok(plan)
}

/// Cycles taken for wholly omitted that have a treatment dose left.
fn left(regimen: &Regimen, administrations: &[Administration], cycles: &[PlannedCycle]) -> Vec<(usize, u32)> {
    let treats = |one: &Administration| {
        let drug = regimen.phases.get(one.phase).and_then(|phase| phase.drugs.get(one.drug));
        drug.is_some_and(|drug| drug.role == Role::Treatment)
    };
    let omitted = cycles.iter().filter(|cycle| cycle.omitted);
    let of = |cycle: &PlannedCycle, one: &Administration| one.phase == cycle.phase && one.key.cycle == cycle.number;
    let open = |one: &Administration| treats(one) && !matches!(one.state, AdministrationState::Omitted(_));
    let left = omitted.filter(|cycle| administrations.iter().any(|one| of(cycle, one) && open(one)));
    left.map(|cycle| (cycle.phase, cycle.number)).collect()
}

fn body_mass(course: &Course) -> Option<Bmi> {
    let inputs = Inputs { height: course.subject.height, weight: course.subject.weight, ..Inputs::default() };
    bmi::compute(&inputs).ok().map(|computed| Bmi::new(decimal::half_up(computed.value, 1)))
}

/// How far a chain of drugs that belong to each other is followed.
const DEEPEST: usize = 6;

struct Builder<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    site: &'a Site,
    cycles: &'a [PlannedCycle],
    doses: Doses<'a>,
    received: Ledger,
    administrations: Vec<Administration>,
    ends: Vec<EndVisit>,
    /// Body size in the first cycle.
    size: Option<Size>,
    problems: Vec<Finding>,
    /// What is planned of one drug in one cycle, as far as it has been built.
    in_cycle: Option<Amount>,
    /// Where the doses of that cycle stand.
    stands: Stands,
}

/// One day in the clinic, or one run of days at home.
struct Slot<'b> {
    block: &'b [i32],
    date: Date,
    /// The day on which it is planned, whatever day 1 became.
    planned: Date,
    /// Whether treatment ends before the run does.
    cut: bool,
    /// Where it stands by the drug it belongs to.
    stand: Option<Stand>,
    /// Why it is not given, where that drug is not.
    left_out: Option<AdministrationState>,
}

impl<'a> Builder<'a> {
    /// Every dose; a second time where there are doses beyond the plan, which count for those after them.
    fn of(regimen: &'a Regimen, course: &'a Course, site: &'a Site, cycles: &'a [PlannedCycle]) -> Self {
        let builder = Self::build(regimen, course, site, cycles, &[]);
        let unplanned = given::unplanned(course, &builder.administrations);
        if unplanned.is_empty() { builder } else { Self::build(regimen, course, site, cycles, &unplanned) }
    }

    /// Every dose, where doses beyond the plan are known.
    fn build(
        regimen: &'a Regimen,
        course: &'a Course,
        site: &'a Site,
        cycles: &'a [PlannedCycle],
        beyond: &[(String, Date)],
    ) -> Self {
        let mut builder = Builder {
            regimen,
            course,
            site,
            cycles,
            doses: Doses::new(regimen, course),
            received: Ledger::new(beyond.iter().cloned()),
            administrations: Vec::new(),
            ends: Vec::new(),
            size: None,
            problems: Vec::new(),
            in_cycle: None,
            stands: Stands::default(),
        };
        for (at, cycle) in cycles.iter().enumerate() {
            builder.cycle(at, cycle);
        }
        builder
    }

    fn cycle(&mut self, at: usize, cycle: &'a PlannedCycle) {
        let regimen = self.regimen;
        let Some(phase) = regimen.phases.get(cycle.phase) else { return };
        let measurements = self.doses.in_force(cycle);
        if at == 0 {
            self.size = self.doses.size(&measurements, cycle.actual).ok().flatten();
        }
        let given = |drug: &&Drug| drug.in_cycle(cycle.number) && drug.is_given_to(&self.course.subject, &phase.drugs);
        // What belongs to a drug is known after that drug; the order of the file is put back at the end.
        let before = self.administrations.len();
        let mut drugs: Vec<(usize, &Drug)> = phase.drugs.iter().enumerate().filter(|(_, drug)| given(drug)).collect();
        drugs.sort_by_key(|(_, drug)| owner::rank(phase, drug, DEEPEST));
        self.stands = Stands::default();
        // A drug with a clock of its own does not know what is measured after its day.
        let own = if cycle.undelayed < cycle.actual {
            let asked = self.doses.would_be(cycle.number, cycle.undelayed);
            // What no dose is made from is not told.
            let made_from = |drug: &Drug| phase.own_clock(drug) && dosing::is_measured(self.regimen, drug);
            if drugs.iter().any(|(_, drug)| made_from(drug)) {
                self.doses.tell(asked.notices);
            }
            asked.in_force
        } else {
            measurements
        };
        let turn = |(index, drug): (usize, &'a Drug)| Turn {
            cycle,
            phase,
            drug,
            index,
            anchor: anchor(drug, cycle),
            measurements: if phase.own_clock(drug) { own } else { measurements },
        };
        let mut moves = Moves::default();
        for one in drugs.iter().filter(|(_, drug)| Moves::may_move(drug)) {
            if let Some(places) = self.places(at, &turn(*one)) {
                moves.insert(&one.1.id, &places);
            }
        }
        for one in drugs {
            if self.drug(at, &turn(one), &moves).is_none() {
                self.problems.push(Finding::block("date-out-of-range", "The plan reaches beyond the calendar."));
            }
        }
        if let Some(of_cycle) = self.administrations.get_mut(before..) {
            of_cycle.sort_by_key(|one| one.drug);
        }
    }

    /// By how many days the dose that set day 1 of the cycle came later than planned: it, and what stands before it, was
    /// planned so much earlier than the cycle as it came to be says.
    fn later(&self, turn: &Turn<'_>, day: i32) -> i32 {
        let (cycle, days) = (turn.cycle, turn.phase.cycle.days);
        let sets = cycle.set_by.is_some_and(|set_by| days.offset(day) <= days.offset(set_by));
        if !sets || turn.drug.clock == Clock::Own {
            return 0;
        }
        let recorded = self.course.delays.get(&cycle.key()).map_or(0, |delay| delay.days);
        cycle.delay.saturating_sub(recorded)
    }

    /// Where the days of a drug with steps stand in a cycle.
    fn places(&mut self, at: usize, turn: &Turn<'_>) -> Option<BTreeMap<i32, Place>> {
        let drug = &turn.drug.id;
        let before = Before { first: self.received.began(drug), doses: self.received.doses(drug) };
        let blocks = self.blocks(at, turn)?;
        moves::places((turn.cycle, turn.phase), turn.drug, &blocks, turn.anchor, Some(self.course), before)
    }

    /// `None` beyond the calendar.
    fn drug(&mut self, at: usize, turn: &Turn<'_>, moves: &Moves) -> Option<()> {
        let drug = turn.drug;
        self.in_cycle = None;
        let (doses, ends) = (self.administrations.len(), self.ends.len());
        let subject = &self.course.subject;
        let blocks = self.blocks(at, turn)?;
        for mut block in self.stands.planned(turn, subject, blocks) {
            let mut cut = false;
            let first = *block.first()?;
            let planned = turn.phase.cycle.days.date(turn.anchor, first)?;
            let stand = self.stands.of(turn, subject, first);
            let date = match &stand {
                Some(stand) => stand.date,
                None => plus_days(planned, moves.of(drug, first))?,
            };
            let given = self.given_on(turn, first);
            let date = if drug.home && given.is_none() { self.after_the_run_before(turn, date)? } else { date };
            let on = given.unwrap_or(date);
            let runs_on = if drug.days == Days::EveryDay { Some(last_of(date, &block)?) } else { None };
            if let Some(last) = self.last_possible(turn, on)?.into_iter().chain(runs_on).min() {
                let left = usize::try_from(days_between(on, last).saturating_add(1)).unwrap_or(0);
                if left == 0 && given.is_none() {
                    continue;
                }
                cut = left < block.len();
                block.truncate(left.max(1));
            }
            let left_out = self.stands.left_out(turn, subject, &block);
            let planned = match &stand {
                Some(stand) => stand.planned,
                None => plus_days(date, -self.later(turn, first))?,
            };
            self.block(turn, &Slot { block: &block, date, planned, cut, stand, left_out })?;
        }
        self.pumps_changed(drug, doses, ends);
        if let Some(error) = checks::cycle_maximum(drug, self.in_cycle) {
            self.problem(&error);
        }
        Some(())
    }

    /// The runs of days of a drug in a cycle, divided where the step before the full dose changes.
    fn blocks(&mut self, at: usize, turn: &Turn<'_>) -> Option<Vec<Vec<i32>>> {
        let force = self.doses.force(&turn.drug.id, turn.cycle, false);
        let drug_at = (turn.cycle.phase, turn.index);
        let (ladder, _) = self.doses.assigned(drug_at, &turn.measurements, turn.cycle.actual);
        let days = reduced::days(ladder.as_ref(), turn.drug, force.level);
        let blocks = match turn::blocks(turn.phase, turn.drug, days, turn.cycle.number) {
            Some(blocks) => blocks,
            None => vec![(1..=self.days_until_next(at, turn)?).collect()],
        };
        let parts = blocks.into_iter().map(|block| self.by_step(turn, block)).collect::<Option<Vec<_>>>()?;
        Some(parts.into_iter().flatten().collect())
    }

    /// One day in the clinic, or one run of days at home.
    fn block(&mut self, turn: &Turn<'_>, slot: &Slot<'_>) -> Option<()> {
        let (drug, block, date) = (turn.drug, slot.block, slot.date);
        let (first, others) = match self.doses_of(turn, *block.first()?, date) {
            Ok(doses) => doses,
            Err(error) => {
                self.problem(&error);
                return Some(());
            }
        };
        let count = self.received.count(&drug.id, date);
        let before = self.administrations.len();
        for (part, hours) in parts(drug) {
            let done = self.administrations.iter().skip(before).filter(|one| !owner::is_left_out(one)).count();
            let dose = if done == 0 { &first } else { &others };
            let amount = total::of_part(drug, dose, part).amount;
            let infusion = Infusion::of(drug, count + done + 1, dose.loading, amount);
            self.push(turn, slot, part, hours, dose, infusion)?;
        }
        let pushed = self.administrations.get(before..).unwrap_or_default();
        self.stands.put(turn, block, date, pushed);
        let done: Vec<_> = pushed.iter().filter(|one| !owner::is_left_out(one)).collect();
        let doses = done.iter().map(|one| one.run.as_ref().map_or(1, |run| run.administrations)).sum::<u32>();
        let received = done.first().map(|one| Received {
            on: one.date,
            doses: usize::try_from(doses).unwrap_or(usize::MAX),
            through: one.run.as_ref().map_or(one.date, |run| run.through),
        });
        if let Some(received) = received {
            self.received.push(&drug.id, received);
            self.end(turn, *block.first()?, received.on)?;
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
        slot: &Slot<'_>,
        part: Option<Part>,
        hours: Option<crate::quantity::Decimal>,
        dose: &Arc<Dose>,
        infusion: Option<Infusion>,
    ) -> Option<()> {
        let (drug, block) = (turn.drug, slot.block);
        let day = *block.first()?;
        let key = key(turn, day, part);
        let whole_days = hours.and_then(|hours| decimal::whole((hours / crate::quantity::Decimal::from(24)).floor()));
        let whole_days = whole_days.unwrap_or(0);
        let (date, due) = (plus_days(slot.date, whole_days)?, plus_days(slot.planned, whole_days)?);
        let mut dose = total::of_part(drug, dose, part);
        let planned = Portion { amount: dose.amount, halves: dose.parts, days: total::days_of(drug) };
        let mut days = planned.days;
        let by_owner = slot.stand.as_ref().and_then(|stand| owner::window(stand, drug, date));
        let window = if let Some(window) = by_owner { window } else { window(turn, day, date)? };
        let (planned_dose, planned_days) = (Arc::clone(&dose), days);
        let (state, date) = match self.course.deeds.get(&key) {
            Some(Deed::Given { on, dose: given }) => {
                let given = given.map_or(planned, |given| given.beside(planned));
                days = given.days;
                dose = given::as_given(&dose, planned, given);
                (AdministrationState::Given, *on)
            }
            Some(Deed::Held(reason)) => (AdministrationState::Held(reason.clone()), date),
            Some(Deed::Omitted(reason)) => (AdministrationState::Omitted(reason.clone()), date),
            None => (slot.left_out.clone().unwrap_or(AdministrationState::Projected), date),
        };
        let of_run = |from: Date| if drug.home { run(turn, block, from, slot.cut).map(Some) } else { Some(None) };
        let run = of_run(date)?;
        let planned_dose = PlannedDose {
            date: due,
            dose: planned_dose,
            days: planned_days,
            run: of_run(due)?,
            inputs: self.doses.inputs(turn),
        };
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
            planned: Some(planned_dose),
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
