//! Steps before the full dose that one phase began and the next carries on.

use super::{Drug, Ramp, Regimen, Stated};

impl Regimen {
    /// With the steps of a drug in every later phase that gives it at its full dose: a step that was held or omitted is
    /// still to come there. `None` where no phase follows one with steps.
    #[must_use]
    pub fn with_steps_carried_on(&self) -> Option<Regimen> {
        let steps = |phase: usize, drug: &Drug| -> Option<(Vec<Ramp>, Option<Stated<i32>>)> {
            let mut earlier = self.phases.iter().take(phase).flat_map(|phase| &phase.drugs);
            let same = earlier.rfind(|one| one.id == drug.id && !one.dosing.ramp.is_empty());
            same.filter(|_| drug.dosing.ramp.is_empty()).map(|same| (same.dosing.ramp.clone(), same.dosing.ramp_again))
        };
        let mut carried = None;
        for (at, phase) in self.phases.iter().enumerate() {
            for (index, drug) in phase.drugs.iter().enumerate() {
                let Some((ramp, again)) = steps(at, drug) else { continue };
                let whole = carried.get_or_insert_with(|| self.clone());
                if let Some(drug) = whole.phases.get_mut(at).and_then(|phase| phase.drugs.get_mut(index)) {
                    (drug.dosing.ramp, drug.dosing.ramp_again) = (ramp, again);
                }
            }
        }
        carried
    }
}
