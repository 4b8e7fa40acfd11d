//! Which dose a day or a run of days has: a larger first one, a step before the full one, or the full one.

use std::sync::Arc;

use crate::calendar::{Date, days_between};
use crate::course::Deed;
use crate::dosing::{Dose, DoseError, Force};
use crate::regimen::{Drug, Stated};

use super::super::checks;
use super::super::turn::{Turn, doses_a_day, key, parts, step_of};
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
        let (mut first, mut given) = (self.received.began(&drug.id), self.received.doses(&drug.id));
        let a_day = doses_a_day(drug);
        let (mut parts, mut rest) = (Vec::new(), block);
        while let Some(day) = rest.first().copied() {
            let began = turn.phase.cycle.days.date(turn.anchor, day)?;
            let on = |ahead: usize| {
                let ahead = i32::try_from(ahead).unwrap_or(i32::MAX);
                days_between(first.unwrap_or(began), began).saturating_add(ahead)
            };
            let step = step_of(drug, on(0), given);
            let same = |ahead: &usize| step_of(drug, on(*ahead), given + ahead * a_day) == step;
            let length = (0..rest.len()).take_while(same).count();
            let after = rest.split_off(length.max(1));
            if !self.left_out(turn, day) {
                given += rest.len() * a_day;
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
    fn step(&self, drug: &Drug, date: Date) -> Option<usize> {
        let first = self.received.began(&drug.id).unwrap_or(date);
        step_of(drug, days_between(first, date), self.received.doses(&drug.id))
    }

    /// Whether a larger first dose is due: the first this subject ever has, or one after a long gap.
    fn loads(&self, drug: &Drug, date: Date) -> bool {
        drug.loading.as_ref().is_some_and(|loading| match self.received.last(&drug.id, date) {
            None => true,
            Some(last) => match loading.again_after {
                Some(Stated::Is(days)) => days_between(last, date) >= days,
                _ => false,
            },
        })
    }

    /// The doses of a day or run: that of its first administration, which may be a larger one, and that of the others.
    pub(super) fn doses_of(
        &mut self,
        turn: &Turn<'_>,
        day: i32,
        date: Date,
    ) -> Result<(Arc<Dose>, Arc<Dose>), DoseError> {
        let drug = turn.drug;
        let loads = self.loads(drug, date);
        let mut force = self.doses.force(&drug.id, turn.cycle, loads);
        force.ramp = self.step(drug, date);
        force.of = self.doses.of(turn, day, date, &self.administrations)?;
        let at = (turn.cycle.phase, turn.index);
        let first = self.doses.dose(at, force, turn.measurements, date)?;
        let others = if first.loading && doses_a_day(drug) > 1 {
            self.doses.dose(at, Force { loading: false, ..force }, turn.measurements, date)?
        } else {
            Arc::clone(&first)
        };
        checks::day_maximum(drug, &first, &others).map_or(Ok((first, others)), Err)
    }
}
