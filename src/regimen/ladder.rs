//! Reduced doses, from where they are counted, and the dose of a cohort with its own.

use crate::quantity::{Decimal, ProtocolDose};

use super::Days;

/// Reduced doses.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Level -1, -2 ….
    pub steps: Vec<Step>,
    /// What follows the last.
    pub then: ThenStop,
    /// Whether a level may rise again; `None` is unknown.
    pub raise_again: Option<bool>,
}

impl Ladder {
    /// The steps taken down to a level, the lowest first.
    fn taken(&self, level: i32) -> impl Iterator<Item = &Step> {
        let count = level.checked_neg().and_then(|steps| usize::try_from(steps).ok()).unwrap_or(0);
        self.steps.iter().take(count).rev()
    }

    /// The days at a level: those of the lowest step that changes them.
    pub fn days_at(&self, level: i32) -> Option<&Days> {
        self.taken(level).find_map(|step| step.days.as_ref())
    }

    /// The length that a level gives the cycle, where it changes it.
    pub fn length_at(&self, level: i32) -> Option<i32> {
        self.taken(level).find_map(|step| step.length)
    }
}

/// Where a subject began: the dose of level 0, a percentage of the start in it, and the ladder from there.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// The dose.
    pub dose: ProtocolDose,
    /// What the protocol says for this subject before any starting rule.
    pub protocol: ProtocolDose,
    /// The ladder.
    pub ladder: Option<Ladder>,
    /// The percentage of the start, which every level keeps.
    pub percent: Option<Decimal>,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Dose.
    pub dose: Option<ProtocolDose>,
    /// Days.
    pub days: Option<Days>,
    /// Days from one day 1 to the next.
    pub length: Option<i32>,
}

/// What follows the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ThenStop {
    Drug,
    Regimen,
    Ask,
}

/// The dose of a cohort or arm.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortDose {
    /// The cohort.
    pub id: String,
    /// Its dose.
    pub dose: ProtocolDose,
    /// The ladder from it, where the cohort has one of its own.
    pub ladder: Option<Ladder>,
}
