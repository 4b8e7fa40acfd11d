//! Cycles and days.

use crate::calendar::DayCount;
use crate::quantity::decimal::whole;
use crate::quantity::{Period, PeriodUnit, Portion};
use crate::subject::Fact;

use super::{Provenance, Stated};

/// How cycles of a phase are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Numbering {
    Continues,
    Restarts,
}

/// What the beginning of a phase is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeginsFrom {
    /// Day 1 of the last cycle of the phase before.
    Day1,
    /// Its end, one length after its day 1.
    End,
    /// The last treatment dose of that cycle, on the day it was given.
    LastDose,
}

/// When a later phase begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begins {
    /// The phase it follows.
    pub after: String,
    /// What is counted from.
    pub from: BeginsFrom,
    /// How long after that.
    pub gap: Gap,
    /// What must happen first; its dates are then uncertain.
    pub condition: Option<String>,
}

/// How long after a phase the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// So long: days, or months of the calendar.
    After(Period),
    /// From so many days to so many days; the first is planned, and all of them are its window.
    Between(i32, i32),
    /// No source says it: the earliest day is shown, and marked.
    Unknown,
}

impl Gap {
    /// The shortest it can be.
    pub fn shortest(self) -> Period {
        match self {
            Gap::After(period) => period,
            Gap::Between(from, _) => Period::days(from),
            Gap::Unknown => Period::days(0),
        }
    }

    /// The same in days; a month has 28 of them at least.
    pub fn shortest_days(self) -> Option<i32> {
        let period = self.shortest();
        let of = |days: i32| whole(period.value)?.checked_mul(days);
        period.whole_days().or_else(|| of(if period.unit == PeriodUnit::Years { 365 } else { 28 }))
    }

    /// `28 days after`; `30 to 60 days after`.
    pub fn words(self) -> String {
        match self {
            Gap::After(period) => format!("{period} after"),
            Gap::Between(from, through) => format!("{from} to {through} days after"),
            Gap::Unknown => "a time that no source gives after".to_owned(),
        }
    }
}

/// A cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// Days from one day 1 to the next.
    pub length: i32,
    /// How much greater the number of the next cycle is: 1, of weeks as many as pass.
    pub step: u32,
    /// How many.
    pub count: Count,
    /// What ends treatment early.
    pub stop: Vec<String>,
    /// What a delay does to later cycles.
    pub next: Next,
    /// Room around a planned day 1, from cycle 2.
    pub window: Stated<Room>,
    /// Longest delay in days.
    pub longest_delay: Option<i32>,
    /// The drug whose first dose is day 1.
    pub anchor: Option<String>,
    /// How days are counted.
    pub days: DayCount,
    /// The event of day 0.
    pub day_zero: Option<String>,
    /// The cycle of earlier versions of the regimen, each with the first number it does not hold for.
    pub before: Vec<(u32, Cycle)>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// How many cycles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The kind and its figures.
    pub kind: CountKind,
    /// No dose later than this after the first of the phase.
    pub at_most: Option<crate::quantity::Period>,
    /// Whether a wholly omitted cycle counts.
    pub omitted: Omitted,
}

/// The kinds of count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountKind {
    /// At most so many.
    UpTo(u32),
    /// So many.
    Planned(u32),
    /// Between.
    Between(u32, u32),
    /// No number.
    UntilStopped,
}

/// Whether a wholly omitted cycle counts towards the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Omitted {
    Counts,
    DoesNotCount,
    Unknown,
}

/// What the next cycle is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Next {
    FromActual,
    FromPlanned,
    /// From the planned day 1 while a cycle is at most so many days late; a later one begins a new schedule.
    FromPlannedUpTo(i32),
    /// No source says it: counted from the actual day 1, marked, and told when a cycle is late.
    Unknown,
}

/// Room around a planned day, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Room {
    pub early: i32,
    pub late: i32,
}

/// Days of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Days {
    /// These days; `run` when the file wrote a run of consecutive days.
    List(Vec<i32>),
    /// Days by cycle: first cycle, last cycle, days. Complete and without overlap.
    ByCycle(Vec<(u32, Option<u32>, Vec<i32>)>),
    /// Every day of every cycle, across delays.
    EveryDay,
}

/// Morning or evening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum HalfDay {
    Morning,
    Evening,
}

impl HalfDay {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            HalfDay::Morning => "morning",
            HalfDay::Evening => "evening",
        }
    }

    /// What goes in at it.
    pub fn of(self, portion: Portion) -> Portion {
        match self {
            HalfDay::Morning => portion.morning(),
            HalfDay::Evening => portion.evening(),
        }
    }
}

/// What a drug's dates follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Clock {
    WithCycle,
    Own,
}

/// A test, visit or scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// What is done.
    pub name: String,
    /// When.
    pub when: AssessmentWhen,
    /// Room around it.
    pub window: Option<Stated<Room>>,
    /// Where each key comes from.
    pub provenance: Provenance,
}

/// What a visit outside the cycles is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Event {
    Consent,
    Enrolment,
    Randomisation,
    LastDose,
    Stop,
    Progression,
}

impl Event {
    /// `the last dose`
    pub fn words(self) -> &'static str {
        match self {
            Event::Consent => "consent",
            Event::Enrolment => "enrolment",
            Event::Randomisation => "randomisation",
            Event::LastDose => "the last dose",
            Event::Stop => "the end of treatment",
            Event::Progression => "progression",
        }
    }

    /// The fact of a subject that dates it; `None` where the course of treatment does, or nothing.
    pub fn fact(self) -> Option<Fact> {
        match self {
            Event::Consent => Some(Fact::Consented),
            Event::Enrolment => Some(Fact::Enrolled),
            Event::Randomisation => Some(Fact::Randomised),
            Event::LastDose | Event::Stop | Event::Progression => None,
        }
    }
}

/// Once before the first dose: from so many days before it to so many days before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeforeFirst {
    /// Days before the first dose, at most.
    pub from: i32,
    /// Days before the first dose, at least; 0 where it may be done on the day.
    pub to: i32,
}

/// When an assessment is due.
#[derive(Debug, Clone, PartialEq)]
pub enum AssessmentWhen {
    /// On the calendar from the first dose; a delay does not move it.
    Calendar {
        /// Interval; `None` for what is done only once before the first dose.
        every: Option<crate::quantity::Period>,
        /// Once before the first dose.
        before_first: Option<BeforeFirst>,
    },
    /// On cycle days, at most so many days before; it moves with day 1.
    Cycle {
        /// Days.
        days: Vec<i32>,
        /// Days before, rounded down to whole days.
        before: i32,
    },
    /// Around an event: screening, end of treatment, follow-up.
    From {
        /// The event.
        event: Event,
        /// How long after it; at the event itself when absent.
        after: Option<crate::quantity::Period>,
        /// And again every so often.
        every: Option<crate::quantity::Period>,
        /// The last of several, at most so long after the event; where absent nobody knows how many there are.
        until: Option<crate::quantity::Period>,
        /// At most so many days before it, for what comes before.
        before: Option<i32>,
    },
}

impl AssessmentWhen {
    /// `30 days after the last dose, then every 12 weeks`; `None` for what stands in the cycles.
    pub fn event_words(&self) -> Option<String> {
        let AssessmentWhen::From { event, after, every, until, before } = self else { return None };
        let event = event.words();
        let first = match (after, before) {
            (Some(after), _) => format!("{after} after {event}"),
            (None, Some(days)) => format!("within {days} days before {event}"),
            (None, None) => format!("at {event}"),
        };
        let until = until.map_or_else(String::new, |until| format!(" until {until} after {event}"));
        Some(match (every, after.is_some() || before.is_some()) {
            (Some(every), true) => format!("{first}, then every {every}{until}"),
            (Some(every), false) => format!("every {every} from {event}{until}"),
            (None, _) => first,
        })
    }
}
