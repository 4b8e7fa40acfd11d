//! The doses of what was laid out: each visit with the dose of its day.

use std::sync::Arc;

use crate::calendar::{Date, days_between};
use crate::course::AdministrationRecord;
use crate::dosing::{Dose, DoseError, Modification};
use crate::finding::Finding;
use crate::quantity::{Amount, Portion};
use crate::regimen::{Drug, Over, Spread, Stated};

use super::dated_cycle::DatedCycle;
use super::drug_in_cycle::{DrugInCycle, date_marks, doses_a_day, step_of};
use super::given::{self, Unplanned};
use super::infusion::Infusion;
use super::planner::Planner;
use super::range::{BeyondCalendar, later};
use super::received::Received;
use super::visit::{Layout, Visit, VisitPart};
use super::{Administration, AdministrationState, EndVisit, PlannedDose, maximum, total};

/// The doses of the cycles so far.
#[derive(Default)]
pub(super) struct Dosed {
    pub(super) administrations: Vec<Administration>,
    pub(super) ends: Vec<EndVisit>,
    pub(super) problems: Vec<Finding>,
    /// What somebody has to answer before it is believed.
    pub(super) asked: Vec<Finding>,
}

impl Dosed {
    fn problem(&mut self, error: &DoseError) {
        let finding = error.finding();
        if !self.problems.contains(&finding) {
            self.problems.push(finding);
        }
    }
}

impl<'a> Planner<'a> {
    /// Adds the doses of a cycle, in the order of the file.
    pub(super) fn dose_cycle(
        &self,
        dated: &DatedCycle,
        layout: Layout,
        unplanned: &[Unplanned],
        dosed: &mut Dosed,
    ) -> Result<(), BeyondCalendar> {
        let Some(phase) = self.regimen.phases.get(dated.cycle.phase) else { return Ok(()) };
        let mut of_cycle = Vec::new();
        for (index, visits) in layout.drugs {
            let Some(drug) = phase.drugs.get(index) else { continue };
            let one = DrugInCycle::new(dated, phase, (index, drug));
            dosed.ends.extend(self.ends(&one, &visits)?);
            let before = of_cycle.len();
            for visit in visits {
                match self.doses_of(&one, &visit, unplanned, &of_cycle) {
                    Ok(doses) => {
                        let asked = self.without_effect(&one, &doses.1);
                        let new = asked.filter(|finding| !dosed.asked.contains(finding));
                        dosed.asked.extend(new);
                        of_cycle.extend(self.rows(&one, visit, &doses, unplanned));
                    }
                    Err(error) => dosed.problem(&error),
                }
            }
            if let Some(error) =
                maximum::cycle(drug, of_cycle.get(before..).unwrap_or_default(), self.regimen.cycle_word)
            {
                dosed.problem(&error);
            }
        }
        of_cycle.sort_by_key(|one| one.drug);
        dosed.administrations.append(&mut of_cycle);
        Ok(())
    }

    /// The doses of a day or run: that of its first administration, which may be a larger one, and that of the others.
    fn doses_of(
        &self,
        one: &DrugInCycle<'a, '_>,
        visit: &Visit,
        unplanned: &[Unplanned],
        of_cycle: &[Administration],
    ) -> Result<(Arc<Dose>, Arc<Dose>), DoseError> {
        let drug = one.drug;
        let at = (one.cycle.phase, one.index);
        let force = Modification {
            loading: loads(drug, visit, unplanned),
            ramp: step(drug, visit.date, visit.earlier),
            of: self.fraction_of(one, visit, of_cycle)?,
            ..self.reduced(&drug.id, one.cycle)
        };
        let dose = |force| self.doses.dose((at, drug), force, one.measurements, one.cycle.actual);
        let first = dose(force)?;
        let others = if first.loading && doses_a_day(drug) > 1 {
            dose(Modification { loading: false, ..force })?
        } else {
            Arc::clone(&first)
        };
        maximum::day(drug, &first, &others).map_or(Ok((first, others)), Err)
    }

    /// The dose of which a drug's is a fraction: that of the other drug's administration of the day, or of the last before
    /// it in the cycle, as it is planned or was given. Where there is none, what the reduction in force makes of it.
    fn fraction_of(
        &self,
        one: &DrugInCycle<'a, '_>,
        visit: &Visit,
        of_cycle: &[Administration],
    ) -> Result<Option<Amount>, DoseError> {
        let Some(fraction) = one.drug.dosing.fraction() else { return Ok(None) };
        let is_owner = |drug: &Drug| drug.id == fraction.drug && drug.in_cycle(one.cycle.number);
        let Some(index) = one.phase.drugs.iter().position(is_owner) else { return Ok(None) };
        let Some(owner) = one.phase.drugs.get(index) else { return Ok(None) };
        let before = || of_cycle.iter().filter(|other| other.drug == index && other.key.day <= visit.day());
        let last = before().map(|other| other.key.day).max();
        if let Some(other) = before().find(|other| Some(other.key.day) == last) {
            return Ok(other.dose.amount.in_unit(fraction.dose.unit).or(Some(other.dose.amount)));
        }
        let force = self.reduced(&fraction.drug, one.cycle);
        let dose = self.doses.dose(((one.cycle.phase, index), owner), force, one.measurements, one.cycle.actual)?;
        Ok(Some(dose.amount))
    }

    /// The administrations of a visit.
    fn rows(
        &self,
        one: &DrugInCycle<'a, '_>,
        visit: Visit,
        (first, others): &(Arc<Dose>, Arc<Dose>),
        unplanned: &[Unplanned],
    ) -> Vec<Administration> {
        let drug = one.drug;
        let before = visit.earlier.doses + before(drug, visit.date, unplanned).count();
        let mut given = 0;
        let rows = visit.parts.into_iter().map(|part| {
            let dose = if given == 0 { first } else { others };
            let of_part = total::of_part(drug, dose, part.key.part);
            let infusion = Infusion::of(drug, before + given + 1, dose.loading, of_part.amount);
            given += usize::from(!part.state.is_left_out());
            self.row(one, part, &of_part, infusion)
        });
        rows.collect()
    }

    fn row(
        &self,
        one: &DrugInCycle<'a, '_>,
        part: VisitPart,
        dose: &Arc<Dose>,
        infusion: Option<Infusion>,
    ) -> Administration {
        let drug = one.drug;
        let planned = Portion { amount: dose.amount, halves: dose.parts, days: total::days_of(drug) };
        let given = match self.course.recorded.get(&part.key) {
            Some(AdministrationRecord::Given { dose: given, .. }) => given.map(|given| given.beside(planned)),
            _ => None,
        };
        // What was not given stands where the cycle as it came to be puts it.
        let (due, due_run) = if part.state == AdministrationState::Given {
            (part.planned, part.planned_run)
        } else {
            (part.date, part.run.clone())
        };
        Administration {
            phase: one.cycle.phase,
            drug: one.index,
            date: part.date,
            window: part.window,
            certain: one.cycle.certain || part.state == AdministrationState::Given,
            state: part.state,
            dose: given.map_or_else(|| Arc::clone(dose), |given| given::as_given(dose, planned, given)),
            planned: Some(PlannedDose {
                date: due,
                dose: Arc::clone(dose),
                days: planned.days,
                begins: part.begins,
                ends: self.ends_at(part.begins, infusion.as_ref().and_then(Infusion::minutes)),
                run: due_run,
                inputs: self.doses.inputs(one),
            }),
            infusion,
            days: given.unwrap_or(planned).days,
            hours: part.hours.and_then(|hours| drug.hours.as_ref().map(|rule| (rule.drug.clone(), hours))),
            shift: part.shift,
            closed: if drug.home { None } else { self.closed(drug, part.date) },
            run: part.run,
            measured: one.measurements.measured,
            marks: dose.marks.iter().copied().chain(date_marks(one)).collect(),
            key: part.key,
        }
    }

    /// Why nothing can be given that day; a ward has no closed days.
    fn closed(&self, drug: &Drug, date: Date) -> Option<String> {
        self.site.closures.reason(date).filter(|_| !drug.ward).map(str::to_owned)
    }

    /// The dated ends of long infusions, each as long after its begin as the regimen says. One that is not given has no end.
    /// Where infusions of a day follow each other, the pump is changed, and comes off after the last.
    fn ends(&self, one: &DrugInCycle<'a, '_>, visits: &[Visit]) -> Result<Vec<EndVisit>, BeyondCalendar> {
        let (drug, count) = (one.drug, one.phase.cycle.days);
        let Some((ends, after)) = drug.ends.as_ref().zip(drug.ends_after(count)) else { return Ok(Vec::new()) };
        let given = visits.iter().filter_map(|visit| Some((visit.day(), visit.given().next()?)));
        let length = match &drug.over {
            Some(Over::Fixed(period)) => period.minutes(),
            _ => None,
        };
        let mut all = Vec::new();
        for (day, part) in given {
            let counted = later(part.date, after)?;
            // Where the hours are known they say the day, too.
            let at = self.ended(part, length);
            let date = at.map_or(counted, |at| at.date);
            all.push(EndVisit {
                key: one.key(day, None),
                phase: one.cycle.phase,
                drug: one.index,
                day: count.later(day, after.saturating_add(days_between(counted, date))),
                date,
                at,
                visit: ends.visit.clone(),
                certain: one.cycle.certain,
                closed: self.closed(drug, date),
            });
        }
        if matches!(drug.dosing.spread, Spread::Each | Spread::Divided { .. }) {
            let begins: Vec<(i32, Date)> =
                visits.iter().flat_map(|visit| visit.given().map(|part| (visit.day(), part.date))).collect();
            let goes_on = |end: &EndVisit| begins.iter().any(|(day, on)| *day > end.key.day && *on <= end.date);
            all.retain(|end| !goes_on(end));
        }
        Ok(all)
    }
}

/// What was given beyond the plan up to a day.
fn before(drug: &Drug, date: Date, unplanned: &[Unplanned]) -> impl Iterator<Item = Date> {
    unplanned.iter().filter(move |one| one.drug == drug.id && one.on <= date).map(|one| one.on)
}

/// The step before the full dose on a day.
fn step(drug: &Drug, date: Date, earlier: Received) -> Option<usize> {
    let so_far = earlier.towards_steps(drug, date);
    step_of(drug, days_between(so_far.first.unwrap_or(date), date), so_far.doses)
}

/// Whether a larger first dose is due: the first this subject ever has, or one after a long gap.
fn loads(drug: &Drug, visit: &Visit, unplanned: &[Unplanned]) -> bool {
    drug.dosing.loading.as_ref().is_some_and(|loading| {
        let last = visit.earlier.last.into_iter().chain(before(drug, visit.date, unplanned)).max();
        last.is_none_or(|last| match loading.again_after {
            Some(Stated::Is(days)) => days_between(last, visit.date) >= days,
            _ => false,
        })
    })
}
