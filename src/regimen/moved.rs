//! A regimen of which another version holds from a cycle on: what was begun is planned on the text it was begun on.
//!
//! The drugs of the earlier text stand behind those of the newer one and end before that cycle, the newer ones begin
//! with it; the cycles before keep their length, window and anchor.

use std::sync::Arc;

use super::{Cycle, Drug, Phase, Regimen};

impl Regimen {
    /// This text from a cycle on (its phase and number), and an earlier text before it.
    #[must_use]
    pub fn following(&self, earlier: &Regimen, phase: Option<&str>, from: u32) -> Regimen {
        let mut both = Regimen { own: Some(Arc::new(self.clone())), ..self.clone() };
        let Some(at) = self.phases.iter().position(|one| one.id.as_deref() == phase) else { return both };
        let text = Arc::new(earlier.clone());
        for (index, new) in both.phases.iter_mut().enumerate().take(at + 1) {
            let Some(old) = earlier.phases.iter().find(|one| one.id == new.id) else { continue };
            let mut old = old.clone();
            old.drugs.iter_mut().for_each(|drug| drug.text = drug.text.take().or(Some(Arc::clone(&text))));
            if index < at {
                *new = old;
            } else {
                new.follow(old, from);
            }
        }
        both
    }
}

impl Regimen {
    /// The text by itself, without what was begun on earlier ones.
    pub fn alone(&self) -> &Regimen {
        self.own.as_deref().unwrap_or(self)
    }
}

impl Phase {
    fn follow(&mut self, mut old: Phase, from: u32) {
        for drug in &mut self.drugs {
            drug.first_cycle = drug.first_cycle.max(from);
        }
        old.drugs.retain(|drug| drug.first_cycle < from);
        for drug in &mut old.drugs {
            let last = from.saturating_sub(1);
            drug.last_cycle = Some(drug.last_cycle.map_or(last, |own| own.min(last)));
        }
        self.drugs.append(&mut old.drugs);
        let mut before = std::mem::take(&mut old.cycle.before);
        before.iter_mut().for_each(|(until, _)| *until = from.min(*until));
        before.push((from, old.cycle));
        self.cycle.before = before;
    }

    /// The cycle as the text says it that a cycle of this number is planned on.
    pub fn cycle_of(&self, number: u32) -> &Cycle {
        self.cycle.before.iter().find(|(until, _)| number < *until).map_or(&self.cycle, |(_, cycle)| cycle)
    }
}

impl Drug {
    /// Whether there may be a cycle in which both are given.
    pub fn meets(&self, other: &Drug) -> bool {
        self.last_cycle.is_none_or(|last| other.first_cycle <= last)
            && other.last_cycle.is_none_or(|last| self.first_cycle <= last)
    }
}
