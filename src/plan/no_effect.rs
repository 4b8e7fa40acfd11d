//! A reduction that rounding or a cap takes back: the reduced dose is the dose of the level above it.

use crate::dosing::{Dose, Modification};
use crate::finding::{DoseInQuestion, Figure, Finding, Lift};

use super::codes;
use super::drug_in_cycle::DrugInCycle;
use super::planner::Planner;

/// Whether both come to one dose because a cap cuts them: the step above is larger by the protocol.
fn capped_alike(above: &Dose, dose: &Dose) -> bool {
    let larger = above.per.basis == dose.per.basis
        && above.per.unit.factor_to(dose.per.unit).and_then(|factor| above.per.value.checked_mul(factor))
            > Some(dose.per.value);
    larger && dose.uncapped.is_some()
}

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
        if above.amount != dose.amount || above.parts != dose.parts {
            return None;
        }
        let name = one.drug.full_name();
        let text = if above.calculated.value > dose.calculated.value {
            let (from, to, given) = (above.calculated, dose.calculated, dose.amount);
            format!(
                "{name}: reduced from {from} to {to}, it is rounded to {given} again: the reduction changes nothing."
            )
        } else if capped_alike(&above, dose) {
            let (from, to, given) = (above.per, dose.per, dose.amount);
            format!(
                "{name}: reduced from {from} to {to}, it is capped at {given} again: the reduction changes nothing."
            )
        } else {
            return None;
        };
        let figure = Figure::Value(dose.calculated.value);
        let asked = DoseInQuestion { drug: one.drug.full_name(), doses: vec![dose.amount] };
        let lift = Lift::Second(Some(asked));
        let finding = Finding::confirm(codes::REDUCTION_WITHOUT_EFFECT, text, lift.clone());
        Some(finding.help("another strength, or the dose the prescriber chooses").asking(Some(figure), lift))
    }
}
