//! A reduction that rounding takes back: the reduced dose is the dose of the level above it.

use crate::dosing::{Dose, Modification};
use crate::finding::{DoseInQuestion, Figure, Finding, Lift};

use super::codes;
use super::drug_in_cycle::DrugInCycle;
use super::planner::Planner;

impl Planner<'_> {
    /// What is told of a dose that is reduced and yet the same as the one above it.
    pub(super) fn without_effect(&self, one: &DrugInCycle<'_, '_>, dose: &Dose) -> Option<Finding> {
        let force = self.reduced(&one.drug.id, one.cycle);
        let above = match force {
            Modification { percent: Some(_), .. } => Modification { percent: None, ..force },
            Modification { level, .. } if level < 0 => Modification { level: level + 1, ..force },
            _ => return None,
        };
        let at = ((one.cycle.phase, one.index), one.drug);
        let above = self.doses.dose(at, above, one.measurements, one.cycle.actual).ok()?;
        let same = above.amount == dose.amount && above.parts == dose.parts;
        if !same || above.calculated.value <= dose.calculated.value {
            return None;
        }
        let text = format!(
            "{}: reduced from {} to {}, it is rounded to {} again: the reduction changes nothing.",
            one.drug.full_name(),
            above.calculated,
            dose.calculated,
            dose.amount,
        );
        let figure = Figure::Value(dose.calculated.value);
        let asked = DoseInQuestion { drug: one.drug.full_name(), doses: vec![dose.amount] };
        let lift = Lift::Second(Some(asked));
        let finding = Finding::confirm(codes::REDUCTION_WITHOUT_EFFECT, text, lift.clone());
        Some(finding.help("another strength, or the dose the prescriber chooses").asking(Some(figure), lift))
    }
}
