//! What a row is made from beside the plan: figures that somebody typed, or a record that also says who recorded each
//! dose and why.

use crate::calendar::Date;
use crate::course::event::{Event, NotGiven, SupplyAct};
use crate::course::fold::{EntryStatus, Folded};
use crate::course::{Course, Key, Product, Times};
use crate::plan::{Administration, AdministrationState};

use super::dose::{LeftOut, Recorded};

/// What a plan was made from.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// Figures.
    Entered(&'a Course),
    /// A record.
    Recorded(&'a Folded),
}

impl<'a> From<&'a Course> for Source<'a> {
    fn from(course: &'a Course) -> Self {
        Source::Entered(course)
    }
}

impl<'a> From<&'a Folded> for Source<'a> {
    fn from(folded: &'a Folded) -> Self {
        Source::Recorded(folded)
    }
}

/// What happened to one administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happened {
    /// Nothing was given.
    LeftOut(Option<LeftOut>),
    /// It was given.
    Given {
        /// Only a part of the dose.
        incomplete: bool,
    },
    /// Doses of a run were counted as taken.
    Taken {
        /// How many, in all.
        count: u32,
        /// The day of the last count, where a record tells it.
        on: Option<Date>,
    },
}

/// The same, with why and with the entry that says so.
pub(super) struct WhatHappened {
    pub(super) what: Happened,
    pub(super) reason: Option<String>,
    pub(super) recorded: Option<Recorded>,
    /// The kit and the lot of what was given.
    pub(super) used: Product,
    /// Its hours, where somebody noted them.
    pub(super) times: Times,
}

impl<'a> Source<'a> {
    pub(super) fn course(self) -> &'a Course {
        match self {
            Source::Entered(course) => course,
            Source::Recorded(folded) => &folded.course,
        }
    }

    pub(super) fn folded(self) -> Option<&'a Folded> {
        match self {
            Source::Entered(_) => None,
            Source::Recorded(folded) => Some(folded),
        }
    }

    /// What happened to an administration. A count of doses taken is what was delivered, whatever else was recorded of
    /// the run.
    pub(super) fn happened(self, one: &Administration) -> WhatHappened {
        let taken = self.course().taken.get(&one.key).filter(|_| one.planned.is_some() && one.run.is_some());
        let seq = match taken {
            Some(_) => self.folded().and_then(|folded| last_count(folded, &one.key)),
            None => self.entry_of(&one.key),
        };
        let now = seq.and_then(|seq| self.folded()?.now(seq));
        let event = now.map(|(_, event)| event);
        let what = match (taken, &one.state) {
            (Some(count), _) => Happened::Taken { count: *count, on: now.map(|(on, _)| on) },
            (None, AdministrationState::Given) => {
                Happened::Given { incomplete: matches!(event, Some(Event::Given(given)) if given.partly) }
            }
            (None, AdministrationState::Projected) => Happened::LeftOut(None),
            (None, AdministrationState::Held(_)) => Happened::LeftOut(Some(LeftOut::Held)),
            (None, AdministrationState::Omitted(_)) => {
                let missed = matches!(event, Some(Event::Omitted(NotGiven { missed: true, .. })));
                Happened::LeftOut(Some(if missed { LeftOut::Missed } else { LeftOut::Omitted }))
            }
        };
        let reason = event.and_then(Event::reason).map(str::to_owned);
        let (used, times) = match event {
            Some(Event::Given(given)) => (given.product.clone(), given.times),
            _ => (Product::default(), Times::default()),
        };
        WhatHappened { what, reason, recorded: seq.and_then(|seq| self.recorded(seq)), used, times }
    }

    /// The place of the entry that says what happened to a dose.
    fn entry_of(self, key: &Key) -> Option<u64> {
        let folded = self.folded()?;
        folded.recorded.get(key).or_else(|| folded.extra.get(key)).copied()
    }

    /// An entry, as it was corrected last.
    pub(super) fn recorded(self, seq: u64) -> Option<Recorded> {
        let folded = self.folded()?;
        let first = folded.entry(seq)?;
        let newest = match first.status {
            EntryStatus::CorrectedBy(by) => folded.entry(by).unwrap_or(first),
            EntryStatus::Holds | EntryStatus::UndoneBy(_) => first,
        };
        let entry = &newest.entry;
        Some(Recorded { entry: entry.seq, by: entry.who.clone(), at: entry.recorded.clone() })
    }
}

/// The last entry that counts doses of a run as taken.
fn last_count(folded: &Folded, key: &Key) -> Option<u64> {
    let counts = |seq: &u64| {
        let now = folded.now(*seq).map(|(_, event)| event);
        matches!(now, Some(Event::Supply(one)) if one.act == SupplyAct::Taken && one.key == *key)
    };
    folded.history.iter().rev().map(|told| told.entry.seq).find(counts)
}
