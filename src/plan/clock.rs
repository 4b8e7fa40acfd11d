//! The clock time of a dose, where it follows from that of hour 0: of doses counted in hours, of the dose they are counted
//! from, and of a drug that is alone in the clinic. When anything else is given on its day nobody has said.

use crate::calendar::{Date, Moment};
use crate::course::Course;
use crate::finding::Finding;
use crate::quantity::{Decimal, decimal};
use crate::regimen::{Drug, Phase, Regimen};
use crate::subject::Fact;

use super::Plan;
use super::drug_in_cycle::{DrugInCycle, doses_a_day};
use super::planner::Planner;

impl<'a> Planner<'a> {
    /// When a dose begins whose visit stands on a day.
    pub(super) fn begins_at(&self, one: &DrugInCycle<'a, '_>, day: Date, hours: Option<Decimal>) -> Option<Moment> {
        let clock = self.course.subject.at.as_ref()?;
        let minutes = match hours {
            Some(hours) => decimal::whole(hours.checked_mul(Decimal::from(60))?.floor())?,
            None if counted_from(one.phase, one.drug) || self.is_alone(one) => 0,
            None => return None,
        };
        clock.later(clock.on(day), minutes.into())
    }

    /// When what runs for so many minutes ends.
    pub(super) fn ends_at(&self, begins: Option<Moment>, minutes: Option<Decimal>) -> Option<Moment> {
        let minutes = decimal::whole(minutes?.floor())?;
        self.course.subject.at.as_ref()?.later(begins?, minutes.into())
    }

    /// Whether nothing else is given in the clinic in its cycle, and it once a day.
    fn is_alone(&self, one: &DrugInCycle<'a, '_>) -> bool {
        let mut others = self.drugs_of(one.phase, one.cycle.number);
        !one.drug.home && doses_a_day(one.drug) == 1 && !others.any(|(_, other)| !other.home && other.id != one.drug.id)
    }
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
