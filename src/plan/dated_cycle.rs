//! A cycle with its dates, and what is in force in it.

use crate::calendar::{Date, Window, days_between};
use crate::course::CycleKey;
use crate::regimen::{Clock, CycleWord, Drug, Phase};

use super::measured::{MeasurementsInForce, Notice};
use super::range::{BeyondCalendar, later};

/// A cycle with its dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCycle {
    /// Index of the phase in the regimen.
    pub phase: usize,
    /// Phase id; `None` in a regimen of one.
    pub phase_id: Option<String>,
    /// Number as shown.
    pub number: u32,
    /// What the trial calls it.
    pub word: CycleWord,
    /// Place in its phase, from 1.
    pub place: u32,
    /// Where day 1 (or day 0) would stand if this cycle were not delayed.
    pub planned: Date,
    /// Where it stands.
    pub actual: Date,
    /// Where it would stand had nothing ever been delayed.
    pub undelayed: Date,
    /// Room around the planned day 1, or around the one a delay required by the protocol moved it to; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// The last day on which it may begin, where the regimen says how long a delay may be and it has not begun.
    pub restart_by: Option<Date>,
    /// The last day of the cycle.
    pub last_day: Date,
    /// Whether it will be given if all goes as planned.
    pub certain: bool,
    /// Whether a dose was given that sets its day 1.
    pub begun: bool,
    /// The cycle day of that dose.
    pub set_by: Option<i32>,
    /// Whether every treatment dose of it was omitted.
    pub omitted: bool,
    /// Days of delay recorded for it.
    pub delay: i32,
}

impl PlannedCycle {
    /// Its key in a course.
    pub fn key(&self) -> CycleKey {
        (self.phase_id.clone(), self.number)
    }

    /// `cycle 3`
    pub fn named(&self) -> String {
        self.word.numbered(self.number)
    }

    /// `Cycle 3`
    pub fn titled(&self) -> String {
        self.word.titled(self.number)
    }

    /// Days from its day 1 to the next.
    pub fn length(&self) -> i32 {
        days_between(self.actual, self.last_day).saturating_add(1)
    }

    /// The same, had nothing ever been delayed.
    pub(super) fn without_delays(&self) -> Result<Self, BeyondCalendar> {
        let last_day = later(self.undelayed, self.length().saturating_sub(1))?;
        Ok(Self { planned: self.undelayed, actual: self.undelayed, last_day, ..self.clone() })
    }
}

/// A first day: as things stand, and as it would stand had nothing ever been delayed.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayOne {
    pub(super) actual: Date,
    pub(super) undelayed: Date,
}

impl DayOne {
    /// The day for a drug: one with a clock of its own does not wait for the others.
    pub(super) fn of(self, drug: &Drug) -> Date {
        if drug.clock == Clock::Own { self.undelayed } else { self.actual }
    }
}

/// A cycle with the measurements in force in it, and what there is to tell about them.
pub(super) struct DatedCycle {
    pub(super) cycle: PlannedCycle,
    pub(super) measurements: MeasurementsInForce,
    /// A drug with a clock of its own does not know what is measured after its day.
    pub(super) own_clock: MeasurementsInForce,
    pub(super) notices: Vec<Notice>,
}

impl DatedCycle {
    pub(super) fn measurements_of(&self, phase: &Phase, drug: &Drug) -> &MeasurementsInForce {
        if phase.own_clock(drug) { &self.own_clock } else { &self.measurements }
    }
}
