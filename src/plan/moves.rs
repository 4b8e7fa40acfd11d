//! How a step before the full dose that came early or late moves the days after it.
//!
//! A step that says when the next dose follows is counted from the day on which it was given. The days after it move by
//! as much, and so does what is given with them: the premedication of a step-up dose comes on its day.

use std::collections::BTreeMap;

use crate::calendar::{Date, days_between, plus_days};
use crate::course::{Course, Deed, Key};
use crate::regimen::{Drug, Role};

use super::PlannedCycle;
use super::turn::{self, slip};

/// The doses of a drug before a cycle: the first of them, and how many.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    pub(super) first: Option<Date>,
    pub(super) doses: usize,
}

/// Where a day of a drug stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The date, if the days before went as they did.
    pub(super) date: Date,
    /// By how many days it is moved.
    pub(super) moved: i32,
    /// The day on which the dose was given, else the date.
    pub(super) on: Date,
    /// Neither held nor omitted.
    pub(super) received: bool,
}

/// Every block of days of a drug in a cycle whose day 1 is `day_1`, by its first day. With a course, as things stand;
/// without, as the regimen has them. `None` beyond the calendar.
pub(super) fn places(
    cycle: (&PlannedCycle, &crate::regimen::Phase),
    drug: &Drug,
    blocks: &[Vec<i32>],
    day_1: Date,
    course: Option<&Course>,
    before: Before,
) -> Option<BTreeMap<i32, Place>> {
    let (cycle, phase) = cycle;
    let (mut moved, mut first, mut received) = (0, before.first, before.doses);
    let mut places = BTreeMap::new();
    for block in blocks {
        let day = *block.first()?;
        let planned = phase.cycle.days.date(day_1, day)?;
        let date = plus_days(planned, moved)?;
        let deed = course.and_then(|course| deed(course, cycle, drug, day));
        let on = if let Some(Deed::Given { on, .. }) = deed { *on } else { date };
        let held = matches!(deed, Some(Deed::Omitted(_) | Deed::Held(_)));
        places.insert(day, Place { date, moved, on, received: !held });
        if held {
            continue;
        }
        let began = *first.get_or_insert(on);
        moved = slip(drug, turn::step_of(drug, days_between(began, on), received), planned, on);
        received = received.saturating_add(block.len().saturating_mul(turn::doses_a_day(drug)));
    }
    Some(places)
}

fn deed<'a>(course: &'a Course, cycle: &PlannedCycle, drug: &Drug, day: i32) -> Option<&'a Deed> {
    let meant =
        |key: &Key| key.phase == cycle.phase_id && key.cycle == cycle.number && key.drug == drug.id && key.day == day;
    course.deeds.iter().find(|(key, _)| meant(key)).map(|(_, deed)| deed)
}

/// By how many days the days of a cycle are moved, for each drug whose steps move them.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<String, BTreeMap<i32, i32>>);

impl Moves {
    /// Whether the steps of a drug move anything.
    pub(super) fn may_move(drug: &Drug) -> bool {
        drug.ramp.iter().any(|step| step.next.is_some())
    }

    pub(super) fn insert(&mut self, drug: &str, places: &BTreeMap<i32, Place>) {
        self.0.insert(drug.to_owned(), places.iter().map(|(day, place)| (*day, place.moved)).collect());
    }

    /// By how many days a day of a drug is moved: by its own steps, or for what supports them by those.
    pub(super) fn of(&self, drug: &Drug, day: i32) -> i32 {
        match self.0.get(&drug.id) {
            Some(own) => own.get(&day).copied().unwrap_or(0),
            None if drug.role != Role::Treatment => {
                self.0.values().find_map(|days| days.get(&day).copied()).unwrap_or(0)
            }
            None => 0,
        }
    }
}
