//! A visit as it is laid out, without its doses.

use crate::calendar::{Date, Moment, Window};
use crate::course::Key;
use crate::finding::Finding;
use crate::quantity::Decimal;
use crate::regimen::{Drug, Phase, Role};

use super::received::Received;
use super::{AdministrationState, Run};

/// One day in the clinic, or one run of days at home.
#[derive(Debug)]
pub(super) struct Visit {
    /// Cycle days.
    pub(super) days: Vec<i32>,
    /// The day on which it stands in this cycle.
    pub(super) date: Date,
    /// The day on which it is planned, whatever day 1 became.
    pub(super) planned: Date,
    /// Its administrations.
    pub(super) parts: Vec<VisitPart>,
    /// What was received of the drug before.
    pub(super) earlier: Received,
}

/// One administration of a visit, without its dose.
#[derive(Debug)]
pub(super) struct VisitPart {
    pub(super) key: Key,
    /// Hours after another drug.
    pub(super) hours: Option<Decimal>,
    /// When it is due by the clock.
    pub(super) begins: Option<Moment>,
    /// Days from the day of the visit to its own.
    pub(super) shift: i32,
    pub(super) date: Date,
    pub(super) planned: Date,
    pub(super) window: Option<Window>,
    pub(super) state: AdministrationState,
    /// The run at home, as it stands and as it is planned.
    pub(super) run: Option<Run>,
    pub(super) planned_run: Option<Run>,
}

impl Visit {
    /// The day it is called by.
    pub(super) fn day(&self) -> i32 {
        self.days.first().copied().unwrap_or_default()
    }

    /// What was given of it, or will be.
    pub(super) fn given(&self) -> impl Iterator<Item = &VisitPart> {
        self.parts.iter().filter(|part| !part.state.is_left_out())
    }

    /// What was received by its end.
    pub(super) fn received(&self, drug: &Drug) -> Received {
        let Some(first) = self.given().next() else { return self.earlier };
        let doses: u32 = self.given().map(|part| part.run.as_ref().map_or(1, |run| run.administrations)).sum();
        let through = first.run.as_ref().map_or(first.date, |run| run.through);
        self.earlier.and(drug, first.date, usize::try_from(doses).unwrap_or(usize::MAX), through)
    }
}

/// A cycle laid out: the visits of each drug, by its place in the phase. A drug stands after those it belongs to.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) drugs: Vec<(usize, Vec<Visit>)>,
    pub(super) findings: Vec<Finding>,
}

impl Layout {
    /// What is not left out of the treatment drugs.
    pub(super) fn treatment<'l>(&'l self, phase: &'l Phase) -> impl Iterator<Item = &'l VisitPart> {
        let treats = |index: usize| phase.drugs.get(index).is_some_and(|drug| drug.role == Role::Treatment);
        let drugs = self.drugs.iter().filter(move |(index, _)| treats(*index));
        drugs.flat_map(|(_, visits)| visits.iter().flat_map(Visit::given))
    }
}
