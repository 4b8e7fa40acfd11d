//! Which measurements and which reductions are in force in a cycle, and the doses they give. The same
//! dose is computed once and shared.

use std::sync::Arc;

use crate::calendar::Date;
use crate::course::{Course, Measurement};
use crate::dosing::{self, Dose, DoseError, Force, Input, Size, State};
use crate::finding::Finding;
use crate::formula::FormulaError;
use crate::quantity::{Basis, Creatinine, Decimal, Gfr, Height, Weight, number};
use crate::regimen::model::{Recalculate, Regimen};

use super::PlannedCycle;

/// The measurements in force in one cycle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct InForce {
    height: Option<Height>,
    weight: Option<Weight>,
    creatinine: Option<Creatinine>,
    gfr: Option<Gfr>,
    /// The day of the newest weight that was looked at.
    pub measured: Option<Date>,
}

/// Doses already computed, with what they were computed from.
struct Known {
    drug: (usize, usize),
    force: Force,
    measurements: InForce,
    dose: Arc<Dose>,
}

/// Computes and remembers doses along a course.
pub(super) struct Doses<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    known: Vec<Known>,
    sizes: Vec<(InForce, Option<Size>)>,
    last_used: Option<Weight>,
    told: Vec<Decimal>,
    /// What is worth telling about new weights.
    pub findings: Vec<Finding>,
}

impl<'a> Doses<'a> {
    pub(super) fn new(regimen: &'a Regimen, course: &'a Course) -> Self {
        let last_used = course.subject.weight;
        Self {
            regimen,
            course,
            known: Vec::new(),
            sizes: Vec::new(),
            last_used,
            told: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// What is in force on the first day of a cycle. Cycles are asked for in order.
    pub(super) fn in_force(&mut self, cycle: &PlannedCycle) -> InForce {
        let subject = &self.course.subject;
        let start = InForce {
            height: subject.height,
            weight: subject.weight,
            creatinine: subject.creatinine,
            gfr: subject.gfr,
            measured: subject.measured,
        };
        let earlier = self.course.measurements.iter().filter(|measurement| measurement.on <= cycle.actual);
        let newest = earlier.fold(start, |known, measurement| InForce {
            height: measurement.height.or(known.height),
            weight: measurement.weight.or(known.weight),
            creatinine: measurement.creatinine.or(known.creatinine),
            gfr: self.kidney(measurement, known.gfr),
            measured: measurement.weight.map_or(known.measured, |_| Some(measurement.on)),
        });
        let weight = match (newest.weight, self.reference()) {
            (Some(weight), Some(reference)) if weight != reference => Some(self.decide(weight, reference, cycle)),
            (weight, _) => weight,
        };
        self.last_used = weight.or(self.last_used);
        InForce { weight, ..newest }
    }

    /// The measured kidney function in force. A newer creatinine takes the place of an older measured one
    /// wherever the regimen can make kidney function of it: what is newest counts.
    fn kidney(&self, measurement: &Measurement, known: Option<Gfr>) -> Option<Gfr> {
        let from_creatinine = dosing::needs(self.regimen).contains(&Input::Creatinine);
        measurement.gfr.or(known.filter(|_| measurement.creatinine.is_none() || !from_creatinine))
    }

    /// The weight a new one is compared with.
    fn reference(&self) -> Option<Weight> {
        match self.regimen.body.as_ref()?.recalculate {
            Recalculate::Change { last_used: true, .. } => self.last_used,
            _ => self.course.subject.weight,
        }
    }

    /// The weight to use: the reference below the threshold, the new one from it.
    fn decide(&mut self, weight: Weight, reference: Weight, cycle: &PlannedCycle) -> Weight {
        let rule = self.regimen.body.as_ref().map(|body| body.recalculate);
        let change = crate::quantity::decimal::difference_percent(weight.value(), reference.value());
        let exact = weight
            .value()
            .checked_sub(reference.value())
            .and_then(|change| change.checked_mul(Decimal::ONE_HUNDRED))
            .and_then(|change| change.checked_div(reference.value()));
        let (Some(change), Some(exact)) = (change, exact) else { return weight };
        let takes_new = match rule {
            Some(Recalculate::Never) => false,
            Some(Recalculate::Change { percent, reaching, .. }) => {
                exact.abs() > percent || (reaching && exact.abs() == percent)
            }
            Some(Recalculate::EveryCycle) | None => true,
        };
        if !self.told.contains(&weight.value()) {
            self.told.push(weight.value());
            let used = if takes_new { weight } else { reference };
            let text = format!(
                "From cycle {} the weight is {weight} against {reference} ({}): doses use {used}.",
                cycle.number,
                number::percent(change),
            );
            let finding = if takes_new {
                Finding::warn("weight-changed", text)
            } else {
                Finding::note("weight-below-threshold", text)
            };
            self.findings.push(finding.field("weight"));
        }
        if takes_new { weight } else { reference }
    }

    fn state(&self, measurements: &InForce, on: Date) -> State<'a> {
        let subject = &self.course.subject;
        State {
            height: measurements.height,
            weight: measurements.weight,
            sex: subject.sex,
            age: subject.age_on(on),
            creatinine: measurements.creatinine,
            gfr: measurements.gfr,
            genotype: subject.genotype.as_deref(),
            tests: Some(&subject.tests),
            cohort: subject.cohort.as_deref(),
        }
    }

    /// The body size of a set of measurements; `None` where the regimen does not use one.
    pub(super) fn size(&mut self, measurements: &InForce, on: Date) -> Result<Option<Size>, FormulaError> {
        if let Some((_, size)) = self.sizes.iter().find(|(known, _)| known == measurements) {
            return Ok(size.clone());
        }
        let size = match &self.regimen.body {
            Some(body) => Some(dosing::size(body, &self.state(measurements, on))?),
            None => None,
        };
        self.sizes.push((*measurements, size.clone()));
        Ok(size)
    }

    /// The reduction in force for a drug in a cycle.
    pub(super) fn force(&self, drug: &str, cycle: &PlannedCycle, loading: bool) -> Force {
        Force { loading, ..super::reduced::reduced(self.regimen, self.course, drug, (cycle.phase, cycle.number)) }
    }

    /// The dose of which a drug's is a fraction, with the reduction in force for that drug.
    pub(super) fn of(
        &mut self,
        at: (usize, usize),
        cycle: &PlannedCycle,
        measurements: InForce,
        on: Date,
    ) -> Result<Option<crate::quantity::Amount>, DoseError> {
        let phase = self.regimen.phases.get(at.0);
        let share = phase.and_then(|phase| phase.drugs.get(at.1)).and_then(|drug| drug.share.as_ref());
        let owner = share.zip(phase).and_then(|(share, phase)| phase.drugs.iter().position(|drug| drug.id == share.of));
        let Some((owner, share)) = owner.zip(share) else { return Ok(None) };
        let force = self.force(&share.of, cycle, false);
        self.dose((at.0, owner), force, measurements, on).map(|dose| Some(dose.amount))
    }

    /// The dose of a drug.
    pub(super) fn dose(
        &mut self,
        at: (usize, usize),
        force: Force,
        measurements: InForce,
        on: Date,
    ) -> Result<Arc<Dose>, DoseError> {
        let same = |known: &&Known| known.drug == at && known.force == force && known.measurements == measurements;
        if let Some(known) = self.known.iter().find(same) {
            return Ok(Arc::clone(&known.dose));
        }
        let overflow = || DoseError::Overflow { drug: String::new() };
        let drug = self.regimen.phases.get(at.0).and_then(|phase| phase.drugs.get(at.1)).ok_or_else(overflow)?;
        let size = match self.size(&measurements, on) {
            Ok(size) => size,
            // A flat dose asks for no body size; whatever else needs one says what is missing itself.
            Err(_) if drug.dose.basis == Basis::Flat => None,
            Err(error) => return Err(DoseError::Formula { drug: drug.full_name(), error }),
        };
        let state = self.state(&measurements, on);
        let dose = Arc::new(dosing::dose(self.regimen, drug, &state, force, size.as_ref())?);
        self.known.push(Known { drug: at, force, measurements, dose: Arc::clone(&dose) });
        Ok(dose)
    }
}
