//! The clock time of a dose, where it follows from that of hour 0: of doses counted in hours, of the dose they are counted
//! from, and of a drug that is alone in the clinic. When anything else is given on its day nobody has said.

use crate::calendar::{Date, Moment, days_between};
use crate::course::{AdministrationRecord, Course, Key, Part};
use crate::finding::Finding;
use crate::quantity::{Decimal, decimal};
use crate::regimen::{Drug, Phase, Regimen};
use crate::subject::Fact;

use super::Plan;
use super::drug_in_cycle::{DrugInCycle, doses_a_day, parts};
use super::planner::Planner;
use super::visit::VisitPart;

impl<'a> Planner<'a> {
    /// When a dose begins whose visit stands on a day. What is counted in hours is counted from when the other drug was begun,
    /// where that is on record and the day is the one on which the visit stands; else from the clock time of its hour 0.
    pub(super) fn begins_at(
        &self,
        one: &DrugInCycle<'a, '_>,
        (begun, day): (Option<Moment>, Date),
        hours: Option<Decimal>,
    ) -> Option<Moment> {
        let by_clock = self.course.subject.at.as_ref().map(|clock| clock.on(day));
        match hours {
            Some(hours) => self.later(begun.or(by_clock)?, hours.checked_mul(Decimal::from(60))?),
            None if counted_from(one.phase, one.drug) || self.is_alone(one) => by_clock,
            None => None,
        }
    }

    /// When the drug that hours are counted from was begun on a day of the cycle.
    pub(super) fn begun(&self, one: &DrugInCycle<'a, '_>, day: i32) -> Option<Moment> {
        let from = &one.drug.hours.as_ref()?.drug;
        let mut drugs = one.phase.drugs.iter().filter(|drug| drug.in_cycle(one.cycle.number));
        let (part, _) = parts(drugs.find(|drug| drug.id == *from)?).into_iter().next()?;
        let key = Key { drug: from.clone(), ..one.key(day, part) };
        let AdministrationRecord::Given { on, .. } = self.course.recorded.get(&key)? else { return None };
        Some(Moment::new(*on, self.course.times.get(&key)?.start?))
    }

    /// When what runs for so many minutes ends.
    pub(super) fn ends_at(&self, begins: Option<Moment>, minutes: Option<Decimal>) -> Option<Moment> {
        self.later(begins?, minutes?)
    }

    /// When the infusion of an administration ended, or will: as noted, so long after it was begun, or as planned.
    pub(super) fn ended(&self, part: &VisitPart, length: Option<Decimal>) -> Option<Moment> {
        let times = self.course.times.get(&part.key).copied().unwrap_or_default();
        if let Some(stop) = times.stop {
            return Some(Moment::new(times.last_day(part.date), stop));
        }
        let begun = times.start.map(|start| Moment::new(part.date, start));
        self.ends_at(begun.or(part.begins), length)
    }

    fn later(&self, from: Moment, minutes: Decimal) -> Option<Moment> {
        let minutes = decimal::whole(minutes.floor())?.into();
        match &self.course.subject.at {
            Some(clock) => clock.later(from, minutes),
            None => from.later(minutes),
        }
    }

    /// How many days behind the day it is called by a dose stands that its hours carry past midnight: at least and at most, which
    /// are one where the clock time of hour 0 is known.
    pub(super) fn carried(&self, drug: &Drug, part: Option<Part>) -> (i32, i32) {
        let hours = parts(drug).into_iter().find(|(one, _)| *one == part).and_then(|(_, hours)| hours);
        let Some(hours) = hours else { return (0, 0) };
        let (day, minutes) = (self.course.start, hours * Decimal::from(60));
        let by_clock = self.course.subject.at.as_ref().map(|clock| clock.on(day));
        match by_clock.and_then(|zero| self.later(zero, minutes)) {
            Some(begins) => (days_between(day, begins.date), days_between(day, begins.date)),
            // Hour 0 may be any minute of its day.
            None => (whole_days(hours), whole_days(hours + Decimal::new(2399, 2))),
        }
    }

    /// Whether nothing else is given in the clinic in its cycle, and it once a day.
    fn is_alone(&self, one: &DrugInCycle<'a, '_>) -> bool {
        let mut others = self.drugs_of(one.phase, one.cycle.number);
        !one.drug.home && doses_a_day(one.drug) == 1 && !others.any(|(_, other)| !other.home && other.id != one.drug.id)
    }
}

/// The days that hours hold whole, where no clock time is known.
pub(super) fn whole_days(hours: Decimal) -> i32 {
    decimal::whole((hours / Decimal::from(24)).floor()).unwrap_or(0)
}

/// Whether another drug counts its hours from this one.
fn counted_from(phase: &Phase, drug: &Drug) -> bool {
    phase.drugs.iter().any(|other| other.hours.as_ref().is_some_and(|hours| hours.drug == drug.id))
}

/// That a clock time stands on no dose.
pub(super) fn unused(regimen: &Regimen, course: &Course, plan: &Plan) -> Option<Finding> {
    let clock = course.subject.at.as_ref()?;
    let mut planned = plan.administrations.iter().filter_map(|one| one.planned.as_ref());
    let used = planned.any(|planned| planned.begins.is_some());
    (!used).then(|| {
        let text = format!("{clock} stands on no dose: {} counts no hours from an hour 0.", regimen.name);
        Finding::note(super::codes::CLOCK_UNUSED, text).field(Fact::At.name())
    })
}
