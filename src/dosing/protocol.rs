//! Which protocol dose is in force: the full one, a dose level, a step before the full one, a larger first one. None of
//! them may come to more than the full dose this subject is assigned, except the larger first one, which is for it.

use crate::quantity::{Amount, Decimal, ProtocolDose};
use crate::regimen::{Assigned, ThenStop};

use super::amount::{DoseCalculation, unit_of};
use super::{DoseError, Modification, StepKind};

/// What a protocol dose in force is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DoseKind {
    /// The full dose this subject is assigned.
    Full,
    /// A dose level.
    Level,
    /// A step before the full dose.
    Step,
    /// A larger first dose.
    Loading,
}

/// The protocol dose in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SelectedDose {
    pub(super) per: ProtocolDose,
    pub(super) what: DoseKind,
    /// A fraction of another drug's dose stands for it, where that drug's is known.
    pub(super) shared: bool,
}

impl SelectedDose {
    fn own(per: ProtocolDose, what: DoseKind) -> Self {
        Self { per, what, shared: false }
    }
}

impl DoseCalculation<'_> {
    pub(super) fn protocol(
        &mut self,
        start: &Assigned<'_>,
        modification: Modification,
    ) -> Result<SelectedDose, DoseError> {
        let full = SelectedDose { per: start.dose, what: DoseKind::Full, shared: start.fraction.is_some() };
        let step = modification.ramp.and_then(|at| Some((at, self.drug.dosing.ramp.get(at)?.dose)));
        if modification.level != 0 {
            let level = self.level(start, full, modification)?;
            return match step {
                Some((at, step)) if self.is_below(step, level, modification)? => Ok(self.step_dose(at, step)),
                _ => Ok(level),
            };
        }
        match step {
            Some((at, step)) if self.is_below(step, full, modification)? => return Ok(self.step_dose(at, step)),
            Some((at, step)) => {
                self.full_dose(start, full, &format!("step {} of {step} does not lie below it", at + 1));
                return Ok(full);
            }
            None => {}
        }
        if modification.loading {
            return self.loading(start, full, modification);
        }
        self.full_dose(start, full, "");
        Ok(full)
    }

    /// Writes down the dose this subject is assigned, and why it is that one.
    fn full_dose(&mut self, start: &Assigned<'_>, full: SelectedDose, remark: &str) {
        let why = self.why(start);
        let label = if why.is_some() { "starting dose" } else { "protocol dose" };
        let why = why.or_else(|| self.no_start(start));
        let divided = self.drug.dosing.spread.divided();
        let words: Vec<&str> = divided
            .as_deref()
            .into_iter()
            .chain(why.as_deref())
            .chain(Some(remark))
            .filter(|w| !w.is_empty())
            .collect();
        self.push(StepKind::Protocol, label, words.join("; "), full.per.value, &unit_of(full.per));
    }

    /// A step before the full dose.
    fn step_dose(&mut self, at: usize, step: ProtocolDose) -> SelectedDose {
        let why = format!("step {} of {} before the full dose", at + 1, self.drug.dosing.ramp.len());
        self.push(StepKind::Protocol, "step dose", why, step.value, &unit_of(step));
        SelectedDose::own(step, DoseKind::Step)
    }

    /// Whether a step lies below what it leads up to: until that is reached, it holds.
    fn is_below(
        &mut self,
        step: ProtocolDose,
        full: SelectedDose,
        modification: Modification,
    ) -> Result<bool, DoseError> {
        let (rising, reached) = (
            self.amount_of(SelectedDose::own(step, DoseKind::Step), modification)?,
            self.amount_of(full, modification)?,
        );
        self.compare(rising, reached).map(std::cmp::Ordering::is_lt)
    }

    /// The larger first dose. It is said of the full dose, so nobody gets it who starts on another.
    fn loading(
        &mut self,
        start: &Assigned<'_>,
        full: SelectedDose,
        modification: Modification,
    ) -> Result<SelectedDose, DoseError> {
        let Some(loading) = self.drug.dosing.loading_of(start) else {
            self.full_dose(start, full, "");
            return Ok(full);
        };
        let first = SelectedDose::own(loading, DoseKind::Loading);
        let assigned = self.assigned_amount(start, full, modification)?;
        let why = self.why(start).unwrap_or_default();
        if start.start.is_some() {
            let shared = self.drug.dosing.fraction().is_some();
            let usual = self.amount_of(SelectedDose { per: start.protocol, shared, ..full }, modification)?;
            if !self.compare(assigned, usual)?.is_eq() {
                let drug = self.drug.full_name();
                return Err(DoseError::LoadingOfAnother { drug, loading: first.per, assigned, why });
            }
        }
        let larger = self.amount_of(first, modification)?;
        // A row of a table says both figures side by side, and some labels begin lower.
        if start.loading.is_none() && self.compare(larger, assigned)?.is_lt() {
            return Err(DoseError::LoadingBelow { drug: self.drug.full_name(), loading: larger, assigned });
        }
        let why = if start.loading.is_some() { why } else { String::new() };
        self.push(StepKind::Protocol, "loading dose", why, first.per.value, &unit_of(first.per));
        Ok(first)
    }

    /// What the dose a subject is assigned comes to, with the percentage of the start.
    fn assigned_amount(
        &mut self,
        start: &Assigned<'_>,
        full: SelectedDose,
        modification: Modification,
    ) -> Result<Amount, DoseError> {
        let amount = self.amount_of(full, modification)?;
        let Some(percent) = start.percent() else { return Ok(amount) };
        let share = amount.value.checked_mul(percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
        Ok(Amount { value: share.ok_or_else(|| self.overflow())?.normalize(), ..amount })
    }

    /// What a protocol dose comes to under the cap, without a word in the working.
    fn amount_of(&mut self, chosen: SelectedDose, modification: Modification) -> Result<Amount, DoseError> {
        let (said, kidney) = (self.steps.len(), self.kidney);
        let amount = self.unreduced(chosen, modification).and_then(|full| self.cap(full)).map(|(capped, _)| capped);
        self.steps.truncate(said);
        self.kidney = kidney;
        amount
    }

    fn compare(&self, one: Amount, other: Amount) -> Result<std::cmp::Ordering, DoseError> {
        let one = one.in_unit(other.unit).ok_or_else(|| self.overflow())?;
        Ok(one.value.cmp(&other.value))
    }

    fn level(
        &mut self,
        start: &Assigned<'_>,
        full: SelectedDose,
        modification: Modification,
    ) -> Result<SelectedDose, DoseError> {
        let level = modification.level;
        let no_level = |then: &str| DoseError::NoLevel { drug: self.drug.full_name(), level, then: then.to_owned() };
        let Some(ladder) = start.ladder else {
            return Err(no_level("the regimen lists no reduced doses for it"));
        };
        let index =
            level.checked_neg().and_then(|down| usize::try_from(down).ok()).and_then(|down| down.checked_sub(1));
        let Some(taken) = index.and_then(|index| ladder.steps.get(..=index)) else {
            return Err(no_level(match ladder.then {
                ThenStop::Drug => "the protocol stops this drug after the last step: a prescriber decides",
                ThenStop::Regimen => "the protocol stops treatment after the last step: a prescriber decides",
                ThenStop::Ask => "the protocol does not say what follows the last step: a prescriber decides",
            }));
        };
        // A step that changes the days or the interval alone keeps the dose before it.
        let own = taken.iter().rev().find_map(|step| step.dose);
        let chosen =
            own.map_or(SelectedDose { what: DoseKind::Level, ..full }, |dose| SelectedDose::own(dose, DoseKind::Level));
        if own.is_some() {
            let full = match start.halves {
                Some(_) => SelectedDose::own(start.level_dose().ok_or_else(|| self.overflow())?, DoseKind::Full),
                None => full,
            };
            let steps = taken.iter().filter_map(|step| step.dose).map(|dose| SelectedDose::own(dose, DoseKind::Level));
            self.not_above(chosen, std::iter::once(full).chain(steps), modification)?;
        }
        let dose = chosen.per;
        self.push(StepKind::Protocol, format!("dose level {level}"), String::new(), dose.value, &unit_of(dose));
        Ok(chosen)
    }

    /// A reduced dose in another basis than those before it (mg/kg after mg/m2) may be more for this body: then nobody
    /// has said what the reduction is.
    fn not_above(
        &mut self,
        level: SelectedDose,
        before: impl Iterator<Item = SelectedDose>,
        modification: Modification,
    ) -> Result<(), DoseError> {
        let reduced = self.amount_of(level, modification)?;
        for one in before {
            let above = self.amount_of(one, modification)?;
            if self.compare(reduced, above)?.is_gt() {
                let drug = self.drug.full_name();
                return Err(DoseError::LevelAbove { drug, level: modification.level, reduced, above });
            }
        }
        Ok(())
    }
}
