//! The steps before the full dose, and what is on record of a day.

use crate::calendar::{Date, days_between};
use crate::course::Deed;
use crate::regimen::model::Drug;

use super::super::turn::{Turn, key, parts, step_of};
use super::Builder;

impl Builder<'_> {
    /// The day on which the dose of a cycle day was given.
    pub(super) fn given_on(&self, turn: &Turn<'_>, day: i32) -> Option<Date> {
        let (part, _) = parts(turn.drug).into_iter().next()?;
        match self.course.deeds.get(&key(turn, day, part))? {
            Deed::Given { on, .. } => Some(*on),
            Deed::Held(_) | Deed::Omitted(_) => None,
        }
    }

    /// A run of days divided where the step before the full dose changes.
    pub(super) fn by_step(&self, turn: &Turn<'_>, block: Vec<i32>) -> Option<Vec<Vec<i32>>> {
        let drug = turn.drug;
        if drug.ramp.is_empty() || block.len() < 2 {
            return Some(vec![block]);
        }
        let (mut first, mut given) = (self.received.began(&drug.id), self.received.days(&drug.id));
        let (mut parts, mut rest) = (Vec::new(), block);
        while let Some(day) = rest.first().copied() {
            let began = turn.phase.cycle.days.date(turn.anchor, day)?;
            let on = |ahead: usize| {
                let ahead = i32::try_from(ahead).unwrap_or(i32::MAX);
                days_between(first.unwrap_or(began), began).saturating_add(ahead)
            };
            let step = step_of(drug, on(0), given);
            let length = (0..rest.len()).take_while(|ahead| step_of(drug, on(*ahead), given + ahead) == step).count();
            let after = rest.split_off(length.max(1));
            if !self.left_out(turn, day) {
                given += rest.len();
                first = first.or(Some(began));
            }
            parts.push(std::mem::replace(&mut rest, after));
        }
        Some(parts)
    }

    /// Whether the dose of a cycle day was held or omitted.
    fn left_out(&self, turn: &Turn<'_>, day: i32) -> bool {
        let deed = parts(turn.drug).first().and_then(|(part, _)| self.course.deeds.get(&key(turn, day, *part)));
        matches!(deed, Some(Deed::Held(_) | Deed::Omitted(_)))
    }

    /// The step before the full dose on a day.
    pub(super) fn step(&self, drug: &Drug, date: Date) -> Option<usize> {
        let first = self.received.began(&drug.id).unwrap_or(date);
        step_of(drug, days_between(first, date), self.received.days(&drug.id))
    }
}
