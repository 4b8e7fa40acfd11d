//! The doses of each drug a subject received, or will have received if all goes as planned.
//!
//! One count for everything that asks: which step before the full dose is next, whether a larger first dose is due, how
//! fast an infusion may run, when a drug has been given for as long as it may. A held or omitted dose is not in it; what was
//! given beyond the plan is added where it counts.

use std::collections::BTreeMap;

use crate::calendar::{Date, days_between};
use crate::regimen::{Drug, Stated};

/// Planned doses of one drug so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Received {
    /// Doses, each by itself: two a day on five days are ten.
    pub(super) doses: usize,
    /// The day of the first.
    pub(super) first: Option<Date>,
    /// The last day on which a visit or a run at home began.
    pub(super) last: Option<Date>,
    /// The last day of all, that of a run at home included.
    pub(super) through: Option<Date>,
    /// What counts towards the steps before the full dose: all of it, or what came since they began again.
    steps: TowardsSteps,
}

/// Doses that count towards the steps before the full dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TowardsSteps {
    /// The day of the first.
    pub(super) first: Option<Date>,
    /// How many.
    pub(super) doses: usize,
}

impl Received {
    /// With one day in the clinic, or one run of days at home.
    pub(super) fn and(self, drug: &Drug, on: Date, doses: usize, through: Date) -> Self {
        let steps = self.towards_steps(drug, on);
        Self {
            doses: self.doses.saturating_add(doses),
            first: Some(self.first.map_or(on, |first| first.min(on))),
            last: self.last.max(Some(on)),
            through: self.through.max(Some(through)),
            steps: TowardsSteps {
                first: Some(steps.first.map_or(on, |first| first.min(on))),
                doses: steps.doses.saturating_add(doses),
            },
        }
    }

    /// What counts towards the steps on a day: nothing, where the last dose is so long ago that they begin again.
    pub(super) fn towards_steps(self, drug: &Drug, on: Date) -> TowardsSteps {
        let again = self.through.is_some_and(|last| begin_again(drug, last, on));
        if again { TowardsSteps::default() } else { self.steps }
    }
}

/// Whether the steps of a drug begin again on a day, so long after its last dose.
pub(super) fn begin_again(drug: &Drug, last: Date, on: Date) -> bool {
    let again = drug.dosing.ramp_again.as_ref().and_then(Stated::known);
    again.is_some_and(|days| days_between(last, on) >= *days)
}

/// Doses by drug.
#[derive(Debug, Clone, Default)]
pub(super) struct DoseCounter<'a>(BTreeMap<&'a str, Received>);

impl<'a> DoseCounter<'a> {
    pub(super) fn of(&self, drug: &str) -> Received {
        self.0.get(drug).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, drug: &'a str, received: Received) {
        self.0.insert(drug, received);
    }
}
