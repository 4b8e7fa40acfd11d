//! The dated ends of long infusions.

use crate::calendar::{Date, plus_days};
use crate::regimen::{Drug, Spread};

use super::super::EndVisit;
use super::super::owner::is_left_out;
use super::super::turn::{Turn, key};
use super::Builder;

impl Builder<'_> {
    /// The end of an infusion begun on a day, as long after it as the regimen says. One that is not given has no end.
    pub(super) fn end(&mut self, turn: &Turn<'_>, day: i32, on: Date) -> Option<()> {
        let count = turn.phase.cycle.days;
        let Some((ends, after)) = turn.drug.ends.as_ref().zip(turn.drug.ends_after(count)) else { return Some(()) };
        let date = plus_days(on, after)?;
        self.ends.push(EndVisit {
            key: key(turn, day, None),
            phase: turn.cycle.phase,
            drug: turn.index,
            day: count.later(day, after),
            date,
            visit: ends.visit.clone(),
            certain: turn.cycle.certain,
            closed: self.closed(date),
        });
        Some(())
    }

    /// Where infusions of a day follow each other, the pump is changed, and comes off after the last.
    pub(super) fn pumps_changed(&mut self, drug: &Drug, doses: usize, ends: usize) {
        if drug.ends.is_none() || drug.spread != Spread::Each {
            return;
        }
        let of_drug = self.administrations.get(doses..).unwrap_or_default();
        let begins: Vec<(i32, Date)> =
            of_drug.iter().filter(|one| !is_left_out(one)).map(|one| (one.key.day, one.date)).collect();
        let goes_on = |end: &EndVisit| begins.iter().any(|(day, on)| *day > end.key.day && *on <= end.date);
        let mut last = self.ends.split_off(ends.min(self.ends.len()));
        last.retain(|end| !goes_on(end));
        self.ends.append(&mut last);
    }
}
