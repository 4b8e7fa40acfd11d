//! The first days of the cycles.

use std::collections::BTreeMap;

use crate::calendar::{Date, Window, days_between, plus, plus_days};
use crate::course::{Course, CycleKey, Deed, Key};
use crate::regimen::model::{Begins, CountKind, Drug, Next, Numbering, Omitted, Phase, Regimen, Role};

use super::{OPEN_CYCLES, Options};

/// A cycle with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCycle {
    /// Index of the phase in the regimen.
    pub phase: usize,
    /// Phase id; `None` in a regimen of one.
    pub phase_id: Option<String>,
    /// Number as shown.
    pub number: u32,
    /// Place in its phase, from 1.
    pub place: u32,
    /// Where day 1 (or day 0) would stand if this cycle were not delayed.
    pub planned: Date,
    /// Where it stands.
    pub actual: Date,
    /// Where it would stand had nothing ever been delayed.
    pub undelayed: Date,
    /// Room around the planned day 1; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The last day of the cycle.
    pub last_day: Date,
    /// Whether it will be given if all goes as planned.
    pub certain: bool,
    /// Whether every treatment drug of it was omitted.
    pub omitted: bool,
    /// Days of delay recorded for it.
    pub delay: i32,
}

impl PlannedCycle {
    /// Its key in a course.
    pub fn key(&self) -> CycleKey {
        (self.phase_id.clone(), self.number)
    }
}

/// The cycles of a regimen, and whether treatment goes on after the last.
pub(super) fn cycles(regimen: &Regimen, course: &Course, options: Options) -> Option<(Vec<PlannedCycle>, bool)> {
    let mut cycles: Vec<PlannedCycle> = Vec::new();
    let mut continues = false;
    for (index, phase) in regimen.phases.iter().enumerate() {
        let start = match &phase.begins {
            None => course.start,
            Some(begins) => begin(regimen, &cycles, begins)?,
        };
        let offset = match phase.numbering {
            Numbering::Continues => cycles.last().map_or(0, |last| last.number),
            Numbering::Restarts => 0,
        };
        let conditional = regimen
            .phases
            .iter()
            .take(index + 1)
            .any(|phase| phase.begins.as_ref().is_some_and(|begins| begins.condition.is_some()));
        let first_dose = cycles.first().map_or(course.start, |first| first.actual);
        let (first_phase, last_phase) = (index == 0, index + 1 == regimen.phases.len());
        let run = Run { course, phase, index, start, offset, conditional, first_dose, first_phase, last_phase };
        continues = run.extend(&mut cycles, options)?;
    }
    Some((cycles, continues))
}

fn begin(regimen: &Regimen, cycles: &[PlannedCycle], begins: &Begins) -> Option<Date> {
    let after = regimen.phases.iter().position(|phase| phase.id.as_deref() == Some(begins.after.as_str()))?;
    let last = cycles.iter().rev().find(|cycle| cycle.phase == after)?;
    let from = if begins.from_day_1 { last.actual } else { plus_days(last.last_day, 1)? };
    plus_days(from, begins.gap_days)
}

struct Run<'a> {
    course: &'a Course,
    phase: &'a Phase,
    index: usize,
    start: Date,
    offset: u32,
    conditional: bool,
    first_dose: Date,
    first_phase: bool,
    last_phase: bool,
}

impl Run<'_> {
    fn extend(&self, cycles: &mut Vec<PlannedCycle>, options: Options) -> Option<bool> {
        let count = self.phase.cycle.count;
        let (wanted, open) = match count.kind {
            CountKind::UpTo(n) | CountKind::Planned(n) | CountKind::Between(_, n) => {
                (options.cycles.map_or(n, |cycles| cycles.min(n)), options.cycles.is_some_and(|cycles| cycles < n))
            }
            CountKind::UntilStopped => (options.cycles.unwrap_or(OPEN_CYCLES), true),
        };
        // In an arm whose last drug has ended there is no treatment left to plan.
        let (mut wanted, open) = match self.last_place().filter(|last| self.last_phase && *last <= wanted) {
            Some(last) => (last, false),
            None => (wanted, open),
        };
        let end = match count.at_most {
            Some(period) => Some(plus(self.first_dose, period)?),
            None => None,
        };
        let mut planned = self.start;
        let mut undelayed = self.start;
        let mut place = 1;
        while place <= wanted {
            if end.is_some_and(|end| planned >= end) {
                return Some(false);
            }
            let cycle = self.cycle(place, planned, undelayed)?;
            if cycle.omitted && count.omitted == Omitted::DoesNotCount && wanted < 10_000 {
                wanted += 1;
            }
            let length = self.length(cycle.number);
            planned = match self.phase.cycle_of(cycle.number).next {
                Next::FromActual => plus_days(cycle.actual, length)?,
                Next::FromPlanned => plus_days(cycle.planned, length)?,
            };
            undelayed = plus_days(undelayed, length)?;
            cycles.push(cycle);
            place += 1;
        }
        Some(open)
    }

    /// The last cycle in which the subject may be given anything, by its place in the phase; `None` where no drug ends.
    fn last_place(&self) -> Option<u32> {
        let mut own = self.phase.drugs.iter().filter(|drug| drug.is_given_to(&self.course.subject, &self.phase.drugs));
        let last = own.try_fold(0, |last, drug| drug.last_cycle.map(|own| own.max(last)))?;
        last.checked_sub(self.offset).filter(|place| *place > 0)
    }

    fn cycle(&self, place: u32, planned: Date, undelayed: Date) -> Option<PlannedCycle> {
        let number = self.offset.checked_add(place)?;
        let key = (self.phase.id.clone(), number);
        let deeds = deeds_of(self.course, &key);
        let omitted = self.wholly_omitted(number, &deeds);
        let delay = self.course.delays.get(&key).map_or(0, |delay| delay.days);
        let actual = if omitted {
            planned
        } else {
            self.given_day_1(number, &deeds).map_or_else(|| plus_days(planned, delay), Some)?
        };
        let time_zero = self.first_phase && place == 1;
        let window = if time_zero {
            Some(Window::exact(actual))
        } else {
            match self.phase.cycle_of(number).window.known() {
                Some(room) => Some(Window::around(planned, room.early, room.late)?),
                None => None,
            }
        };
        let last_day = plus_days(actual, self.length(number).checked_sub(1)?)?;
        let certain = self.certain(place);
        Some(PlannedCycle {
            phase: self.index,
            phase_id: self.phase.id.clone(),
            number,
            place,
            planned,
            actual,
            undelayed,
            window,
            last_day,
            certain,
            omitted,
            delay: days_between(planned, actual),
        })
    }

    /// The length of a cycle: the regimen's, or that of the dose level in force. Of several, the longest.
    fn length(&self, number: u32) -> i32 {
        let drugs = || self.phase.drugs.iter().filter(|drug| drug.in_cycle(number));
        let levels = drugs().filter_map(|drug| {
            let in_force = self.course.reductions.iter().rev().find(|reduction| {
                reduction.drug == drug.id && reduction.from.0 == self.phase.id && reduction.from.1 <= number
            })?;
            let taken = usize::try_from(in_force.level?.checked_neg()?).ok()?;
            drug.ladder_of(&self.course.subject, self.course.start)?
                .steps
                .iter()
                .take(taken)
                .rev()
                .find_map(|step| step.length)
        });
        let rows = drugs().flat_map(|drug| &drug.table);
        let rows = rows.filter(|row| row.when.fits(&self.course.subject, self.course.start));
        let by_row = rows.filter_map(|row| row.length).max();
        levels.max().or(by_row).unwrap_or(self.phase.cycle_of(number).length)
    }

    fn certain(&self, place: u32) -> bool {
        let first = self.first_phase && place == 1;
        let promised = match self.phase.cycle.count.kind {
            CountKind::Planned(_) => true,
            CountKind::Between(least, _) => place <= least,
            CountKind::UpTo(_) | CountKind::UntilStopped => false,
        };
        first || (promised && !self.conditional)
    }

    /// Every treatment drug with a record was omitted, and each has one.
    fn wholly_omitted(&self, number: u32, deeds: &BTreeMap<&Key, &Deed>) -> bool {
        let given = |drug: &&Drug| drug.in_cycle(number) && drug.is_given_to(&self.course.subject, &self.phase.drugs);
        let mut treatment = self.phase.drugs.iter().filter(|drug| drug.role == Role::Treatment).filter(given);
        let omitted = |id: &str| {
            let mut of_drug = deeds.iter().filter(|(key, _)| key.drug == id).peekable();
            of_drug.peek().is_some() && of_drug.all(|(_, deed)| matches!(deed, Deed::Omitted(_)))
        };
        !deeds.is_empty() && treatment.all(|drug| omitted(&drug.id))
    }

    /// Day 1 counted back from the first treatment drug given, or from the drug the regimen anchors on.
    fn given_day_1(&self, number: u32, deeds: &BTreeMap<&Key, &Deed>) -> Option<Date> {
        let anchors = |id: &str| match &self.phase.cycle_of(number).anchor {
            Some(anchor) => anchor == id,
            None => self.phase.drugs.iter().any(|drug| drug.id == id && drug.role == Role::Treatment),
        };
        let given = deeds.iter().filter_map(|(key, deed)| match deed {
            Deed::Given { on, .. } if anchors(&key.drug) => Some((key.day, *on)),
            _ => None,
        });
        let (day, on) = given.min()?;
        plus_days(on, -self.phase.cycle.days.offset(day))
    }
}

fn deeds_of<'a>(course: &'a Course, cycle: &CycleKey) -> BTreeMap<&'a Key, &'a Deed> {
    course.deeds.iter().filter(|(key, _)| key.phase == cycle.0 && key.cycle == cycle.1).collect()
}
