//! Dates: which dose on which day, with its window, and what is uncertain about it.
//!
//! A plan is a pure function of a regimen, a course and the site's calendar. It is recomputed, never
//! patched. Day 1 of cycle 1 is time zero; every later day counts from the *actual* day 1 of its
//! cycle; a delay moves what the regimen says it moves, and nothing else.

mod assess;
mod birthday;
mod build;
mod checks;
mod dosed;
mod genotype;
mod given;
mod infusion;
mod inputs;
mod laboratory;
pub mod lifetime;
mod limits;
mod moves;
mod owner;
mod phases;
mod plausible;
mod received;
mod reduced;
mod standing;
mod timeline;
mod total;
mod turn;
mod twice;

pub use assess::Assessed;
pub use build::plan;
pub use checks::before as inputs;
pub use infusion::Infusion;
pub use inputs::{DoseInputs, Reading};
pub use standing::{Due, Standing, standing};
pub use timeline::PlannedCycle;

use std::sync::Arc;

use crate::calendar::{Date, Window};
use crate::course::Key;
use crate::dosing::{Dose, Size};
use crate::finding::Finding;
use crate::quantity::Bmi;
use crate::regimen::{HalfDay, Regimen};

/// What the caller chooses about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How many cycles to show in all. Without it all of them, and six of a phase that goes on until stopped.
    pub cycles: Option<u32>,
    /// How many cycles of a phase that goes on until stopped, where six are not enough.
    pub open: Option<u32>,
}

/// Cycles shown of a regimen that goes on until stopped, unless the caller says how many.
pub const OPEN_CYCLES: u32 = 6;

/// Every dated dose of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Cycles, in order.
    pub cycles: Vec<PlannedCycle>,
    /// Administrations by date, then in the regimen's order.
    pub administrations: Vec<Administration>,
    /// Dated ends of long infusions.
    pub ends: Vec<EndVisit>,
    /// Assessments by date.
    pub assessments: Vec<Assessed>,
    /// Body size at the start.
    pub size: Option<Size>,
    /// Body-mass index at the start.
    pub bmi: Option<Bmi>,
    /// What is worth telling.
    pub findings: Vec<Finding>,
    /// Whether treatment goes on after the last cycle shown.
    pub continues: bool,
}

/// One administration, or one run of doses at home.
#[derive(Debug, Clone, PartialEq)]
pub struct Administration {
    /// Identity; of a run, that of its first dose.
    pub key: Key,
    /// Index of the phase in the regimen.
    pub phase: usize,
    /// Index of the drug in the phase.
    pub drug: usize,
    /// The day: on which it was given, else on which it is planned.
    pub date: Date,
    /// First and last day allowed; `None` where the regimen does not say.
    pub window: Option<Window>,
    /// What is known to have happened.
    pub state: AdministrationState,
    /// What the plan says of it, whatever happened; `None` of a dose that was given beyond the plan.
    pub planned: Option<PlannedDose>,
    /// Whether it will be given if all goes as planned (an up-to-8 regimen promises no second cycle).
    pub certain: bool,
    /// The dose: what was given, else what is planned.
    pub dose: Arc<Dose>,
    /// How long the infusion runs.
    pub infusion: Option<Infusion>,
    /// Of an infusion dosed by the day, how many days it lasts: the dose is that of each 24 hours.
    pub days: Option<crate::quantity::Decimal>,
    /// Hours after another drug: (drug id, hours).
    pub hours: Option<(String, crate::quantity::Decimal)>,
    /// The run, for doses taken at home.
    pub run: Option<Run>,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
    /// The day of the newest measurement used.
    pub measured: Option<Date>,
    /// Marks of the date and the dose.
    pub marks: Vec<String>,
}

/// What the plan says of an administration: it stays beside what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDose {
    /// The planned day: of a dose that set day 1 of its cycle, the one on which it was due.
    pub date: Date,
    /// The dose and its working.
    pub dose: Arc<Dose>,
    /// Of an infusion dosed by the day, how many days it lasts: the dose is that of each 24 hours.
    pub days: Option<crate::quantity::Decimal>,
    /// The run, for doses taken at home.
    pub run: Option<Run>,
    /// The measurements the dose was made from.
    pub inputs: Arc<DoseInputs>,
}

/// What is known to have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdministrationState {
    /// Nothing yet.
    Projected,
    /// Given that day.
    Given,
    /// Not given now, date open.
    Held(String),
    /// Never given.
    Omitted(String),
}

impl AdministrationState {
    /// The word.
    pub fn word(&self) -> &'static str {
        match self {
            AdministrationState::Projected => "projected",
            AdministrationState::Given => "given",
            AdministrationState::Held(_) => "held",
            AdministrationState::Omitted(_) => "omitted",
        }
    }
}

/// A run of doses at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Day of the last dose.
    pub through: Date,
    /// Cycle day of the last dose.
    pub through_day: i32,
    /// Half-day of the first dose, where there are two a day.
    pub starts: Option<HalfDay>,
    /// Half-day of the last dose.
    pub ends: Option<HalfDay>,
    /// Doses a day.
    pub times: u32,
    /// Doses in all.
    pub administrations: u32,
    /// Days on which a dose is taken, first to last.
    pub days: u32,
    /// Whether it goes on into the next cycle without a break.
    pub continues: bool,
}

/// The dated end of a long infusion.
#[derive(Debug, Clone, PartialEq)]
pub struct EndVisit {
    /// The administration that ends.
    pub key: Key,
    /// Index of the phase.
    pub phase: usize,
    /// Index of the drug.
    pub drug: usize,
    /// Cycle day.
    pub day: i32,
    /// Date.
    pub date: Date,
    /// What happens.
    pub visit: String,
    /// Whether it is certain.
    pub certain: bool,
    /// Why the clinic is closed that day.
    pub closed: Option<String>,
}

impl Plan {
    /// The drug of an administration.
    pub fn drug_of<'r>(
        &self,
        regimen: &'r Regimen,
        administration: &Administration,
    ) -> Option<&'r crate::regimen::Drug> {
        regimen.phases.get(administration.phase)?.drugs.get(administration.drug)
    }
}
