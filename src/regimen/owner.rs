//! What a drug belongs to: a premedication to its drug, mesna to ifosfamide.
//!
//! What belongs to a drug is given because that drug is given. It is planned on the days on which the subject is given
//! that drug, and on the day on which it really comes. An order within the day (`after`, `with`) is less: folinic acid
//! goes on with fluorouracil when oxaliplatin, beside which it is given, has stopped.

use crate::calendar::DayCount;
use crate::subject::Subject;

use super::{Clock, Days, Drug, Phase, Relative, Role};

impl Drug {
    /// The drug without which it is not given: that which it is `for`, that after which it comes by `hours`, that of
    /// whose dose its own is a fraction. A treatment drug so many hours after another stands for itself.
    pub fn owner(&self) -> Option<&str> {
        let hours = self.counts_hours_from().filter(|_| self.role != Role::Treatment);
        let fraction = self.dosing.fraction().map(|fraction| fraction.drug.as_str());
        self.premedicates().or(hours).or(fraction).filter(|owner| *owner != self.id)
    }

    /// The drug whose date it takes, where that is given on the day: its owner, or the one beside which it stands in the
    /// order of the day.
    pub fn comes_with(&self) -> Option<&str> {
        let beside = match &self.relative {
            Some(Relative::After(id) | Relative::With(id)) if self.role != Role::Treatment => Some(id.as_str()),
            _ => None,
        };
        let with = self.owner().or_else(|| self.counts_hours_from()).or(beside);
        with.filter(|other| *other != self.id)
    }

    fn premedicates(&self) -> Option<&str> {
        match &self.relative {
            Some(Relative::Before(id, _)) => Some(id),
            _ => None,
        }
    }

    fn counts_hours_from(&self) -> Option<&str> {
        self.hours.as_ref().map(|hours| hours.drug.as_str()).filter(|drug| *drug != self.id)
    }

    /// What makes it the same drug as another for a patient: not its `id`, nor its dose.
    pub fn identity(&self) -> (String, Option<String>, Option<String>, Role) {
        let form = self.formulation.as_ref().map(|form| form.to_lowercase());
        (self.name.to_lowercase(), form, self.route.known().cloned(), self.role)
    }

    /// So many days after its own an infusion ends: `ends` names the day on which the infusion begun last before it ends,
    /// and every other ends as long after its own first day.
    pub fn ends_after(&self, count: DayCount) -> Option<i32> {
        let ends = self.ends.as_ref()?;
        let first = match &self.days {
            Days::List(days) => days.as_slice(),
            Days::ByCycle(rows) => rows.first().map_or(&[][..], |(_, _, days)| days.as_slice()),
            Days::EveryDay => &[1],
        };
        let begins = first.iter().filter(|day| **day < ends.day).max()?;
        Some(count.offset(ends.day).saturating_sub(count.offset(*begins)))
    }
}

impl Days {
    /// The days of a cycle; `None` for every day.
    pub fn in_cycle(&self, cycle: u32) -> Option<&[i32]> {
        match self {
            Days::EveryDay => None,
            Days::List(days) => Some(days),
            Days::ByCycle(rows) => {
                let holds = |(from, through, _): &&(u32, Option<u32>, Vec<i32>)| {
                    *from <= cycle && through.is_none_or(|last| cycle <= last)
                };
                Some(rows.iter().find(holds).map_or(&[][..], |(_, _, days)| days.as_slice()))
            }
        }
    }
}

impl Phase {
    /// The place of a drug that the subject is given in a cycle.
    pub fn given(&self, id: &str, cycle: u32, subject: &Subject) -> Option<usize> {
        let given = |drug: &Drug| drug.id == id && drug.in_cycle(cycle) && drug.is_given_to(subject, &self.drugs);
        self.drugs.iter().position(given)
    }

    /// Whether a drug, or the one it belongs to, goes on while the others wait.
    pub fn own_clock(&self, drug: &Drug) -> bool {
        let owner = drug.owner().and_then(|id| self.drugs.iter().find(|other| other.id == id));
        drug.clock == Clock::Own || owner.is_some_and(|owner| owner.clock == Clock::Own)
    }
}
