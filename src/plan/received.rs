//! The doses of each drug a subject received, or will have received if all goes as planned.
//!
//! One list for everything that counts doses: which step before the full dose is next, whether a larger first dose is
//! due, how fast an infusion may run, when a drug has been given for as long as it may. A held or omitted dose is not on
//! it; a dose beyond the plan is.

use std::collections::BTreeMap;

use crate::calendar::Date;

/// What one day in the clinic, or one run of days at home, came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Received {
    /// The day, of a run the first.
    pub(super) on: Date,
    /// Doses, each by itself: two a day on five days are ten.
    pub(super) doses: usize,
    /// The last of them.
    pub(super) through: Date,
}

/// Doses by drug.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    beyond: BTreeMap<String, Vec<Received>>,
    planned: BTreeMap<String, Vec<Received>>,
}

impl Ledger {
    /// Begins with the doses beyond the plan.
    pub(super) fn new(beyond: impl IntoIterator<Item = (String, Date)>) -> Self {
        let mut ledger = Self::default();
        for (drug, on) in beyond {
            ledger.beyond.entry(drug).or_default().push(Received { on, doses: 1, through: on });
        }
        ledger
    }

    /// Adds a dose of the plan. They come in the plan's order.
    pub(super) fn push(&mut self, drug: &str, one: Received) {
        self.planned.entry(drug.to_owned()).or_default().push(one);
    }

    /// Those before a dose that stands on `date`.
    fn before(&self, drug: &str, date: Date) -> impl Iterator<Item = Received> + '_ {
        let beyond = self.beyond.get(drug).into_iter().flatten().filter(move |one| one.on <= date);
        beyond.chain(self.planned.get(drug).into_iter().flatten()).copied()
    }

    /// The first.
    pub(super) fn first(&self, drug: &str, date: Date) -> Option<Date> {
        self.before(drug, date).map(|one| one.on).min()
    }

    /// The newest before a dose on `date`.
    pub(super) fn last(&self, drug: &str, date: Date) -> Option<Date> {
        self.before(drug, date).map(|one| one.on).max()
    }

    /// How many before those that stand on `date`.
    pub(super) fn count(&self, drug: &str, date: Date) -> usize {
        self.before(drug, date).map(|one| one.doses).sum()
    }

    /// How many of the plan so far: what the steps before the full dose are counted by. A step given twice is no step
    /// further.
    pub(super) fn doses(&self, drug: &str) -> usize {
        self.planned.get(drug).into_iter().flatten().map(|one| one.doses).sum()
    }

    /// The first day of the plan with a dose.
    pub(super) fn began(&self, drug: &str) -> Option<Date> {
        self.planned.get(drug)?.iter().map(|one| one.on).min()
    }

    /// The last day of the run before.
    pub(super) fn through(&self, drug: &str) -> Option<Date> {
        self.planned.get(drug)?.iter().map(|one| one.through).max()
    }
}
