//! When a phase begins.

use crate::calendar::{Date, days_between, plus_days};
use crate::course::Course;
use crate::regimen::model::{Begins, BeginsFrom, Days, Drug, Ladder, Phase, Regimen, Role};

use super::dosed::Doses;
use super::moves::{self, Before};
use super::{PlannedCycle, reduced, turn};

/// The first day of a phase: as things stand, and as it would stand had nothing ever been delayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) actual: Date,
    pub(super) undelayed: Date,
}

/// `None` beyond the calendar; `Some(None)` while the phase before has no cycle.
pub(super) fn start(
    regimen: &Regimen,
    course: &Course,
    cycles: &[PlannedCycle],
    begins: &Begins,
    doses: &mut Doses<'_>,
) -> Option<Option<Start>> {
    let after = regimen.phases.iter().position(|phase| phase.id.as_deref() == Some(begins.after.as_str()))?;
    let Some(last) = cycles.iter().rev().find(|cycle| cycle.phase == after) else { return Some(None) };
    let phase = regimen.phases.get(after)?;
    let length = days_between(last.actual, last.last_day).checked_add(1)?;
    let (actual, undelayed) = match begins.from {
        BeginsFrom::Day1 => (last.actual, last.undelayed),
        BeginsFrom::End => (plus_days(last.last_day, 1)?, plus_days(last.undelayed, length)?),
        BeginsFrom::LastDose => {
            let now = doses.would_be(last.number, last.actual);
            let ladder = |at| doses.assigned((after, at), &now, last.actual).0;
            let ladders = (0..phase.drugs.len()).map(ladder).collect();
            let earlier: Vec<&PlannedCycle> = cycles.iter().filter(|one| one.phase == after && *one != last).collect();
            let course = Known { regimen, course, phase, earlier, cycle: last, ladders };
            (course.last_dose(last.actual, true)?, course.last_dose(last.undelayed, false)?)
        }
    };
    let actual = plus_days(actual, begins.gap_days)?;
    // What a condition waits for moves everything, a drug with a clock of its own too.
    let undelayed = if begins.condition.is_some() { actual } else { plus_days(undelayed, begins.gap_days)? };
    Some(Some(Start { actual, undelayed }))
}

struct Known<'a> {
    regimen: &'a Regimen,
    course: &'a Course,
    phase: &'a Phase,
    earlier: Vec<&'a PlannedCycle>,
    cycle: &'a PlannedCycle,
    /// The ladder of each drug in that cycle.
    ladders: Vec<Option<Ladder>>,
}

impl Known<'_> {
    /// The day of the last treatment dose of the cycle: with the record on which it was given, else for which it is
    /// planned.
    fn last_dose(&self, day_1: Date, record: bool) -> Option<Date> {
        let length = days_between(self.cycle.actual, self.cycle.last_day);
        let treatment = self.phase.drugs.iter().zip(&self.ladders).filter(|(drug, _)| drug.role == Role::Treatment);
        let given = treatment.filter(|(drug, _)| drug.is_given_to(&self.course.subject, &self.phase.drugs));
        let ends = given.map(|(drug, ladder)| {
            let force = reduced::reduced(self.regimen, self.course, &drug.id, (self.cycle.phase, self.cycle.number));
            let days = reduced::days(ladder.as_ref(), drug, force.level);
            match turn::blocks(self.phase, drug, days, self.cycle.number) {
                None => plus_days(day_1, length).map(Some),
                Some(blocks) => self.last_of(drug, &blocks, (day_1, record), self.before(drug, days)?),
            }
        });
        let ends: Vec<Date> = ends.collect::<Option<Vec<Option<Date>>>>()?.into_iter().flatten().collect();
        ends.into_iter().max().map_or_else(|| plus_days(day_1, length), Some)
    }

    /// The doses of a drug in the cycles before.
    fn before(&self, drug: &Drug, days: &Days) -> Option<Before> {
        let mut before = Before::default();
        for cycle in self.earlier.iter().filter(|cycle| drug.in_cycle(cycle.number)) {
            let Some(blocks) = turn::blocks(self.phase, drug, days, cycle.number) else { continue };
            let of = (*cycle, self.phase);
            let places = moves::places(of, drug, &blocks, cycle.actual, Some(self.course), before)?;
            for block in &blocks {
                let place = block.first().and_then(|day| places.get(day)).filter(|place| place.received);
                before.doses += place.map_or(0, |_| block.len().saturating_mul(turn::doses_a_day(drug)));
                before.first = before.first.or(place.map(|place| place.on));
            }
        }
        Some(before)
    }

    fn last_of(
        &self,
        drug: &Drug,
        blocks: &[Vec<i32>],
        (day_1, record): (Date, bool),
        before: Before,
    ) -> Option<Option<Date>> {
        let course = record.then_some(self.course);
        let places = moves::places((self.cycle, self.phase), drug, blocks, day_1, course, before)?;
        let mut last = None::<Date>;
        for block in blocks {
            let (day, through) = (*block.first()?, *block.last()?);
            let Some(place) = places.get(&day).filter(|place| place.received) else { continue };
            let run = self.phase.cycle.days.offset(through) - self.phase.cycle.days.offset(day);
            last = last.max(Some(plus_days(place.on, run)?));
        }
        Some(last)
    }
}
