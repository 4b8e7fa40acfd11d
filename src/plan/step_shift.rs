//! How a step before the full dose that came early or late moves the days after it.
//!
//! A step that says when the next dose follows is counted from the day on which it was given. The days after it move by
//! as much, and so does what is given with them: the premedication of a step-up dose comes on its day.

use std::collections::BTreeMap;

use crate::calendar::days_between;
use crate::course::{AdministrationRecord, Course, Key};
use crate::regimen::{Drug, Role};

use super::drug_in_cycle::{DrugInCycle, doses_a_day, last_of, slip, step_of};
use super::range::{BeyondCalendar, later};
use super::received::Received;

/// By how many days the days of a cycle are moved, for each drug whose steps move them.
#[derive(Debug, Default)]
pub(super) struct StepShifts<'a>(BTreeMap<&'a str, BTreeMap<i32, i32>>);

impl<'a> StepShifts<'a> {
    /// Whether the steps of a drug move anything.
    pub(super) fn may_move(drug: &Drug) -> bool {
        drug.dosing.ramp.iter().any(|step| step.next.is_some())
    }

    /// Adds a drug with its runs of days, of which so much was received before the cycle.
    pub(super) fn add(
        &mut self,
        one: &DrugInCycle<'a, '_>,
        runs: &[Vec<i32>],
        course: &Course,
        mut received: Received,
    ) -> Result<(), BeyondCalendar> {
        let mut shift = 0;
        let mut shifts = BTreeMap::new();
        for days in runs {
            let Some(day) = days.first().copied() else { continue };
            let planned = one.date(day)?;
            shifts.insert(day, shift);
            let on = match record(course, one, day) {
                Some(AdministrationRecord::Given { on, .. }) => *on,
                Some(AdministrationRecord::Omitted(_) | AdministrationRecord::Held(_)) => continue,
                None => later(planned, shift)?,
            };
            let so_far = received.towards_steps(one.drug, on);
            let began = so_far.first.unwrap_or(on);
            shift = slip(one.drug, step_of(one.drug, days_between(began, on), so_far.doses), planned, on);
            let doses = days.len().saturating_mul(doses_a_day(one.drug));
            received = received.and(one.drug, on, doses, last_of(on, days)?);
        }
        self.0.insert(&one.drug.id, shifts);
        Ok(())
    }

    /// By how many days a day of a drug is moved: by its own steps, or for what supports them by those.
    pub(super) fn of(&self, drug: &Drug, day: i32) -> i32 {
        match self.0.get(drug.id.as_str()) {
            Some(own) => own.get(&day).copied().unwrap_or(0),
            None if drug.role != Role::Treatment => {
                self.0.values().find_map(|days| days.get(&day).copied()).unwrap_or(0)
            }
            None => 0,
        }
    }
}

fn record<'a>(course: &'a Course, one: &DrugInCycle<'_, '_>, day: i32) -> Option<&'a AdministrationRecord> {
    let (phase, cycle, drug) = (&one.cycle.phase_id, one.cycle.number, &one.drug.id);
    let of_day = |key: &Key| key.phase == *phase && key.cycle == cycle && key.drug == *drug && key.day == day;
    course.recorded.iter().find(|(key, _)| of_day(key)).map(|(_, record)| record)
}
