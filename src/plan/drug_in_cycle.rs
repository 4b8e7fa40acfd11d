//! One drug in one cycle: which of its days run on without a gap, what each is called, where it may stand.

use crate::calendar::{self, Date, Window, days_between};
use crate::course::{Key, Part};
use crate::quantity::Decimal;
use crate::regimen::{Clock, Days, Doubt, Drug, Gap, HalfDay, Mark, Next, Phase, RampLength, Stated};

use super::dated_cycle::DatedCycle;
use super::measured::MeasurementsInForce;
use super::range::{BeyondCalendar, around, cycle_day, later, moved};
use super::{PlannedCycle, Run};

/// One drug in one cycle.
#[derive(Clone, Copy)]
pub(super) struct DrugInCycle<'a, 'c> {
    pub(super) cycle: &'c PlannedCycle,
    pub(super) phase: &'a Phase,
    pub(super) drug: &'a Drug,
    /// Place of the drug in its phase.
    pub(super) index: usize,
    pub(super) measurements: &'c MeasurementsInForce,
}

impl<'a, 'c> DrugInCycle<'a, 'c> {
    pub(super) fn new(dated: &'c DatedCycle, phase: &'a Phase, (index, drug): (usize, &'a Drug)) -> Self {
        Self { cycle: &dated.cycle, phase, drug, index, measurements: dated.measurements_of(phase, drug) }
    }

    /// Day 1 of the cycle for the drug.
    pub(super) fn anchor(&self) -> Date {
        anchor(self.drug, self.cycle)
    }

    /// A cycle day as the regimen has it.
    pub(super) fn date(&self, day: i32) -> Result<Date, BeyondCalendar> {
        cycle_day(self.phase.cycle.days, self.anchor(), day)
    }

    pub(super) fn key(&self, day: i32, part: Option<Part>) -> Key {
        Key { phase: self.phase.id.clone(), cycle: self.cycle.number, day, drug: self.drug.id.clone(), part }
    }
}

/// Day 1 for a drug: of the cycle as it stands, or where it would stand without any delay.
pub(super) fn anchor(drug: &Drug, cycle: &PlannedCycle) -> Date {
    if drug.clock == Clock::Own { cycle.undelayed } else { cycle.actual }
}

/// Days by themselves in the clinic, in runs without a gap at home.
pub(super) fn grouped(phase: &Phase, drug: &Drug, days: &[i32]) -> Vec<Vec<i32>> {
    if drug.home { consecutive(phase, days) } else { days.iter().map(|day| vec![*day]).collect() }
}

/// Day 1 follows day -1 where there is no day 0.
fn consecutive(phase: &Phase, days: &[i32]) -> Vec<Vec<i32>> {
    let offset = |day: i32| phase.cycle.days.offset(day);
    let mut runs: Vec<Vec<i32>> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| offset(*last) + 1 == offset(*day)) => run.push(*day),
            _ => runs.push(vec![*day]),
        }
    }
    runs
}

/// The step before the full dose so many days after the first dose, after so many doses.
pub(super) fn step_of(drug: &Drug, days: i32, given: usize) -> Option<usize> {
    let (mut day, mut dose) = (0_i32, 0_usize);
    for (at, step) in drug.dosing.ramp.iter().enumerate() {
        match step.lasts {
            RampLength::Days(length) => {
                day = day.saturating_add(length);
                if days < day {
                    return Some(at);
                }
            }
            RampLength::Doses(count) => {
                dose = dose.saturating_add(usize::try_from(count).unwrap_or(usize::MAX));
                if given < dose {
                    return Some(at);
                }
            }
        }
    }
    None
}

/// The administrations of one day: none named for one a day or a run at home. Each with its hours after another drug.
pub(super) fn parts(drug: &Drug) -> Vec<(Option<Part>, Option<Decimal>)> {
    if let Some(hours) = &drug.hours {
        let many = hours.at.len() > 1;
        let numbered = (1..).zip(&hours.at);
        return numbered.map(|(nth, hours)| (many.then_some(Part::Nth(nth)), Some(*hours))).collect();
    }
    match (drug.home, drug.times) {
        (true, _) | (_, 0 | 1) => vec![(None, None)],
        (false, 2) => {
            let half = |half| (Some(Part::Half(half)), None);
            vec![half(HalfDay::Morning), half(HalfDay::Evening)]
        }
        (false, times) => (1..=times).map(|nth| (Some(Part::Nth(nth)), None)).collect(),
    }
}

/// How many doses a day holds.
pub(super) fn doses_a_day(drug: &Drug) -> usize {
    let times = usize::try_from(drug.times.max(1)).unwrap_or(usize::MAX);
    drug.hours.as_ref().map_or(times, |hours| hours.at.len().max(1))
}

/// A window without the early days on which the shortest interval from the dose before would not have passed.
pub(super) fn after_the_gap(drug: &Drug, window: Window, before: Option<Date>, planned: Date) -> Window {
    let free = before.zip(drug.least_gap).and_then(|(before, gap)| calendar::plus_days(before, gap));
    Window { earliest: free.map_or(window.earliest, |free| window.earliest.max(free.min(planned))), ..window }
}

/// Day 1 has the cycle's window around its *planned* date; later days their own around the actual one, or around where a
/// step before has moved them.
pub(super) fn window(one: &DrugInCycle<'_, '_>, day: i32, planned: Date) -> Result<Option<Window>, BeyondCalendar> {
    let shift = one.phase.cycle.days.offset(day);
    let first_day = shift == 0 || day == first_treatment_day(one.phase);
    if first_day && one.drug.clock == Clock::WithCycle {
        return one.cycle.window.map(|window| moved(window, shift)).transpose();
    }
    match one.drug.window {
        Some(Stated::Is(room)) => around(planned, room.early, room.late).map(Some),
        Some(Stated::Unknown) => Ok(None),
        None => Ok(Some(Window::exact(planned))),
    }
}

/// The first day of the phase on which anything is given, for regimens counted around an event.
fn first_treatment_day(phase: &Phase) -> i32 {
    let first = |drug: &Drug| match &drug.days {
        Days::List(days) => days.iter().min().copied(),
        Days::ByCycle(rows) => rows.iter().flat_map(|(_, _, days)| days).min().copied(),
        Days::EveryDay => Some(1),
    };
    phase.drugs.iter().filter_map(first).min().unwrap_or(1)
}

/// A run at home. One that begins in the evening ends in the morning after its last day, unless it is cut short: then on
/// the evening before.
pub(super) fn run(drug: &Drug, days: &[i32], date: Date, cut: bool) -> Result<Run, BeyondCalendar> {
    let length = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let evening = begins_in_the_evening(drug);
    let shifted = evening && !cut;
    let last_day = days.last().copied().unwrap_or_default();
    let through_day = match (shifted, last_day) {
        (false, day) => day,
        (true, -1) => 1,
        (true, day) => day.saturating_add(1),
    };
    let twice = drug.times == 2;
    Ok(Run {
        through: later(last_of(date, days)?, i32::from(shifted))?,
        through_day,
        starts: if twice { drug.starts.or(Some(HalfDay::Morning)) } else { None },
        ends: twice.then_some(if shifted { HalfDay::Morning } else { HalfDay::Evening }),
        times: drug.times,
        administrations: length.saturating_mul(drug.times).saturating_sub(u32::from(evening && cut)),
        days: length,
        continues: drug.days == Days::EveryDay,
    })
}

/// The last day of a run that begins on a day.
pub(super) fn last_of(date: Date, days: &[i32]) -> Result<Date, BeyondCalendar> {
    later(date, i32::try_from(days.len()).unwrap_or(i32::MAX).saturating_sub(1))
}

pub(super) fn begins_in_the_evening(drug: &Drug) -> bool {
    drug.times == 2 && drug.starts == Some(HalfDay::Evening)
}

/// How many days later a step that says when the next dose follows moves it: it is counted from the day it was given.
pub(super) fn slip(drug: &Drug, step: Option<usize>, planned: Date, on: Date) -> i32 {
    let follows = step.and_then(|step| drug.dosing.ramp.get(step)).is_some_and(|step| step.next.is_some());
    if follows { days_between(planned, on) } else { 0 }
}

/// From cycle 2 the date rests on the cycle's length and on what a delay moves.
pub(super) fn date_marks(one: &DrugInCycle<'_, '_>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = one.drug.provenance.marks(&["days", "by_cycle"]).collect();
    if one.cycle.place > 1 {
        let cycle = &one.phase.cycle.provenance;
        marks.extend(cycle.doubt("length").map(|doubt| Mark { doubt, key: "cycle length" }));
        marks.extend(cycle.marks(&["window"]).filter(|_| one.cycle.window.is_some()));
    }
    let unknown = |key| Mark { doubt: Doubt::Unknown, key };
    let begins = one.phase.begins.as_ref().filter(|begins| begins.gap == Gap::Unknown);
    marks.extend(begins.map(|_| unknown("begins")));
    let moved = one.phase.cycle_of(one.cycle.number).next == Next::Unknown && one.cycle.planned != one.cycle.undelayed;
    marks.extend(moved.then(|| unknown("next")));
    marks
}
