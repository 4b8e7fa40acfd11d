//! What a plan is made from, and what every part of it asks.

use crate::calendar::{Date, Site};
use crate::course::Course;
use crate::dosing::Modification;
use crate::regimen::{Drug, Phase, Regimen};

use super::PlannedCycle;
use super::dose_calculator::DoseCalculator;
use super::drug_in_cycle::grouped;
use super::measured::MeasurementsInForce;
use super::reduced::{self, reduced};

/// What a plan is made from.
pub(super) struct Planner<'a> {
    pub(super) regimen: &'a Regimen,
    pub(super) course: &'a Course,
    pub(super) site: &'a Site,
    pub(super) doses: DoseCalculator<'a>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(regimen: &'a Regimen, course: &'a Course, site: &'a Site) -> Self {
        Self { regimen, course, site, doses: DoseCalculator::new(regimen, course) }
    }

    /// The reduction in force for a drug in a cycle.
    pub(super) fn reduced(&self, drug: &str, cycle: &PlannedCycle) -> Modification {
        reduced(self.regimen, &self.course.reductions, drug, (cycle.phase, cycle.number))
    }

    /// The drugs the subject may be given in a cycle, each with its place in the phase.
    pub(super) fn drugs_of(&self, phase: &'a Phase, number: u32) -> impl Iterator<Item = (usize, &'a Drug)> {
        let subject = &self.course.subject;
        let drugs = phase.drugs.iter().enumerate();
        drugs.filter(move |(_, drug)| drug.in_cycle(number) && drug.is_given_to(subject, &phase.drugs))
    }

    /// The days that a drug has in a cycle at the level in force; `None` for every day.
    pub(super) fn listed_days(
        &self,
        (phase, drug): (&Phase, &Drug),
        at: (usize, u32),
        measurements: &MeasurementsInForce,
        on: Date,
    ) -> Option<Vec<Vec<i32>>> {
        let (ladder, _) = self.doses.assigned(drug, measurements, on);
        let level = reduced(self.regimen, &self.course.reductions, &drug.id, at).level;
        let days = reduced::days(ladder.as_ref(), drug, level);
        days.in_cycle(at.1).map(|days| grouped(phase, drug, days))
    }
}
