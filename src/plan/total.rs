//! What one row of a plan comes to over its whole length: every dose of a run at home, both halves of a day
//! where they differ, every day of an infusion dosed by the day. Every sum asks here.

use std::sync::Arc;

use crate::calendar::{Date, days_between};
use crate::course::Part;
use crate::dosing::{Dose, StepKind, supply};
use crate::quantity::{Amount, Decimal, Portion};
use crate::regimen::{Drug, HalfDay, Spread};

use super::{Administration, PlannedDose, Run};

/// Of an infusion dosed by the day, how many days it lasts.
pub(super) fn days_of(drug: &Drug) -> Option<Decimal> {
    match drug.dosing.spread {
        Spread::PerDay { days } => Some(days),
        Spread::Each | Spread::Total { .. } | Spread::Divided { .. } => None,
    }
}

/// Whether a table says how large each half of the day is; else only rounding makes them differ.
fn halves_of_row(drug: &Drug) -> bool {
    drug.dosing.rows().iter().any(|row| row.parts.is_some())
}

/// The dose of one part of a day in the clinic: its own half, where the halves differ.
pub(super) fn of_part(drug: &Drug, dose: &Arc<Dose>, part: Option<Part>) -> Arc<Dose> {
    let (Some(Part::Half(half)), Some((morning, evening))) = (part, dose.parts) else { return Arc::clone(dose) };
    let amount = if half == HalfDay::Morning { morning } else { evening };
    let calculated = if halves_of_row(drug) && dose.percent.is_none() { amount } else { dose.calculated };
    let supply = supply(drug, amount);
    let mut own = Dose { amount, calculated, parts: None, part_tablets: None, supply, ..Dose::clone(dose) };
    // Vials and volumes were worked out for the larger half.
    own.steps.retain(|step| step.kind != StepKind::Supply);
    Arc::new(own)
}

impl Administration {
    /// What goes in each time.
    pub fn portion(&self) -> Portion {
        Portion { amount: self.dose.amount, halves: self.dose.parts, days: self.days }
    }

    /// Morning and evening doses of the row; of anything but a run given twice a day, all of them count as the first.
    pub fn counts(&self) -> (u32, u32) {
        self.run.as_ref().map_or((1, 0), Run::halves)
    }

    /// The amount of the whole row; `None` beyond the range of a decimal.
    pub fn total(&self) -> Option<Amount> {
        let (mornings, evenings) = self.counts();
        self.portion().total(mornings, evenings)
    }

    /// What is planned of it, before rounding: halves that a table gives are each what they are.
    pub fn calculated_total(&self, drug: &Drug) -> Option<Amount> {
        let (mornings, evenings) = self.counts();
        let halves = self.dose.parts.filter(|_| halves_of_row(drug));
        Portion { amount: self.dose.calculated, halves, days: days_of(drug) }.total(mornings, evenings)
    }
}

impl PlannedDose {
    /// What goes in each time.
    pub fn portion(&self) -> Portion {
        Portion { amount: self.dose.amount, halves: self.dose.parts, days: self.days }
    }

    /// The amount of all of it; `None` beyond the range of a decimal.
    pub fn total(&self) -> Option<Amount> {
        let (mornings, evenings) = self.run.as_ref().map_or((1, 0), Run::halves);
        self.portion().total(mornings, evenings)
    }
}

impl Run {
    /// Morning and evening doses. Of a run that begins and ends with the same half of the day, there is one more of it.
    pub fn halves(&self) -> (u32, u32) {
        self.halves_of(self.administrations)
    }

    /// The same of the first so many doses.
    pub fn halves_of(&self, doses: u32) -> (u32, u32) {
        let (more, less) = (doses - doses / 2, doses / 2);
        if self.starts == Some(HalfDay::Evening) { (less, more) } else { (more, less) }
    }

    /// How many of its doses were due by the end of a day, had it begun on `from`; all of them, where the day lies
    /// before that.
    pub fn doses_by(&self, from: Date, day: Date) -> u32 {
        let Ok(whole_days) = u32::try_from(days_between(from, day).saturating_add(1)) else {
            return self.administrations;
        };
        let times = self.times.max(1);
        let late = u32::from(times == 2 && self.starts == Some(HalfDay::Evening));
        let due = whole_days.saturating_mul(times).saturating_sub(late);
        if whole_days == 0 { self.administrations } else { due.min(self.administrations) }
    }
}
