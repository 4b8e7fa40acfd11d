//! One drug in one cycle: which of its days run on without a gap, what each is called, where it may stand.

use crate::calendar::{Date, Window, days_between, plus_days};
use crate::course::{Key, Part};
use crate::regimen::{Clock, Days, Drug, HalfDay, Phase, RampLength, Stated};

use super::dosed::InForce;
use super::{PlannedCycle, Run};

/// One drug in one cycle.
pub(super) struct Turn<'a> {
    pub(super) cycle: &'a PlannedCycle,
    pub(super) phase: &'a Phase,
    pub(super) drug: &'a Drug,
    pub(super) index: usize,
    pub(super) anchor: Date,
    pub(super) measurements: InForce,
}

/// The days of a drug in a cycle: each by itself in the clinic, at home grouped into runs without a gap. `None` for every
/// day.
pub(super) fn blocks(phase: &Phase, drug: &Drug, days: &Days, cycle: u32) -> Option<Vec<Vec<i32>>> {
    days.in_cycle(cycle).map(|list| grouped(phase, drug, list))
}

/// Days by themselves in the clinic, in runs without a gap at home.
pub(super) fn grouped(phase: &Phase, drug: &Drug, days: &[i32]) -> Vec<Vec<i32>> {
    if drug.home { consecutive(phase, days) } else { days.iter().map(|day| vec![*day]).collect() }
}

/// Day 1 follows day -1 where there is no day 0.
fn consecutive(phase: &Phase, days: &[i32]) -> Vec<Vec<i32>> {
    let offset = |day: i32| phase.cycle.days.offset(day);
    let mut blocks: Vec<Vec<i32>> = Vec::new();
    for day in days {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|last| offset(*last) + 1 == offset(*day)) => block.push(*day),
            _ => blocks.push(vec![*day]),
        }
    }
    blocks
}

/// The step before the full dose so many days after the first dose, after so many doses.
pub(super) fn step_of(drug: &Drug, days: i32, given: usize) -> Option<usize> {
    let (mut day, mut dose) = (0_i32, 0_usize);
    for (at, step) in drug.ramp.iter().enumerate() {
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

/// By how many days the next dose of the cycle is moved: a step that says when the next dose follows is counted from
/// the day it was given.
pub(super) fn slip(drug: &Drug, step: Option<usize>, planned: Date, on: Date) -> i32 {
    let follows = step.and_then(|step| drug.ramp.get(step)).is_some_and(|step| step.next.is_some());
    if follows { days_between(planned, on) } else { 0 }
}

pub(super) fn key(turn: &Turn<'_>, day: i32, part: Option<Part>) -> Key {
    Key { phase: turn.phase.id.clone(), cycle: turn.cycle.number, day, drug: turn.drug.id.clone(), part }
}

/// The administrations of one day: none named for one a day or a run at home.
pub(super) fn parts(drug: &Drug) -> Vec<(Option<Part>, Option<crate::quantity::Decimal>)> {
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

/// Day 1 has the cycle's window around its *planned* date; later days their own around the actual one, or around where a
/// step before has moved them.
pub(super) fn window(turn: &Turn<'_>, day: i32, planned: Date) -> Option<Option<Window>> {
    let first_day = turn.phase.cycle.days.offset(day) == 0 || day == first_treatment_day(turn.phase);
    if first_day && turn.drug.clock == Clock::WithCycle {
        let shift = turn.phase.cycle.days.offset(day);
        return Some(match turn.cycle.window {
            Some(window) => {
                Some(Window { earliest: plus_days(window.earliest, shift)?, latest: plus_days(window.latest, shift)? })
            }
            None => None,
        });
    }
    Some(match turn.drug.window {
        Some(Stated::Is(room)) => Some(Window::around(planned, room.early, room.late)?),
        Some(Stated::Unknown) => None,
        None => Some(Window::exact(planned)),
    })
}

/// The first day of the phase on which anything is given, for regimens counted around an event.
pub(super) fn first_treatment_day(phase: &Phase) -> i32 {
    let first = |drug: &Drug| match &drug.days {
        Days::List(days) => days.iter().min().copied(),
        Days::ByCycle(rows) => rows.iter().flat_map(|(_, _, days)| days).min().copied(),
        Days::EveryDay => Some(1),
    };
    phase.drugs.iter().filter_map(first).min().unwrap_or(1)
}

/// A run at home. One that begins in the evening ends in the morning after its last day, unless it is cut short: then on
/// the evening before.
pub(super) fn run(turn: &Turn<'_>, block: &[i32], date: Date, cut: bool) -> Option<Run> {
    let drug = turn.drug;
    let days = u32::try_from(block.len()).ok()?;
    let evening = begins_in_the_evening(drug);
    let shifted = evening && !cut;
    let last_day = *block.last()?;
    let length = i32::try_from(days).ok()?.checked_sub(1)?;
    let through_day = if shifted { if last_day == -1 { 1 } else { last_day.checked_add(1)? } } else { last_day };
    let through = plus_days(date, if shifted { length.checked_add(1)? } else { length })?;
    let twice = drug.times == 2;
    Some(Run {
        through,
        through_day,
        starts: if twice { drug.starts.or(Some(HalfDay::Morning)) } else { None },
        ends: twice.then_some(if shifted { HalfDay::Morning } else { HalfDay::Evening }),
        times: drug.times,
        administrations: days.checked_mul(drug.times)?.checked_sub(u32::from(evening && cut))?,
        days,
        continues: drug.days == Days::EveryDay,
    })
}

pub(super) fn begins_in_the_evening(drug: &Drug) -> bool {
    drug.times == 2 && drug.starts == Some(HalfDay::Evening)
}

/// From cycle 2 the date rests on the cycle's length and on what a delay moves.
pub(super) fn date_marks(turn: &Turn<'_>) -> Vec<String> {
    let mut marks = Vec::new();
    let drug = &turn.drug.provenance;
    for key in ["days", "by_cycle"] {
        marks.extend(drug.mark(key).map(|mark| format!("{mark}: {key}")));
    }
    if turn.cycle.place > 1 {
        let cycle = &turn.phase.cycle.provenance;
        marks.extend(cycle.mark("length").map(|mark| format!("{mark}: cycle length")));
        if turn.cycle.window.is_some() {
            marks.extend(cycle.mark("window").map(|mark| format!("{mark}: window")));
        }
    }
    marks
}
