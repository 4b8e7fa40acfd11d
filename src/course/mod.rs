//! What is known of one subject and what happened: the second input of a plan.
//!
//! A course starts with a date and the measurements taken before it. Later measurements, reductions,
//! delays and administrations are added with their dates; the plan is computed afresh from all of it.

mod answered;
pub mod event;
pub mod fold;
mod noted;
mod product;
mod said;
mod text;
mod times;
pub mod visit;

use std::collections::BTreeMap;

use crate::calendar::Date;
use crate::quantity::{Amount, Creatinine, Decimal, Gfr, Height, Portion, Weight};
use crate::regimen::{CycleWord, HalfDay, Regimen};
pub use crate::subject::Subject;
pub use answered::{Answered, settle};
pub use fold::{Folded, fold};
pub use noted::{Departure, DepartureKind, Noted};
pub use product::Product;
pub use text::Text;
pub use times::{Stop, Times};

/// The identity of an administration: never its date or dose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Phase; `None` in a regimen of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Cycle.
    pub cycle: u32,
    /// Day of the cycle.
    pub day: i32,
    /// Drug id.
    pub drug: String,
    /// Part of the day, where there are several.
    #[serde(with = "text::maybe", default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
}

impl Key {
    /// As people read it, under the regimen it belongs to.
    pub fn named<'a>(&'a self, regimen: &'a Regimen) -> NamedKey<'a> {
        NamedKey { key: self, regimen }
    }
}

/// An identity as people read it: with the drug's full name, which the id in a file need not tell.
#[derive(Debug, Clone, Copy)]
pub struct NamedKey<'a> {
    /// The identity.
    pub key: &'a Key,
    regimen: &'a Regimen,
}

impl NamedKey<'_> {
    /// What the trial calls a cycle.
    pub fn word(&self) -> CycleWord {
        self.regimen.cycle_word
    }

    /// `cycle 2`
    pub fn cycle(&self) -> String {
        self.word().numbered(self.key.cycle)
    }

    /// `irinotecan liposomal`, with the part of the day where there are several.
    pub fn drug(&self) -> String {
        let name = self.regimen.name_of(&self.key.drug, self.key.phase.as_deref(), self.key.cycle);
        self.key.part.map_or_else(|| name.clone(), |part| format!("{name} {part}"))
    }

    /// `C2D8`, with the phase before where there are several.
    pub fn visit(&self) -> String {
        let phase = self.key.phase.as_ref().map_or_else(String::new, |phase| format!("{phase} "));
        format!("{phase}{}", self.word().on_day(self.key.cycle, self.key.day))
    }
}

impl std::fmt::Display for NamedKey<'_> {
    /// `C2D8 irinotecan liposomal`, with the phase before and the part behind where there are several.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.visit(), self.drug())
    }
}

/// Which of a day's administrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Morning or evening of a drug given twice a day.
    Half(HalfDay),
    /// The first, second, third … of more.
    Nth(u32),
    /// Given again beyond the planned one: the second time, the third …
    Again(u32),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Half(half) => f.write_str(half.word()),
            Part::Nth(nth) => write!(f, "{nth}"),
            Part::Again(nth) => write!(f, "again {nth}"),
        }
    }
}

/// A cycle of a phase.
pub type CycleKey = (Option<String>, u32);

/// A later measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The day.
    pub on: Date,
    /// Height, where measured again.
    pub height: Option<Height>,
    /// Weight.
    pub weight: Option<Weight>,
    /// Creatinine.
    pub creatinine: Option<Creatinine>,
    /// Measured kidney function.
    pub gfr: Option<Gfr>,
}

/// A change of one drug's dose from a cycle on.
#[derive(Debug, Clone, PartialEq)]
pub struct Reduction {
    /// Drug id.
    pub drug: String,
    /// First cycle it holds in.
    pub from: CycleKey,
    /// Level (0, -1 …).
    pub level: Option<i32>,
    /// Percent of the capped dose.
    pub percent: Option<Decimal>,
    /// Why.
    pub reason: String,
}

/// What happened to an administration.
#[derive(Debug, Clone, PartialEq)]
pub enum AdministrationRecord {
    /// Given on a day; the dose where it differed from the plan or was kept as a fact.
    Given {
        /// The day.
        on: Date,
        /// The dose.
        dose: Option<Portion>,
    },
    /// Not given now, date open.
    Held(String),
    /// Never given, with the reason.
    Omitted(String),
}

/// A dose given beyond the one its identity has.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra {
    /// Its own identity: [`Part::Again`].
    pub key: Key,
    /// The day.
    pub on: Date,
    /// The dose.
    pub dose: Amount,
}

/// A delay of a whole cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delay {
    /// Days later than planned.
    pub days: i32,
    /// Why.
    pub reason: String,
    /// Required by the protocol (criteria, toxicity): not out of window.
    pub required: bool,
}

/// What is known and what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Planned day 1 of cycle 1 (or day 0 around an event).
    pub start: Date,
    /// What was known at the start.
    pub subject: Subject,
    /// The day on which the subject was enrolled, where a record tells it.
    pub enrolled: Option<Date>,
    /// Measurements since, in order of date.
    pub measurements: Vec<Measurement>,
    /// Dose changes, in order.
    pub reductions: Vec<Reduction>,
    /// Administrations by identity.
    pub recorded: BTreeMap<Key, AdministrationRecord>,
    /// At what hours they went in, where somebody noted them.
    pub times: BTreeMap<Key, Times>,
    /// Doses given beyond the one of an identity.
    pub extra: Vec<Extra>,
    /// Delayed cycles.
    pub delays: BTreeMap<CycleKey, Delay>,
    /// Runs at home whose doses were counted as taken, by the run's first dose.
    pub taken: BTreeMap<Key, u32>,
    /// What was received before, by drug or lifetime limit.
    pub exposure: BTreeMap<String, event::Before>,
    /// Stopped on a day, with the reason.
    pub stopped: Option<(Date, String)>,
    /// Drugs stopped for good while the others go on, by id: the last day, and why.
    pub stopped_drugs: BTreeMap<String, (Date, String)>,
    /// What was asked and answered, the oldest first.
    pub answered: Vec<Answered>,
}

impl Course {
    /// A course on its first day.
    pub fn new(start: Date, subject: Subject) -> Self {
        Self {
            start,
            subject,
            enrolled: None,
            measurements: Vec::new(),
            reductions: Vec::new(),
            recorded: BTreeMap::new(),
            times: BTreeMap::new(),
            extra: Vec::new(),
            delays: BTreeMap::new(),
            taken: BTreeMap::new(),
            exposure: BTreeMap::new(),
            stopped: None,
            stopped_drugs: BTreeMap::new(),
            answered: Vec::new(),
        }
    }

    /// The end of all treatment, or of one drug.
    fn stop(&mut self, on: Date, stopped: &event::Stopped) {
        let end = (on, stopped.reason.clone());
        match &stopped.drug {
            None => self.stopped = Some(end),
            Some(drug) => _ = self.stopped_drugs.insert(drug.clone(), end),
        }
    }

    /// The last day on which a drug may be given: that of its own end or of all treatment, whichever comes first.
    pub fn last_day_of(&self, drug: &str) -> Option<Date> {
        let own = self.stopped_drugs.get(drug).map(|(day, _)| *day);
        own.into_iter().chain(self.stopped.as_ref().map(|(day, _)| *day)).min()
    }

    /// The day of the figures told at enrolment: the one they say, else the day of the enrolment, and not after the first
    /// day of treatment.
    pub fn first_measured(&self) -> Date {
        let known = self.subject.measured.or(self.enrolled.map(|enrolled| enrolled.min(self.start)));
        known.unwrap_or(self.start)
    }

    /// Every measurement on or before a day, the oldest first. What was told at enrolment is one of them.
    pub fn measured_until(&self, day: Date) -> Vec<Measurement> {
        let subject = &self.subject;
        let enrolled = Measurement {
            on: self.first_measured(),
            height: subject.height,
            weight: subject.weight,
            creatinine: subject.creatinine,
            gfr: subject.gfr,
        };
        let mut all: Vec<Measurement> = std::iter::once(&enrolled).chain(&self.measurements).cloned().collect();
        all.retain(|one| one.on <= day);
        all.sort_by_key(|one| one.on);
        all
    }
}
