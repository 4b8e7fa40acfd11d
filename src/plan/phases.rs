//! When a phase begins.

use crate::calendar::{Date, days_between, plus_days};
use crate::course::{Course, Deed, Key};
use crate::regimen::model::{Begins, BeginsFrom, Drug, Phase, Regimen, Role};

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
) -> Option<Option<Start>> {
    let after = regimen.phases.iter().position(|phase| phase.id.as_deref() == Some(begins.after.as_str()))?;
    let Some(last) = cycles.iter().rev().find(|cycle| cycle.phase == after) else { return Some(None) };
    let phase = regimen.phases.get(after)?;
    let length = days_between(last.actual, last.last_day).checked_add(1)?;
    let (actual, undelayed) = match begins.from {
        BeginsFrom::Day1 => (last.actual, last.undelayed),
        BeginsFrom::End => (plus_days(last.last_day, 1)?, plus_days(last.undelayed, length)?),
        BeginsFrom::LastDose => {
            let course = Known { regimen, course, phase, cycle: last };
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
    cycle: &'a PlannedCycle,
}

impl Known<'_> {
    /// The day of the last treatment dose of the cycle: with the record on which it was given, else for which it is
    /// planned.
    fn last_dose(&self, day_1: Date, record: bool) -> Option<Date> {
        let length = days_between(self.cycle.actual, self.cycle.last_day);
        let treatment = self.phase.drugs.iter().filter(|drug| drug.role == Role::Treatment);
        let given = treatment.filter(|drug| drug.is_given_to(&self.course.subject, &self.phase.drugs));
        let ends = given.map(|drug| {
            let force = reduced::reduced(self.regimen, self.course, &drug.id, (self.cycle.phase, self.cycle.number));
            let days = reduced::days(self.course, drug, force.level);
            match turn::blocks(self.phase, drug, days, self.cycle.number) {
                None => plus_days(day_1, length).map(Some),
                Some(blocks) => self.last_of(drug, &blocks, day_1, record),
            }
        });
        let ends: Vec<Date> = ends.collect::<Option<Vec<Option<Date>>>>()?.into_iter().flatten().collect();
        ends.into_iter().max().map_or_else(|| plus_days(day_1, length), Some)
    }

    fn last_of(&self, drug: &Drug, blocks: &[Vec<i32>], day_1: Date, record: bool) -> Option<Option<Date>> {
        let (mut last, mut moved, mut first, mut received) = (None::<Date>, 0, None, 0);
        for block in blocks {
            let (day, through) = (*block.first()?, *block.last()?);
            let planned = self.phase.cycle.days.date(day_1, day)?;
            let date = plus_days(planned, moved)?;
            let deed = record.then(|| self.deed(drug, day)).flatten();
            let on = if let Some(Deed::Given { on, .. }) = deed { *on } else { date };
            if matches!(deed, Some(Deed::Omitted(_) | Deed::Held(_))) {
                continue;
            }
            let began = *first.get_or_insert(on);
            moved = turn::slip(drug, turn::step_of(drug, days_between(began, on), received), planned, on);
            received += block.len();
            let run = self.phase.cycle.days.offset(through) - self.phase.cycle.days.offset(day);
            last = last.max(Some(plus_days(on, run)?));
        }
        Some(last)
    }

    fn deed(&self, drug: &Drug, day: i32) -> Option<&Deed> {
        let meant = |key: &Key| {
            key.phase == self.phase.id && key.cycle == self.cycle.number && key.drug == drug.id && key.day == day
        };
        self.course.deeds.iter().find(|(key, _)| meant(key)).map(|(_, deed)| deed)
    }
}
